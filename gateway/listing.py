"""GET /api/runs: Temporal's visibility merged with the run folders, newest first.

A run's place is its `created_at`, the same from both sides. Temporal sorts by the time of
closing and cannot be told otherwise, so it is asked for a stretch of time: from the cursor to
the last folder that the page could show. Nearly every closed run has a folder, so the answer
is about as long as the page.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import heapq
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pydantic_core
from starlette.requests import Request
from starlette.responses import Response
from temporalio.client import WorkflowExecution

from domain.run import WORKFLOW_TYPE, Outcome, RunState
from gateway.answers import json_answer
from gateway.collaborators import Gateway, gateway_of
from gateway.problems import Problem
from gateway.reader import state_of
from gateway.views import RunList, RunSummary, links_of
from storage.summaries import Summary
from workflows.client import outcome_of

MAX_LIMIT = 100
DEFAULT_LIMIT = 20
TITLE_CHARACTERS = 80
_CLOSED = {
    RunState.END: ("Completed",),
    RunState.FAILED: ("Failed", "Canceled", "Terminated", "TimedOut"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One of perhaps thousands; only those on the page become a `RunSummary`."""

    created_at: datetime
    run_id: str
    state: RunState
    outcome: Outcome | None
    record: Summary | None = None

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.run_id


@dataclass(frozen=True)
class Page:
    """What was asked for; `before` is the place of the last run of the page before."""

    states: frozenset[RunState]
    limit: int
    before: tuple[datetime, str] | None

    @property
    def closed(self) -> str:
        """The statuses of closed executions that may be on the page, for a query."""
        names = [name for state in self.states for name in _CLOSED.get(state, ())]
        return ", ".join(f'"{name}"' for name in names)

    def newest(self, rows: Iterable[Row]) -> list[Row]:
        """The page, and one run more where there is one."""
        fitting = [
            row
            for row in rows
            if row.state in self.states and (self.before is None or row.place < self.before)
        ]
        return heapq.nlargest(self.limit + 1, fitting, key=lambda row: row.place)


async def list_runs(request: Request) -> Response:
    """GET /api/runs?state=&limit=&cursor="""
    page = Page(states=_states(request), limit=_limit(request), before=_cursor(request))
    found = await _found(gateway_of(request), page)
    rows, more = found[: page.limit], len(found) > page.limit
    items = tuple(_summary_of(row) for row in rows)
    return json_answer(RunList(items=items, next=_encoded(rows[-1].place) if more else None))


async def _found(gateway: Gateway, page: Page) -> list[Row]:
    running = await _executions(gateway, 'ExecutionStatus = "Running"')
    recorded = await asyncio.to_thread(gateway.summaries.read)
    rows = {run_id: _of_record(record) for run_id, record in recorded.items() if record.is_closed}
    rows |= {run_id: _of_running(run, recorded.get(run_id)) for run_id, run in running.items()}
    newest = page.newest(rows.values())
    if not page.closed:
        return newest
    stretch = [f"ExecutionStatus IN ({page.closed})"]
    if page.before:
        stretch.append(f'StartTime <= "{page.before[0].isoformat()}"')
    if len(newest) > page.limit:
        stretch.append(f'StartTime >= "{newest[-1].created_at.isoformat()}"')
    closed = await _executions(gateway, " AND ".join(stretch))
    for run_id in closed.keys() - rows.keys():
        rows[run_id] = _of_execution(closed[run_id], recorded.get(run_id))
    return page.newest(rows.values())


async def _executions(gateway: Gateway, condition: str) -> dict[str, WorkflowExecution]:
    """The newest execution of each run of ours. Raises `TemporalAway`."""
    query = f'WorkflowType = "{WORKFLOW_TYPE}" AND {condition}'
    found: dict[str, WorkflowExecution] = {}
    for run in await gateway.reader.listed(query):
        have = found.get(run.id)
        if have is None or have.start_time < run.start_time:
            found[run.id] = run
    return found


def _of_record(record: Summary) -> Row:
    status = record.status
    return Row(status.created_at, status.run_id, status.state, status.outcome, record)


def _of_execution(run: WorkflowExecution, record: Summary | None) -> Row:
    outcome = outcome_of(run)
    return Row(run.start_time.astimezone(UTC), run.id, state_of(run, outcome), outcome, record)


def _of_running(run: WorkflowExecution, record: Summary | None) -> Row:
    """A run that was reset has the time of that in Temporal, and its own in its folder."""
    row = _of_execution(run, record)
    return replace(row, created_at=record.status.created_at) if record else row


def _summary_of(row: Row) -> RunSummary:
    status = row.record.status if row.record else None
    prompt = status.spec.prompt[:TITLE_CHARACTERS] if status and status.spec else None
    return RunSummary(
        run_id=row.run_id,
        state=row.state,
        outcome=row.outcome,
        created_at=row.created_at,
        title=(status and status.title) or prompt,
        duration_ms=sum(scene.duration_ms for scene in status.scenes) or None if status else None,
        links=links_of(row.run_id, status.artifacts if status else ()),
    )


def _states(request: Request) -> frozenset[RunState]:
    """The states asked for, `state` given once or several times; all where it is not given."""
    values = [value for value in request.query_params.getlist("state") if value]
    try:
        return frozenset(RunState(value) for value in values) or frozenset(RunState)
    except ValueError:
        known = ", ".join(RunState)
        raise Problem(400, "bad query", f"state: {values!r} is not among {known}") from None


def _limit(request: Request) -> int:
    value = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:9]) <= MAX_LIMIT:
        raise Problem(400, "bad query", f"limit: a number from 1 to {MAX_LIMIT}")
    return int(value[:9])


def _encoded(place: tuple[datetime, str]) -> str:
    data = pydantic_core.to_json([place[0].isoformat(), place[1]])
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _cursor(request: Request) -> tuple[datetime, str] | None:
    value = request.query_params.get("cursor")
    if not value:
        return None
    try:
        data = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
        at, run_id = pydantic_core.from_json(data)
        moment = datetime.fromisoformat(at).astimezone(UTC)
        if not isinstance(run_id, str):
            raise ValueError
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise Problem(400, "bad query", "cursor: take it from `next` of the page before") from None
    return moment, run_id
