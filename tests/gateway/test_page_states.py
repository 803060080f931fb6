"""The page in every state, held there by a stage: what it says, and what it does next."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from itertools import count
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, Page, expect

from domain.run import Outcome, RunError, RunSpec, RunState
from tests.gateway.browser import faults, open_page, until
from tests.gateway.stage import LINES, Stage, StagedRun

STATIC = Path(__file__).parent.parent.parent / "gateway" / "static"
PHONE = {"width": 375, "height": 812}
MAX_BYTES = 92_000
NUMBERS = count(1)

# A line that is dead without a sign: nothing comes through it any more.
SOURCES = """
  const sources = window.sources = [];
  const add = EventSource.prototype.addEventListener;
  EventSource.prototype.addEventListener = function (type, heed) {
    if (!sources.includes(this)) sources.push(this);
    add.call(this, type, (message) => this.deaf || heed(message));
  };
"""
HIDE = """(hidden) => {
  Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
}"""
# A widget inside a chip is as large as the chip.
TOO_SMALL = """(() => {
  const all = 'button, select, a, summary, input, .chip, .shapes label, .filters label';
  const small = (e) => {
    const box = e.getBoundingClientRect();
    return e.offsetParent && box.width > 1 && box.height < 44;
  };
  return [...document.querySelectorAll(all)]
    .filter((e) => small(e) && !e.matches('label input, .chip select'))
    .map((e) => e.outerHTML.slice(0, 120));
})()"""


def planned(stage: Stage, *, lines: tuple[str, ...] = LINES) -> StagedRun:
    """A run whose plot is written and whose assets are being made."""
    spec = RunSpec(prompt=" ".join(lines))
    run = stage.add(f"run_{next(NUMBERS)}", spec, age=timedelta(seconds=12))
    run.understood(spec.prompt)
    run.move(RunState.PLOT_GENERATION)
    run.plan("고래의 노래", lines)
    run.move(RunState.ASSET_GENERATION)
    return run


def with_assets(stage: Stage) -> StagedRun:
    run = planned(stage)
    for number in (1, 2, 3):
        run.picture(number)
        run.voice(number)
    return run


def sent_back(stage: Stage) -> StagedRun:
    run = with_assets(stage)
    run.move(RunState.RENDERING)
    run.sent_back(2, "scene 2's picture is nearly black")
    run.plan("고래의 노래")
    run.move(RunState.ASSET_GENERATION)
    return run


def failed(stage: Stage, kind: str = "RateLimited", message: str = "no answer") -> StagedRun:
    run = planned(stage)
    run.picture(1)
    error = RunError(type=kind, message=message, state=RunState.ASSET_GENERATION)
    run.end(Outcome.FAILED, error)
    return run


def degraded(stage: Stage) -> StagedRun:
    run = planned(stage)
    run.picture(1)
    run.lesser(1, "ComfyUI did not answer, so the picture was painted here")
    return run


def cancelled(stage: Stage) -> StagedRun:
    run = planned(stage)
    error = RunError(type="Cancelled", message="cancelled", state=RunState.ASSET_GENERATION)
    run.end(Outcome.CANCELLED, error)
    return run


def finished(stage: Stage) -> StagedRun:
    run = stage.add(f"run_{next(NUMBERS)}", RunSpec(prompt="고래", mode="story"))
    run.finish("고래의 노래")
    return run


def waiting(stage: Stage) -> StagedRun:
    return stage.add(f"run_{next(NUMBERS)}")


def address(stage: Stage, run: StagedRun) -> str:
    return f"{stage.url}/#/runs/{run.status.run_id}"


def picture(kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(buffer, kind)
    return buffer.getvalue()


# Every state, for eyes and ears


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "state", [waiting, planned, with_assets, sent_back, degraded, failed, cancelled, finished]
)
async def test_axe_finds_nothing_serious_in_a_run(
    stage: Stage, browser: Browser, state: object, scheme: str
) -> None:
    assert callable(state)
    run = state(stage)
    async with open_page(
        browser, address(stage, run), color_scheme=scheme, reduced_motion="reduce"
    ) as page:
        await page.wait_for_selector(".rail")
        assert await faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious_elsewhere(
    stage: Stage, browser: Browser, scheme: str
) -> None:
    finished(stage)
    failed(stage)
    async with open_page(browser, stage.url, color_scheme=scheme, reduced_motion="reduce") as page:
        await page.wait_for_selector(".library li a")
        await page.click("summary")
        assert await faults(page) == []
        await page.keyboard.press("Escape")
        await page.goto(f"{stage.url}/#/library")
        await page.wait_for_selector(".page.wide .library li a")
        assert await faults(page) == []
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await faults(page) == []
        await page.goto(f"{stage.url}/#/runs/nobody")
        await expect(page.get_by_role("heading", level=1)).to_have_text("There is no such short")
        assert await faults(page) == []


@pytest.mark.parametrize("state", [planned, sent_back, degraded, failed, cancelled, finished])
async def test_a_phone_shows_it_whole_in_korean(
    stage: Stage, browser: Browser, state: object
) -> None:
    assert callable(state)
    run = state(stage)
    async with open_page(
        browser, address(stage, run), viewport=PHONE, locale="ko-KR", color_scheme="dark"
    ) as page:
        await expect(page.locator(".rail")).to_contain_text("그림·목소리·음악")
        assert await page.evaluate("document.documentElement.lang") == "ko"
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert await page.evaluate(TOO_SMALL) == []


async def test_a_phone_shows_the_form_and_the_library_whole(stage: Stage, browser: Browser) -> None:
    finished(stage)
    async with open_page(browser, stage.url, viewport=PHONE, locale="ko-KR") as page:
        await expect(page.locator(".start .go")).to_have_text("쇼츠 만들기")
        await page.wait_for_selector(".library li a")
        await page.click("summary")
        for place in ("#/", "#/library"):
            await page.goto(f"{stage.url}/{place}")
            await page.wait_for_selector(".library li a")
            assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
            assert await page.evaluate(TOO_SMALL) == []


async def test_who_wants_no_motion_gets_none(stage: Stage, browser: Browser) -> None:
    run = planned(stage)
    async with open_page(browser, address(stage, run), reduced_motion="reduce") as page:
        await page.wait_for_selector(".scene")
        run.picture(1)
        await page.wait_for_selector(".thumb img")
        assert await page.evaluate("document.getAnimations().length") == 0


# A run, live


async def test_the_storyboard_fills_itself(stage: Stage, browser: Browser) -> None:
    run = waiting(stage)
    async with open_page(browser, address(stage, run)) as page:
        await expect(page.locator(".truth")).to_contain_text("Waiting for a worker")
        run.move(RunState.PLOT_GENERATION)
        await expect(page.locator(".rail [aria-current]")).to_contain_text("Plot")
        run.plan("고래의 노래")
        run.move(RunState.ASSET_GENERATION)
        await expect(page.locator(".scene")).to_have_count(3)
        height = await page.locator(".scene").first.evaluate("e => e.offsetHeight")
        run.picture(2)
        run.voice(2)
        await expect(page.locator(".scene").nth(1)).to_contain_text("voice 1.6 sec")
        await expect(page.locator(".screen .caption")).to_have_text(LINES[1])
        await expect(page.locator(".screen img.ready")).to_be_visible()
        await expect(page.locator(".truth")).to_contain_text("Pictures 1 of 3 · voices 1 of 3")
        assert await page.locator(".scene").nth(1).evaluate("e => e.offsetHeight") == height
        for number in (1, 3):
            run.picture(number)
        run.move(RunState.RENDERING)
        run.film()
        run.end(Outcome.COMPLETED)
        await page.wait_for_selector("video")
        await expect(page.get_by_role("link", name="Download")).to_be_visible()


async def test_what_the_prompt_was_taken_for_is_said_at_once(
    stage: Stage, browser: Browser
) -> None:
    run = stage.add(f"run_{next(NUMBERS)}", RunSpec(prompt="x"), age=timedelta(seconds=1))
    async with open_page(browser, address(stage, run)) as page:
        await page.wait_for_selector(".rail")
        run.understood("Anna: Hi!\nBen: Are you there?\n[door]\nAnna: I am.")
        said = "Taken as a screenplay of 3 sentences · English · 2 speak: Anna, Ben"
        said += " · one direction is not spoken"
        await expect(page.locator(".understood")).to_have_text(said)
    async with open_page(browser, address(stage, run), locale="ko-KR") as page:
        await expect(page.locator(".understood")).to_contain_text("문장 3개짜리 극본")


async def test_one_voice_is_heard_at_a_time(stage: Stage, browser: Browser) -> None:
    run = with_assets(stage)
    async with open_page(browser, address(stage, run)) as page:
        await expect(page.locator(".wave.ready")).to_have_count(3)
        await page.get_by_role("button", name="Listen to scene 1").click()
        await expect(page.get_by_role("button", name="Stop scene 1")).to_be_visible()
        await until(page, "+document.querySelector('.playing rect').getAttribute('width') > 5")
        await page.get_by_role("button", name="Listen to scene 2").click()
        await expect(page.locator(".wave.playing")).to_have_count(1)
        await expect(page.get_by_role("button", name="Stop scene 2")).to_be_visible()
        await expect(page.locator(".wave.playing")).to_have_count(0)


async def test_a_qa_retry_goes_back_with_a_sentence(stage: Stage, browser: Browser) -> None:
    run = with_assets(stage)
    run.move(RunState.RENDERING)
    async with open_page(browser, address(stage, run)) as page:
        await expect(page.locator(".rail [aria-current]")).to_contain_text("Film")
        before = await page.locator(".thumb img").nth(1).get_attribute("src")
        run.sent_back(2, "scene 2's picture is nearly black")
        run.plan("고래의 노래")
        run.move(RunState.ASSET_GENERATION)
        sentence = "The check was not content with scene 2, so its picture is painted again."
        for _ in range(2):
            await expect(page.locator(".rail [aria-current]")).to_contain_text("Pictures")
            await expect(page.locator(".rail .past")).to_have_count(1)
            await expect(page.locator(".truth .back")).to_contain_text(sentence)
            await expect(page.locator(".scene").nth(1)).to_contain_text("painting it again")
            await page.reload()
        run.picture(2, version=1)
        await expect(page.locator(".scene").nth(1)).not_to_contain_text("painting it again")
        assert await page.locator(".thumb img").nth(1).get_attribute("src") != before


async def test_a_replacement_is_a_quiet_note(stage: Stage, browser: Browser) -> None:
    run = planned(stage)
    async with open_page(browser, address(stage, run)) as page:
        await page.wait_for_selector(".scene")
        run.picture(1)
        run.lesser(1, "ComfyUI did not answer, so the picture was painted here")
        for _ in range(2):
            await expect(page.locator(".notes")).to_contain_text("painted here instead")
            await expect(page.locator(".notes")).to_contain_text("ComfyUI did not answer")
            await expect(page.locator(".scene").first).to_contain_text("painted here instead")
            assert await page.get_by_role("alert").count() == 0
            await page.reload()


async def test_ears_hear_of_stages_only(stage: Stage, browser: Browser) -> None:
    run = planned(stage)
    async with open_page(browser, address(stage, run)) as page:
        said = page.locator(".truth [aria-live]")
        await expect(said).to_have_text("Painting")
        run.picture(1)
        await page.wait_for_selector(".thumb img")
        await expect(said).to_have_text("Painting")
        run.move(RunState.RENDERING)
        await expect(said).to_have_text("Filming")


async def test_cancel_keeps_what_was_finished(stage: Stage, browser: Browser) -> None:
    run = planned(stage)
    run.picture(1)
    async with open_page(browser, address(stage, run)) as page:
        await page.get_by_role("button", name="Cancel").click()
        await expect(page.locator(".failure h2")).to_have_text("Cancelled")
        await page.get_by_role("button", name="Go on making it").click()
        await page.wait_for_url(lambda url: run.status.run_id not in url)
        again = stage.runs[unquote(page.url.rpartition("/")[2])]
        assert again.status.spec is not None
        assert run.status.spec is not None
        assert again.status.spec == run.status.spec.model_copy(update={"seed": 7})


@pytest.mark.parametrize(
    ("kind", "title", "first"),
    [
        ("AuthenticationFailed", "A service did not accept its key", "Try again"),
        ("QuotaExceeded", "A service has no credit left", "Try again"),
        ("ContentRejected", "A service refused these words", "Change it first"),
        ("SomethingNew", "It did not work", "Try again"),
    ],
)
async def test_a_failure_says_what_happened_and_what_to_do(
    stage: Stage, browser: Browser, kind: str, title: str, first: str
) -> None:
    run = failed(stage, kind, "ElevenLabs said: no")
    async with open_page(browser, address(stage, run)) as page:
        await expect(page.locator(".failure h2")).to_have_text(title)
        await expect(page.locator(".failure .said")).to_have_text("ElevenLabs said: no")
        await expect(page.locator(".failure .go")).to_have_text(first)
        await expect(page.locator(".rail .stopped")).to_contain_text("Pictures")
        await page.get_by_role("button", name="Change it first").click()
        await expect(page.locator("#prompt")).to_have_value(" ".join(LINES))


async def test_another_is_made_from_a_finished_one(stage: Stage, browser: Browser) -> None:
    run = finished(stage)
    async with open_page(
        browser, address(stage, run), permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        await page.get_by_role("button", name="Copy link").click()
        await expect(page.get_by_text("Copied")).to_be_visible()
        assert await page.evaluate("navigator.clipboard.readText()") == page.url
        await page.get_by_role("button", name="Make another").click()
        await expect(page.locator("#prompt")).to_have_value("고래")
        await expect(page.get_by_label("Mode")).to_have_value("story")


# The form


async def test_keys_are_enough(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.url) as page:
        await page.wait_for_selector(".library")
        for _ in range(10):
            await page.keyboard.press("Tab")
            if await page.evaluate("document.activeElement.id") == "prompt":
                break
        await page.keyboard.type("Four facts about honey")
        await page.keyboard.press("Control+Enter")
        await page.wait_for_selector(".rail")
        assert await page.evaluate("document.activeElement.tagName") in ("H1", "BODY")
        run = stage.runs[unquote(page.url.rpartition("/")[2])]
        cancel = page.get_by_role("button", name="Cancel")
        while not await cancel.evaluate("e => e === document.activeElement"):
            await page.keyboard.press("Tab")
        run.move(RunState.PLOT_GENERATION)
        await expect(page.locator(".truth")).to_contain_text("Writing the plot")
        await expect(cancel).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator(".failure h2")).to_have_text("Cancelled")
        await page.keyboard.press("l")
        await expect(page.get_by_role("heading", level=1)).to_have_text("All shorts")
        await page.keyboard.press("n")
        await expect(page.locator("#prompt")).to_be_focused()


async def test_a_draft_survives_a_reload(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.url) as page:
        await page.fill("#prompt", "Sea. It is salty. Why? Nobody knows.")
        await expect(page.locator("#estimate")).to_contain_text("4 scenes, about")
        await expect(page.locator("#estimate")).to_contain_text("Free · ready in about")
        await page.get_by_label("Mode").select_option("story")
        await page.get_by_role("radio", name="1:1").check(force=True)
        await page.get_by_label("Look").select_option(label="in your own words…")
        await page.get_by_label("Look").fill("linocut")
        await page.reload()
        await expect(page.locator("#prompt")).to_have_value(re.compile("^Sea"))
        await expect(page.get_by_label("Mode")).to_have_value("story")
        await expect(page.get_by_role("radio", name="1:1")).to_be_checked()
        await page.click(".start .go")
        await page.wait_for_selector(".rail")
        spec = stage.runs[unquote(page.url.rpartition("/")[2])].status.spec
        assert spec is not None
        assert (spec.mode, spec.aspect_ratio, spec.art_style) == ("story", "1:1", "linocut")
        await page.goto(stage.url)
        await expect(page.locator("#prompt")).to_have_value("")


async def test_reference_pictures_are_seen_and_taken_away(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.url) as page:
        files = [
            FilePayload(name="sea.png", mimeType="image/png", buffer=picture()),
            FilePayload(name="notes.png", mimeType="image/png", buffer=b"no picture at all"),
        ]
        await page.set_input_files("input[type=file]", files)
        await expect(page.get_by_role("img", name="sea.png")).to_be_visible()
        await expect(page.get_by_role("alert")).to_contain_text("notes.png: This is not a picture")
        await page.get_by_role("button", name="Remove notes.png").click()
        await page.reload()
        await expect(page.get_by_role("img", name="sea.png")).to_be_visible()
        await _drop(page, picture("JPEG"))
        await expect(page.locator(".pictures li")).to_have_count(2)
        await expect(page.locator(".pictures .busy")).to_have_count(0)
        await page.get_by_role("button", name="Remove sea.png").click()
        await page.fill("#prompt", "Sea")
        await page.click(".start .go")
        await page.wait_for_selector(".rail")
        spec = stage.runs[unquote(page.url.rpartition("/")[2])].status.spec
        assert spec is not None
        assert len(spec.reference_images) == 1


async def _drop(page: Page, data: bytes) -> None:
    await page.evaluate(
        """(bytes) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(bytes)], 'hill.jpg', {type: 'image/jpeg'}));
          const on = (type) => new DragEvent(type, {dataTransfer: transfer, bubbles: true});
          const form = document.querySelector('form');
          form.dispatchEvent(on('dragover'));
          form.dispatchEvent(on('drop'));
        }""",
        list(data),
    )


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("en-US", "Write a topic or paste a script first."), ("ko-KR", "먼저 주제를 적거나")],
)
async def test_a_refusal_stands_beside_the_words(
    stage: Stage, browser: Browser, locale: str, sentence: str
) -> None:
    async with open_page(browser, stage.url, locale=locale) as page:
        await page.fill("#prompt", "\u200b \u200b")
        await page.click(".start .go")
        await expect(page.locator("#prompt-error")).to_contain_text(sentence)
        await expect(page.locator("#prompt")).to_be_focused()
        assert await page.locator("#prompt").get_attribute("aria-describedby") == "prompt-error"


async def test_a_script_that_is_too_long_is_said_before_it_is_sent(
    stage: Stage, browser: Browser
) -> None:
    async with open_page(browser, stage.url) as page:
        await page.fill("#prompt", "a" * 20_001)
        await expect(page.locator("#prompt-error")).to_contain_text("20,001 characters")


async def test_a_missing_worker_is_said_until_one_is_there(
    browser: Browser, tmp_path: Path
) -> None:
    idle = Stage(tmp_path)
    idle.has_worker = False
    async with idle.serving(), open_page(browser, idle.url) as page:
        await expect(page.locator(".banner")).to_contain_text("autoshorts worker")
        idle.has_worker = True
        await expect(page.locator(".banner")).to_have_count(0, timeout=20_000)


# The library


async def test_a_library_of_forty(browser: Browser, tmp_path: Path) -> None:
    shelf = Stage(tmp_path)
    async with shelf.serving(), open_page(browser, f"{shelf.url}/#/library") as page:
        await expect(page.locator(".empty")).to_contain_text("Nothing here yet")
        assert await faults(page) == []
        for number in range(40):
            run = shelf.add(f"old_{number:02}", age=timedelta(minutes=90 * number + 1))
            if number % 10 == 3:
                error = RunError(type="RateLimited", message="no", state=RunState.INIT)
                run.end(Outcome.FAILED, error)
            else:
                run.finish(f"Short {number}")
        await page.reload()
        posters = page.locator(".library li a")
        await expect(posters).to_have_count(24)
        await page.get_by_role("button", name="Show more").click()
        await expect(posters).to_have_count(40)
        await expect(page.get_by_role("button", name="Show more")).to_have_count(0)
        await posters.nth(30).focus()
        held = await posters.nth(30).get_attribute("href")
        shelf.add("newest").move(RunState.PLOT_GENERATION)
        await expect(posters).to_have_count(41, timeout=15_000)
        await expect(posters.first).to_contain_text("Writing")
        assert await page.evaluate("document.activeElement.getAttribute('href')") == held
        await page.get_by_role("radio", name="Stopped").check(force=True)
        await expect(posters).to_have_count(4)
        await page.get_by_role("radio", name="In progress").check(force=True)
        await expect(posters).to_have_count(1)


# Long lives


async def test_a_hidden_tab_lets_go_and_comes_back(stage: Stage, browser: Browser) -> None:
    run = planned(stage)
    async with open_page(browser, "about:blank") as page:
        await page.clock.install()
        await page.goto(address(stage, run))
        await page.wait_for_selector(".scene")
        run.picture(1)
        await page.wait_for_selector(".thumb img")
        opened = stage.streams
        await page.evaluate(HIDE, True)
        await page.clock.fast_forward(61_000)
        await _until_streams(page, stage, opened - 1)
        run.picture(2)
        run.voice(2)
        async with page.expect_request(re.compile("events.last_event_id=")):
            await page.evaluate(HIDE, False)
        await expect(page.locator(".thumb img")).to_have_count(2)


async def test_silence_is_looked_into(stage: Stage, browser: Browser) -> None:
    run = planned(stage)
    streamed: list[str] = []
    async with open_page(browser, "about:blank") as page:
        await page.clock.install()
        await page.add_init_script(SOURCES)
        page.on("request", lambda request: streamed.append(request.url))
        await page.goto(address(stage, run))
        await page.wait_for_selector(".scene")
        asked = re.compile(f"runs/{run.status.run_id}$")
        async with page.expect_response(asked):
            await page.clock.fast_forward(46_000)
        await page.evaluate("window.sources[0].deaf = true")
        run.picture(1)
        async with page.expect_response(asked), page.expect_request(re.compile("/events")):
            await page.clock.fast_forward(46_000)
        await page.wait_for_selector(".thumb img")
        assert sum("/events" in url for url in streamed) == 2


async def test_many_tabs_leave_connections_for_each_other(stage: Stage, browser: Browser) -> None:
    run = planned(stage)
    before = stage.streams
    async with open_page(browser, "about:blank") as page:
        for _ in range(8):
            tab = await page.context.new_page()
            await tab.goto(address(stage, run))
            await tab.wait_for_selector(".scene")
            await tab.evaluate(HIDE, True)
        last, other = await page.context.new_page(), await page.context.new_page()
        for tab in (last, other):
            await tab.goto(address(stage, run))
            await tab.wait_for_selector(".scene")
        await _until_streams(page, stage, before + 2)
        run.picture(3)
        for tab in (last, other):
            await tab.wait_for_selector(".thumb img")


async def _until_streams(page: Page, stage: Stage, wanted: int) -> None:
    for _ in range(100):
        if stage.streams <= wanted:
            return
        await page.wait_for_timeout(50)
    raise AssertionError(f"{stage.streams} streams, not {wanted}")


# The files


async def test_every_language_has_every_word(stage: Stage, browser: Browser) -> None:
    """Those of one view alone are in a folder of its name."""
    names = sorted(path.stem for path in STATIC.glob("js/i18n/*.js"))
    views = ["", *(f"{path.name}/" for path in STATIC.glob("js/i18n/*/"))]
    assert len(names) >= 2
    assert "create/" in views
    async with open_page(browser, stage.url) as page:
        words = {
            name: {
                f"{view}{key}"
                for view in views
                for key in await page.evaluate(
                    f"import('/static/js/i18n/{view}{name}.js').then((m) => Object.keys(m.default))"
                )
            }
            for name in names
        }
    assert all(known == words["en"] for known in words.values())
    used = {
        key
        for path in STATIC.glob("js/**/*.js")
        for key in re.findall(r'\bt\("([\w.]+)"', path.read_text())
    }
    assert used <= {word.rpartition("/")[2] for word in words["en"]}


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in STATIC.rglob("*"):
        if path.suffix in (".js", ".css", ".html") and path.parent.name != "vendor":
            assert not re.findall(r"https?://", path.read_text()), path


@pytest.mark.parametrize("place", ["#/", "#/library", "#/runs/{run}"])
async def test_a_page_is_light(stage: Stage, browser: Browser, place: str) -> None:
    run = planned(stage)
    async with open_page(browser, "about:blank", locale="ko-KR") as page:
        loaded: list[str] = []
        page.on("request", lambda request: loaded.append(request.url))
        await page.goto(f"{stage.url}/{place.format(run=run.status.run_id)}")
        await page.wait_for_selector("h1")
    files = [STATIC / url.partition("/static/")[2] for url in loaded if "/static/" in url]
    assert sum(path.stat().st_size for path in files) < MAX_BYTES, sorted(map(str, files))
