"""The data folder's own Temporal dev server: one per folder, shared by all who use it.

`temporal/server.json` says where it is. Every user holds a shared lock on `users.lock`; who
leaves and finds nobody else holding it stops the server. A lock dies with its process, so a
killed user never keeps the server, and a server left behind is taken over by the next user.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO

import portalocker
import psutil
from pydantic import BaseModel, ValidationError

from cli.errors import CliError
from cli.settings import CliSettings
from cli.temporal_cli import TemporalCli, find_temporal_cli
from storage.errors import explained
from storage.files import write_atomically

HOST = "127.0.0.1"
DEFAULT_PORT = 7233
UI_PORT_OFFSET = 1000
START_SECONDS = 30.0
STOP_SECONDS = 4.0
POLL_SECONDS = 0.05
PORT_TRIES = 3


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
        try:
            info = ServerInfo.model_validate_json((self._folder / "server.json").read_bytes())
        except (OSError, ValidationError):
            return None
        return info if info.is_running() else None

    @asynccontextmanager
    async def shared(self, *, port: int | None = None) -> AsyncIterator[ServerInfo]:
        """The server, started if it is not there, for as long as the block lasts.

        `port` None takes the default one or, where that is in use, any. Raises `CliError`.
        """
        with explained("write", self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            users = (self._folder / "users.lock").open("a+")
        try:
            async with self._door():
                portalocker.lock(users, portalocker.LockFlags.SHARED)
                info = self.running() or await self._start(port)
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

    async def _start(self, port: int | None) -> ServerInfo:
        cli = await asyncio.to_thread(find_temporal_cli, self._settings)
        for _ in range(PORT_TRIES - 1):
            try:
                return await self._start_on(cli, *_choose_ports(port))
            except CliError:
                # Somebody else may have taken the port since it was found to be free.
                if "address already in use" not in self._last_words() or port is not None:
                    raise
        return await self._start_on(cli, *_choose_ports(port))

    async def _start_on(self, cli: TemporalCli, chosen: int, ui_port: int) -> ServerInfo:
        process = self._spawn(cli, chosen, ui_port)
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        while not await _answers(chosen):
            if process.poll() is not None:
                raise CliError(f"the Temporal server did not start: {self._last_words()}")
            if asyncio.get_running_loop().time() > deadline:
                process.kill()
                raise CliError(
                    f"the Temporal server did not answer within {START_SECONDS:.0f} s: "
                    f"{self._last_words()}"
                )
            await asyncio.sleep(POLL_SECONDS)
        started_at = psutil.Process(process.pid).create_time()
        info = ServerInfo(
            pid=process.pid, process_started_at=started_at, port=chosen, ui_port=ui_port
        )
        write_atomically(self._folder / "server.json", info.model_dump_json().encode())
        return info

    def _spawn(self, cli: TemporalCli, port: int, ui_port: int) -> subprocess.Popen[bytes]:
        # The schema is made only with the file and never migrated, so each server version
        # has a file of its own.
        database = self._folder / f"{cli.server}.db"
        command: list[str | Path] = [cli.path, "server", "start-dev", "--log-level", "error"]
        command += ["--ip", HOST, "--port", str(port), "--ui-ip", HOST, "--ui-port", str(ui_port)]
        command += ["--db-filename", database]
        command += ["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"]
        with explained("write", self._folder), (self._folder / "server.log").open("wb") as log:
            try:
                return subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
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


def _choose_ports(port: int | None) -> tuple[int, int]:
    if port is not None and not _is_free(port):
        raise CliError(f"port {port} is in use: stop what uses it, or choose another with --port")
    chosen = port or (DEFAULT_PORT if _is_free(DEFAULT_PORT) else _any_free_port())
    ui_port = chosen + UI_PORT_OFFSET
    return chosen, ui_port if ui_port < 65536 and _is_free(ui_port) else _any_free_port()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


def _try_lock(file: IO[str]) -> bool:
    try:
        portalocker.lock(file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
    except portalocker.LockException:
        return False
    return True
