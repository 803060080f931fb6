"""The page's first minute: what is understood, who makes it, voices heard before one is chosen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from domain import events
from domain.run import RunState
from gateway.samples import SampleFailed, Samples
from tests.gateway.browser import faults, open_page
from tests.gateway.stage import LINES, Stage, tone_of
from tests.gateway.test_page_states import TOO_SMALL, address, waiting

SMALL = {"width": 320, "height": 700}
PLAY = "ANNA: Who is it?\nBEN: (laughs) It is me.\nANNA: Come in."


class Speaking:
    """Speaks samples when it is let, or not at all."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.fails = False
        self.go = asyncio.Event()

    async def __call__(self, voice_id: str, language: str, out: Path) -> None:
        self.asked.append((voice_id, language))
        await self.go.wait()
        if self.fails:
            raise SampleFailed("its weights are gone")
        await asyncio.to_thread(out.write_bytes, tone_of(1))


@pytest.fixture
async def speaking(stage: Stage, tmp_path: Path) -> AsyncIterator[Speaking]:
    """Who speaks the samples of the staged gateway."""
    gateway, sampler = stage.gateway, Speaking()
    samples = Samples(tmp_path, sampler)
    stage._app.state.gateway = replace(gateway, samples=samples)
    yield sampler
    stage._app.state.gateway = gateway
    await samples.aclose()


async def ask(page: Page, prompt: str) -> None:
    """Write it, and wait until it is understood."""
    await page.fill("#prompt", prompt)
    await expect(page.locator(".taken")).not_to_be_empty()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_topic_is_said_to_be_one_and_who_makes_it(
    stage: Stage, browser: Browser, scheme: str
) -> None:
    async with open_page(browser, stage.url, color_scheme=scheme, reduced_motion="reduce") as page:
        await expect(page.locator(".reading")).to_have_text("")
        await ask(page, "make a video about honey")
        await expect(page.locator(".taken")).to_have_text("Taken as a topic: “honey” · English")
        await expect(page.locator(".reading dl")).to_contain_text("an outline written here")
        await expect(page.locator(".reading dl")).to_contain_text("painted here")
        await expect(page.locator(".better")).to_have_text(
            "For facts instead of an outline: Wikipedia (AUTOSHORTS_ONLINE=1)"
        )
        assert await page.locator(".taken").get_attribute("role") == "status"
        assert await page.locator(".better").get_attribute("role") is None
        await page.click(".more > summary")
        await page.click(".voices summary")
        assert await faults(page) == []
        await page.fill("#prompt", "4 facts about honey")
        wished = "Taken as a topic: “honey” · English · 4 facts"
        await expect(page.locator(".taken")).to_have_text(wished)
        await page.fill("#prompt", "")
        await expect(page.locator(".reading")).to_have_text("")


@pytest.mark.parametrize(
    ("locale", "taken", "own"),
    [
        ("en-US", "a screenplay of 3 sentences · English · 2 speak: ANNA, BEN", "your own words"),
        ("ko-KR", "문장 3개짜리 극본으로 이해했어요 · 영어", "직접 쓴 글 그대로"),
    ],
)
async def test_the_smallest_phone_shows_it_whole(
    stage: Stage, browser: Browser, locale: str, taken: str, own: str
) -> None:
    async with open_page(browser, stage.url, viewport=SMALL, locale=locale) as page:
        await ask(page, PLAY)
        await expect(page.locator(".taken")).to_contain_text(taken)
        await expect(page.locator(".reading dl")).to_contain_text(own)
        await expect(page.locator(".start")).to_contain_text("3")
        await page.click(".more > summary")
        await page.click(".voices summary")
        assert await page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
        assert await page.evaluate(TOO_SMALL) == []


async def test_it_is_asked_when_the_words_rest_and_in_the_readers_language(
    stage: Stage, browser: Browser
) -> None:
    async with open_page(browser, stage.url, locale="de-DE") as page:
        asked: list[Any] = []
        page.on(
            "request",
            lambda request: (
                asked.append(request.post_data_json) if "/api/reading" in request.url else None
            ),
        )
        await page.locator("#prompt").press_sequentially("Warum ist Honig gelb", delay=20)
        await expect(page.locator(".taken")).to_contain_text("Warum ist Honig gelb")
        assert [body["prompt"] for body in asked] == ["Warum ist Honig gelb"]
        assert asked[0]["locale"] == "de-DE"
        await page.click(".start .go")
        await page.wait_for_url("**/runs/**")
    run = list(stage.runs.values())[-1]
    assert run.status.spec is not None
    assert run.status.spec.locale == "de-DE"


async def test_what_cannot_be_made_is_said_before_it_is_sent(
    stage: Stage, browser: Browser
) -> None:
    async with open_page(browser, stage.url) as page:
        await ask(page, "(((((")
        await expect(page.locator(".taken")).to_contain_text("No film can be made of this")
        await expect(page.locator(".taken")).to_contain_text("has nothing in it")
        assert await page.get_by_role("alert").count() == 0


async def test_voices_are_those_of_the_prompts_language_and_keys_choose_one(
    stage: Stage, browser: Browser
) -> None:
    async with open_page(browser, stage.url) as page:
        await ask(page, "夜の図書館はなぜ静かなのか")
        await page.click(".more > summary")
        voices = page.get_by_role("group", name="Voice · Japanese")
        await expect(voices.get_by_role("radio")).to_have_count(2)
        await expect(voices.get_by_text("auto")).to_contain_text("Kokoro")
        await voices.get_by_role("radio", name="auto").focus()
        await page.keyboard.press("ArrowDown")
        await expect(voices.get_by_role("radio").nth(1)).to_be_checked()
        await page.click(".voices summary")
        await expect(voices.get_by_role("radio")).to_have_count(5)
        await page.fill("#prompt", "make a video about honey")
        english = page.get_by_role("group", name="Voice · English")
        await expect(english.get_by_text("speaks another language")).to_be_visible()
        await english.get_by_role("radio", name="Woman 2").check()
        await expect(page.locator(".reading dl")).to_contain_text("Woman 2")
        await page.click(".start .go")
        await page.wait_for_url("**/runs/**")
    run = list(stage.runs.values())[-1]
    assert run.status.spec is not None
    assert run.status.spec.voice_id == "espeak-f2"


async def test_a_voice_is_heard_before_it_is_chosen(
    stage: Stage, browser: Browser, speaking: Speaking
) -> None:
    async with open_page(browser, stage.url) as page:
        await ask(page, "make a video about honey")
        await page.click(".more > summary")
        await page.get_by_role("button", name="Hear Woman 1").click()
        await expect(page.get_by_text("is being spoken")).to_be_attached()
        speaking.go.set()
        stop = page.get_by_role("button", name="Stop Woman 1")
        await expect(page.locator(".hear.playing")).to_have_count(1)
        await page.get_by_role("button", name="Hear Woman 2").click()
        await expect(stop).to_have_count(0)
        await expect(page.locator(".hear.playing")).to_have_count(1)
        await expect(page.locator(".hear.playing")).to_have_count(0)
        assert speaking.asked == [("espeak-f1", "en"), ("espeak-f2", "en")]
        speaking.fails = True
        await page.get_by_role("button", name="Hear Man 1").click()
        await expect(page.locator(".voices .error")).to_have_text(
            "It could not be heard. Try again in a moment."
        )
        assert await page.locator(".voices input:checked").get_attribute("name") == "voice"
        await expect(page.get_by_role("radio", name="auto")).to_be_checked()


async def test_a_run_says_how_it_was_understood_and_shows_its_lines_at_once(
    stage: Stage, browser: Browser
) -> None:
    run = waiting(stage)
    async with open_page(browser, address(stage, run)) as page:
        await page.wait_for_selector(".rail")
        run.move(RunState.PLOT_GENERATION)
        run._tell(
            events.PromptUnderstood,
            kind="script",
            language="ko",
            message="a script of 3 sentences, Korean",
            sentences=3,
        )
        told = page.locator(".understood")
        await expect(told).to_have_text("Taken as a script of 3 sentences · Korean")
        run.plan("고래의 노래")
        await expect(page.locator(".scene .line")).to_have_text(list(LINES))
        await expect(page.locator(".rail [aria-current]")).to_contain_text("Plot")
        await page.reload()
        await expect(told).to_have_text("Taken as a script of 3 sentences · Korean")
