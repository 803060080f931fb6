"""What Temporal and the run folders say of a run; counts every call it makes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pydantic_core
from temporalio.client import (
    Client,
    WorkflowExecution,
    WorkflowExecutionDescription,
    WorkflowQueryFailedError,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.events import EventPage, EventsQuery
from domain.progress import fraction
from domain.record import RunRecord
from domain.run import (
    RUN_STATE_ATTRIBUTE,
    WORKFLOW_TYPE,
    InvalidInput,
    Outcome,
    RunError,
    RunState,
    RunStatus,
    parse_spec,
)
from gateway.problems import RunNotFound, TemporalAway
from storage.errors import StorageError
from storage.runs import RunFolders
from workflows.client import has_worker, outcome_of

RPC_TIMEOUT = timedelta(seconds=3)
CALL_SECONDS = 4.0
LIST_SECONDS = 10.0
_AWAY = {
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,
    RPCStatusCode.RESOURCE_EXHAUSTED,
    RPCStatusCode.INTERNAL,
}
_WORDS = {
    Outcome.TERMINATED: "the run was terminated in Temporal",
    Outcome.TIMED_OUT: "the run took longer than its time limit in Temporal",
}

_RUNNING = frozenset(state for state in RunState if not state.is_terminal)

T = TypeVar("T")


@asynccontextmanager
async def answering(seconds: float = CALL_SECONDS) -> AsyncIterator[None]:
    """Bounds a call; `TemporalAway` where it fails. An RPC's own timeout does not hold while
    the server is away."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except (TimeoutError, RPCError) as exc:
        raise TemporalAway from exc


class NoAnswer(Exception):
    """No worker is there to answer a query."""


@dataclass(frozen=True)
class Head:
    """What Temporal itself knows of a run."""

    execution_id: str
    state: RunState
    outcome: Outcome | None
    created_at: datetime
    progress: float
    working: bool


class RunReader:
    """Reads runs. `calls` counts Temporal calls by name."""

    def __init__(self, client: Client, folders: RunFolders) -> None:
        self.client = client
        self.folders = folders
        self.calls: Counter[str] = Counter()

    async def head(self, run_id: str) -> Head:
        """Raises `RunNotFound`, `TemporalAway`."""
        handle = self.client.get_workflow_handle(run_id)
        described = await self._call(
            "describe", handle.describe(rpc_timeout=RPC_TIMEOUT), run_id=run_id
        )
        if described.workflow_type != WORKFLOW_TYPE:
            raise RunNotFound(run_id)
        outcome = outcome_of(described)
        state = state_of(described, outcome)
        return Head(
            execution_id=described.run_id or "",
            state=state,
            outcome=outcome,
            created_at=described.start_time.astimezone(UTC),
            progress=_live_progress(described, state),
            working=bool(described.raw_description.pending_activities),
        )

    async def page(self, run_id: str, execution_id: str, after: int) -> EventPage:
        """One page of events with the status. Raises `NoAnswer`, `RunNotFound`, `TemporalAway`."""
        handle = self.client.get_workflow_handle(run_id, run_id=execution_id)
        query = EventsQuery(after=after, with_status=True)
        call = handle.query("events", query, result_type=EventPage, rpc_timeout=RPC_TIMEOUT)
        try:
            page: EventPage = await self._call("query", call, run_id=run_id, waits_for_worker=True)
        except WorkflowQueryFailedError as exc:
            raise NoAnswer(str(exc)) from exc
        return page

    async def changes(self, run_id: str, execution_id: str) -> AsyncIterator[None]:
        """Yields whenever the run's history grows, ends when it is closed.

        The long poll needs no worker and writes no history. Raises RPCError.
        """
        handle = self.client.get_workflow_handle(run_id, run_id=execution_id)
        self.calls["history"] += 1
        events = handle.fetch_history_events(wait_new_event=True)
        async for _ in events:
            yield

    def record(self, run_id: str) -> RunRecord | None:
        """`run.json`, where it is there and can be read."""
        try:
            return self.folders.record(run_id)
        except StorageError:
            return None

    async def remembered(self, run_id: str, head: Head) -> RunRecord:
        """The record of a closed run, from what is left of it: query, else history.

        Raises `RunNotFound`, `TemporalAway`.
        """
        try:
            page = await self.page(run_id, head.execution_id, -1)
        except NoAnswer:
            return RunRecord(
                execution_id=head.execution_id, status=await self._from_history(run_id, head)
            )
        events = list(page.events)
        status = page.status
        while page.more:
            page = await self.page(run_id, head.execution_id, page.next)
            events += page.events
        assert status is not None
        return RunRecord(
            execution_id=head.execution_id, status=overruled(status, head), events=tuple(events)
        )

    async def listed(self, query: str) -> list[WorkflowExecution]:
        """What visibility says to a query, in its own order. Raises `TemporalAway`."""
        self.calls["list"] += 1
        async with answering(LIST_SECONDS):
            found = self.client.list_workflows(query, rpc_timeout=RPC_TIMEOUT)
            return [run async for run in found]

    async def has_worker(self) -> bool:
        """Whether a worker has polled of late. Raises `TemporalAway`."""
        asked = has_worker(self.client, rpc_timeout=RPC_TIMEOUT)
        return await self._call("describe_task_queue", asked)

    async def _call(
        self,
        name: str,
        call: Awaitable[T],
        *,
        run_id: str = "",
        waits_for_worker: bool = False,
    ) -> T:
        self.calls[name] += 1
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await call
        except TimeoutError as exc:
            raise (NoAnswer() if waits_for_worker else TemporalAway()) from exc
        except RPCError as exc:
            if exc.status is RPCStatusCode.NOT_FOUND:
                raise RunNotFound(run_id) from exc
            slow = exc.status in (RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED)
            if waits_for_worker and (slow or exc.status is RPCStatusCode.FAILED_PRECONDITION):
                raise NoAnswer from exc
            if exc.status is RPCStatusCode.INVALID_ARGUMENT:
                raise RunNotFound(run_id) from exc
            if exc.status in _AWAY:
                raise TemporalAway from exc
            raise

    async def _from_history(self, run_id: str, head: Head) -> RunStatus:
        """Spec and state as the history has them: no worker is needed, pictures are lost."""
        handle = self.client.get_workflow_handle(run_id, run_id=head.execution_id)
        spec, last = None, head.created_at
        self.calls["history"] += 1
        try:
            async for event in handle.fetch_history_events():
                last = event.event_time.ToDatetime(tzinfo=UTC)
                if event.HasField("workflow_execution_started_event_attributes"):
                    started = event.workflow_execution_started_event_attributes
                    inputs = [
                        pydantic_core.from_json(payload.data) for payload in started.input.payloads
                    ]
                    spec = parse_spec(inputs)
        except (InvalidInput, ValueError):
            spec = None
        except RPCError as exc:
            raise TemporalAway from exc
        status = RunStatus(
            run_id=run_id,
            state=head.state,
            progress=1.0 if head.state is RunState.END else 0.0,
            detail="",
            created_at=head.created_at,
            updated_at=last,
            spec=spec,
        )
        return overruled(status, head)


def overruled(status: RunStatus, head: Head) -> RunStatus:
    """Temporal's word on how a run ended, where no code of the run was left to say it."""
    if head.outcome is None or status.outcome is not None:
        return status
    words = _WORDS.get(head.outcome, f"the run ended: {head.outcome}")
    completed = head.outcome is Outcome.COMPLETED
    return status.model_copy(
        update={
            "state": RunState.END if completed else RunState.FAILED,
            "outcome": head.outcome,
            "detail": words,
            "error": None
            if completed
            else RunError(type=head.outcome.value, message=words, state=status.state),
        }
    )


def state_of(execution: WorkflowExecution, outcome: Outcome | None) -> RunState:
    """By how it ended, else by its search attribute, which anybody may set to anything."""
    if outcome is Outcome.COMPLETED:
        return RunState.END
    if outcome is not None:
        return RunState.FAILED
    value = str(next(iter(execution.search_attributes.get(RUN_STATE_ATTRIBUTE, ())), ""))
    return RunState(value) if value in _RUNNING else RunState.INIT


def _live_progress(described: WorkflowExecutionDescription, state: RunState) -> float:
    """What heartbeats add in the states that are one long activity."""
    if state not in (RunState.RENDERING, RunState.QA):
        return 0.0
    shares = [0.0]
    for pending in described.raw_description.pending_activities:
        payloads = pending.heartbeat_details.payloads
        if payloads and (details := _details(payloads[0].data)):
            shares.append(float(details.get("fraction", 0.0)))
    return fraction(state, max(shares))


def _details(data: bytes) -> dict[str, Any]:
    try:
        details = pydantic_core.from_json(data)
    except ValueError:
        return {}
    return details if isinstance(details, dict) else {}
