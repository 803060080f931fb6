"""Runs that an earlier version began: begun again, since the workflow of today has other steps.

Nothing is made twice: what was finished is found in the store.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.run import WORKFLOW_TYPE

REASON = "begun by an earlier version of AutoShorts; finished assets are kept"
RPC_TIMEOUT = timedelta(seconds=10)
RUNNING = f'WorkflowType = "{WORKFLOW_TYPE}" AND ExecutionStatus = "Running"'
# Until 0.1 it was an activity; it is a local one since, which leaves a marker instead.
FIRST_ACTIVITY = "open_run"

_TASK_ENDED = (
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
)


async def begin_older_runs_again(client: Client) -> tuple[str, ...]:
    """Reset every running run of an earlier version to its beginning; their ids.

    For when no worker of that version polls any more, and before one of this version does. May
    be repeated, also by several processes at once. Raises `RPCError`.
    """
    begun: list[str] = []
    async for run in client.list_workflows(RUNNING, rpc_timeout=RPC_TIMEOUT):
        execution = WorkflowExecution(workflow_id=run.id, run_id=run.run_id)
        if (event_id := await _first_task_of_older(client, execution)) is None:
            continue
        if await _reset(client, execution, event_id):
            begun.append(run.id)
    return tuple(begun)


async def _first_task_of_older(client: Client, execution: WorkflowExecution) -> int | None:
    """The event that ended the first workflow task of a run of an earlier version.

    None for a run of this version, and for one whose code has not begun yet.
    """
    handle = client.get_workflow_handle(execution.workflow_id, run_id=execution.run_id)
    first = None
    async for event in handle.fetch_history_events(page_size=20, rpc_timeout=RPC_TIMEOUT):
        if first is None and event.event_type in _TASK_ENDED:
            first = event.event_id
        if event.HasField("marker_recorded_event_attributes"):
            return None
        if event.HasField("activity_task_scheduled_event_attributes"):
            scheduled = event.activity_task_scheduled_event_attributes
            return first if scheduled.activity_type.name == FIRST_ACTIVITY else None
    return None


async def _reset(client: Client, execution: WorkflowExecution, event_id: int) -> bool:
    """Whether it is begun again; a run that has just ended is not."""
    # The server takes two requests of one id for one.
    request_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{execution.run_id} {REASON}")
    try:
        await client.workflow_service.reset_workflow_execution(
            ResetWorkflowExecutionRequest(
                namespace=client.namespace,
                workflow_execution=execution,
                reason=REASON,
                workflow_task_finish_event_id=event_id,
                request_id=str(request_id),
            ),
            timeout=RPC_TIMEOUT,
        )
    except RPCError as exc:
        if exc.status in (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION):
            return False
        raise
    return True
