"""One Idempotency-Key, one run: by a record that outlives the request and the version."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.run import RunSpec
from gateway.canonical import digest_of
from tests.gateway.stage import Stage

BODY: dict[str, Any] = {"prompt": "why the sea is salty"}


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage of the test's own, whose Temporal it may stop."""
    async with Stage(tmp_path).serving() as serving:
        yield serving


@pytest.fixture
async def http(alone: Stage) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=alone.url, timeout=20) as client:
        yield client


async def _post(http: httpx.AsyncClient, key: str, body: object = BODY) -> httpx.Response:
    return await http.post("/api/runs", json=body, headers={"Idempotency-Key": key})


async def test_a_run_of_a_key_has_a_readable_name(http: httpx.AsyncClient) -> None:
    first, other = [await _post(http, uuid.uuid4().hex) for _ in range(2)]
    for answer in (first, other):
        assert re.fullmatch(r"\d{8}_\d{4}_whythese_[a-z2-7]{8}", answer.json()["run_id"])
    assert first.json()["run_id"] != other.json()["run_id"]


async def test_a_body_is_the_same_however_it_is_written(http: httpx.AsyncClient) -> None:
    key = uuid.uuid4().hex
    body = {**BODY, "lora_strength": 1, "title": "바다"}
    first = await _post(http, key, body)
    text = json.dumps(dict(reversed(body.items())), indent=2).replace(": 1,", ": 1.0,")
    headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
    again = await http.post("/api/runs", content=text, headers=headers)
    assert (again.status_code, again.headers["idempotency-replayed"]) == (202, "true")
    assert again.json()["run_id"] == first.json()["run_id"]
    # What was not sent is not part of it, so no version's defaults are.
    assert (await _post(http, key, {**body, "mode": "general"})).status_code == 422


async def test_a_start_that_died_half_way_is_gone_on_with(
    http: httpx.AsyncClient, alone: Stage
) -> None:
    key = uuid.uuid4().hex
    alone.is_away = True
    failed = await _post(http, key)
    assert (failed.status_code, alone.runs) == (503, {})
    alone.is_away = False
    started = await _post(http, key)
    again = await _post(http, key)
    assert started.status_code == again.status_code == 202
    assert list(alone.runs) == [started.json()["run_id"]]
    assert again.json()["run_id"] == started.json()["run_id"]


async def test_a_start_that_nobody_went_on_with_is_no_run(
    http: httpx.AsyncClient, alone: Stage
) -> None:
    alone.is_away = True
    assert (await http.post("/api/runs", json=BODY)).status_code == 503
    alone.is_away = False
    key = uuid.uuid4().hex
    assert (await _post(http, key)).status_code == 202
    shown = await http.get("/api/runs/nobody_went_on")
    assert shown.status_code == 404


async def test_a_key_of_a_version_without_records_still_names_its_run(
    http: httpx.AsyncClient, alone: Stage
) -> None:
    run = alone.add("k_xj4bnp4pahh6uqkbidpf", RunSpec(**BODY))
    run.finish("바다")
    again = await _post(http, "abc")
    assert (again.status_code, again.json()["run_id"]) == (202, run.status.run_id)
    assert again.headers["idempotency-replayed"] == "true"
    assert (await _post(http, "abc", {"prompt": "another"})).status_code == 422
    assert (await http.get(f"/api/runs/{run.status.run_id}")).json()["state"] == "END"


async def test_a_misspelt_field_is_refused_by_name(http: httpx.AsyncClient) -> None:
    for body, pointer in (
        ({**BODY, "promt": "x"}, "/promt"),
        ({**BODY, "providers": {"image": "painter"}}, "/providers/image"),
    ):
        answer = await http.post("/api/runs", json=body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_run_is_announced_with_its_spec(http: httpx.AsyncClient, alone: Stage) -> None:
    run_id = (await http.post("/api/runs", json=BODY)).json()["run_id"]
    stored = alone.storage.runs.get(run_id)
    assert stored
    assert stored.spec == RunSpec(**BODY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": [1.0, None]}, {"b": [1, None], "a": 1.0}),
        ({"a": "바다"}, json.loads('{"a": "\\ubc14\\ub2e4"}')),
    ],
)
def test_equal_json_has_one_digest(one: object, other: object) -> None:
    assert digest_of(one) == digest_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [({"a": True}, {"a": 1}), ({"a": "1"}, {"a": 1}), ({}, {"a": None}), ([1, 2], [2, 1])],
)
def test_other_json_has_another(one: object, other: object) -> None:
    assert digest_of(one) != digest_of(other)
