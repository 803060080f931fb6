"""A machine of its own: a Temporal server, workers and a data folder, all on loopback.

For benchmarks and end-to-end tests. Everything it starts it ends, by process id.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil

from cli.temporal_cli import SERVER_ENVIRONMENT, server_command
from domain.run import run_folder

HOST = "127.0.0.1"
ANSWER_SECONDS = 30.0
# What a shell may export that would make this another deployment, or one that costs money.
FOREIGN_SETTINGS = (
    *("AUTOSHORTS_", "TEMPORAL_", "AWS_", "PG"),
    *("OPENAI_", "ELEVENLABS_", "MUBERT_", "PLAYHT_"),
    # Each process would compile all of Python's libraries, and the sandbox a workflow each time.
    "PYTHONDONTWRITEBYTECODE",
)
POLL_SECONDS = 0.05
# Nobody beside is asked, and the quickest of the embedded voices speaks.
ALONE = {
    "AUTOSHORTS_ONLINE": "0",
    "AUTOSHORTS_LOCAL_MODELS": "off",
    "AUTOSHORTS_VOICE": "espeak",
}


def script(name: str) -> str:
    """A program beside the running Python."""
    found = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if not found:
        raise RuntimeError(f"there is no {name}: run `make setup`")
    return found


def wait_until(holds: Callable[[], bool], *, seconds: float, what: str) -> float:
    """Seconds until `holds()` did. Raises TimeoutError naming what was waited for."""
    begin = time.monotonic()
    while not holds():
        if time.monotonic() - begin > seconds:
            raise TimeoutError(f"after {seconds:.0f} s still not: {what}")
        time.sleep(POLL_SECONDS)
    return time.monotonic() - begin


def heed_interrupts() -> None:
    """For `preexec_fn`: a shell's background job, such as a CI's, is born ignoring Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Machine:
    """One data folder with workers and gateways, and a server of its own or another machine's."""

    def __init__(self, root: Path, *, server_port: int | None = None) -> None:
        self.root = root
        self.data = root / "data"
        self.data.mkdir(parents=True, exist_ok=True)
        self.port = server_port or free_ports(1)[0]
        self.settings: dict[str, str] = {}
        self.server: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []
        self.gateways: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """A shell's environment that knows this machine, its settings and no other deployment."""
        foreign = FOREIGN_SETTINGS
        env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        env["AUTOSHORTS_DATA_DIR"] = str(self.data)
        env["TEMPORAL_ADDRESS"] = self.address
        env["TEMPORAL_CONFIG_FILE"] = os.devnull
        return env | ALONE | self.settings

    @contextmanager
    def inside(self) -> Iterator[None]:
        """This process has the machine's environment, for as long as the block lasts."""
        before = dict(os.environ)
        os.environ.clear()
        os.environ.update(self.env)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)

    def start_server(self) -> None:
        """Start (again) on the same port and database."""
        database = self.root / "temporal.db"
        command = server_command(script("temporal"), database=database, port=self.port, ip=HOST)
        env = SERVER_ENVIRONMENT | os.environ
        with (self.root / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                [*command, "--headless"], stdout=log, stderr=log, env=env, start_new_session=True
            )
        wait_until(self._server_answers, seconds=ANSWER_SECONDS, what="the server answers")

    def kill_server(self) -> None:
        assert self.server is not None
        self.server.kill()
        self.server.wait()

    def start_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """A worker that polls."""
        log = self.root / f"worker{len(self.workers)}.log"
        self.workers.append(self._spawn("worker", *options, log=log))
        _wait_for_words(b"worker polls", log, self.workers[-1])
        return self.workers[-1]

    def start_gateway(self, *, port: int = 0) -> str:
        """A gateway that answers; its address."""
        log = self.root / f"gateway{len(self.gateways)}.log"
        self.gateways.append(self._spawn("gateway", "--port", str(port), log=log))
        _wait_for_words(b"listens on", log, self.gateways[-1])
        words = log.read_text().split("listens on", 1)[1].split()
        wait_until(lambda: _is_up(words[0]), seconds=ANSWER_SECONDS, what="the gateway answers")
        return words[0]

    def _spawn(self, *arguments: str, log: Path) -> subprocess.Popen[bytes]:
        with log.open("wb") as out:
            return subprocess.Popen(
                [script("autoshorts"), *arguments],
                env=self.env,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def run(self, *command: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """A program beside Python, to its end."""
        return subprocess.run(
            [script(command[0]), *command[1:]],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def workflow(self, *arguments: str) -> dict[str, Any]:
        """`temporal workflow …` with JSON output. Raises RuntimeError with what it said."""
        done = self.run("temporal", "workflow", *arguments, "--output", "json")
        if done.returncode:
            raise RuntimeError(done.stderr.strip() or done.stdout.strip())
        answer = json.loads(done.stdout) if done.stdout.strip() else {}
        return answer if isinstance(answer, dict) else {"answer": answer}

    def start(self, run_id: str, spec: dict[str, Any]) -> None:
        """Start a run as a script would."""
        self.workflow(
            *("start", "--type", "AutoShorts", "--task-queue", "autoshorts"),
            *("--workflow-id", run_id, "--input", json.dumps(spec)),
        )

    def folder(self, run_id: str) -> Path:
        return self.data / "runs" / run_folder(run_id)

    def finished_assets(self) -> dict[str, tuple[int, int]]:
        """(inode, time of writing in ns) of every asset's blob: made again, changed."""
        with closing(sqlite3.connect(self.data / "records.db", timeout=30)) as records:
            rows = records.execute("select sha256 from assets").fetchall()
        blobs = self.data / "store" / "blobs"
        stats = {sha256: (blobs / sha256[:2] / sha256).stat() for (sha256,) in rows}
        return {sha256: (stat.st_ino, stat.st_mtime_ns) for sha256, stat in stats.items()}

    def close(self) -> None:
        """End everything that was started here."""
        for process in (*self.gateways, *self.workers, *filter(None, [self.server])):
            kill_group(process)

    def _server_answers(self) -> bool:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, self.port)):
                return False
        health = self.run("temporal", "operator", "cluster", "health")
        return "SERVING" in health.stdout


@contextmanager
def machine(root: Path) -> Iterator[Machine]:
    """A machine whose server runs."""
    here = Machine(root)
    try:
        here.start_server()
        yield here
    finally:
        here.close()


def helpers_of(pid: int) -> list[psutil.Process]:
    """ffmpeg and speech processes under a worker, not its own process for renders."""
    found = []
    with suppress(psutil.NoSuchProcess):
        found = psutil.Process(pid).children(recursive=True)
    return [process for process in found if not _is_worker(process)]


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "--queues" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def leftovers(data: Path) -> list[str]:
    """Command lines of processes that work on a data folder and should be gone."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline", "environ"]):
        environment = process.info["environ"] or {}
        if process.pid != os.getpid() and environment.get("AUTOSHORTS_DATA_DIR") == str(data):
            found.append(" ".join(process.info["cmdline"] or [])[:200])
    return found


def free_ports(count: int) -> list[int]:
    """So many different ports of loopback, free a moment ago."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((HOST, 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def kill_group(process: subprocess.Popen[Any]) -> None:
    """SIGKILL for a process that leads a group, and for all it started there."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for_words(words: bytes, log: Path, process: subprocess.Popen[bytes]) -> None:
    """Raises RuntimeError with the log's end where the process ended before it said them."""

    def are_there() -> bool:
        if words in log.read_bytes():
            return True
        if process.poll() is not None:
            raise RuntimeError(f"it ended at its start: {log.read_text()[-2000:]}")
        return False

    wait_until(are_there, seconds=ANSWER_SECONDS, what=f"{words.decode()!r} in {log}")


def _is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=5, verify=False).status_code == 200
    except httpx.TransportError:
        return False


if sys.platform == "win32":
    raise ImportError("the benchmarks and end-to-end tests need process groups")
