"""The page with real runs: from a prompt to the playing film, and what may go wrong."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser, Page, expect

from bench.machine import Machine
from tests.gateway.browser import faults, open_page, until
from tests.gateway_client import GatewayProcess, gateway

SCRIPT = "고래는 바다에서 노래한다. 그 노래는 천 킬로미터를 간다. 누군가는 오늘도 듣고 있다."


async def _make(page: Page, prompt: str) -> None:
    await page.fill("#prompt", prompt)
    await page.click(".start .go")
    await page.wait_for_selector(".scene", timeout=60_000)


async def test_a_prompt_becomes_a_film_that_plays(
    running_gateway: GatewayProcess, browser: Browser, tmp_path: Path
) -> None:
    async with open_page(browser, running_gateway.url) as page:
        await _make(page, SCRIPT)
        await page.wait_for_selector(".thumb img", timeout=60_000)
        await page.reload()
        await expect(page.locator(".scene")).to_have_count(3)
        await page.wait_for_selector("video", timeout=180_000)
        await until(page, "document.querySelector('video').readyState >= 2")
        await page.evaluate("const v = document.querySelector('video'); v.muted = true; v.play()")
        await until(page, "document.querySelector('video').currentTime > 0.3")
        assert await page.evaluate("document.querySelector('video').videoWidth") == 1080
        await expect(page.locator(".thumb img")).to_have_count(3)
        await expect(page.locator(".wave.ready")).to_have_count(3)
        await page.get_by_role("button", name="Play from scene 2").click()
        await until(page, "document.querySelector('video').currentTime > 1")
        async with page.expect_download() as downloading:
            await page.get_by_role("link", name="Download").click()
        film = await (await downloading.value).path()
        assert film.read_bytes()[4:8] == b"ftyp"
        await page.goto(f"{running_gateway.url}/#/library")
        await page.wait_for_selector(".done .poster img")


async def test_a_failed_run_says_why(
    running_gateway: GatewayProcess, site: Machine, browser: Browser
) -> None:
    site.start("failing", {"prompt": "a", "num_cuts": 99})
    async with open_page(browser, f"{running_gateway.url}/#/runs/failing") as page:
        await expect(page.locator(".failure")).to_contain_text("num_cuts", timeout=60_000)


async def test_it_survives_the_gateway_restarting(site: Machine, browser: Browser) -> None:
    with gateway(site) as first:
        port = int(first.url.rpartition(":")[2])
        async with open_page(browser, first.url) as page:
            await _make(page, SCRIPT + " 그리고 밤이 온다.")
            first.kill()
            await expect(page.locator(".truth")).to_contain_text("Reconnecting")
            with gateway(site, port=port):
                await page.wait_for_selector("video", timeout=180_000)


async def test_the_key_opens_the_page(site: Machine, browser: Browser) -> None:
    key = "a-long-enough-key-for-the-page"
    with gateway(site, api_key=key) as locked:
        async with open_page(browser, locked.url) as page:
            await page.wait_for_selector("input[name=key]")
            assert await faults(page) == []
            await page.fill("input[name=key]", "wrong")
            await page.click(".go")
            await expect(page.get_by_role("alert")).to_have_text("That is not the key.")
            assert await faults(page) == []
            await page.fill("input[name=key]", key)
            await page.keyboard.press("Enter")
            await page.wait_for_selector("#prompt")
            await page.context.clear_cookies()
            await page.goto(f"{locked.url}/#/library")
            await page.wait_for_selector("input[name=key]")
