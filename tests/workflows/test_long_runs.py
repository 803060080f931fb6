"""Runs of the largest size allowed: no payload, log or history outgrows what Temporal takes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle, WorkflowHistory

from domain.events import EventPage, LogWritten, StateChanged
from domain.messages import MAX_REPORTS
from domain.qa import Finding, Redo
from domain.run import RunState
from tests.workflows.conftest import RPC_TIMEOUT, Stage, events, status
from tests.workflows.fakes import bad, plot

PAYLOAD_BYTES = 64 * 1024
EVENTS = 2000
PROMPT = {"prompt": "why the sea is salty"}


def blurred(*scenes: int) -> Any:
    return bad(
        *(
            Finding(check="picture", message="blurred", redo=Redo.IMAGE, scene_id=f"scene_{n}")
            for n in scenes
        )
    )


async def executions(client: Client, run_id: str) -> list[WorkflowHistory]:
    """The histories of a run, first to last."""
    found, execution = [], (await client.get_workflow_handle(run_id).describe()).run_id
    while execution:
        history = await client.get_workflow_handle(run_id, run_id=execution).fetch_history()
        found.append(history)
        started = history.events[0].workflow_execution_started_event_attributes
        execution = started.continued_execution_run_id
    return found[::-1]


async def whole_log(handle: WorkflowHandle[Any, Any]) -> list[Any]:
    log: list[Any] = []
    more, after = True, -1
    while more:
        page: EventPage = await handle.query(
            "events", {"after": after}, result_type=EventPage, rpc_timeout=RPC_TIMEOUT
        )
        log += page.events
        more, after = page.more, page.next
    return log


async def test_the_largest_run_stays_small_for_the_server(stage: Stage) -> None:
    stage.crew.plot = plot(scenes=60, lines=4)
    stage.crew.verdicts = [blurred(n) for n in range(1, 6)]
    prompt = "why the sea is salty " * 950
    handle = await stage.start({"prompt": prompt, "max_qa_retries": 5})
    await handle.result()

    histories = await executions(stage.client, handle.id)
    for history in histories:
        assert len(history.events) <= EVENTS
        rest = history.events[1:]
        assert max(event.ByteSize() for event in rest) <= PAYLOAD_BYTES
    made = stage.crew.made
    assert {name: n for name, n in made.items() if n > 1 and "/" in name} == {
        f"image/scene_{n}": 2 for n in range(1, 6)
    }


async def test_a_run_goes_on_as_new_without_a_gap(stage: Stage) -> None:
    stage.crew.long_history_events = 10
    stage.crew.verdicts = [blurred(1), blurred(2)]
    handle = await stage.start({**PROMPT, "seed": 5})
    result = await handle.result()

    histories = await executions(stage.client, handle.id)
    assert len(histories) == 3
    assert stage.crew.made["plot"] == 1
    assert stage.crew.made["image/scene_1"] == stage.crew.made["image/scene_2"] == 2
    assert stage.crew.made["image/scene_3"] == 1
    assert result.qa_retries == 2
    assert [event.seq for event in stage.crew.kept] == list(range(len(stage.crew.kept)))
    newest = stage.client.get_workflow_handle(handle.id)
    last = await whole_log(newest)
    assert last == stage.crew.kept[-len(last) :]
    now = await status(newest)
    assert now.state is RunState.END
    assert now.created_at == stage.crew.opened[0].created_at
    assert len(stage.crew.opened) == len(stage.crew.closed) == 1
    states = [e.state for e in stage.crew.kept if isinstance(e, StateChanged)]
    assert states.count(RunState.PLOT_GENERATION) == 3
    progress = [e.progress for e in stage.crew.kept]
    assert progress == sorted(progress)


async def test_reports_beyond_a_number_are_dropped_and_the_run_ends_well(stage: Stage) -> None:
    stage.crew.hold_in = "render"
    handle = await stage.start(PROMPT)
    await stage.crew.held.wait()
    for _ in range((MAX_REPORTS + 100) // 50):
        await asyncio.gather(
            *(handle.signal("report_progress", {"message": "x" * 2000}) for _ in range(50))
        )
    await handle.cancel()

    with pytest.raises(WorkflowFailureError):
        await asyncio.wait_for(handle.result(), 60)
    history = await handle.fetch_history()
    assert not any(e.HasField("workflow_task_failed_event_attributes") for e in history.events)
    said = [e for e in stage.crew.kept if isinstance(e, LogWritten)]
    assert len([e for e in said if e.message.startswith("x")]) == MAX_REPORTS
    assert all(len(e.message) <= 1000 for e in said)
    assert (await events(handle))[-1].type in ("log", "ended")
