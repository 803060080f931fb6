"""One Idempotency-Key, one run: whoever asks, however often, and for how long."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.gateway.quick import Quick

BODY = {"prompt": "why the sea is salty"}


@pytest.fixture
async def http(quick: Quick) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=quick.gateway.url, timeout=30) as client:
        yield client


async def _post(http: httpx.AsyncClient, key: str, body: object = BODY) -> httpx.Response:
    return await http.post("/api/runs", json=body, headers={"Idempotency-Key": key})


async def test_twenty_at_once_with_one_key_start_one_run(http: httpx.AsyncClient) -> None:
    key = uuid.uuid4().hex
    answers = await asyncio.gather(*(_post(http, key) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.headers["location"] for answer in answers}) == 1
    replayed = [answer.headers.get("idempotency-replayed") for answer in answers]
    assert replayed.count(None) == 1


async def test_a_key_may_be_quoted(http: httpx.AsyncClient) -> None:
    key = uuid.uuid4().hex
    bare = await _post(http, key)
    quoted = await _post(http, f'"{key}"')
    assert quoted.status_code == 202
    assert quoted.headers["location"] == bare.headers["location"]
    for bad in ("", '"', '"a', "a b", "é".encode().decode("latin-1"), "x" * 256):
        headers = {"Idempotency-Key": bad.encode("latin-1")}
        answer = await http.post("/api/runs", json=BODY, headers=headers)  # type: ignore[arg-type]
        assert answer.status_code == 400, bad


async def test_the_same_prompt_twice_without_a_key_is_two_runs(http: httpx.AsyncClient) -> None:
    prompt = {"prompt": uuid.uuid4().hex}
    first, second = [(await http.post("/api/runs", json=prompt)).json() for _ in range(2)]
    assert first["run_id"] != second["run_id"]


@pytest.mark.parametrize(
    "body",
    [
        {**BODY, "max_qa_retries": False},
        {**BODY, "num_cuts": "3"},
        {**BODY, "seed": 1.5},
        {**BODY, "lora_strength": None},
    ],
)
async def test_a_value_of_another_type_is_refused(
    http: httpx.AsyncClient, body: dict[str, object]
) -> None:
    answer = await http.post("/api/runs", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{list(body)[1]}"


async def test_a_prompt_of_the_widest_characters_is_taken(http: httpx.AsyncClient) -> None:
    for prompt in ("🐋" * 7_000, "한" * 200, "\u202e\u0301" * 50 + "a", "a" * 7_000):
        answer = await http.post("/api/runs", json={"prompt": prompt})
        assert answer.status_code == 202, prompt[:9]
        shown = await http.get(answer.headers["location"])
        assert shown.status_code == 200


@pytest.mark.parametrize(
    ("prompt", "said"),
    [("1.\n2.\n3.", "could be said"), ('{"a": 1}', "nothing is said"), ("a" * 20_000, "minutes")],
)
async def test_a_prompt_of_which_no_film_can_be_made_is_refused_at_once(
    http: httpx.AsyncClient, prompt: str, said: str
) -> None:
    answer = await http.post("/api/runs", json={"prompt": prompt})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/prompt"
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "body", "kept"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.5", {}, "ko-KR"),
        ("en;q=0.2, de;q=0.8", {}, "de"),
        ("fr", {"locale": "ja"}, "ja"),
        ("*, x;q=oops", {}, None),
    ],
)
async def test_the_callers_language_is_the_prior(
    http: httpx.AsyncClient, sent: str, body: dict[str, str], kept: str | None
) -> None:
    answer = await http.post("/api/runs", json={**BODY, **body}, headers={"Accept-Language": sent})
    assert answer.json()["spec"].get("locale") == kept


async def test_a_view_that_has_not_changed_keeps_its_tag(http: httpx.AsyncClient) -> None:
    first = await http.get("/api/runs/running_3")
    await asyncio.sleep(1.2)
    tag = first.headers["etag"]
    for tags in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await http.get("/api/runs/running_3", headers={"If-None-Match": tags})
        assert (again.status_code, again.content) == (304, b""), tags
    other = await http.get("/api/runs/running_3", headers={"If-None-Match": '"other"'})
    assert other.status_code == 200
