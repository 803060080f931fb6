"""A run's end is decided once, and its record is written whatever comes in between."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import ApplicationError, CancelledError

import workflows.options as options
from domain.events import RunEnded
from domain.run import Outcome, RunState
from tests.workflows.conftest import Stage, events, status
from tests.workflows.fakes import refused

PROMPT = {"prompt": "why the sea is salty"}


async def task_failures(handle: WorkflowHandle[Any, Any]) -> int:
    history = await handle.fetch_history()
    return sum(e.HasField("workflow_task_failed_event_attributes") for e in history.events)


async def _cancel_while_closing(stage: Stage) -> WorkflowHandle[Any, Any]:
    stage.crew.hold_in = "close_run"
    handle = await stage.start(PROMPT)
    await stage.crew.held.wait()
    await handle.cancel()
    stage.crew.let_go.set()
    return handle


async def test_a_cancel_after_the_end_changes_nothing(stage: Stage) -> None:
    handle = await _cancel_while_closing(stage)

    result = await handle.result()
    assert "final_video.mp4" in result.artifacts
    assert (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED
    assert [closed.outcome for closed in stage.crew.closed] == [Outcome.COMPLETED]
    ends = [e for e in await events(handle) if isinstance(e, RunEnded)]
    assert [e.outcome for e in ends] == [Outcome.COMPLETED]
    assert await task_failures(handle) == 0


async def test_a_cancel_after_a_failure_changes_nothing(stage: Stage) -> None:
    stage.crew.failures["render"] = refused("no room", "RenderingError")
    handle = await _cancel_while_closing(stage)

    with pytest.raises(WorkflowFailureError) as failure:
        await handle.result()
    assert isinstance(failure.value.cause, ApplicationError)
    assert (await handle.describe()).status is WorkflowExecutionStatus.FAILED
    assert [closed.outcome for closed in stage.crew.closed] == [Outcome.FAILED]
    assert (await status(handle)).outcome is Outcome.FAILED
    assert await task_failures(handle) == 0


async def test_a_cancel_while_a_cancelled_run_is_closing_changes_nothing(stage: Stage) -> None:
    stage.crew.hold_in = "render"
    handle = await stage.start(PROMPT)
    await stage.crew.held.wait()
    stage.crew.held.clear()
    stage.crew.hold_in = "close_run"
    await handle.cancel()
    await stage.crew.held.wait()
    await handle.cancel()
    stage.crew.let_go.set()

    with pytest.raises(WorkflowFailureError) as failure:
        await handle.result()
    assert isinstance(failure.value.cause, CancelledError)
    assert [closed.outcome for closed in stage.crew.closed] == [Outcome.CANCELLED]
    assert await task_failures(handle) == 0


async def test_a_record_that_cannot_be_written_is_written_once_it_can(stage: Stage) -> None:
    stage.crew.failures["close_run"] = ApplicationError("the disk is full", type="StorageError")
    handle = await stage.start(PROMPT)
    for _ in range(3):
        await stage.crew.failed.acquire()
    del stage.crew.failures["close_run"]

    await handle.result()
    assert len(stage.crew.closed) == 1


@pytest.mark.parametrize("length", [0, None, -5])
async def test_a_voice_without_a_length_ends_the_run_with_a_sentence(
    stage: Stage, length: int | None
) -> None:
    stage.crew.lengths_ms["voice"] = length
    handle = await stage.start(PROMPT)

    with pytest.raises(WorkflowFailureError) as failure:
        await asyncio.wait_for(handle.result(), 20)
    assert isinstance(failure.value.cause, ApplicationError)
    assert stage.crew.closed[-1].outcome is Outcome.FAILED
    assert await task_failures(handle) == 0


async def test_a_defect_of_the_workflow_ends_the_run_with_a_record(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise KeyError("scene_9")

    monkeypatch.setattr("workflows.journal.Journal.film_ready", broken)
    handle = await stage.start(PROMPT)

    with pytest.raises(WorkflowFailureError) as failure:
        await asyncio.wait_for(handle.result(), 20)
    assert isinstance(failure.value.cause, ApplicationError)
    assert failure.value.cause.type == "Defect"
    assert "scene_9" in failure.value.cause.message
    assert stage.crew.closed[-1].outcome is Outcome.FAILED
    assert (await status(handle)).state is RunState.FAILED
    assert await task_failures(handle) == 0


async def test_a_time_out_is_told_in_words(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    short = {**options.RENDER, "schedule_to_close_timeout": timedelta(seconds=1)}
    monkeypatch.setattr(options, "RENDER", short)
    stage.crew.hold_in = "render"
    handle = await stage.start(PROMPT)

    with pytest.raises(WorkflowFailureError) as failure:
        await handle.result()
    assert isinstance(failure.value.cause, ApplicationError)
    assert failure.value.cause.type == "TimedOut"
    assert "render_video" in failure.value.cause.message
