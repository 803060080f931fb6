"""A planner against servers that write slowly, run on, break off, refuse and overflow."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from domain.plot import Plot, PlotRequest
from domain.run import Mode
from providers.base import Uncounted
from providers.errors import (
    InvalidProviderRequest,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
)
from providers.llm.briefs import PLAIN_LOOKS, PLAIN_PICTURE, spoken_bounds
from providers.llm.openai_planner import OpenAIPlanner, OpenAIPlannerSettings
from providers.service import Tools, no_uploads
from tests.simulators.local_servers import TOO_LONG, LocalServer, Script
from tests.simulators.openai_author import write_short

MODELS: Mapping[str, list[dict[str, Any]]] = {
    "Ollama": [{"name": "gemma3:4b"}],
    "LM Studio": [{"key": "gemma3:4b", "type": "llm"}],
    "llama.cpp": [{"id": "gemma3:4b"}],
    "vLLM": [{"id": "gemma3:4b"}],
}
SCRIPT = "The sea is salty. Rivers carry salt to it. The sun leaves it there."


class Heard(Uncounted):
    """Keeps what is reported, refused and charged."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.fractions: list[float] = []
        self.refusals: list[str] = []
        self.units: list[Mapping[str, float] | None] = []

    def report(self, fraction: float, message: str = "") -> None:
        self.fractions.append(fraction)
        self.messages.append(message)

    async def refused(self, message: str) -> None:
        self.refusals.append(message)

    async def charged(self, units: Mapping[str, float] | None = None) -> None:
        self.units.append(units)


def _server(kind: str = "llama.cpp", **fields: Any) -> LocalServer:
    return LocalServer(kind, MODELS[kind], **fields)


def _planner(server: LocalServer, **settings: Any) -> OpenAIPlanner:
    named = {"openai_model": "gemma3:4b", **settings}
    kept = OpenAIPlannerSettings(openai_base_url=server.base_url, **named)
    return OpenAIPlanner(kept, tools=Tools(no_uploads))


async def _written(
    server: LocalServer, prompt: str = "Why is the sea salty?", **settings: Any
) -> tuple[Plot, Heard]:
    fields = {"mode": settings.pop("mode", Mode.GENERAL)}
    for name in ("num_characters", "num_cuts", "language"):
        if name in settings:
            fields[name] = settings.pop(name)
    request = PlotRequest(prompt=prompt, art_style="ink", music_genre="lofi", seed=1, **fields)
    planner, call = _planner(server, **settings), Heard()
    try:
        return await planner.write(request, call=call), call
    finally:
        await planner.aclose()


def _told(server: LocalServer, turn: int = -1) -> str:
    return "\n".join(message["content"] for message in server.asked[turn]["messages"])


@pytest.mark.parametrize("kind", ["Ollama", "LM Studio", "llama.cpp"])
async def test_a_plot_comes_as_a_stream_from_each(kind: str) -> None:
    with _server(kind) as server:
        plot, call = await _written(server)
    assert plot.source == "llm"
    (asked,) = server.asked
    assert asked["stream"] is True
    assert asked["stream_options"] == {"include_usage": True}
    assert call.units == [{"input_tokens": 300.0, "output_tokens": pytest.approx(400, rel=0.9)}]


async def test_progress_is_told_in_letters() -> None:
    with _server() as server:
        _, call = await _written(server)
    told = [re.fullmatch(r"gemma3:4b writes the plot: (\d+) letters", m) for m in call.messages]
    letters = [int(found[1]) for found in told if found]
    assert len(letters) > 10
    assert letters == sorted(letters)
    assert call.fractions == sorted(call.fractions)
    assert 0 < call.fractions[-1] < 1


async def test_a_model_named_by_its_file_is_called_by_its_name() -> None:
    with LocalServer("llama.cpp", [{"id": "/models/gemma3.gguf"}]) as server:
        _, call = await _written(server, openai_model="/models/gemma3.gguf")
    assert call.messages[0] == "gemma3 writes the plot"


async def test_a_slow_answer_takes_as_long_as_it_takes() -> None:
    """Longer on the whole than the limit, which is between two tokens."""
    with _server(scripts=[Script(pause=0.05)]) as server:
        plot, _ = await _written(server, openai_seconds=1.0)
    assert plot.source == "llm"


@pytest.mark.parametrize(
    "script", [Script(stalls_after=9), Script(first_pause=9)], ids=["in the middle", "at first"]
)
async def test_silence_is_limited_and_the_setting_is_named(script: Script) -> None:
    with _server(scripts=[script]) as server:
        with pytest.raises(ProviderTimeout, match=r"0\.5 s \(AUTOSHORTS_OPENAI_SECONDS\)") as got:
            await _written(server, openai_seconds=0.5)
        assert str(got.value).startswith(f"127.0.0.1:{server.port} wrote nothing")
    assert got.value.may_have_charged


async def test_a_stream_that_is_cut_off_is_lost() -> None:
    with (
        _server(scripts=[Script(cut_after=12)]) as server,
        pytest.raises(ProviderUnavailable, match=r"broke off its answer after \d+ letters") as got,
    ):
        await _written(server)
    assert got.value.may_have_charged


async def test_an_error_in_the_middle_is_told() -> None:
    error = {"code": 500, "message": "Compute error.", "type": "server_error"}
    with (
        _server(scripts=[Script(error_inside=error)]) as server,
        pytest.raises(ProviderUnavailable, match=r"127\.0\.0\.1:\d+ answered 500: Compute error"),
    ):
        await _written(server)


async def test_a_runaway_is_cut_and_told_back() -> None:
    with _server(scripts=[Script(says='{"title": "', runs_on=True)]) as server:
        plot, call = await _written(server)
        assert plot.source == "llm"
        assert "ran on without an end" in _told(server)
        assert server.hung_up == 1
        # Not the whole of it goes back.
        assert len(_told(server)) < 4000
    assert call.units[0] is None
    assert any("again: the answer ran on" in message for message in call.messages)


async def test_an_answer_that_is_out_of_tokens_is_told_back() -> None:
    with _server(scripts=[Script(says='{"title": "Ha', reason="length")]) as server:
        plot, _ = await _written(server)
        assert plot.source == "llm"
        assert "cut off: be briefer" in _told(server)


async def test_as_many_tokens_as_a_plot_takes_are_asked_for() -> None:
    with _server() as server:
        await _written(server)
        await _written(server, openai_reasoning_effort="low")
        tokens = [asked["max_tokens"] for asked in server.asked]
    assert tokens == [4000, 16_000]


async def test_who_thinks_gets_room_for_it() -> None:
    thinking = Script(thinks="Let me see. " * 50, says="", reason="length")
    with _server(scripts=[thinking]) as server:
        _, call = await _written(server)
        assert [asked["max_tokens"] for asked in server.asked] == [4000, 16_000]
    assert "gemma3:4b thinks about the plot: 600 letters" in call.messages


@pytest.mark.parametrize(
    "before",
    ["<think>The user wants {a plot}.</think>", "The user wants {a plot}.\n</think>\n", ""],
    ids=["both tags", "only the closing one", "in a field of its own"],
)
async def test_thoughts_are_no_part_of_the_answer(before: str) -> None:
    script = Script(thinks_in_text=before, thinks="" if before else "The user wants {a plot}.")
    with _server(scripts=[script]) as server:
        plot, _ = await _written(server)
        assert len(server.asked) == 1
    assert plot.source == "llm"


# Refusals


async def test_a_model_that_is_still_loading_is_waited_for() -> None:
    with (
        _server(is_loading=True) as server,
        pytest.raises(ProviderUnavailable, match="503: Loading model") as got,
    ):
        await _written(server)
    assert not got.value.may_have_charged


@pytest.mark.parametrize("kind", ["llama.cpp", "LM Studio", "vLLM"])
async def test_a_context_too_small_for_the_question_says_what_to_do(kind: str) -> None:
    with _server(kind, context=100) as server:
        with pytest.raises(InvalidProviderRequest, match=r"too small for a plan: start it with 8"):
            await _written(server)
        assert len(server.asked) == 1


@pytest.mark.parametrize("kind", ["llama.cpp", "LM Studio", "vLLM"])
async def test_a_bad_answer_that_overflows_is_left_out(kind: str) -> None:
    """Asked afresh, with the faults and without the answer that had them."""
    bad = json.dumps({"title": "x" * 3000})
    with _server(kind, scripts=[Script(says=bad)]) as server:
        server.context = 1200
        plot, call = await _written(server)
        first, with_answer, afresh = server.asked
    assert plot.source == "llm"
    assert [len(asked["messages"]) for asked in (first, with_answer, afresh)] == [2, 4, 2]
    assert "An answer before had these faults" in afresh["messages"][1]["content"]
    assert len(call.refusals) == 1
    assert afresh["max_tokens"] == first["max_tokens"]


async def test_fewer_tokens_are_asked_for_where_the_server_says_how_many_fit() -> None:
    class Narrow(LocalServer):
        def _refusal(self, asked: Mapping[str, Any]) -> tuple[int, Mapping[str, Any]] | None:
            if asked["max_tokens"] <= 2596:
                return None
            return TOO_LONG["vLLM"](1500, 4096)

    with Narrow("vLLM", MODELS["vLLM"]) as server:
        await _written(server)
        assert [asked["max_tokens"] for asked in server.asked] == [4000, 2596]


@pytest.mark.parametrize(
    ("keywords", "form"),
    [((), "bounded"), (("maxLength",), "lists"), (("maxLength", "maxItems"), "json_schema")],
    ids=["all bounds", "none of lengths", "no bounds"],
)
async def test_a_schema_goes_without_the_keywords_that_are_refused(
    keywords: tuple[str, ...], form: str
) -> None:
    with _server(refused_keywords=keywords) as server:
        planner = _planner(server)
        request = PlotRequest(prompt="Sea", art_style="", music_genre="", seed=1)
        await planner.write(request, call=Uncounted())
        refused = len(server.asked) - 1
        await planner.write(request, call=Uncounted())
        await planner.aclose()
    # What has worked is remembered.
    assert len(server.asked) == refused + 2
    said = json.dumps(server.asked[-1]["response_format"])
    assert ("maxLength" in said, "maxItems" in said) == {
        "bounded": (True, True), "lists": (False, True), "json_schema": (False, False)
    }[form]  # fmt: skip


async def test_json_mode_is_left_out_where_it_is_refused() -> None:
    refused = ("json_schema", "json_object")
    with _server("LM Studio", refused_forms=refused) as server:
        plot, call = await _written(server)
    assert plot.source == "llm"
    assert "response_format" not in server.asked[-1]
    assert len(call.refusals) == 4


async def test_a_manner_that_never_worked_is_not_remembered() -> None:
    """A proxy that refuses everything for a while has not taught us anything."""
    gone = (400, {"error": {"message": "json_schema: upstream is gone", "type": "proxy"}})
    with _server(scripts=[Script(instead=gone) for _ in range(5)]) as server:
        planner = _planner(server)
        request = PlotRequest(prompt="Sea", art_style="", music_genre="", seed=1)
        with pytest.raises(InvalidProviderRequest, match="upstream is gone"):
            await planner.write(request, call=Uncounted())
        await planner.write(request, call=Uncounted())
        await planner.aclose()
    assert len(server.asked) == 6
    assert server.asked[-1] == server.asked[0]


async def test_words_alone_do_not_change_the_manner() -> None:
    odd = (400, {"error": {"message": "the token budget of your plan exceeds its maximum"}})
    with _server(scripts=[Script(instead=odd)]) as server:
        with pytest.raises(InvalidProviderRequest, match="token budget"):
            await _written(server)
        assert len(server.asked) == 1


# Bounds


async def test_the_schema_has_the_bounds_of_what_is_asked() -> None:
    with _server() as server:
        paid = {"openai_output_usd_per_million": 1.0}
        await _written(server, num_cuts=4, num_characters=2, language="ko", prompt="바다", **paid)
        (asked,) = server.asked
    schema = asked["response_format"]["json_schema"]["schema"]
    defined, own = schema["$defs"], schema["properties"]
    assert (own["scenes"]["minItems"], own["scenes"]["maxItems"]) == (4, 4)
    assert own["language"]["enum"] == ["ko"]
    assert own["characters"]["minItems"] == 2
    lines = defined["DraftScene"]["properties"]["lines"]
    assert (lines["minItems"], lines["maxItems"]) == (1, 4)
    assert defined["Line"]["properties"]["text"]["maxLength"] == 71
    assert defined["DraftScene"]["properties"]["picture"]["minLength"] == 20


@pytest.mark.parametrize(
    ("language", "good", "bad"),
    [
        ("ko", "왜 짤까요? 3.5% 때문이죠!", "The sea is salty"),
        ("ja", "海はなぜ塩辛いのでしょうか。", "바다는 짜요"),
        ("zh", "海水为什么是咸的？", "海はしょっぱい"),
        ("ru", "Почему море солёное?", "The sea is salty"),
        ("ar", "لماذا البحر مالح؟", "The sea is salty"),
        ("hi", "समुद्र खारा क्यों है?", "The sea is salty"),
        ("th", "ทำไมทะเลถึงเค็ม", "The sea is salty"),
        ("es", "¿Por qué? ¡Así es!", "[risas] Así es"),
        ("de", "Warum ist das so? Weil's regnet.", "# Warum"),
        ("vi", "Vì sao biển mặn?", "https://bien.vn"),
        ("en", "It's simple: rain.", 'so "it'),
    ],
)
def test_a_small_model_has_no_letters_for_what_is_no_word(
    language: str, good: str, bad: str
) -> None:
    pattern = spoken_bounds(language, plain=True)["pattern"]
    assert re.fullmatch(pattern, good)
    for other in (bad, "a\nb", "<b>", "x" * 200):
        assert not re.fullmatch(pattern, other)


def test_a_small_model_has_no_letters_for_a_link_as_a_picture() -> None:
    for good in (
        "A lighthouse at night, seen from the sea.",
        "Two children's boats; far away, at dusk",
    ):
        assert re.fullmatch(str(PLAIN_PICTURE["pattern"]), good)
        assert re.fullmatch(str(PLAIN_LOOKS["pattern"]), good)
    for bad in (
        "https://i.imgur.com/130163D.png",
        "Salt-1.jpeg of the sea by day",
        "][",
        "海辺の灯台が夜に光っている様子",
        "A sea",
    ):
        assert not re.fullmatch(str(PLAIN_PICTURE["pattern"]), bad)
    assert re.fullmatch(str(PLAIN_LOOKS["pattern"]), "")


async def test_a_small_model_is_told_little() -> None:
    with _server() as server:
        await _written(server, prompt="Por qué el mar es salado", language="es")
    told = _told(server)
    assert "Spanish (es)" in told
    assert "<request>\nPor qué el mar es salado" in told
    assert len(told) < 1600


# Scene by scene


def _only_scenes(fault: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """A model that can write a scene and spoils every whole plot."""

    def author(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
        written = write_short(messages)
        return fault(written) if "scenes" in written else written

    return author


@pytest.mark.parametrize(
    ("mode", "beats"),
    [
        (Mode.GENERAL, ("makes one curious", "a last thought that stays")),
        (Mode.STORY, ("somebody wants something", "how it ends")),
        (Mode.AD, ("own problem", "one thing to do now")),
    ],
)
async def test_what_cannot_be_written_whole_is_written_scene_by_scene(
    mode: Mode, beats: tuple[str, str]
) -> None:
    author = _only_scenes(lambda plot: {**plot, "scenes": []})
    with _server(author=author) as server:
        plot, call = await _written(server, mode=mode)
        assert len(server.asked) == 2 + 5
        assert beats[0] in _told(server, 2)
        assert beats[1] in _told(server, -1)
        assert f"- {plot.rows[3].text}" in _told(server, -1)
    assert (plot.source, len(plot.visuals), plot.language) == ("llm", 5, "en")
    assert "gemma3:4b writes scene 5 of 5" in call.messages
    assert call.fractions == sorted(call.fractions)


@pytest.mark.parametrize("cuts", [None, 5])
async def test_what_stands_is_enough_where_nobody_asked_for_more(cuts: int | None) -> None:
    def author(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
        written = write_short(messages)
        stuck = "Now scene 4" in messages[1]["content"]
        return {} if "scenes" in written or stuck else written

    with _server(author=author) as server:
        if cuts:
            with pytest.raises(InvalidProviderRequest, match="scene 4 of 5 in 3 answers"):
                await _written(server, num_cuts=cuts)
        else:
            plot, _ = await _written(server)
            assert len(plot.visuals) == 3


async def test_two_speakers_have_a_scene_each_by_turns() -> None:
    author = _only_scenes(lambda plot: {**plot, "scenes": []})
    with _server(author=author) as server:
        plot, _ = await _written(server, num_characters=2, num_cuts=4)
    assert [row.char_id for row in plot.rows] == ["char_1", "char_2", "char_1", "char_2"]


async def test_a_scripts_pictures_come_scene_by_scene_too() -> None:
    author = _only_scenes(lambda plot: {**plot, "scenes": []})
    with _server(author=author) as server:
        plot, _ = await _written(server, prompt=SCRIPT)
    assert plot.source == "script"
    assert [row.text for row in plot.rows] == SCRIPT.replace(". ", ".\n").split("\n")
    assert all("waves" in picture for picture in plot.visuals.values())


async def test_a_scene_is_mended_too_and_given_up_with_its_number() -> None:
    def author(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
        written = write_short(messages)
        return {"picture": "https://i.imgur.com/1.png", "text": "Hm."} if "text" in written else {}

    with _server(author=author) as server:
        with pytest.raises(InvalidProviderRequest, match=r"scene 1 of 5 in 3 answers .*imgur"):
            await _written(server)
        assert len(server.asked) == 5


async def test_a_model_that_is_paid_for_is_not_asked_scene_by_scene() -> None:
    author = _only_scenes(lambda plot: {**plot, "scenes": []})
    with _server(author=author) as server:
        with pytest.raises(InvalidProviderRequest, match="the plot in 3 answers"):
            await _written(server, openai_output_usd_per_million=1.0)
        assert len(server.asked) == 3


# How many at once


@pytest.mark.parametrize(
    ("url", "places"),
    [
        ("http://127.0.0.1:8080/v1", 1),
        ("http://localhost:11434/v1", 1),
        ("http://[::1]:1234/v1", 1),
        ("http://192.168.1.20:8080/v1", 1),
        ("http://gpu.lan:8080/v1", 1),
        ("http://gpu:8080/v1", 1),
        ("https://openrouter.ai/api/v1", 4),
        (None, 4),
    ],
)
def test_a_server_of_ones_own_answers_one_after_the_other(url: str | None, places: int) -> None:
    settings = OpenAIPlannerSettings(openai_base_url=url, openai_api_key="k")
    assert settings.places == places
    assert settings.model_copy(update={"openai_concurrency": 3}).places == 3


async def test_whoever_stops_asking_hangs_up() -> None:
    with _server(scripts=[Script(stalls_after=3)]) as server:
        asking = asyncio.create_task(_written(server))
        async with asyncio.timeout(20):
            while not server.under_way:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        async with asyncio.timeout(20):
            while server.under_way:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    assert server.hung_up == 1


async def test_a_server_is_called_by_its_address() -> None:
    with _server() as server:
        planner = _planner(server)
        checked = await planner.check()
        port = server.port
        await planner.aclose()
    assert checked.said == f"127.0.0.1:{port} answers; gemma3:4b is there"
    with pytest.raises(ProviderError, match=rf"^127\.0\.0\.1:{port} cannot be reached"):
        await _written(server)
