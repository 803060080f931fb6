"""How a prompt is understood, before anything is made: what is answered, and what is refused."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from domain.run import MAX_PROMPT_CHARACTERS
from gateway import specs
from storage.workers import Capabilities
from tests.gateway.stage import Stage


@pytest.fixture
async def api(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=stage.url, timeout=30) as client:
        yield client


async def read(api: httpx.AsyncClient, prompt: str, **more: Any) -> dict[str, Any]:
    answer = await api.post("/api/reading", json={"prompt": prompt, **more})
    assert answer.status_code == 200, answer.text
    view: dict[str, Any] = answer.json()
    return view


async def test_a_topic_is_told_from_a_script(api: httpx.AsyncClient) -> None:
    topic = await read(api, "make a video of 4 facts about honey")
    assert (topic["kind"], topic["language"], topic["subject"]) == ("topic", "en", "honey")
    assert (topic["asks"], topic["points"], topic["sentences"]) == ("facts", 4, 0)
    assert "honey" in topic["message"]
    assert "English" in topic["message"]
    script = await read(api, "ANNA: Who is it?\nBEN: (laughs) It is me.", num_characters=2)
    assert (script["kind"], script["sentences"]) == ("screenplay", 2)
    assert script["speakers"] == ["ANNA", "BEN"]
    assert (script["silent"], len(script["directions"])) == (1, 1)


async def test_it_says_who_makes_the_film_and_what_would_better_it(api: httpx.AsyncClient) -> None:
    view = await read(api, "夜の図書館はなぜ静かなのか")
    by = {maker["role"]: maker for maker in view["makers"]}
    assert list(by) == ["planner", "images", "music", "voice"]
    assert (by["planner"]["provider"], by["planner"]["is_service"]) == ("rules", False)
    assert [voice["id"] for voice in by["voice"]["voices"]] == ["kokoro-jf_alpha"]
    assert [hint["gain"] for hint in view["hints"]] == ["facts"]
    assert view["hints"][0]["text"] == "facts instead of an outline, with Wikipedia"


async def test_a_provider_by_name_is_what_is_told(api: httpx.AsyncClient) -> None:
    view = await read(api, "why the sea is salty", providers={"voice": "openai"})
    voice = view["makers"][-1]
    assert (voice["provider"], voice["is_service"], voice["voices"]) == ("openai", True, [])


async def test_without_a_worker_it_is_understood_all_the_same(
    api: httpx.AsyncClient, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.gateway.storage.workers, "capabilities", Capabilities)
    view = await read(api, "why the sea is salty", providers={"voice": "nobody"})
    assert [maker["provider"] for maker in view["makers"]] == ["nobody"]
    assert (view["makers"][0]["voices"], view["hints"]) == ([], [])


@pytest.mark.parametrize(
    ("sent", "headers", "language"),
    [
        pytest.param({"locale": "de-AT"}, {}, "de", id="of the body"),
        pytest.param({}, {"Accept-Language": "de-CH, en;q=0.5"}, "de", id="of the browser"),
        pytest.param({"locale": "en-US"}, {"Accept-Language": "de"}, "en", id="the body counts"),
        pytest.param({}, {"Accept-Language": "*"}, "en", id="any"),
        pytest.param({}, {"Accept-Language": "x" * 4000}, "en", id="none"),
        pytest.param({"language": "fr"}, {"Accept-Language": "de"}, "fr", id="chosen"),
    ],
)
async def test_the_users_own_language_decides_where_few_words_say_little(
    api: httpx.AsyncClient, sent: dict[str, str], headers: dict[str, str], language: str
) -> None:
    body = {"prompt": "Restaurant", **sent}
    answer = await api.post("/api/reading", json=body, headers=headers)
    assert answer.json()["language"] == language


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        pytest.param(b"{}", 422, "prompt: Field required", id="empty"),
        pytest.param(b'{"prompt": "a", "x": 1}', 422, "x: ", id="unknown"),
        pytest.param(b'{"prompt": "a", "num_cuts": true}', 422, "num_cuts", id="not strict"),
        pytest.param(b'{"prompt": "a", "mode": "film"}', 422, "mode: ", id="mode"),
        pytest.param(b'{"prompt": "a", "locale": "a language"}', 422, "locale: ", id="locale"),
        pytest.param(b'{"prompt": "   "}', 422, "prompt: ", id="blank"),
        pytest.param(b'{"prompt": "((((("}', 422, "nothing in it", id="nothing to say"),
        pytest.param(b'{"prompt": "' + b"x" * 20_001 + b'"}', 422, "20000", id="too long"),
        pytest.param(b"[1]", 422, "body: ", id="list"),
        pytest.param(b"{", 400, "not JSON", id="not JSON"),
        pytest.param(b'{"prompt": "\xff"}', 400, "not JSON", id="bad UTF-8"),
        pytest.param(b'"' + b"x" * 300_000 + b'"', 413, "at most", id="too large"),
    ],
)
async def test_a_bad_body_is_refused_with_a_sentence(
    api: httpx.AsyncClient, body: bytes, status: int, said: str
) -> None:
    kind = {"Content-Type": "application/json"}
    answer = await api.post("/api/reading", content=body, headers=kind)
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert said in answer.json()["detail"]
    if status == 422:
        pointers = {error["pointer"].split("/")[0] for error in answer.json()["errors"]}
        assert pointers == {""}


async def test_another_kind_of_body_and_another_method_are_refused(api: httpx.AsyncClient) -> None:
    assert (await api.post("/api/reading", content=b"prompt=a")).status_code == 415
    assert (await api.get("/api/reading")).status_code == 405


async def test_the_longest_prompts_hold_nobody_up(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = most = 0
    really = specs.readable

    def counted(*args: Any, **more: Any) -> Any:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        time.sleep(0.05)
        at_once -= 1
        return really(*args, **more)

    monkeypatch.setattr("gateway.reading.readable", counted)
    longest = {"prompt": ("a: b\n" * 4000)[:MAX_PROMPT_CHARACTERS]}
    reads = [asyncio.create_task(api.post("/api/reading", json=longest)) for _ in range(6)]
    waits = []
    while not all(task.done() for task in reads):
        begin = time.monotonic()
        assert (await api.get("/healthz")).status_code == 200
        waits.append(time.monotonic() - begin)
    assert {"a film may last" in task.result().json()["detail"] for task in reads} == {True}
    assert most == 2
    assert sorted(waits)[len(waits) // 2] < 0.5
