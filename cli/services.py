"""Processes that stay: `up` (everything on this machine) and `worker`."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from cli.errors import BAD_USAGE, DONE, CliError
from cli.logs import RENDER_LOG, log_to_file, log_to_stderr
from cli.sampling import sampled
from cli.session import Session, configured, open_session
from cli.settings import CliSettings
from cli.working import working
from gateway.serve import RefusesToStart, bound_socket, check_bind, serve
from gateway.settings import GatewaySettings
from worker.queues import Queue

logger = logging.getLogger(__name__)

_STOPS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)
)


async def run_up(settings: CliSettings, gateway: GatewaySettings, *, port: int | None) -> int:
    """The data folder's dev server, a worker and a gateway, until interrupted."""
    if configured():
        raise CliError(
            "a Temporal server is configured (TEMPORAL_ADDRESS or temporal.toml), so there is "
            "nothing to bring up: start `autoshorts worker`, or unset it"
        )
    listening = _listening(gateway)
    log = log_to_file(settings.data_dir)
    console = Console(highlight=False)
    async with (
        _until_told() as told,
        open_session(settings, port=port, say=_saying(console)) as session,
        working(session, settings, say=_saying(console)),
    ):
        _say_up(console, session, settings, _url(gateway, listening), log)
        await serve(session.client, gateway, listening, told, sampler=sampled)
    console.print("stopped", style="dim")
    return DONE


async def run_gateway(settings: CliSettings, gateway: GatewaySettings) -> int:
    """A gateway for the configured server, or for this data folder's own, until told to stop."""
    listening = _listening(gateway)
    log_to_stderr()
    async with _until_told() as told, open_session(settings) as session:
        _say(f"gateway listens on {_url(gateway, listening)}")
        await serve(session.client, gateway, listening, told, sampler=sampled)
    return DONE


async def run_worker(settings: CliSettings, queues: frozenset[Queue], *, to_file: bool) -> int:
    """A worker for the configured server, until it is told to stop; then paid calls under way
    may finish, until it is told again.
    """
    if not configured():
        raise CliError(
            "no Temporal server is configured: set TEMPORAL_ADDRESS (such as localhost:7233) or "
            "write temporal.toml; for everything on this machine use `autoshorts up`"
        )
    if to_file:
        log_to_file(settings.data_dir, RENDER_LOG)
    else:
        log_to_stderr()
    drain = timedelta(seconds=settings.drain_seconds)
    async with (
        _until_told() as told,
        open_session(settings) as session,
        working(session, settings, queues=queues, drain=drain, log_to_file=False),
    ):
        names = ", ".join(queue for queue in Queue if queue in queues)
        _say(f"worker polls {session.address} for {names}")
        await told.wait()
        if queues != {Queue.RENDER}:
            _say(f"told to end: paid calls have {drain.seconds} s to finish; once more ends now")
    return DONE


@asynccontextmanager
async def _until_told() -> AsyncIterator[asyncio.Event]:
    """Set by SIGTERM, SIGINT, or SIGHUP of a closed terminal; another one cancels the block."""
    told = asyncio.Event()
    task = asyncio.current_task()
    assert task is not None

    def tell() -> None:
        if told.is_set():
            task.cancel()
        told.set()

    loop = asyncio.get_running_loop()
    for number in _STOPS:
        loop.add_signal_handler(number, tell)
    try:
        yield told
    finally:
        for number in _STOPS:
            loop.remove_signal_handler(number)


def _say(line: str) -> None:
    Console(stderr=True, highlight=False).print(line, markup=False, soft_wrap=True)


def _saying(console: Console) -> Callable[[str], None]:
    """To the screen and to the log."""

    def say(line: str) -> None:
        logger.warning("%s", line)
        console.print(line, style="yellow", markup=False, soft_wrap=True)

    return say


def _say_up(
    console: Console, session: Session, settings: CliSettings, page: str, log: Path
) -> None:
    console.print("AutoShorts is up", style="bold green")
    places = {
        "page": page,
        "Web UI": session.ui_url,
        "Temporal": session.address,
        "data": settings.data_dir,
        "log": log,
    }
    for name, value in places.items():
        console.print(f"  {name:<9} {value}", soft_wrap=True)
    console.print('  next: autoshorts make "why the sea is salty"', style="dim")
    console.print("  Ctrl-C ends it; runs go on the next time", style="dim")


def _listening(gateway: GatewaySettings) -> socket.socket:
    """The gateway's socket, before anything else is started. Raises `CliError`."""
    try:
        check_bind(gateway)
        return bound_socket(gateway)
    except RefusesToStart as exc:
        raise CliError(str(exc), BAD_USAGE) from exc
    except OSError as exc:
        raise CliError(
            f"the gateway cannot listen on {gateway.host}:{gateway.port} ({exc.strerror}): stop "
            "what uses it, or choose another with --gateway-port or AUTOSHORTS_PORT"
        ) from exc


def _url(gateway: GatewaySettings, listening: socket.socket) -> str:
    host = f"[{gateway.host}]" if ":" in gateway.host else gateway.host
    return f"http://{host}:{listening.getsockname()[1]}"
