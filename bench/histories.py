"""What a run left with the server: each execution's history, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.client import Client, WorkflowHandle, WorkflowHistory

UNHANDLED_COMMAND = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND


@dataclass(frozen=True)
class Wait:
    """How long one activity's task lay in its queue."""

    activity: str
    seconds: float


async def histories(client: Client, handle: WorkflowHandle[Any, Any]) -> list[WorkflowHistory]:
    """Every execution of a run, in turn, through its continue-as-new."""
    found = []
    run_id: str | None = handle.first_execution_run_id
    while run_id:
        history = await client.get_workflow_handle(handle.id, run_id=run_id).fetch_history()
        found.append(history)
        next_one = history.events[-1].workflow_execution_continued_as_new_event_attributes
        run_id = next_one.new_execution_run_id or None
    return found


async def histories_of(client: Client, run_id: str) -> list[WorkflowHistory]:
    """The same, for who knows the run's name alone."""
    described = await client.get_workflow_handle(run_id).describe()
    first = described.raw_description.workflow_execution_info.first_run_id
    return await histories(
        client, client.get_workflow_handle(run_id, first_execution_run_id=first or described.run_id)
    )


async def size(client: Client, handle: WorkflowHandle[Any, Any]) -> tuple[int, int]:
    """(events, bytes) of a run's last execution."""
    described = await client.get_workflow_handle(handle.id).describe()
    info = described.raw_description.workflow_execution_info
    return info.history_length, info.history_size_bytes


def wedged(history: WorkflowHistory) -> list[str]:
    """What the failed workflow tasks of an execution said.

    Not that something had come in while the last commands were sent: that is Temporal's own
    turn-taking, and no fault.
    """
    failed = [
        event.workflow_task_failed_event_attributes
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
    ]
    return [
        f"{WorkflowTaskFailedCause.Name(failure.cause)}: {failure.failure.message}"
        for failure in failed
        if failure.cause != UNHANDLED_COMMAND
    ]


def largest_payload(history: WorkflowHistory) -> int:
    """Bytes of the largest value in it."""
    return max(len(value.data) for event in history.events for value in _payloads(event))


def waits(history: WorkflowHistory) -> Iterator[Wait]:
    """From the server's scheduling of each activity to its last start."""
    asked: dict[int, tuple[str, float]] = {}
    for event in history.events:
        at = event.event_time.ToNanoseconds() / 1e9
        if event.HasField("activity_task_scheduled_event_attributes"):
            what = event.activity_task_scheduled_event_attributes
            asked[event.event_id] = what.activity_type.name, at
        elif event.HasField("activity_task_started_event_attributes"):
            name, begin = asked[event.activity_task_started_event_attributes.scheduled_event_id]
            yield Wait(name, at - begin)


def _payloads(message: Message) -> Iterator[Payload]:
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if not field.is_repeated:
            values = [value]
        elif field.message_type.GetOptions().map_entry:
            values = [item for item in value.values() if isinstance(item, Message)]
        else:
            values = value
        for part in values:
            yield from _payloads(part)
