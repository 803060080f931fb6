"""A process of its own for what would slow its parent: started, brought back, ended with it."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path

STOP_SECONDS = 4.0
PR_SET_PDEATHSIG = 1

logger = logging.getLogger(__name__)


class BackOff:
    """How long to wait before what has ended is started again; twice as long each time.

    `tries` counts what ended before it had lived for `steady_seconds`.
    """

    def __init__(
        self,
        first_seconds: float = 0.5,
        *,
        most_seconds: float = 30.0,
        steady_seconds: float = 60.0,
    ) -> None:
        self.tries = 0
        self._first = first_seconds
        self._most = most_seconds
        self._steady = steady_seconds

    def after(self, lived_seconds: float) -> float:
        """Seconds to wait, now that it has ended once more."""
        self.tries = 1 if lived_seconds >= self._steady else self.tries + 1
        return min(self._most, self._first * 2.0 ** (self.tries - 1))


@asynccontextmanager
async def supervised(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    name: str,
    errors: Path | None = None,
    back_off: BackOff | None = None,
    stop_seconds: float = STOP_SECONDS,
) -> AsyncIterator[Child]:
    """`command` runs for as long as the block lasts, and is started again where it ends.

    Its stdin is a pipe that closes when this process dies: see `end_with_parent`. What it
    writes to stderr is added to the file `errors`, if one is named. At the block's end it has
    `stop_seconds` from its SIGTERM on, then its whole group is killed.
    """
    child = Child(command, env, errors)
    await child.start()
    keeper = asyncio.create_task(_keep(child, name, back_off or BackOff()))
    try:
        yield child
    finally:
        child.end()
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
        await child.wait(stop_seconds)


def end_with_parent(parent: int) -> None:
    """This process ends when process `parent`, which started it with `supervised`, is gone.

    By the pipe on stdin, and on Linux by the kernel, which needs no thread of ours to run.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    threading.Thread(target=_end_with_stdin, name="parent", daemon=True).start()


def _end_with_stdin() -> None:
    with suppress(OSError):
        while os.read(0, 1024):
            pass
    os._exit(1)


class Child:
    """The process that runs now."""

    def __init__(
        self, command: Sequence[str | Path], env: Mapping[str, str], errors: Path | None
    ) -> None:
        self._command = command
        self._env = env
        self._errors = errors
        self._process: asyncio.subprocess.Process | None = None
        self._is_ending = False

    async def start(self) -> None:
        """Start it (again). Nothing after `end`."""
        if self._is_ending:
            return
        with self._errors.open("ab") if self._errors else nullcontext() as stderr:
            # A group of its own: a terminal's Ctrl-C is for the parent, which ends it in order.
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                env=dict(self._env),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                start_new_session=True,
            )

    def end(self) -> None:
        """Ask it to end, and do not wait."""
        if not self._is_ending and self._runs():
            self._signal(signal.SIGTERM)
        self._is_ending = True

    async def wait(self, seconds: float | None = None) -> int | None:
        """Its exit code; where it does not end in time, its group is killed."""
        process = self._process
        if process is None:
            return None
        try:
            async with asyncio.timeout(seconds):
                return await process.wait()
        except TimeoutError:
            return None
        finally:
            if self._is_ending and self._runs():
                self._kill()

    def _runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    def _signal(self, number: int) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.send_signal(number)

    def _kill(self) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)


async def _keep(child: Child, name: str, back_off: BackOff) -> None:
    """Start it again each time it has ended by itself."""
    loop = asyncio.get_running_loop()
    while True:
        begin = loop.time()
        code = await child.wait()
        delay = back_off.after(loop.time() - begin)
        logger.warning("%s ended (%s); it is started again in %.1f s", name, code, delay)
        await asyncio.sleep(delay)
        try:
            await child.start()
        except OSError as exc:
            logger.warning("%s does not start: %s", name, exc)
