"""The runs that there are: `list`, `show`, `cancel`, and what `retry` begins from."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.table import Table

from cli.errors import BAD_USAGE, DONE, FAILED, CliError
from cli.follow import Follower, Snapshot
from cli.make import is_worked_on, print_line
from cli.records import open_reader
from cli.session import Session, find_session, open_session
from cli.settings import CliSettings
from cli.summary import Product, as_json, made_by, product_of
from cli.working import working
from domain.run import Outcome, RunSpec, RunState
from gateway.library import Asked, Row, part_of_library
from gateway.problems import Problem
from gateway.reader import RunReader
from worker.queues import ALL, Queue

CANCEL_SECONDS = 30.0
TITLE_CHARACTERS = 48
NO_SERVER = "no server is up: it goes on with the next `autoshorts make` or `up`"


async def list_runs(settings: CliSettings, *, limit: int, as_json_object: bool) -> int:
    """Newest first: a page of the records, with Temporal's word on what is open."""
    async with find_session(settings) as session, open_reader(settings, session) as reader:
        part = await part_of_library(reader, Asked(limit=limit))
    if as_json_object:
        runs = [
            {
                "run_id": row.run_id,
                "state": _state_of(row, is_up=session is not None),
                "created_at": row.created_at.isoformat(),
                "title": row.title or "",
            }
            for row in part.rows
        ]
        print_line(json.dumps({"runs": runs}, ensure_ascii=False))
    else:
        _print_table(part.rows, is_up=session is not None)
    return DONE


async def show_run(settings: CliSettings, run_id: str, *, as_json_object: bool) -> int:
    """Everything about one run."""
    async with find_session(settings) as session, open_reader(settings, session) as reader:
        snapshot = await _snapshot(reader, session, run_id)
        storage = reader.storage
        product = await storage.call(product_of, storage, run_id, snapshot.status)
    if as_json_object:
        print_line(json.dumps(as_json(snapshot, product), ensure_ascii=False))
    else:
        _print_run(Console(highlight=False), snapshot, product)
    return DONE


async def cancel_run(settings: CliSettings, run_id: str) -> int:
    """Ask a run to end, and wait until it has."""
    async with (
        open_session(settings) as session,
        open_reader(settings, session) as reader,
        AsyncExitStack() as stack,
    ):
        follower = Follower(reader, run_id)
        if (snapshot := await follower.snapshot()).is_closed:
            raise CliError(f"{run_id} has ended already: {snapshot.outcome}")
        if session.is_local and not await is_worked_on(session.client):
            others = ALL - {Queue.RENDER}
            await stack.enter_async_context(working(session, settings, queues=others))
        try:
            head = await reader.head(run_id)
            await reader.executions.cancel(run_id, head.execution_id)
        except Problem as exc:
            raise CliError(exc.detail) from exc
        if not await _ends_within(follower, CANCEL_SECONDS):
            print_line(f"{run_id}: asked to end; it will when a worker takes it up")
            return FAILED
    print_line(f"{run_id}: cancelled; what was finished is kept")
    return DONE


async def spec_of(settings: CliSettings, run_id: str) -> RunSpec:
    """What `retry` makes again: the failed run's own words, with the seed it drew.

    Raises `CliError` where the run is not there or has not failed.
    """
    async with find_session(settings) as session, open_reader(settings, session) as reader:
        snapshot = await _snapshot(reader, session, run_id)
        if snapshot.outcome is Outcome.COMPLETED:
            raise CliError(f"{run_id} is finished; make another with `autoshorts make`", BAD_USAGE)
        if snapshot.outcome is None:
            raise CliError(f"{run_id} is still going on: autoshorts watch {run_id}", BAD_USAGE)
        spec = snapshot.status.spec if snapshot.status else None
        if spec is None and session:
            spec = await _spec_in_history(reader, run_id)
    if spec is None:
        raise CliError(f"{run_id} was started with an input that cannot be made", BAD_USAGE)
    seed = snapshot.status.seed if snapshot.status else None
    return spec.model_copy(update={"seed": seed if seed is not None else spec.seed})


async def _snapshot(reader: RunReader, session: Session | None, run_id: str) -> Snapshot:
    """The run as the records have it, and of one that is open as Temporal has it."""
    snapshot = await Follower(reader, run_id).snapshot()
    if session or snapshot.is_closed:
        return snapshot
    if snapshot.status is None:
        raise CliError(f"there is no run {run_id!r}; `autoshorts list` shows those there are")
    return replace(snapshot, trouble=NO_SERVER)


async def _spec_in_history(reader: RunReader, run_id: str) -> RunSpec | None:
    try:
        head = await reader.head(run_id)
        return await reader.executions.spec(run_id, head.execution_id)
    except Problem:
        return None


async def _ends_within(follower: Follower, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            async for snapshot in follower.snapshots():
                if snapshot.is_closed:
                    return True
    except TimeoutError:
        pass
    return False


def _state_of(row: Row, *, is_up: bool) -> str:
    if row.outcome in (Outcome.CANCELLED, Outcome.TERMINATED, Outcome.TIMED_OUT):
        return f"{RunState.FAILED} ({row.outcome})"
    if row.outcome is None and not is_up:
        return f"{row.state} (unfinished)"
    return str(row.state)


def _print_table(rows: tuple[Row, ...], *, is_up: bool) -> None:
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
        title = (row.title or "")[:TITLE_CHARACTERS]
        table.add_row(row.run_id, _state_of(row, is_up=is_up), started, title)
    console.print(table)


def _print_run(console: Console, snapshot: Snapshot, product: Product) -> None:
    status = snapshot.status
    answer = as_json(snapshot, product)
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
    for line in made_by(product.made):
        console.print(f"{'made':>12}  {line}", markup=False, soft_wrap=True)
