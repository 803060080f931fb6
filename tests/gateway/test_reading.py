"""What a request costs, and what it gets while Temporal is away or will not answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from temporalio.service import RPCError, RPCStatusCode

from domain.run import Outcome, RunError, RunState
from gateway.outage import Breaker, TemporalRefused, translated
from gateway.problems import RunNotFound, TemporalAway
from gateway.reader import NO_WORKER
from tests.gateway.stage import Stage

# A call to a server that is away takes three seconds or four.
AT_ONCE_SECONDS = 3.0


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage of the test's own, whose Temporal it may stop."""
    async with Stage(tmp_path).serving() as serving:
        yield serving


@pytest.fixture
async def http(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=stage.url, timeout=20, verify=False) as client:
        yield client


async def test_three_hundred_looks_at_one_run_make_no_watcher(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    run = stage.add("looked_at")
    run.move(RunState.PLOT_GENERATION)
    gateway = stage.gateway
    watchers, calls = gateway.hub.watchers, gateway.executions.calls
    before = calls.total()
    answers = await asyncio.gather(*(http.get("/api/runs/looked_at") for _ in range(300)))
    assert {answer.status_code for answer in answers} == {200}
    assert gateway.hub.watchers == watchers
    # Those that ask at the same time are told the same.
    assert calls.total() - before < 300
    queries = calls["query"]
    await http.get("/api/runs/looked_at")
    assert calls["query"] == queries + 1


async def test_a_second_look_reads_only_what_is_new(stage: Stage, http: httpx.AsyncClient) -> None:
    run = stage.add("looked_at_twice")
    run.log_line("one")
    first = (await http.get("/api/runs/looked_at_twice")).json()
    run.log_line("two")
    second = (await http.get("/api/runs/looked_at_twice")).json()
    run.reset()
    third = (await http.get("/api/runs/looked_at_twice")).json()
    assert [first["logs"], second["logs"], third["logs"]] == [["one"], ["one", "two"], ["one"]]


async def test_a_closed_film_is_played_while_temporal_is_stopped(alone: Stage) -> None:
    alone.add("film").finish("고래")
    alone.is_away = True
    calls = alone.gateway.executions.calls
    async with httpx.AsyncClient(base_url=alone.url, timeout=20, verify=False) as client:
        begin = time.monotonic()
        view = await client.get("/api/runs/film")
        url = view.json()["links"]["video"]
        parts = [
            await client.get(url, headers={"Range": f"bytes={at}-{at + 3}"}) for at in range(20)
        ]
        stream = await client.get("/api/runs/film/events")
        took = time.monotonic() - begin
    assert (view.status_code, view.json()["state"]) == (200, "END")
    assert {part.status_code for part in parts} == {206}
    assert "event: ended" in stream.text
    assert not calls
    assert took < AT_ONCE_SECONDS


async def test_an_open_run_is_503_while_temporal_is_away(alone: Stage) -> None:
    alone.add("open").move(RunState.PLOT_GENERATION)
    alone.is_away = True
    async with httpx.AsyncClient(base_url=alone.url, timeout=20, verify=False) as client:
        answer = await client.get("/api/runs/open")
        listed = (await client.get("/api/runs")).json()
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert [item["run_id"] for item in listed["items"]] == ["open"]
    assert "does not answer" in listed["warnings"][0]


async def test_a_name_made_anew_never_serves_new_bytes_under_the_old_tag(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    run = stage.add("remade")
    run.move(RunState.PLOT_GENERATION)
    run.plan("고래")
    run.move(RunState.ASSET_GENERATION)
    run.picture(1)
    first = await http.get("/api/runs/remade/artifacts/scene_1.png")
    old = (await http.get("/api/runs/remade")).json()["scenes"][0]["image"]
    run.picture(1, version=3)
    view = (await http.get("/api/runs/remade")).json()
    second = await http.get("/api/runs/remade/artifacts/scene_1.png")
    assert view["scenes"][0]["image"] != old
    assert first.headers["etag"] != second.headers["etag"]
    assert first.content != second.content
    for answer in (first, second):
        refs = {f'"{item["sha256"]}"': item["bytes"] for item in view["artifacts"]}
        if answer.headers["etag"] in refs:
            assert len(answer.content) == refs[answer.headers["etag"]]
    assert "no-cache" in (await http.get(old)).headers["cache-control"]


async def test_the_view_has_the_scenes_real_lengths(stage: Stage, http: httpx.AsyncClient) -> None:
    run = stage.add("measured")
    run.move(RunState.PLOT_GENERATION)
    run.plan("고래")
    run.measure(1, 4321)
    lengths = [s["duration_ms"] for s in (await http.get("/api/runs/measured")).json()["scenes"]]
    assert lengths[0] == 4321
    assert len(lengths) == 3


async def test_a_cancel_is_refused_from_the_end_on(stage: Stage, http: httpx.AsyncClient) -> None:
    """Also while the workflow is still closing: its state says END, Temporal that it runs."""
    run = stage.add("closing")
    run.move(RunState.PLOT_GENERATION)
    run.move(RunState.END)
    refused = await http.post("/api/runs/closing/cancel")
    assert refused.status_code == 409
    assert "completed" in refused.json()["detail"]
    assert run.status.outcome is None
    failed = stage.add("failed_already")
    failed.end(Outcome.FAILED, RunError(type="X", message="x", state=RunState.INIT))
    assert (await http.post("/api/runs/failed_already/cancel")).status_code == 409
    assert failed.status.outcome is Outcome.FAILED


async def test_a_cancel_is_taken_while_no_worker_answers(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    run = stage.add("unattended")
    run.unanswered = 1
    answer = await http.post("/api/runs/unattended/cancel")
    assert (answer.status_code, answer.json()["outcome"]) == (202, "cancelled")


async def test_a_run_without_a_worker_is_shown_as_far_as_it_is_known(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    run = stage.add("silent")
    run.move(RunState.RENDERING)
    run.unanswered = 1
    view = (await http.get("/api/runs/silent")).json()
    assert (view["state"], view["warnings"]) == ("RENDERING", [NO_WORKER])
    assert view["spec"]["prompt"]


async def test_a_run_that_temporal_has_forgotten_is_shown_from_its_row(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    run = stage.add("forgotten")
    run.move(RunState.PLOT_GENERATION)
    del stage.runs["forgotten"]
    view = (await http.get("/api/runs/forgotten")).json()
    assert view["state"] == "PLOT_GENERATION"
    assert "does not know" in view["warnings"][0]


async def test_readiness_is_asked_once_for_all_also_when_it_fails(alone: Stage) -> None:
    alone.is_away = True
    async with httpx.AsyncClient(base_url=alone.url, timeout=20, verify=False) as client:
        answers = await asyncio.gather(*(client.get("/readyz") for _ in range(30)))
    assert {answer.status_code for answer in answers} == {503}
    assert alone.gateway.executions.calls["describe_task_queue"] == 1


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (RPCStatusCode.UNAVAILABLE, TemporalAway, 503),
        (RPCStatusCode.DEADLINE_EXCEEDED, TemporalAway, 503),
        (RPCStatusCode.CANCELLED, TemporalAway, 503),
        (RPCStatusCode.RESOURCE_EXHAUSTED, TemporalAway, 503),
        (RPCStatusCode.INTERNAL, TemporalAway, 503),
        (RPCStatusCode.NOT_FOUND, RunNotFound, 404),
        (RPCStatusCode.INVALID_ARGUMENT, RunNotFound, 404),
        (RPCStatusCode.PERMISSION_DENIED, TemporalRefused, 502),
        (RPCStatusCode.UNAUTHENTICATED, TemporalRefused, 502),
        (RPCStatusCode.UNIMPLEMENTED, TemporalRefused, 502),
    ],
)
def test_only_what_is_unavailable_is_503(
    status: RPCStatusCode, kind: type[Exception], code: int
) -> None:
    problem = translated(RPCError("no", status, b""), "run")
    assert isinstance(problem, kind)
    assert problem.status == code


async def test_what_temporal_cannot_take_is_the_callers_fault() -> None:
    assert translated(RPCError("too long", RPCStatusCode.INVALID_ARGUMENT, b"")).status == 400


async def test_while_it_is_away_one_at_a_time_finds_out() -> None:
    breaker = Breaker(seconds=0.05)
    asked = 0

    async def ask(*, works: bool) -> None:
        nonlocal asked
        with breaker.guarding():
            asked += 1
            await asyncio.sleep(0)
            if not works:
                raise TemporalAway

    async def many(*, works: bool) -> list[BaseException | None]:
        return await asyncio.gather(*(ask(works=works) for _ in range(10)), return_exceptions=True)

    with pytest.raises(TemporalAway):
        await ask(works=False)
    assert all(isinstance(problem, TemporalAway) for problem in await many(works=True))
    assert asked == 1
    await asyncio.sleep(0.06)
    assert [problem for problem in await many(works=True) if problem is None] == [None]
    assert asked == 2
    assert await many(works=True) == [None] * 10
