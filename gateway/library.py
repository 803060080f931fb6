"""All runs, newest first: the records by page, and Temporal's word on what is open.

A run's place is its `created_at` in the records, else the time at which Temporal started it.
Temporal is asked at most twice for a page, about the stretch of time that the page covers: which
runs are under way there, and which ended there without a record. While it is away the records
alone answer.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from temporalio.client import WorkflowExecution, WorkflowExecutionStatus

from domain.run import WORKFLOW_TYPE, Outcome, RunState
from gateway.executions import state_of
from gateway.problems import Problem
from gateway.reader import RunReader
from storage.runs import RunRow, StoredRun
from workflows.client import outcome_of

# Temporal starts a run a moment after the records have heard of it.
SLACK = timedelta(seconds=30)
MAX_LISTED = 500
# What was announced and never begun was refused, or is being begun.
UNBEGUN = timedelta(minutes=1)
UNCERTAIN = (
    "Temporal does not answer: runs that it alone knows are missing, and some may have ended"
)
_CLOSED = {
    RunState.END: ("Completed",),
    RunState.FAILED: ("Failed", "Canceled", "Terminated", "TimedOut"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A run in the list."""

    run_id: str
    execution_id: str
    created_at: datetime
    state: RunState
    outcome: Outcome | None
    title: str | None = None
    duration_ms: int | None = None
    has_video: bool = False
    has_thumbnail: bool = False

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.run_id


@dataclass(frozen=True)
class Asked:
    """Which part of the list; `before` is the place of the last run of the part before."""

    states: frozenset[RunState] = frozenset(RunState)
    limit: int = 20
    before: tuple[datetime, str] | None = None

    @property
    def open(self) -> frozenset[RunState]:
        return frozenset(state for state in self.states if not state.is_terminal)

    @property
    def closed(self) -> str:
        """The statuses of closed executions that may be there, for a query."""
        names = [name for state in self.states for name in _CLOSED.get(state, ())]
        return ", ".join(f'"{name}"' for name in names)

    def newest(self, rows: Iterable[Row]) -> list[Row]:
        """As many as asked for, and one more where there is one."""
        fitting = [
            row
            for row in rows
            if row.state in self.states and (self.before is None or row.place < self.before)
        ]
        return heapq.nlargest(self.limit + 1, fitting, key=lambda row: row.place)


@dataclass(frozen=True)
class Part:
    """A part of the list; `next` is the place after which the next one begins."""

    rows: tuple[Row, ...]
    next: tuple[datetime, str] | None
    warnings: tuple[str, ...] = ()


async def part_of_library(reader: RunReader, asked: Asked) -> Part:
    """Raises `StorageError`; never waits for a Temporal that is away."""
    stored = await reader.storage.call(
        reader.storage.runs.page,
        states=None if asked.states == frozenset(RunState) else asked.states,
        before=asked.before,
        limit=asked.limit + 1,
    )
    rows = {row.run_id: _of_record(row) for row in stored}
    # Beyond this the records have more, so nobody can say yet what comes first there.
    end = (stored[-1].created_at, stored[-1].run_id) if len(stored) > asked.limit else None
    warnings: tuple[str, ...] = ()
    try:
        await _merge(reader, asked, rows, end=end)
    except Problem:
        warnings = (UNCERTAIN,)
    newest = asked.newest(rows.values())
    if len(newest) > asked.limit:
        return Part(tuple(newest[: asked.limit]), newest[asked.limit - 1].place, warnings)
    return Part(tuple(row for row in newest if end is None or row.place >= end), end, warnings)


async def _merge(
    reader: RunReader, asked: Asked, rows: dict[str, Row], *, end: tuple[datetime, str] | None
) -> None:
    """Into the records' rows, what Temporal alone knows."""
    stretch = _stretch(asked, end)
    running, closed = await asyncio.gather(
        _executions(reader, ['ExecutionStatus = "Running"', *stretch] if asked.open else []),
        _executions(
            reader, [f"ExecutionStatus IN ({asked.closed})", *stretch] if asked.closed else []
        ),
    )
    seen = closed | running
    silent = [row.run_id for row in rows.values() if row.outcome is None and row.run_id not in seen]
    if silent and not asked.closed:
        named = ", ".join(_quoted(run_id) for run_id in silent)
        seen |= await _executions(
            reader, ['ExecutionStatus != "Running"', f"WorkflowId IN ({named})"]
        )
    known = await _known(reader, rows, seen)
    for run_id, execution in seen.items():
        row = rows.get(run_id) or known.get(run_id)
        rows[run_id] = _by_word(row, execution) if row else _of_execution(execution)
    if len(running) < MAX_LISTED:
        for run_id in [row.run_id for row in rows.values() if _is_unbegun(row)]:
            del rows[run_id]


async def _executions(reader: RunReader, conditions: list[str]) -> dict[str, WorkflowExecution]:
    """The newest execution of each run of ours, where anything is asked for."""
    if not conditions:
        return {}
    query = " AND ".join([f'WorkflowType = "{WORKFLOW_TYPE}"', *conditions])
    found: dict[str, WorkflowExecution] = {}
    for run in await reader.executions.listed(query, limit=MAX_LISTED):
        have = found.get(run.id)
        if have is None or have.start_time < run.start_time:
            found[run.id] = run
    return found


async def _known(
    reader: RunReader, rows: dict[str, Row], seen: dict[str, WorkflowExecution]
) -> dict[str, Row]:
    """The records of what Temporal has on this stretch: their place may be on another."""
    others = [run_id for run_id in seen if run_id not in rows]

    def read() -> list[StoredRun | None]:
        return [reader.storage.runs.get(run_id) for run_id in others]

    found = await reader.storage.call(read) if others else []
    return {stored.run_id: _of_stored(stored) for stored in found if stored}


def _stretch(asked: Asked, end: tuple[datetime, str] | None) -> list[str]:
    """The time that the page covers, for a query."""
    conditions = []
    if asked.before:
        conditions.append(f'StartTime <= "{(asked.before[0] + SLACK).isoformat()}"')
    if end:
        conditions.append(f'StartTime >= "{(end[0] - SLACK).isoformat()}"')
    return conditions


def _by_word(row: Row, execution: WorkflowExecution) -> Row:
    """Temporal knows whether a run goes on; the records know how it ended, once it has."""
    is_same = execution.run_id == row.execution_id or not row.execution_id
    row = replace(row, execution_id=row.execution_id or execution.run_id)
    if execution.status is WorkflowExecutionStatus.RUNNING:
        if row.outcome is None and row.state is not RunState.INIT:
            return row
        if row.outcome is not None and is_same:
            return row
        return replace(row, state=state_of(execution, None), outcome=None)
    outcome = outcome_of(execution)
    if row.outcome is not None or outcome is None or not is_same:
        return row
    return replace(row, state=state_of(execution, outcome), outcome=outcome)


def _is_unbegun(row: Row) -> bool:
    return not row.execution_id and datetime.now(UTC) - row.created_at > UNBEGUN


def _of_record(row: RunRow) -> Row:
    return Row(
        run_id=row.run_id,
        execution_id=row.execution_id or "",
        created_at=row.created_at,
        state=row.state,
        outcome=row.outcome,
        title=row.title or row.prompt,
        duration_ms=row.duration_ms,
        has_video=row.has_video,
        has_thumbnail=row.has_thumbnail,
    )


def _of_stored(stored: StoredRun) -> Row:
    files = stored.status.artifacts if stored.status else {}
    return Row(
        run_id=stored.run_id,
        execution_id=stored.execution_id or "",
        created_at=stored.created_at,
        state=stored.state,
        outcome=stored.outcome,
        title=stored.title or stored.prompt,
        duration_ms=stored.duration_ms,
        has_video="final_video.mp4" in files,
        has_thumbnail="thumbnail.jpg" in files,
    )


def _of_execution(run: WorkflowExecution) -> Row:
    outcome = outcome_of(run)
    started = run.start_time.astimezone(UTC)
    return Row(run.id, run.run_id, started, state_of(run, outcome), outcome)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
