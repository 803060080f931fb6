"""The workers of a command: its own, and the process of its renders."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta

from temporalio.service import RPCError

from cli.logs import RENDER_LOG, log_path
from cli.session import Session
from cli.settings import CliSettings
from worker.polling import settle
from worker.processes import supervised
from worker.queues import ALL, HAND_OVER, Queue
from workflows.upgrade import begin_older_runs_again

# Beyond what work has to finish.
LEAVE_SECONDS = 4.0

logger = logging.getLogger(__name__)


@asynccontextmanager
async def working(
    session: Session,
    settings: CliSettings,
    *,
    queues: frozenset[Queue] = ALL,
    drain: timedelta = HAND_OVER,
    log_to_file: bool = True,
    say: Callable[[str], None] = logger.warning,
) -> AsyncIterator[None]:
    """Workers for `queues` while the block lasts. Renders get a process of their own where
    there is other work beside them, so that queries and the gateway stay quick.

    Runs that an earlier version began are begun again first; `say` is told. At the end paid
    calls have `drain` to finish.
    """
    from worker.bootstrap import running_worker

    if Queue.WORKFLOWS in queues:
        await upgrade_runs(session, say)
    async with AsyncExitStack() as stack:
        own, child = queues, None
        if Queue.RENDER in queues and len(queues) > 1:
            own = queues - {Queue.RENDER}
            child = await stack.enter_async_context(
                supervised(
                    _render_command(log_to_file=log_to_file),
                    env=_environment(session),
                    name="the process that renders",
                    errors=log_path(settings.data_dir, RENDER_LOG) if log_to_file else None,
                )
            )
        worker = running_worker(session.client, settings, queues=own, drain=drain)
        async with _left_within(worker, drain.total_seconds() + LEAVE_SECONDS):
            try:
                yield
            finally:
                if child:
                    child.end()


@asynccontextmanager
async def _left_within(
    worker: AbstractAsyncContextManager[object], seconds: float
) -> AsyncIterator[None]:
    """The worker's block, whose end may take so long: the SDK waits for ever for a local
    activity that is tried again and again, such as one whose database is away."""
    await worker.__aenter__()
    settle()
    try:
        yield
    finally:
        try:
            async with asyncio.timeout(seconds):
                await worker.__aexit__(None, None, None)
        except TimeoutError:
            logger.warning("work under way is left to another worker, or to the next start")


async def upgrade_runs(session: Session, say: Callable[[str], None]) -> tuple[str, ...]:
    """Begin again what an earlier version began; the ids of those runs."""
    try:
        again = await begin_older_runs_again(session.client)
    except RPCError as exc:
        say(
            f"Temporal does not say whether an earlier version has left runs ({exc.message}); "
            "later: autoshorts upgrade"
        )
        return ()
    for run_id in again:
        say(f"{run_id} was begun by an earlier version: begun again, what was finished is kept")
    return again


def _render_command(*, log_to_file: bool) -> list[str]:
    # -P: a folder named cli where the command was started is none of ours.
    command = [sys.executable, "-P", "-m", "cli", "worker", "--queues", Queue.RENDER]
    command += ["--child-of", str(os.getpid())]
    return [*command, "--log-to-file"] if log_to_file else command


def _environment(session: Session) -> dict[str, str]:
    """This process's own, with the server of this data folder as the configured one."""
    if not session.is_local:
        return dict(os.environ)
    env = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    return env | {"TEMPORAL_ADDRESS": session.address, "TEMPORAL_CONFIG_FILE": os.devnull}
