"""Runs begun by an earlier version go on: their saved histories replay without a difference.

Not only the commands are compared, as Temporal does, but also what each activity is asked: a
changed constant of ours must not make a run go on with other values than it began with. The
replay runs in the SDK's sandbox, which finds what is not the same twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import (
    Interceptor,
    Replayer,
    StartActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

import domain.arrangement
from workflows.short_video import AutoShorts

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*/*.json"))
asked: list[tuple[str, bytes]] = []


class Noting(Interceptor):
    """Notes what a replayed workflow asks of activities."""

    def workflow_interceptor_class(
        self, input: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor]:
        return _Inbound


class _Inbound(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_Outbound(outbound))


class _Outbound(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> Any:
        payloads = pydantic_data_converter.payload_converter.to_payloads(input.args)
        asked.append((input.activity, b"".join(payload.data for payload in payloads)))
        return super().start_activity(input)


def in_history(history: WorkflowHistory) -> list[tuple[str, bytes]]:
    """What was asked when the history was written, in that order."""
    found = []
    for event in history.events:
        if event.HasField("activity_task_scheduled_event_attributes"):
            scheduled = event.activity_task_scheduled_event_attributes
            data = b"".join(payload.data for payload in scheduled.input.payloads)
            found.append((scheduled.activity_type.name, data))
    return found


async def replay(history: WorkflowHistory) -> list[tuple[str, bytes]]:
    """What a replay asks. Raises where its commands differ."""
    asked.clear()
    replayer = Replayer(
        workflows=[AutoShorts],
        data_converter=pydantic_data_converter,
        interceptors=[Noting()],
    )
    await replayer.replay_workflow(history)
    return list(asked)


def test_there_is_a_history_for_each_path() -> None:
    paths = {path.stem.rpartition("_")[0] for path in HISTORIES}
    assert {
        "happy",
        "qa_retry",
        "failed",
        "degraded",
        "render_failed",
        "cancelled",
        "cancelled_though_done",
        "cancelled_at_the_end",
        "signalled",
        "no_input",
        "continued",
    } <= paths


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_a_saved_history_replays_and_asks_for_the_same(path: Path) -> None:
    history = _history(path)
    assert await replay(history) == in_history(history)


@pytest.mark.parametrize("path", [p for p in HISTORIES if p.stem.startswith("qa_retry")])
async def test_how_a_short_breathes_may_change_while_a_run_is_under_way(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    constants: Mapping[str, int] = {"LEAD_MS": 650, "RING_OUT_MS": 100, "MIN_SCENE_MS": 9000}
    for name, value in constants.items():
        monkeypatch.setattr(domain.arrangement, name, value)
    history = _history(path)
    assert await replay(history) == in_history(history)


def _history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, path.read_text())
