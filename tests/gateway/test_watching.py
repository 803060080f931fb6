"""The watcher: nothing that was told is lost, whatever a query, a version or an execution does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from domain.run import Outcome, RunState
from gateway import runlog, views, watcher
from gateway.frames import Entry, FrameLog, Position
from gateway.hub import Busy, Hub
from gateway.watcher import Watcher
from tests.gateway.listening import heard, listening
from tests.gateway.stage import Stage, StagedRun

WITHIN_SECONDS = 10


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage of the test's own, whose Temporal it may stop."""
    async with Stage(tmp_path).serving() as serving:
        yield serving


async def test_a_query_that_was_lost_is_asked_again(stage: Stage) -> None:
    run = stage.add("lost_query")
    run.move(RunState.PLOT_GENERATION)
    async with listening(stage, "lost_query") as listener:
        await listener.until(lambda event: event.type == "snapshot")
        run.unanswered = 3
        run.plan("고래")
        # History does not grow again: only a reader that remembers will ask.
        plan = await listener.until(lambda event: event.type == "plan")
    assert plan.data["title"] == "고래"


async def test_a_run_whose_first_query_is_lost_is_read_later(stage: Stage) -> None:
    run = stage.add("late_worker")
    run.move(RunState.PLOT_GENERATION)
    run.unanswered = 2
    async with listening(stage, "late_worker") as listener:
        first = await listener.until(lambda event: event.type == "snapshot")
        assert "no worker" in first.data["run"]["warnings"][0]
        told = await listener.until(lambda event: event.type == "state")
    assert told.seq == 0


def _newer(answer: dict[str, Any]) -> dict[str, Any]:
    """As a worker of a newer version sends it."""
    events = [
        {**event, "mood": "calm"}
        if event["type"] != "log"
        else {**event, "type": "scored", "score": 0.5}
        for event in answer["events"]
    ]
    status = {**answer["status"], "phase": "early", "state": "DREAMING"}
    return {**answer, "events": events, "status": status, "epoch": 3}


async def test_what_a_newer_worker_says_passes_through_as_it_was_said(stage: Stage) -> None:
    run = stage.add("newer")
    run.as_sent = _newer
    run.move(RunState.PLOT_GENERATION)
    async with listening(stage, "newer") as listener:
        first = await listener.until(lambda event: event.type == "snapshot")
        assert first.data["seq"] == 0
        assert "another version" in first.data["run"]["warnings"][0]
        run.plan("고래")
        plan = await listener.until(lambda event: event.type == "plan")
        run.log_line("pretty")
        other = await listener.until(lambda event: event.type == "scored")
    assert plan.data["mood"] == "calm"
    assert (other.data["score"], other.data["message"]) == (0.5, "pretty")
    assert other.seq == plan.seq + 1


async def test_an_event_that_makes_no_sense_is_passed_on_and_holds_up_nobody(stage: Stage) -> None:
    run = stage.add("nonsense")

    def sent(answer: dict[str, Any]) -> dict[str, Any]:
        events = [{**e, "state": 7} if e["type"] == "state" else e for e in answer["events"]]
        return {**answer, "events": events}

    run.as_sent = sent
    run.move(RunState.PLOT_GENERATION)
    async with listening(stage, "nonsense") as listener:
        await listener.until(lambda event: event.type == "snapshot")
        run.move(RunState.FAILED)
        odd = await listener.until(lambda event: event.type == "state")
    assert odd.data["state"] == 7


async def test_an_answer_that_is_no_page_is_no_answer(stage: Stage) -> None:
    run = stage.add("no_page")
    run.as_sent = lambda answer: {"pages": []}
    async with asyncio.timeout(WITHIN_SECONDS), listening(stage, "no_page") as listener:
        first = await listener.until(lambda event: event.type == "snapshot")
    assert first.data["run"]["warnings"]


async def test_a_snapshot_is_encoded_once_for_a_thousand_clients(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 0
    view_of = views.view_of

    def counted(*args: Any, **options: Any) -> Any:
        nonlocal made
        made += 1
        return view_of(*args, **options)

    monkeypatch.setattr(runlog, "view_of", counted)
    run = stage.add("crowded")
    run.move(RunState.PLOT_GENERATION)
    hub = stage.gateway.hub
    async with hub.watching("crowded") as watched:
        run.plan("고래")
        async with asyncio.timeout(WITHIN_SECONDS):
            while watched.log.last_seq < 1:
                await watched.changed.wait()
        made = 0
        frames = {id(watched.reading.body) for _ in range(1000) if watched.snapshot("snapshot")}
    assert (made, len(frames)) == (1, 1)


async def test_a_stream_of_a_run_that_cannot_be_read_says_goodbye_and_ends(alone: Stage) -> None:
    alone.add("unreached")
    alone.is_away = True
    seen = await heard(alone, "unreached")
    assert [event.type for event in seen] == ["bye"]


async def test_a_stream_whose_run_is_lost_before_its_first_event_ends_too(
    alone: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look before the answer finds the run; what follows it finds Temporal away."""
    alone.add("fleeting")
    readable = iter([True])
    monkeypatch.setattr(watcher.Watcher, "is_readable", property(lambda _: next(readable, False)))
    seen = await heard(alone, "fleeting")
    assert [event.type for event in seen] == ["bye"]


async def test_a_run_that_goes_on_in_another_execution_is_one_stream(stage: Stage) -> None:
    run = stage.add("continued")
    run.move(RunState.PLOT_GENERATION)
    run.plan("고래")
    first = run.execution_id
    async with listening(stage, "continued") as listener:
        await listener.until(lambda event: event.type == "snapshot")
        run.move(RunState.ASSET_GENERATION)
        run.picture(1)
        run.go_on()
        run.log_line("goes on")
        await listener.until(lambda event: event.type == "log")
        run.end(Outcome.COMPLETED)
        seen = await listener.to_end()
    last = run.log.next_seq - 1
    assert listener.seqs == list(range(2, last + 1))
    assert "reset" not in {event.type for event in seen}
    assert {e.id.split(":")[0] for e in seen if e.id} == {first, run.execution_id}
    whole = await heard(stage, "continued")
    assert [event.seq for event in whole if event.id] == list(range(last + 1))
    for event in (e for e in whole if e.id):
        rest = await heard(stage, "continued", last_id=event.id)
        assert [e.seq for e in rest] == list(range(event.seq + 1, last + 1))
        assert {e.id for e in rest} <= {e.id for e in whole}


async def test_a_fresh_client_of_a_continued_run_sees_what_was_made_before(stage: Stage) -> None:
    run = stage.add("carried")
    run.move(RunState.PLOT_GENERATION)
    run.plan("고래")
    run.move(RunState.ASSET_GENERATION)
    run.picture(1)
    run.go_on()
    async with listening(stage, "carried") as listener:
        first = await listener.until(lambda event: event.type == "snapshot")
    assert first.data["seq"] == 3
    assert first.data["run"]["scenes"][0]["image"]
    assert len(first.data["run"]["scenes"]) == 3


async def test_a_run_that_was_reset_begins_anew_for_its_clients(stage: Stage) -> None:
    run = stage.add("reset")
    run.move(RunState.PLOT_GENERATION)
    run.plan("고래")
    async with listening(stage, "reset") as listener:
        await listener.until(lambda event: event.type == "snapshot")
        run.log_line("one")
        await listener.until(lambda event: event.type == "log")
        run.reset()
        await listener.until(lambda event: event.type == "reset")
        run.log_line("two")
        await listener.until(lambda event: event.data.get("message") == "two")
    after = [event for event in listener.seen if event.id.startswith(run.execution_id)]
    assert [event.seq for event in after] == list(range(run.log.next_seq))


async def test_a_terminated_run_gets_its_end_from_the_gateway(stage: Stage) -> None:
    run = stage.add("terminated")
    run.move(RunState.PLOT_GENERATION)
    async with listening(stage, "terminated") as listener:
        await listener.until(lambda event: event.type == "snapshot")
        run.terminate()
        seen = await listener.to_end()
    assert seen[-1].data["outcome"] == "terminated"
    assert seen[-1].id == f"{run.execution_id}:1"


async def test_the_end_of_a_terminated_run_is_written_down(stage: Stage) -> None:
    run = stage.add("ended_from_outside")
    run.move(RunState.PLOT_GENERATION)
    run.terminate()
    await heard(stage, "ended_from_outside")

    runs = stage.gateway.storage.runs
    stored = runs.get("ended_from_outside")
    assert stored is not None
    assert stored.outcome is Outcome.TERMINATED
    kept = [(kept.event.seq, kept.event.type) for kept in runs.events("ended_from_outside")]
    assert kept == [(0, "state"), (1, "ended")]


async def test_a_client_that_knows_more_than_a_new_gateway_is_not_begun_anew(
    stage: Stage,
) -> None:
    run = stage.add("known_elsewhere")
    run.move(RunState.PLOT_GENERATION)
    run.log_line("one")
    run.unanswered = 3
    last_id = f"{run.execution_id}:1"
    async with listening(stage, "known_elsewhere", last_id=last_id) as listener:
        run.log_line("two")
        told = await listener.until(lambda event: event.type != "progress")
    assert (told.type, told.seq) == ("log", 2)


async def test_a_client_that_claims_to_know_what_nobody_has_said_is_begun_anew(
    stage: Stage,
) -> None:
    run = stage.add("nobody_said")
    run.move(RunState.PLOT_GENERATION)
    async with listening(stage, "nobody_said", last_id=f"{run.execution_id}:99") as listener:
        told = await listener.until(lambda event: event.type != "progress")
    assert told.type == "reset"


def _chatter(run: StagedRun, count: int) -> None:
    for number in range(count):
        run.log_line(f"{number} " + "x" * 900)


async def test_what_memory_lets_go_comes_from_the_records(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounded = 20_000
    monkeypatch.setattr(watcher, "FrameLog", lambda: FrameLog(max_bytes=bounded))
    run = stage.add("talkative")
    _chatter(run, 100)
    async with stage.gateway.hub.watching("talkative") as watched:
        assert watched.log.size_bytes <= bounded
        assert watched.log.floor > 50
        early = f"{run.execution_id}:9"
        # Nothing of it is in the records yet, so the client begins anew where memory does.
        async with listening(stage, "talkative", last_id=early) as listener:
            first = await listener.until(lambda event: event.type in ("reset", "log"))
            assert first.type == "reset"
        run.keep()
        async with listening(stage, "talkative", last_id=early) as listener:
            await listener.until(lambda event: event.seq == 99)
        assert listener.seqs == list(range(10, 100))
    run.end(Outcome.COMPLETED)
    await heard(stage, "talkative")
    whole = await heard(stage, "talkative")
    assert [event.seq for event in whole if event.id] == list(range(run.log.next_seq))


async def test_only_so_many_runs_are_watched_at_once(stage: Stage) -> None:
    for number in range(4):
        stage.add(f"watched_{number}")
    hub = Hub(stage.gateway.reader, max_watchers=2)
    try:
        async with hub.watching("watched_0"), hub.watching("watched_1"):
            with pytest.raises(Busy):
                async with hub.watching("watched_2"):
                    raise AssertionError("a third is watched")
            async with hub.watching("watched_0") as again:
                assert again.clients == 2
        # Nobody looks at them any more: they make room.
        async with hub.watching("watched_2"), hub.watching("watched_3"):
            assert hub.watchers == 2
    finally:
        await hub.aclose()


async def test_a_defect_is_an_answer_too(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    def broken(self: Watcher) -> Any:
        raise ZeroDivisionError

    stage.add("defect")
    hub = Hub(stage.gateway.reader)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watcher.Watcher, "_follow_execution", broken)
        patch.setattr(watcher, "RETRY_SECONDS", 0.01)
        async with asyncio.timeout(WITHIN_SECONDS), hub.watching("defect") as watched:
            assert not watched.is_readable
            for _ in range(3):
                await watched.changed.wait()
    await hub.aclose()
    assert sum("is begun again" in record.message for record in caplog.records) == 1


def test_a_position_is_judged_by_who_wrote_the_event_there() -> None:
    one, two = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
    log = FrameLog()
    for seq in range(6):
        log.append(Entry(one if seq < 3 else two, seq, {"type": "log", "seq": seq}))
    held = [(one, 0), (one, 2), (two, 3), (two, 5)]
    foreign = [(two, 2), (one, 3), (two, 6), (one, 6)]
    assert all(log.holds(Position(*where)) for where in held)
    assert not any(log.holds(Position(*where)) for where in foreign)


@pytest.mark.parametrize("kind", ["message", "error", "open", "snapshot", "a\nid: 7", "", None])
def test_a_type_that_cannot_be_an_events_name_is_framed_under_another(kind: object) -> None:
    entry = Entry("x", 0, {"type": kind})
    assert entry.kind == "other"
    assert entry.frame.count(b"\n") == 4
