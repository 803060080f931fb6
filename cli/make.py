"""Make one short and show how it goes: `make`, `retry`, `watch`."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from temporalio.client import Client
from temporalio.service import RPCError

from cli.errors import BAD_USAGE, DONE, CliError
from cli.follow import Follower, Snapshot
from cli.live import Screen
from cli.logs import log_to_file
from cli.session import Session, configured, open_session
from cli.settings import CliSettings
from cli.summary import as_json, exit_code_of, film_path, print_summary
from cli.working import working
from domain.run import WORKFLOW_TYPE, RunSpec
from providers.errors import ProviderError
from storage.files import require_room
from storage.runs import RunFolders
from workflows.client import RunIdTaken, has_worker, start_short

WAIT_FOR_WORKER_SECONDS = 10.0
RPC_TIMEOUT = timedelta(seconds=5)
ROOM_BYTES = 100_000_000


@dataclass(frozen=True)
class Output:
    """What the caller wants to get."""

    console: Console
    as_json: bool = False
    copy_to: Path | None = None

    @classmethod
    def choose(cls, *, as_json: bool, copy_to: Path | None = None) -> Output:
        return cls(Console(stderr=as_json, highlight=False), as_json, copy_to)

    def say(self, line: str) -> None:
        self.console.print(line, style="dim", markup=False, soft_wrap=True)


async def make_short(
    settings: CliSettings, spec: RunSpec, output: Output, *, run_id: str | None, detach: bool
) -> int:
    """Start a run and, unless detached, follow it to its end. Returns the exit code."""
    _check_copy_target(output.copy_to)
    require_room(settings.data_dir, ROOM_BYTES)
    log_to_file(settings.data_dir)
    if configured() is None:
        _say_what_it_uses(settings, spec, output)
    async with open_session(settings, say=output.say) as session:
        _say_where(session, output)
        if detach:
            return await _start_detached(session, settings, spec, output, run_id)
        waiting = await _unfinished(session) if session.is_local else []
        async with _enough_workers(session, settings, output):
            started = await _start(session.client, spec, run_id)
            for other in waiting:
                output.say(f"an unfinished run is finished too: {other}")
            return await _follow(session, settings, output, started, waiting)


async def watch_run(settings: CliSettings, run_id: str, output: Output) -> int:
    """Follow a run that somebody started. Returns the exit code."""
    log_to_file(settings.data_dir)
    async with open_session(settings, say=output.say) as session, AsyncExitStack() as stack:
        if session.is_local and not await is_worked_on(session.client):
            await stack.enter_async_context(working(session, settings))
        return await _follow(session, settings, output, run_id, [])


async def is_worked_on(client: Client) -> bool:
    """Whether a worker polls, as far as the server says."""
    try:
        return await has_worker(client, rpc_timeout=RPC_TIMEOUT)
    except RPCError:
        return False


async def _start(client: Client, spec: RunSpec, run_id: str | None) -> str:
    try:
        handle = await start_short(client, spec, run_id=run_id)
    except RunIdTaken as exc:
        raise CliError(str(exc), BAD_USAGE) from exc
    except RPCError as exc:
        raise CliError(f"Temporal did not start the run: {exc.message}") from exc
    return handle.id


async def _start_detached(
    session: Session, settings: CliSettings, spec: RunSpec, output: Output, run_id: str | None
) -> int:
    if not await is_worked_on(session.client):
        raise CliError(
            "nobody would do the work: start `autoshorts up` (or `autoshorts worker`) first, "
            "or leave --detach out",
            BAD_USAGE,
        )
    started = await _start(session.client, spec, run_id)
    if output.as_json:
        print_line(json.dumps({"run_id": started}))
    else:
        output.say(f"started; follow it with: autoshorts watch {started}")
        print_line(started)
    return DONE


async def _follow(
    session: Session, settings: CliSettings, output: Output, run_id: str, others: list[str]
) -> int:
    folders = RunFolders(settings.data_dir)
    followers = [Follower(session.client, name, folders) for name in (run_id, *others)]
    with Screen(output.console) as screen:
        ends = await asyncio.gather(*(_to_its_end(f, screen) for f in followers))
    for end in reversed(ends):
        if output.as_json and end.run_id == run_id:
            continue
        print_summary(output.console, end, folders)
    return _finish(ends[0], folders, output)


async def _to_its_end(follower: Follower, screen: Screen) -> Snapshot:
    async for snapshot in follower.snapshots():
        screen.show(snapshot)
    return snapshot


def _finish(end: Snapshot, folders: RunFolders, output: Output) -> int:
    film = film_path(end, folders)
    if film and output.copy_to:
        film = _copy(film, output.copy_to)
    if output.as_json:
        answer = as_json(end, folders)
        print_line(json.dumps({**answer, "video": str(film) if film else None}, ensure_ascii=False))
    elif film:
        print_line(str(film))
    return exit_code_of(end)


def print_line(line: str) -> None:
    """One unwrapped line on stdout, for people and for scripts."""
    import typer

    typer.echo(line)


@asynccontextmanager
async def _enough_workers(
    session: Session, settings: CliSettings, output: Output
) -> AsyncIterator[None]:
    """Somebody does the work: here on a server of our own, or where nobody else comes."""
    async with AsyncExitStack() as stack:
        if session.is_local or not await _somebody_polls(session.client):
            if not session.is_local:
                output.say(f"no worker polls {session.address}: this command works itself")
            await stack.enter_async_context(working(session, settings))
        yield


async def _somebody_polls(client: Client) -> bool:
    deadline = asyncio.get_running_loop().time() + WAIT_FOR_WORKER_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        if await is_worked_on(client):
            return True
        await asyncio.sleep(1)
    return False


async def _unfinished(session: Session) -> list[str]:
    """Runs that a Ctrl-C or a crash has left on this folder's server, oldest first."""
    query = f'WorkflowType = "{WORKFLOW_TYPE}" AND ExecutionStatus = "Running"'
    found = [
        (run.start_time, run.id)
        async for run in session.client.list_workflows(query, rpc_timeout=RPC_TIMEOUT)
    ]
    return [run_id for _, run_id in sorted(found)]


def _say_where(session: Session, output: Output) -> None:
    ui = f"  ·  Web UI {session.ui_url}" if session.ui_url else ""
    output.say(f"Temporal at {session.address}{ui}")


def _say_what_it_uses(settings: CliSettings, spec: RunSpec, output: Output) -> None:
    """Before anything is paid for; a deployment elsewhere has choices of its own."""
    from providers.registry import ProviderRegistry

    try:
        registry = ProviderRegistry(settings.providers)
        used = registry.resolve(spec.providers)
        usd = registry.estimate(used)
    except ProviderError as exc:
        raise CliError(str(exc), BAD_USAGE) from exc
    limit = spec.max_cost_usd if spec.max_cost_usd is not None else settings.max_cost_usd
    cost = f"about ${usd:.3f}" if usd else "free"
    at_most = "" if limit is None else f", at most ${limit:.2f}"
    output.say(
        f"plan by {used.planner}, pictures by {used.images}, music by {used.music}, "
        f"voice by {used.voice}: {cost}{at_most}"
    )


def _check_copy_target(target: Path | None) -> None:
    if target and (target.is_dir() or not target.absolute().parent.is_dir()):
        raise CliError(f"-o {target}: name a file in a folder that exists", BAD_USAGE)


def _copy(film: Path, target: Path) -> Path:
    temporary = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(film, temporary)
        temporary.replace(target)
    except OSError as exc:
        temporary.unlink(missing_ok=True)
        raise CliError(f"the film lies at {film}, but {target} cannot be written: {exc}") from exc
    return target.resolve()
