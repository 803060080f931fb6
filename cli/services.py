"""Processes that stay: `up` (everything on this machine) and `worker`."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console

from cli.errors import BAD_USAGE, DONE, CliError
from cli.logs import log_to_file, log_to_stderr
from cli.session import configured, open_session
from cli.settings import CliSettings
from domain.run import TASK_QUEUE
from gateway.serve import RefusesToStart, bound_socket, check_bind, serve
from gateway.settings import GatewaySettings

_STOPS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)
)


async def run_up(settings: CliSettings, gateway: GatewaySettings, *, port: int | None) -> int:
    """The data folder's dev server, a worker and a gateway, until interrupted."""
    from worker.bootstrap import running_worker

    if configured():
        raise CliError(
            "a Temporal server is configured (TEMPORAL_ADDRESS or temporal.toml), so there is "
            "nothing to bring up: start `autoshorts worker`, or unset it"
        )
    listening = _listening(gateway)
    log = log_to_file(settings.data_dir)
    console = Console(highlight=False)
    async with (
        open_session(settings, port=port) as session,
        running_worker(session.client, settings),
    ):
        console.print("AutoShorts is up", style="bold green")
        places = {
            "page": _url(gateway, listening),
            "Web UI": session.ui_url,
            "Temporal": session.address,
            "data": settings.data_dir,
            "log": log,
        }
        for name, value in places.items():
            console.print(f"  {name:<9} {value}", soft_wrap=True)
        console.print('  next: autoshorts make "why the sea is salty"', style="dim")
        console.print("  Ctrl-C ends it; runs go on the next time", style="dim")
        async with _until_told() as told:
            await serve(session.client, gateway, listening, told)
    console.print("stopped", style="dim")
    return DONE


async def run_gateway(settings: CliSettings, gateway: GatewaySettings) -> int:
    """A gateway for the configured server, or for this data folder's own, until told to stop."""
    listening = _listening(gateway)
    log_to_stderr()
    async with open_session(settings) as session, _until_told() as told:
        _say_gateway(Console(stderr=True, highlight=False), gateway, listening)
        await serve(session.client, gateway, listening, told)
    return DONE


async def run_worker(settings: CliSettings) -> int:
    """A worker for the configured server, until it is told to stop."""
    from worker.bootstrap import running_worker

    if not configured():
        raise CliError(
            "no Temporal server is configured: set TEMPORAL_ADDRESS (such as localhost:7233) or "
            "write temporal.toml; for everything on this machine use `autoshorts up`"
        )
    log_to_stderr()
    async with open_session(settings) as session, running_worker(session.client, settings):
        console = Console(stderr=True, highlight=False)
        console.print(f"worker polls {TASK_QUEUE!r} at {session.address}", soft_wrap=True)
        async with _until_told() as told:
            await told.wait()
    return DONE


@asynccontextmanager
async def _until_told() -> AsyncIterator[asyncio.Event]:
    """Set by SIGTERM, SIGINT, or SIGHUP of a closed terminal."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _STOPS:
        loop.add_signal_handler(number, told.set)
    try:
        yield told
    finally:
        for number in _STOPS:
            loop.remove_signal_handler(number)


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


def _say_gateway(console: Console, gateway: GatewaySettings, listening: socket.socket) -> None:
    console.print(f"gateway listens on {_url(gateway, listening)}", soft_wrap=True)
