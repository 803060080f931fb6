"""Processes that stay: `up` (everything on this machine) and `worker`."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console

from cli.errors import DONE, CliError
from cli.logs import log_to_file, log_to_stderr
from cli.session import configured, open_session
from cli.settings import CliSettings
from domain.run import TASK_QUEUE

_STOPS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)
)


async def run_up(settings: CliSettings, *, port: int | None) -> int:
    """The data folder's dev server and a worker, until interrupted."""
    from worker.bootstrap import running_worker

    if configured():
        raise CliError(
            "a Temporal server is configured (TEMPORAL_ADDRESS or temporal.toml), so there is "
            "nothing to bring up: start `autoshorts worker`, or unset it"
        )
    log = log_to_file(settings.data_dir)
    console = Console(highlight=False)
    async with (
        open_session(settings, port=port) as session,
        running_worker(session.client, settings),
    ):
        console.print("AutoShorts is up", style="bold green")
        places = {
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
            await told.wait()
    console.print("stopped", style="dim")
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
