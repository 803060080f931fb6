"""A real Chromium for the tests of the page: found, or got where that needs nobody's consent."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import portalocker
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, BrowserType, Page

# Read before the tests take the shell's AUTOSHORTS_* away.
CHOSEN = os.environ.get("AUTOSHORTS_CHROMIUM")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "there is no Chromium: apt install chromium, or playwright install chromium, "
    "or name one in AUTOSHORTS_CHROMIUM"
)
WAIT_MS = 10_000


def find_chromium(playwrights_own: str) -> str | None:
    """AUTOSHORTS_CHROMIUM, a Chrome or Chromium on PATH, Playwright's own, in this order."""
    if CHOSEN:
        return CHOSEN
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or (playwrights_own if Path(playwrights_own).is_file() else None)


def get_chromium() -> None:
    """By apt, where this process may do so without asking; two at once would disturb each other."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    lock = Path(tempfile.gettempdir()) / "autoshorts-apt.lock"
    with portalocker.Lock(lock, timeout=240):
        if any(map(shutil.which, NAMES)):
            return
        for arguments in (("update",), ("install", "--no-install-recommends", "chromium")):
            subprocess.run(["apt-get", "-qq", "-y", *arguments], capture_output=True, check=False)


def chromium_or_skip(playwrights_own: str) -> str:
    """In CI its absence is a failure, elsewhere a skip that says so."""
    if find_chromium(playwrights_own) is None:
        get_chromium()
    found = find_chromium(playwrights_own)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(MISSING)
    pytest.skip(MISSING)


async def launch(chromium: BrowserType) -> Browser:
    return await chromium.launch(
        executable_path=chromium_or_skip(chromium.executable_path),
        args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
    )


@asynccontextmanager
async def open_page(browser: Browser, url: str, **context: Any) -> AsyncIterator[Page]:
    """A page whose console stays empty: no error, no broken rule of the CSP."""
    said: list[str] = []
    opened = await browser.new_context(**{"locale": "en-US", **context})
    opened.set_default_timeout(WAIT_MS)
    page = await opened.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        await page.goto(url)
        yield page
    finally:
        await opened.close()
    assert [line for line in said if "Failed to load resource" not in line] == []


async def until(page: Page, holds: str, *, seconds: float = 20.0) -> None:
    """Playwright's own waiting evaluates text in the page, which the CSP forbids."""
    for _ in range(int(seconds / 0.05)):
        if await page.evaluate(holds):
            return
        await page.wait_for_timeout(50)
    raise AssertionError(f"never: {holds}")


async def faults(page: Page) -> list[str]:
    """What axe finds that is serious or critical. It comes by the debugger: the CSP stands."""
    await page.evaluate(AXE_SCRIPT)
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
