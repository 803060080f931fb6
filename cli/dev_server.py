"""The data folder's own Temporal dev server: one per folder, shared by all who use it.

`temporal/server.json` says where it is. Every user holds a shared lock on `users.lock`; who
leaves and finds nobody else holding it stops the server. A lock dies with its process, so a
killed user never keeps the server, and a server left behind is taken over by the next user.
A server that dies while it is used is started again on the same port by one of its users.
"""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import IO, Any

import portalocker
import psutil
from pydantic import BaseModel, ValidationError

from cli.errors import CliError
from cli.ports import HOST, answers, choose_ports, is_free
from cli.settings import CliSettings
from cli.temporal_cli import (
    SERVER_ENVIRONMENT,
    TemporalCli,
    find_temporal_cli,
    server_command,
)
from storage.errors import explained
from storage.files import write_atomically
from worker.processes import BackOff

START_SECONDS = 30.0
STOP_SECONDS = 4.0
POLL_SECONDS = 0.05
PORT_TRIES = 3
LOOK_SECONDS = 0.25
MAX_DEATHS = 5
STEADY_SECONDS = 10.0

logger = logging.getLogger(__name__)

# Others may use a server for longer than this process lives, and Popen minds being dropped.
_started: list[subprocess.Popen[bytes]] = []


class ServerInfo(BaseModel):
    """`server.json`: the server that runs on this data folder."""

    pid: int
    process_started_at: float
    port: int
    ui_port: int

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def ui_url(self) -> str:
        return f"http://{HOST}:{self.ui_port}"

    def is_running(self) -> bool:
        """Whether it is still that very process."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.process_started_at) < 1
            return same and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False


class DevServer:
    """The dev server of one data folder."""

    def __init__(self, settings: CliSettings) -> None:
        self._settings = settings
        self._folder = settings.data_dir / "temporal"

    def running(self) -> ServerInfo | None:
        """The server that runs now, if any."""
        info = self._last()
        return info if info and info.is_running() else None

    @asynccontextmanager
    async def shared(
        self, *, port: int | None = None, say: Callable[[str], None] = logger.warning
    ) -> AsyncIterator[ServerInfo]:
        """The server, started if it is not there, and again where it dies, while the block lasts.

        `port` None takes the default one or, where that is in use, any. `say` is told of each
        death. Raises `CliError`, also out of the block where the server cannot be kept up.
        """
        with explained("write", self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            users = (self._folder / "users.lock").open("a+")
        try:
            async with self._door():
                self.found_alone = _try_lock(users)
                if self.found_alone:
                    portalocker.unlock(users)
                portalocker.lock(users, portalocker.LockFlags.SHARED)
                info = self.running() or await self._start(port)
            async with _alongside(self._keep_up(info, say)):
                yield info
        finally:
            async with self._door():
                portalocker.unlock(users)
                with suppress(portalocker.LockException):
                    exclusive = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
                    portalocker.lock(users, exclusive)
                    await self._stop()
            users.close()

    @asynccontextmanager
    async def _door(self) -> AsyncIterator[None]:
        """One at a time through starting and stopping."""
        with (self._folder / "server.lock").open("a+") as file:
            deadline = asyncio.get_running_loop().time() + START_SECONDS
            while not _try_lock(file):
                if asyncio.get_running_loop().time() > deadline:
                    raise CliError(f"another process holds {file.name}: end it, then try again")
                await asyncio.sleep(POLL_SECONDS)
            try:
                yield
            finally:
                portalocker.unlock(file)

    async def _keep_up(self, info: ServerInfo, say: Callable[[str], None]) -> None:
        """Start the server again whenever it has died. Raises `CliError` once that is in vain."""
        back_off = BackOff(steady_seconds=STEADY_SECONDS)
        clock = asyncio.get_running_loop().time
        while True:
            begin = clock()
            await _death_of(info)
            delay = back_off.after(clock() - begin)
            if back_off.tries > MAX_DEATHS:
                raise CliError(
                    f"the Temporal server ended {MAX_DEATHS} times as soon as it was started: "
                    f"{self._last_words()}"
                )
            say(f"the Temporal server has ended by itself; it is started again on port {info.port}")
            await asyncio.sleep(delay)
            info = await self._again(info)

    async def _again(self, died: ServerInfo) -> ServerInfo:
        """A server where one has died; by now another of its users may have started it."""
        try:
            async with self._door():
                found = self.running() or await self._start_on(
                    await self._cli(), died.port, died.ui_port
                )
        except CliError as exc:
            logger.warning("%s", exc)
            return died
        if found.port != died.port:
            raise CliError(
                f"the Temporal server has moved from port {died.port} to {found.port}: start again"
            )
        return found

    def _last(self) -> ServerInfo | None:
        """The server that was started last; it may have died."""
        try:
            return ServerInfo.model_validate_json((self._folder / "server.json").read_bytes())
        except (OSError, ValidationError):
            return None

    async def _cli(self) -> TemporalCli:
        return await asyncio.to_thread(find_temporal_cli, self._settings)

    async def _start(self, port: int | None) -> ServerInfo:
        cli = await self._cli()
        if port is None and (died := self._last()) and is_free(died.port):
            # Its other users wait for it there.
            port = died.port
        for _ in range(PORT_TRIES - 1):
            try:
                return await self._start_on(cli, *choose_ports(port))
            except CliError:
                # Somebody else may have taken the port since it was found to be free.
                if "address already in use" not in self._last_words() or port is not None:
                    raise
        return await self._start_on(cli, *choose_ports(port))

    async def _start_on(self, cli: TemporalCli, chosen: int, ui_port: int) -> ServerInfo:
        process = self._spawn(cli, chosen, ui_port)
        _started.append(process)
        try:
            await self._answered(process, chosen)
        except BaseException:
            process.kill()
            raise
        started_at = psutil.Process(process.pid).create_time()
        info = ServerInfo(
            pid=process.pid, process_started_at=started_at, port=chosen, ui_port=ui_port
        )
        write_atomically(self._folder / "server.json", info.model_dump_json().encode())
        return info

    async def _answered(self, process: subprocess.Popen[bytes], port: int) -> None:
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        while not await answers(port):
            if process.poll() is not None:
                raise CliError(f"the Temporal server did not start: {self._last_words()}")
            if asyncio.get_running_loop().time() > deadline:
                raise CliError(
                    f"the Temporal server did not answer within {START_SECONDS:.0f} s: "
                    f"{self._last_words()}"
                )
            await asyncio.sleep(POLL_SECONDS)

    def _spawn(self, cli: TemporalCli, port: int, ui_port: int) -> subprocess.Popen[bytes]:
        # The schema is made only with the file and never migrated, so each server version
        # has a file of its own.
        database = self._folder / f"{cli.server}.db"
        command = server_command(cli.path, database=database, port=port, ip=HOST)
        command += ["--ui-ip", HOST, "--ui-port", str(ui_port)]
        with explained("write", self._folder), (self._folder / "server.log").open("wb") as log:
            try:
                return subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env=SERVER_ENVIRONMENT | os.environ,
                    start_new_session=True,
                )
            except OSError as exc:
                raise CliError(f"the Temporal CLI at {cli.path} does not run: {exc}") from exc

    async def _stop(self) -> None:
        info = self.running()
        (self._folder / "server.json").unlink(missing_ok=True)
        if not info:
            return
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(info.pid)
            process.terminate()
            try:
                await asyncio.to_thread(process.wait, STOP_SECONDS)
            except psutil.TimeoutExpired:
                process.kill()

    def _last_words(self) -> str:
        with suppress(OSError):
            lines = (self._folder / "server.log").read_text(errors="replace").strip().splitlines()
            if lines:
                return lines[-1][:300]
        return f"see {self._folder / 'server.log'}"


@asynccontextmanager
async def _alongside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """`work` goes on while the block lasts; the error it ends with ends the block too."""
    owner = asyncio.current_task()
    assert owner is not None
    task = asyncio.create_task(work)

    def end_block(done: asyncio.Task[None]) -> None:
        if not done.cancelled():
            owner.cancel()

    task.add_done_callback(end_block)
    try:
        yield
    except asyncio.CancelledError:
        if task.done() and not task.cancelled() and (error := task.exception()):
            owner.uncancel()
            raise error from None
        raise
    finally:
        task.remove_done_callback(end_block)
        task.cancel()
        await asyncio.wait([task])


async def _death_of(info: ServerInfo) -> None:
    while True:
        if not info.is_running():
            for process in _started:
                process.poll()
            return
        await asyncio.sleep(LOOK_SECONDS)


def _try_lock(file: IO[str]) -> bool:
    try:
        portalocker.lock(file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
    except portalocker.LockException:
        return False
    return True
