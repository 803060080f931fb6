"""Follow a run to its end, through the loss of worker or server.

The history's long poll says when there is something new: it needs no worker. What it is, is read
as the gateway reads it. Only the percent ticks of a running activity are asked for, once a
second, and only where they are shown.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import ValidationError
from temporalio.client import WorkflowExecutionDescription
from temporalio.service import RPCError

from cli.errors import CliError
from domain.events import EVENT, Event
from domain.run import Outcome, RunStatus
from gateway.executions import Head, NoAnswer
from gateway.frames import Entry
from gateway.problems import Problem, RunNotFound
from gateway.reader import FORGOTTEN, NO_WORKER, RunReader
from gateway.runlog import RunLog, status_of
from storage.runs import StoredRun

TICK_SECONDS = 1.0
RETRY_SECONDS = 1.0
RPC_TIMEOUT = timedelta(seconds=3)
AWAY = "Temporal is away; waiting for it"


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


class Follower:
    """Follows one run. `with_ticks` where somebody sees how far an activity is."""

    def __init__(self, reader: RunReader, run_id: str, *, with_ticks: bool = False) -> None:
        self.run_id = run_id
        self._reader = reader
        self._with_ticks = with_ticks
        self._log = RunLog(run_id)
        self._events: list[Event] = []
        self._ticks: tuple[Tick, ...] = ()
        self._trouble: str | None = None
        self._is_closed = False
        self._head: Head | None = None
        self._poll: asyncio.Task[None] | None = None

    async def snapshots(self) -> AsyncIterator[Snapshot]:
        """A snapshot whenever there is something new; the last one is of the closed run.

        Raises `CliError` where there is no such run.
        """
        grew = asyncio.Event()
        try:
            while True:
                grew.clear()
                yield (snapshot := await self.snapshot())
                if snapshot.is_closed:
                    return
                if snapshot.trouble == FORGOTTEN:
                    raise CliError(f"{self.run_id}: {FORGOTTEN}")
                self._begin_poll(grew)
                async for ticked in self._until(grew):
                    yield ticked
        finally:
            await self._end_poll()

    async def snapshot(self) -> Snapshot:
        """The run as it is now. Raises `CliError` where there is no such run."""
        self._trouble = None
        try:
            await self._look()
        except RunNotFound as exc:
            raise CliError(
                f"there is no run {self.run_id!r}; `autoshorts list` shows those there are"
            ) from exc
        except NoAnswer:
            self._trouble = NO_WORKER
        except Problem:
            self._trouble, self._head = AWAY, None
        status = self._log.status
        return Snapshot(
            self.run_id,
            status,
            tuple(self._events),
            self._ticks,
            status.outcome if status and self._is_closed else None,
            self._trouble,
        )

    # Reading

    async def _look(self) -> None:
        """Bring status and events up to date; Temporal is described only where that is news.

        A run says how it ends before its record is written: it is closed only after that.
        """
        if self._head and self._poll and not self._poll.done():
            self._take(*await self._reader.read_on(self._log, self._head))
            return
        self._poll = None
        stored = await self._reader.stored(self.run_id)
        if stored and stored.outcome:
            self._take(*await self._reader.read_to_end(self._log, stored))
            self._is_closed = True
            return
        if stored and self._log.status is None:
            self._log.status = status_of(stored, None)
        self._head = await self._described(stored)
        if self._head is None:
            return
        if self._head.outcome is not None:
            self._take(*await self._reader.read_what_is_left(self._log, self._head))
            self._is_closed = True
        else:
            self._take(*await self._reader.read_on(self._log, self._head))

    async def _described(self, stored: StoredRun | None) -> Head | None:
        """None of a run that the records alone know."""
        try:
            return await self._reader.head(self.run_id)
        except RunNotFound:
            if stored is None or not stored.execution_id:
                raise
            self._take(*await self._reader.read_forgotten(self._log, stored))
            self._trouble = FORGOTTEN
            return None

    def _take(self, log: RunLog, told: list[Entry]) -> None:
        """A run that was begun anew has a log of its own."""
        if log is not self._log:
            self._log, self._events = log, []
        for entry in told:
            with suppress(ValidationError):
                self._events.append(EVENT.validate_python(entry.data))

    # Waiting

    def _begin_poll(self, grew: asyncio.Event) -> None:
        # One that is over has woken us: the next look asks why before another begins.
        if self._head and self._poll is None:
            self._poll = asyncio.create_task(self._wake(self._head, grew))

    async def _end_poll(self) -> None:
        if self._poll:
            self._poll.cancel()
            await asyncio.wait([self._poll])

    async def _wake(self, head: Head, grew: asyncio.Event) -> None:
        """Set `grew` for all that happens in an execution, and when it is closed."""
        try:
            async for _ in self._reader.executions.changes(self.run_id, head.execution_id):
                grew.set()
        except Problem:
            await asyncio.sleep(RETRY_SECONDS)
        finally:
            # Done before it wakes anybody: the next look asks whether the run has ended.
            asyncio.get_running_loop().call_soon(grew.set)

    async def _until(self, grew: asyncio.Event) -> AsyncIterator[Snapshot]:
        """Percent ticks until there is something to read; what is in the way is tried again."""
        seconds = RETRY_SECONDS if self._trouble else TICK_SECONDS if self._with_ticks else None
        while True:
            try:
                # Not wait_for: it loses a cancellation (Ctrl-C) that comes with the answer.
                async with asyncio.timeout(seconds):
                    await grew.wait()
                    return
            except TimeoutError:
                if self._trouble:
                    return
            ticks = await self._ask_ticks()
            if ticks != self._ticks:
                self._ticks = ticks
                yield Snapshot(self.run_id, self._log.status, tuple(self._events), ticks)

    async def _ask_ticks(self) -> tuple[Tick, ...]:
        handle = self._reader.executions.client.get_workflow_handle(self.run_id)
        try:
            async with asyncio.timeout(TICK_SECONDS):
                return tuple(_ticks(await handle.describe(rpc_timeout=RPC_TIMEOUT)))
        except (RPCError, TimeoutError):
            return self._ticks


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
