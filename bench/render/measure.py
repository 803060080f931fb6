"""One case in a process of its own: its own figures, and the peak memory of its tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

SAMPLE_SECONDS = 0.05


@dataclass
class Span:
    """Wall and CPU seconds of a block, children that have ended included."""

    wall: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Adds what the block takes."""
        wall, cpu = time.monotonic(), _cpu_seconds()
        yield
        self.wall += time.monotonic() - wall
        self.cpu += _cpu_seconds() - cpu


@dataclass(frozen=True)
class Run:
    """What a case said of itself, and how much memory it took at most, MB."""

    said: dict[str, Any]
    peak_mb: float = field(default=0.0)


def run_case(name: str, folder: Path) -> Run:
    """Run `python -m bench.render.cases NAME FOLDER` to its end."""
    command = [sys.executable, "-m", "bench.render.cases", name, str(folder)]
    with (folder / f"{name}.log").open("w+") as out:
        process = subprocess.Popen(command, stdout=out)
        peak = 0
        while process.poll() is None:
            peak = max(peak, tree_bytes(process.pid))
            time.sleep(SAMPLE_SECONDS)
        if process.returncode:
            raise RuntimeError(f"the case {name} ended with {process.returncode}")
        out.seek(0)
        said = json.loads(out.read().splitlines()[-1])
    return Run(said, round(peak / 1e6))


def tree_bytes(pid: int) -> int:
    """Resident memory of a process and of all under it."""
    total = 0
    try:
        top = psutil.Process(pid)
        for process in (top, *top.children(recursive=True)):
            total += process.memory_info().rss
    except psutil.NoSuchProcess:
        return total
    return total


def _cpu_seconds() -> float:
    times = os.times()
    # Its own clock counts nanoseconds, that of the children hundredths.
    return time.process_time() + times.children_user + times.children_system
