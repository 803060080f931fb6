"""The runs that there are: `list`, `show`, `cancel`, and what `retry` begins from."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table
from temporalio.client import Client, WorkflowExecution, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

from cli.errors import BAD_USAGE, DONE, FAILED, CliError
from cli.follow import Follower, Snapshot
from cli.make import is_worked_on, print_line
from cli.session import find_session, open_session
from cli.settings import CliSettings
from cli.summary import as_json, made_by, read_manifest
from cli.working import working
from domain.record import RunRecord
from domain.run import (
    RUN_STATE_ATTRIBUTE,
    WORKFLOW_TYPE,
    InvalidInput,
    Outcome,
    RunSpec,
    RunState,
    parse_spec,
)
from storage.runs import RunFolders
from worker.queues import ALL, Queue
from workflows.client import outcome_of

RPC_TIMEOUT = timedelta(seconds=5)
CANCEL_SECONDS = 30.0
POLL_SECONDS = 0.2
TITLE_CHARACTERS = 48


@dataclass(frozen=True)
class Row:
    """One line of `list`."""

    run_id: str
    state: str
    created_at: datetime
    title: str


async def list_runs(settings: CliSettings, *, limit: int, as_json_object: bool) -> int:
    """Newest first: what Temporal knows, and the run folders beyond its retention."""
    folders = RunFolders(settings.data_dir)
    rows = {record.status.run_id: _row_of_record(record) for record in folders.records()}
    async with find_session(settings) as session:
        if session:
            for row in await _rows_of(session.client, limit):
                known = rows.get(row.run_id)
                rows[row.run_id] = Row(
                    row.run_id, row.state, row.created_at, known.title if known else row.title
                )
    newest = sorted(rows.values(), key=lambda r: (r.created_at, r.run_id), reverse=True)[:limit]
    if as_json_object:
        runs = [
            {
                "run_id": row.run_id,
                "state": row.state,
                "created_at": row.created_at.isoformat(),
                "title": row.title,
            }
            for row in newest
        ]
        print_line(json.dumps({"runs": runs}, ensure_ascii=False))
    else:
        _print_table(newest)
    return DONE


async def show_run(settings: CliSettings, run_id: str, *, as_json_object: bool) -> int:
    """Everything about one run."""
    folders = RunFolders(settings.data_dir)
    async with find_session(settings) as session:
        snapshot = await _snapshot(session.client if session else None, run_id, folders)
    if as_json_object:
        print_line(json.dumps(as_json(snapshot, folders), ensure_ascii=False))
    else:
        _print_run(Console(highlight=False), snapshot, folders)
    return DONE


async def cancel_run(settings: CliSettings, run_id: str) -> int:
    """Ask a run to end, and wait until it has."""
    async with open_session(settings) as session, AsyncExitStack() as stack:
        handle = session.client.get_workflow_handle(run_id)
        if outcome := await _outcome(handle, run_id):
            raise CliError(f"{run_id} has ended already: {outcome}")
        if session.is_local and not await is_worked_on(session.client):
            await stack.enter_async_context(working(session, settings, queues=ALL - {Queue.RENDER}))
        await handle.cancel(rpc_timeout=RPC_TIMEOUT)
        if not await _ends_within(handle, run_id, CANCEL_SECONDS):
            print_line(f"{run_id}: asked to end; it will when a worker takes it up")
            return FAILED
    print_line(f"{run_id}: cancelled; what was finished is kept")
    return DONE


async def spec_of(settings: CliSettings, run_id: str) -> RunSpec:
    """What `retry` makes again: the failed run's own words, with the seed it drew.

    Raises `CliError` where the run is not there or has not failed.
    """
    folders = RunFolders(settings.data_dir)
    async with find_session(settings) as session:
        snapshot = await _snapshot(session.client if session else None, run_id, folders)
        if snapshot.outcome is Outcome.COMPLETED:
            raise CliError(f"{run_id} is finished; make another with `autoshorts make`", BAD_USAGE)
        if session and snapshot.outcome is None:
            raise CliError(f"{run_id} is still going on: autoshorts watch {run_id}", BAD_USAGE)
        spec = snapshot.status.spec if snapshot.status else None
        if spec is None and session:
            spec = await _spec_in_history(session.client, run_id)
    if spec is None:
        raise CliError(f"{run_id} was started with an input that cannot be made", BAD_USAGE)
    seed = snapshot.status.seed if snapshot.status else None
    return spec.model_copy(update={"seed": seed if seed is not None else spec.seed})


async def _snapshot(client: Client | None, run_id: str, folders: RunFolders) -> Snapshot:
    record = folders.record(run_id)
    if client:
        try:
            return await Follower(client, run_id, folders).snapshot()
        except CliError:
            if not record:
                raise
    if not record:
        raise CliError(f"there is no run {run_id!r}; `autoshorts list` shows those there are")
    return Snapshot(run_id, record.status, record.events, outcome=record.status.outcome)


async def _spec_in_history(client: Client, run_id: str) -> RunSpec | None:
    history = await client.get_workflow_handle(run_id).fetch_history()
    started = history.events[0].workflow_execution_started_event_attributes
    try:
        return parse_spec([json.loads(payload.data) for payload in started.input.payloads])
    except (InvalidInput, ValueError):
        return None


async def _rows_of(client: Client, limit: int) -> list[Row]:
    query = f'WorkflowType = "{WORKFLOW_TYPE}"'
    return [
        Row(run.id, _state_of(run), run.start_time, "")
        async for run in client.list_workflows(query, limit=limit, rpc_timeout=RPC_TIMEOUT)
    ]


def _state_of(run: WorkflowExecution) -> str:
    values = run.search_attributes.get(RUN_STATE_ATTRIBUTE) or [RunState.INIT]
    ended = outcome_of(run)
    if ended in (None, Outcome.COMPLETED):
        return str(values[0]) if ended is None else RunState.END
    return f"{RunState.FAILED} ({ended})"


def _row_of_record(record: RunRecord) -> Row:
    status = record.status
    state = str(status.state) if status.state.is_terminal else f"{status.state} (unfinished)"
    if status.outcome in (Outcome.CANCELLED, Outcome.TERMINATED, Outcome.TIMED_OUT):
        state = f"{status.state} ({status.outcome})"
    prompt = " ".join(status.spec.prompt.split()) if status.spec else ""
    return Row(status.run_id, state, status.created_at, status.title or prompt)


def _print_table(rows: list[Row]) -> None:
    console = Console(highlight=False)
    if not rows:
        console.print('no runs yet: autoshorts make "why the sea is salty"')
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("RUN", "STATE", "STARTED", "TITLE"):
        table.add_column(
            heading,
            no_wrap=True,
            overflow="fold" if heading == "RUN" else "ellipsis",
            min_width=34 if heading == "RUN" else None,
        )
    for row in rows:
        started = row.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        table.add_row(row.run_id, row.state, started, row.title[:TITLE_CHARACTERS])
    console.print(table)


def _print_run(console: Console, snapshot: Snapshot, folders: RunFolders) -> None:
    status = snapshot.status
    answer = as_json(snapshot, folders)
    facts: dict[str, Any] = {
        "run": snapshot.run_id,
        "state": answer["state"],
        "title": answer["title"],
        "progress": f"{status.progress:.0%}" if status else None,
        "now": snapshot.trouble or (status.detail if status else None),
        "seed": answer["seed"],
        "QA retries": answer["qa_retries"] or None,
        "error": answer["error"] and f"{answer['error']['type']}: {answer['error']['message']}",
        "folder": answer["folder"],
        "film": answer["video"],
    }
    for name, value in facts.items():
        if value is not None:
            console.print(f"{name:>12}  {value}", markup=False, soft_wrap=True)
    for scene in status.scenes if status else ():
        console.print(
            f"{scene.scene_id:>12}  {scene.duration_ms / 1000:4.1f} s  {scene.text}",
            markup=False,
            soft_wrap=True,
        )
    if manifest := read_manifest(folders, snapshot.run_id):
        for line in made_by(manifest.entries):
            console.print(f"{'made':>12}  {line}", markup=False, soft_wrap=True)


async def _outcome(handle: WorkflowHandle[Any, Any], run_id: str) -> Outcome | None:
    try:
        return outcome_of(await handle.describe(rpc_timeout=RPC_TIMEOUT))
    except RPCError as exc:
        if exc.status is RPCStatusCode.NOT_FOUND:
            raise CliError(
                f"there is no run {run_id!r}; `autoshorts list` shows those there are"
            ) from exc
        raise CliError(f"Temporal does not answer: {exc.message}") from exc


async def _ends_within(handle: WorkflowHandle[Any, Any], run_id: str, seconds: float) -> bool:
    deadline = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < deadline:
        if await _outcome(handle, run_id):
            return True
        await asyncio.sleep(POLL_SECONDS)
    return False
