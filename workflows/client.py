"""For everybody who starts runs from Python: `connect()` and `start_short()`."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client, WorkflowExecution, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.exceptions import WorkflowAlreadyStartedError

from domain.queues import TASK_QUEUE
from domain.run import (
    STARTED_BY,
    WORKFLOW_TYPE,
    Outcome,
    RunResult,
    RunSpec,
    run_id_candidates,
)

# Each try after the first has a random ending of its own.
NAME_TRIES = 8
# The last resort: waiting for a person, or for one's turn, may well take weeks.
EXECUTION_TIMEOUT = timedelta(days=30)
SUMMARY_CHARACTERS = 100
RPC_TIMEOUT = timedelta(seconds=10)

# A dead worker stays listed for minutes; a living one polls anew within this time.
POLLER_IS_FRESH = timedelta(seconds=65)
_OUTCOMES = {
    WorkflowExecutionStatus.COMPLETED: Outcome.COMPLETED,
    WorkflowExecutionStatus.FAILED: Outcome.FAILED,
    WorkflowExecutionStatus.CANCELED: Outcome.CANCELLED,
    WorkflowExecutionStatus.TERMINATED: Outcome.TERMINATED,
    WorkflowExecutionStatus.TIMED_OUT: Outcome.TIMED_OUT,
}

RunHandle = WorkflowHandle[Any, RunResult]


class RunIdTaken(Exception):
    """The chosen run id belongs to another run."""


def configured_server() -> ClientConnectConfig | None:
    """What `TEMPORAL_*` and `temporal.toml` name; None where they name no server."""
    config = ClientConfig.load_client_connect_config()
    return config if config.get("target_host") else None


async def connect(config: ClientConnectConfig) -> Client:
    """A client with the data converter that every part of AutoShorts shares.

    Raises RuntimeError where the server is out of reach.
    """
    return await Client.connect(**config, data_converter=pydantic_data_converter)


async def start_short(
    client: Client, spec: RunSpec, *, run_id: str | None = None, memo: dict[str, str] | None = None
) -> RunHandle:
    """Start a run; a name made from the prompt gets a random ending where it is taken.

    Only what was said is sent: an older worker need not know the newest defaults. Raises
    `RunIdTaken` where `run_id` was chosen and is taken.
    """
    chosen = [run_id] if run_id else run_id_candidates(spec.prompt, datetime.now(UTC))
    for candidate in itertools.islice(chosen, NAME_TRIES):
        try:
            return await client.start_workflow(
                WORKFLOW_TYPE,
                spec.model_dump(mode="json", exclude_defaults=True),
                id=candidate,
                task_queue=TASK_QUEUE,
                result_type=RunResult,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                execution_timeout=EXECUTION_TIMEOUT,
                memo={**(memo or {}), STARTED_BY: version("autoshorts")},
                static_summary=" ".join(spec.prompt.split())[:SUMMARY_CHARACTERS],
                rpc_timeout=RPC_TIMEOUT,
            )
        except WorkflowAlreadyStartedError:
            continue
    raise RunIdTaken(f"run id {run_id or 'of this minute'!r} is taken: choose another with --id")


def outcome_of(execution: WorkflowExecution) -> Outcome | None:
    """How an execution ended; None while it runs."""
    return _OUTCOMES.get(execution.status) if execution.status else None


async def has_worker(client: Client, *, rpc_timeout: timedelta = RPC_TIMEOUT) -> bool:
    """Whether a worker has polled of late. Raises `RPCError`."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=TASK_QUEUE),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    answer = await client.workflow_service.describe_task_queue(request, timeout=rpc_timeout)
    now = datetime.now(UTC)
    return any(
        now - poller.last_access_time.ToDatetime(tzinfo=UTC) < POLLER_IS_FRESH
        for poller in answer.pollers
    )
