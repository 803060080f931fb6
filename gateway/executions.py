"""Runs as Temporal itself knows them; every call is counted, bounded, and fails as one of ours."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pydantic_core
from pydantic import ValidationError
from temporalio.client import (
    Client,
    WorkflowExecution,
    WorkflowExecutionDescription,
    WorkflowQueryFailedError,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.events import EventsQuery
from domain.progress import fraction
from domain.run import (
    RUN_STATE_ATTRIBUTE,
    WORKFLOW_TYPE,
    InvalidInput,
    Outcome,
    RunSpec,
    RunState,
    RunStatus,
    parse_spec,
)
from gateway.outage import Breaker, translated
from gateway.problems import RunNotFound, TemporalAway
from workflows.client import has_worker, outcome_of, start_short

RPC_TIMEOUT = timedelta(seconds=3)
CALL_SECONDS = 4.0
START_SECONDS = 12.0
_RUNNING = frozenset(state for state in RunState if not state.is_terminal)

T = TypeVar("T")


class NoAnswer(Exception):
    """No worker is there to answer a query, or none that this gateway understands."""


@dataclass(frozen=True)
class Head:
    """What Temporal itself knows of a run."""

    execution_id: str
    state: RunState
    outcome: Outcome | None
    created_at: datetime
    progress: float = 0.0


@dataclass(frozen=True)
class LivePage:
    """The answer of query `events` with each event as it was sent.

    A worker of another version may say more than this one knows: all of it is passed on.
    """

    execution_id: str
    base: int
    events: tuple[dict[str, Any], ...]
    more: bool
    status: RunStatus | None

    @classmethod
    def read(cls, answer: Any, execution_id: str) -> LivePage:
        """Raises `NoAnswer` for what is no page of events at all."""
        try:
            events = tuple({**event, "seq": int(event["seq"])} for event in answer["events"])
            return cls(
                execution_id=str(answer.get("execution_id") or execution_id),
                base=int(answer["base"]),
                events=events,
                more=bool(answer["more"]) and bool(events),
                status=_status(answer.get("status")),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as exc:
            raise NoAnswer("the worker's answer is none that this gateway can read") from exc


class Executions:
    """Asks Temporal. `calls` counts the calls by name."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.calls: Counter[str] = Counter()
        self._breaker = Breaker()

    async def head(self, run_id: str) -> Head:
        """Of the newest execution. Raises `RunNotFound`, `TemporalAway`, `TemporalRefused`."""
        handle = self.client.get_workflow_handle(run_id)
        described = await self._call(
            "describe", lambda: handle.describe(rpc_timeout=RPC_TIMEOUT), run_id=run_id
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
        )

    async def page(self, run_id: str, execution_id: str, after: int) -> LivePage:
        """One page of events with the status. Raises `NoAnswer` beside what `head` raises."""
        handle = self.client.get_workflow_handle(run_id, run_id=execution_id)
        query = EventsQuery(after=after, with_status=True)
        with self._breaker.guarding():
            self.calls["query"] += 1
            try:
                async with asyncio.timeout(CALL_SECONDS):
                    answer = await handle.query("events", query, rpc_timeout=RPC_TIMEOUT)
            except (TimeoutError, WorkflowQueryFailedError) as exc:
                raise NoAnswer(str(exc)) from exc
            except RPCError as exc:
                if exc.status in _NO_WORKER:
                    raise NoAnswer(exc.message) from exc
                raise translated(exc, run_id) from exc
        return LivePage.read(answer, execution_id)

    async def changes(self, run_id: str, execution_id: str) -> AsyncIterator[None]:
        """Yields whenever the execution's history grows, ends when it is closed.

        The long poll needs no worker and writes no history. Raises what `head` raises.
        """
        handle = self.client.get_workflow_handle(run_id, run_id=execution_id)
        self.calls["history"] += 1
        try:
            async for _ in handle.fetch_history_events(wait_new_event=True):
                yield
        except RPCError as exc:
            raise translated(exc, run_id) from exc

    async def cancel(self, run_id: str, execution_id: str) -> None:
        """Ask an execution to end; one that has ended is left alone. Raises as `head` does."""
        handle = self.client.get_workflow_handle(run_id, run_id=execution_id)
        try:
            await self._call("cancel", lambda: handle.cancel(rpc_timeout=RPC_TIMEOUT))
        except RunNotFound:
            # It ended between the look and the word.
            return

    async def start(self, spec: RunSpec, run_id: str) -> None:
        """Under exactly this name. Raises `RunIdTaken`, `TemporalAway`, `TemporalRefused`."""
        await self._call(
            "start", lambda: start_short(self.client, spec, run_id=run_id), seconds=START_SECONDS
        )

    async def listed(self, query: str, *, limit: int) -> list[WorkflowExecution]:
        """What visibility says to a query, in its own order. Raises as `head` does."""

        async def found() -> list[WorkflowExecution]:
            listed = self.client.list_workflows(
                query, limit=limit, page_size=limit, rpc_timeout=RPC_TIMEOUT
            )
            return [run async for run in listed]

        return await self._call("list", found)

    async def has_worker(self) -> bool:
        """Whether a worker has polled of late. Raises as `head` does."""
        asked = await self._call(
            "describe_task_queue", lambda: has_worker(self.client, rpc_timeout=RPC_TIMEOUT)
        )
        return bool(asked)

    async def spec(self, run_id: str, execution_id: str) -> RunSpec | None:
        """What the run was started with, as its history has it: no worker is needed."""
        handle = self.client.get_workflow_handle(run_id, run_id=execution_id)

        async def first() -> RunSpec | None:
            async for event in handle.fetch_history_events(page_size=1):
                started = event.workflow_execution_started_event_attributes
                inputs = [pydantic_core.from_json(p.data) for p in started.input.payloads]
                return parse_spec(inputs, tolerant=True)
            return None

        try:
            return await self._call("history", first, run_id=run_id)
        except (InvalidInput, ValueError):
            return None

    async def _call(
        self,
        name: str,
        call: Callable[[], Awaitable[T]],
        *,
        run_id: str = "",
        seconds: float = CALL_SECONDS,
    ) -> T:
        """An RPC's own timeout does not hold while the server is away, so there is another."""
        with self._breaker.guarding():
            self.calls[name] += 1
            try:
                async with asyncio.timeout(seconds):
                    return await call()
            except TimeoutError as exc:
                raise TemporalAway from exc
            except RPCError as exc:
                raise translated(exc, run_id) from exc


_NO_WORKER = {
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,
    RPCStatusCode.FAILED_PRECONDITION,
}


def state_of(execution: WorkflowExecution, outcome: Outcome | None) -> RunState:
    """By how it ended, else by its search attribute, which anybody may set to anything."""
    if outcome is Outcome.COMPLETED:
        return RunState.END
    if outcome is not None:
        return RunState.FAILED
    value = str(next(iter(execution.search_attributes.get(RUN_STATE_ATTRIBUTE, ())), ""))
    return RunState(value) if value in _RUNNING else RunState.INIT


def _status(value: Any) -> RunStatus | None:
    """None where a newer worker says what this version has no words for."""
    try:
        return None if value is None else RunStatus.model_validate(value)
    except ValidationError:
        return None


def _live_progress(described: WorkflowExecutionDescription, state: RunState) -> float:
    """What heartbeats add in the states that are one long activity."""
    if state not in (RunState.RENDERING, RunState.QA):
        return 0.0
    shares = [0.0]
    for pending in described.raw_description.pending_activities:
        payloads = pending.heartbeat_details.payloads
        if payloads:
            shares.append(_share(payloads[0].data))
    return fraction(state, max(shares))


def _share(data: bytes) -> float:
    try:
        return float(pydantic_core.from_json(data)["fraction"])
    except (ValueError, TypeError, KeyError):
        return 0.0
