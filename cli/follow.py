"""Follow a run to its end, through the loss of worker or server.

`describe()` needs no worker and carries the percent ticks; the query `events` is asked one
at a time, and where it cannot be answered, `run.json` is the last word.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from temporalio.client import (
    Client,
    WorkflowExecutionDescription,
    WorkflowHandle,
    WorkflowQueryFailedError,
)
from temporalio.service import RPCError, RPCStatusCode

from cli.errors import CliError
from domain.events import Event, EventPage, EventsQuery
from domain.run import WORKFLOW_TYPE, Outcome, RunState, RunStatus
from storage.runs import RunFolders
from workflows.client import outcome_of

POLL_SECONDS = 0.3
RPC_TIMEOUT = timedelta(seconds=3)
CALL_SECONDS = 5.0


@dataclass(frozen=True)
class Tick:
    """How far a running activity says it is."""

    activity: str
    fraction: float
    message: str
    attempt: int
    last_failure: str | None


@dataclass(frozen=True)
class Snapshot:
    """All that is known of a run at one moment."""

    run_id: str
    status: RunStatus | None
    events: tuple[Event, ...] = ()
    ticks: tuple[Tick, ...] = ()
    outcome: Outcome | None = None
    trouble: str | None = None

    @property
    def is_closed(self) -> bool:
        return self.outcome is not None


@dataclass
class Follower:
    """Follows one run."""

    client: Client
    run_id: str
    folders: RunFolders
    _events: list[Event] = field(default_factory=list)
    _status: RunStatus | None = None

    async def snapshots(self) -> AsyncIterator[Snapshot]:
        """A snapshot a few times a second; the last one is of the closed run.

        Raises `CliError` where there is no such run.
        """
        while True:
            snapshot = await self.snapshot()
            yield snapshot
            if snapshot.is_closed:
                return
            await asyncio.sleep(POLL_SECONDS)

    async def snapshot(self) -> Snapshot:
        """Raises `CliError` where there is no such run."""
        handle = self.client.get_workflow_handle(self.run_id)
        try:
            # Not wait_for: it loses a cancellation (Ctrl-C) that comes with the answer.
            async with asyncio.timeout(CALL_SECONDS):
                description = await handle.describe(rpc_timeout=RPC_TIMEOUT)
        except (RPCError, TimeoutError) as exc:
            if isinstance(exc, RPCError) and exc.status is RPCStatusCode.NOT_FOUND:
                raise CliError(f"there is no run {self.run_id!r}") from exc
            return self._snapshot(trouble="Temporal is away; waiting for it")
        if description.workflow_type != WORKFLOW_TYPE:
            raise CliError(f"{self.run_id!r} is not a run of AutoShorts")
        outcome = outcome_of(description)
        trouble = await self._read(handle, is_closed=outcome is not None)
        ticks = tuple(_ticks(description))
        return self._snapshot(trouble=trouble, outcome=outcome, ticks=ticks)

    def _snapshot(
        self,
        *,
        trouble: str | None,
        outcome: Outcome | None = None,
        ticks: tuple[Tick, ...] = (),
    ) -> Snapshot:
        return Snapshot(self.run_id, self._status, tuple(self._events), ticks, outcome, trouble)

    async def _read(self, handle: WorkflowHandle[Any, Any], *, is_closed: bool) -> str | None:
        """Bring status and events up to date; says what stands in the way."""
        record = self.folders.record(self.run_id) if is_closed else None
        if record and record.status.outcome:
            self._status, self._events = record.status, list(record.events)
            return None
        try:
            async with asyncio.timeout(CALL_SECONDS):
                await self._query(handle)
        except (RPCError, WorkflowQueryFailedError, TimeoutError):
            return None if is_closed else "no worker answers; the run goes on when one is there"
        return None

    async def _query(self, handle: WorkflowHandle[Any, Any]) -> None:
        more = True
        while more:
            query = EventsQuery(after=self._events[-1].seq if self._events else -1)
            page: EventPage = await handle.query(
                "events", query, result_type=EventPage, rpc_timeout=RPC_TIMEOUT
            )
            self._events += page.events
            more = page.more
        self._status = await handle.query("status", result_type=RunStatus, rpc_timeout=RPC_TIMEOUT)


def state_of(outcome: Outcome | None, state: RunState) -> RunState:
    """Temporal's word overrules a state that no code was left to change."""
    if outcome in (None, Outcome.COMPLETED):
        return state
    return RunState.FAILED


def _ticks(description: WorkflowExecutionDescription) -> list[Tick]:
    ticks = []
    for pending in description.raw_description.pending_activities:
        details: dict[str, Any] = {}
        if pending.HasField("heartbeat_details") and pending.heartbeat_details.payloads:
            details = _decoded(pending.heartbeat_details.payloads[0].data)
        ticks.append(
            Tick(
                activity=pending.activity_type.name,
                fraction=float(details.get("fraction", 0.0)),
                message=str(details.get("message", "")),
                attempt=pending.attempt,
                last_failure=pending.last_failure.message
                if pending.HasField("last_failure")
                else None,
            )
        )
    return ticks


def _decoded(data: bytes) -> dict[str, Any]:
    try:
        details = json.loads(data)
    except ValueError:
        return {}
    return details if isinstance(details, dict) else {}
