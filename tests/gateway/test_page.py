"""The page in a real Chromium: from a prompt to the playing film, and what may go wrong."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Page, async_playwright, expect

from bench.machine import Machine
from tests.gateway_client import GatewayProcess, gateway

SCRIPT = "고래는 바다에서 노래한다. 그 노래는 천 킬로미터를 간다. 누군가는 오늘도 듣고 있다."
# Read before the tests take the shell's AUTOSHORTS_* away.
CHROMIUM = os.environ.get("AUTOSHORTS_CHROMIUM")
STATIC = Path(__file__).parent.parent.parent / "gateway" / "static"


def _chromium() -> str:
    """AUTOSHORTS_CHROMIUM, or a Chrome or Chromium on PATH."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = CHROMIUM or next(filter(None, map(shutil.which, names)), None)
    if not found:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium: apt install chromium")
        pytest.skip("there is no Chromium: apt install chromium")
    return found


@asynccontextmanager
async def _page(url: str, **context: Any) -> AsyncIterator[Page]:
    """A page whose console stays empty: no error, no broken rule of the CSP."""
    said: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=_chromium(), args=["--no-sandbox"]
        )
        page = await (await browser.new_context(**context)).new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        await page.goto(url)
        yield page
        await browser.close()
    assert [line for line in said if "Failed to load resource" not in line] == []


async def _until(page: Page, holds: str) -> None:
    """Playwright's own waiting evaluates text in the page, which the CSP forbids."""
    for _ in range(200):
        if await page.evaluate(holds):
            return
        await page.wait_for_timeout(50)
    raise AssertionError(f"never: {holds}")


async def _make(page: Page, prompt: str) -> None:
    await page.fill("#prompt", prompt)
    await page.click(".go")
    await page.wait_for_selector(".scene", timeout=20_000)


async def test_a_prompt_becomes_a_film_that_plays(running_gateway: GatewayProcess) -> None:
    async with _page(running_gateway.url, locale="en") as page:
        await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("One prompt"))
        await _make(page, SCRIPT)
        await page.wait_for_timeout(700)
        await page.reload()
        await expect(page.locator(".scene")).to_have_count(3, timeout=10_000)
        await page.wait_for_selector("video", timeout=60_000)
        await _until(page, "document.querySelector('video').readyState >= 2")
        await page.evaluate("const v = document.querySelector('video'); v.muted = true; v.play()")
        await _until(page, "document.querySelector('video').currentTime > 0.3")
        assert await page.evaluate("document.querySelector('video').videoWidth") == 1080
        assert await page.locator(".thumb img").count() == 3
        link = await page.locator("a.go").get_attribute("href")
        assert link is not None
        assert link.endswith("final_video.mp4?download=1")
        await page.goto(f"{running_gateway.url}/#/library")
        await page.wait_for_selector(".poster img")


async def test_it_speaks_korean_on_a_phone_in_the_dark(running_gateway: GatewayProcess) -> None:
    phone = {"width": 375, "height": 740}
    async with _page(
        running_gateway.url, locale="ko-KR", viewport=phone, color_scheme="dark"
    ) as page:
        await expect(page.locator(".go")).to_have_text("쇼츠 만들기")
        assert await page.evaluate("document.documentElement.lang") == "ko"
        assert await page.evaluate("document.documentElement.scrollWidth") == 375
        small = await page.evaluate(
            "[...document.querySelectorAll('button, select, nav a, summary')]"
            ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).length"
        )
        assert small == 0


async def test_cancel_says_what_is_kept(running_gateway: GatewayProcess) -> None:
    async with _page(running_gateway.url, locale="en") as page:
        await _make(page, SCRIPT + " 넷. 다섯이다. 여섯이다.")
        await page.get_by_role("button", name="Cancel").click()
        await expect(page.locator(".failure h2")).to_have_text("Cancelled", timeout=15_000)
        await page.get_by_role("button", name="Make it again").click()
        await expect(page.locator("#prompt")).to_have_value(re.compile("고래는"))


async def test_a_refusal_is_a_sentence_beside_the_form(running_gateway: GatewayProcess) -> None:
    async with _page(running_gateway.url, locale="en") as page:
        await page.fill("#prompt", "\u200b \u200b")
        await page.click(".go")
        await expect(page.get_by_role("alert")).to_contain_text("prompt")


async def test_a_failed_run_says_why(running_gateway: GatewayProcess, site: Machine) -> None:
    site.start("failing", {"prompt": "a", "num_cuts": 99})
    async with _page(f"{running_gateway.url}/#/runs/failing", locale="en") as page:
        await expect(page.locator(".failure")).to_contain_text("num_cuts", timeout=15_000)


async def test_an_unknown_run_is_said(running_gateway: GatewayProcess) -> None:
    async with _page(f"{running_gateway.url}/#/runs/nobody", locale="en") as page:
        await expect(page.get_by_role("heading", level=1)).to_have_text("There is no such short")


async def test_a_reference_picture_is_uploaded(
    running_gateway: GatewayProcess, tmp_path: Path
) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(buffer, "PNG")
    async with _page(running_gateway.url, locale="en") as page:
        await page.click("summary")
        await page.set_input_files(
            "input[type=file]",
            FilePayload(name="sea.png", mimeType="image/png", buffer=buffer.getvalue()),
        )
        await expect(page.locator(".pictures span")).to_contain_text("sea.png")


async def test_it_survives_the_gateway_restarting(site: Machine) -> None:
    with gateway(site) as first:
        port = int(first.url.rpartition(":")[2])
        async with _page(first.url, locale="en") as page:
            await _make(page, SCRIPT + " 그리고 밤이 온다.")
            first.kill()
            with gateway(site, port=port):
                await page.wait_for_selector("video", timeout=90_000)


async def test_the_key_opens_the_page(site: Machine) -> None:
    key = "a-long-enough-key-for-the-page"
    with gateway(site, api_key=key) as locked:
        async with _page(locked.url, locale="en") as page:
            await page.fill("input[name=key]", "wrong")
            await page.click(".go")
            await expect(page.get_by_role("alert")).to_be_visible()
            await page.fill("input[name=key]", key)
            await page.click(".go")
            await page.wait_for_selector("#prompt")


def test_every_language_has_every_word() -> None:
    keys = {
        path.stem: set(re.findall(r'(?:^|[{,\s])"?([\w.]+)"?:\s*["\[]', path.read_text(), re.M))
        for path in (STATIC / "js" / "i18n").glob("*.js")
    }
    assert len(keys) >= 2
    assert all(words == keys["en"] for words in keys.values())
    used = {
        key
        for path in STATIC.glob("js/**/*.js")
        for key in re.findall(r'\bt\("([\w.]+)"', path.read_text())
    }
    assert used <= keys["en"]


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in STATIC.rglob("*"):
        if path.suffix in (".js", ".css", ".html") and path.parent.name != "vendor":
            assert not re.findall(r"https?://", path.read_text()), path
