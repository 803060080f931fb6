"""Make one short and show how it goes: `make`, `retry`, `watch`."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from temporalio.client import Client
from temporalio.service import RPCError

from cli.errors import BAD_USAGE, DONE, CliError
from cli.follow import Follower, Snapshot
from cli.live import Screen
from cli.logs import log_to_file
from cli.outlook import say_makers, say_reading, understood
from cli.records import open_reader
from cli.session import Session, configured, open_session
from cli.settings import CliSettings
from cli.summary import Product, as_json, exit_code_of, print_summary, product_of
from cli.working import working
from domain.run import RunSpec, run_id_candidates
from gateway.reader import RunReader
from providers.errors import ProviderError
from storage.files import require_room
from storage.storage import Storage
from workflows.client import RunIdTaken, has_worker, start_short
from workflows.upgrade import RUNNING

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
    settings: CliSettings,
    spec: RunSpec,
    output: Output,
    *,
    run_id: str | None = None,
    retry_of: str | None = None,
    detach: bool = False,
) -> int:
    """Start a run and, unless detached, follow it to its end. Returns the exit code."""
    _check_copy_target(output.copy_to)
    require_room(settings.data_dir, ROOM_BYTES)
    log_to_file(settings.data_dir)
    reading = understood(spec)
    say_reading(reading, output.say)
    # A deployment elsewhere has choices of its own.
    if configured() is None:
        say_makers(settings, spec, reading, output.say)
    async with (
        open_session(settings, say=output.say) as session,
        open_reader(settings, session) as reader,
    ):
        _say_where(session, output)
        if detach:
            return await _start_detached(session, spec, output, run_id)
        others = await _under_way(session)
        async with _enough_workers(session, settings, output):
            if retry_of:
                run_id = await _announce_retry(reader.storage, spec, retry_of)
            started = await _start(session.client, spec, run_id)
            _say_what_goes_on(others, session, output)
            waited_for = others if session.is_alone else []
            return await _follow(reader, output, started, waited_for, is_understood=True)


async def watch_run(settings: CliSettings, run_id: str, output: Output) -> int:
    """Follow a run that somebody started. Returns the exit code."""
    log_to_file(settings.data_dir)
    async with (
        open_session(settings, say=output.say) as session,
        open_reader(settings, session) as reader,
        AsyncExitStack() as stack,
    ):
        if session.is_local and not await is_worked_on(session.client):
            await stack.enter_async_context(working(session, settings, say=output.say))
        return await _follow(reader, output, run_id, [])


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
    session: Session, spec: RunSpec, output: Output, run_id: str | None
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


async def _announce_retry(storage: Storage, spec: RunSpec, retry_of: str) -> str:
    """The new run's id. Its record says what it repeats before the run itself is there."""
    now = datetime.now(UTC)
    # The second one has a random ending, so it is nobody else's.
    run_id = next(itertools.islice(run_id_candidates(spec.prompt, now), 1, None))
    await storage.call(storage.runs.announce, run_id, spec, created_at=now, retry_of=retry_of)
    return run_id


async def _follow(
    reader: RunReader,
    output: Output,
    run_id: str,
    others: list[str],
    *,
    is_understood: bool = False,
) -> int:
    """To the end of all. `is_understood` where it was told what its prompt was taken for."""
    is_seen = output.console.is_terminal
    followers = [Follower(reader, name, with_ticks=is_seen) for name in (run_id, *others)]
    told = [run_id] if is_understood else []
    with Screen(output.console, understood=told) as screen:
        ends = await asyncio.gather(*(_to_its_end(f, screen) for f in followers))
    products = [await _product(reader.storage, end) for end in ends]
    for end, product in reversed(list(zip(ends, products, strict=True))):
        if not (output.as_json and end.run_id == run_id):
            print_summary(output.console, end, product)
    return _finish(ends[0], products[0], output)


async def _to_its_end(follower: Follower, screen: Screen) -> Snapshot:
    async for snapshot in follower.snapshots():
        screen.show(snapshot)
    return snapshot


async def _product(storage: Storage, end: Snapshot) -> Product:
    return await storage.call(product_of, storage, end.run_id, end.status)


def _finish(end: Snapshot, product: Product, output: Output) -> int:
    film = product.film
    if film and output.copy_to:
        film = _copy(film, output.copy_to)
    if output.as_json:
        answer = as_json(end, product)
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
            await stack.enter_async_context(working(session, settings, say=output.say))
        yield


async def _somebody_polls(client: Client) -> bool:
    deadline = asyncio.get_running_loop().time() + WAIT_FOR_WORKER_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        if await is_worked_on(client):
            return True
        await asyncio.sleep(1)
    return False


async def _under_way(session: Session) -> list[str]:
    """The runs that go on beside the one to be started, oldest first: what a Ctrl-C or a crash has
    left on this folder's server, where nobody else uses it, or what others make just now."""
    try:
        found = [
            (run.start_time, run.id)
            async for run in session.client.list_workflows(RUNNING, rpc_timeout=RPC_TIMEOUT)
        ]
    except RPCError as exc:
        raise CliError(f"Temporal does not say which runs go on: {exc.message}") from exc
    return [run_id for _, run_id in sorted(found)]


def _say_what_goes_on(others: list[str], session: Session, output: Output) -> None:
    if others:
        runs = "1 earlier run goes" if len(others) == 1 else f"{len(others)} earlier runs go"
        waits = ", and this command waits for what it finishes" if session.is_alone else ""
        output.say(f"{runs} on as well{waits}: autoshorts list")


def _say_where(session: Session, output: Output) -> None:
    ui = f"  ·  Web UI {session.ui_url}" if session.ui_url else ""
    output.say(f"Temporal at {session.address}{ui}")


def planned_here(settings: CliSettings, spec: RunSpec) -> RunSpec:
    """The spec with its planner by name, as this process would choose it: others of the deployment
    may ask the net. Raises `CliError`.
    """
    from providers.registry import ProviderRegistry

    try:
        planner = ProviderRegistry(settings.providers).planner.resolve(spec.providers.planner)
    except ProviderError as exc:
        raise CliError(str(exc), BAD_USAGE) from exc
    named = spec.providers.model_copy(update={"planner": planner})
    return spec.model_copy(update={"providers": named})


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
