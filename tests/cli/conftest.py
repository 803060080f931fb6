"""The command as a process, on a data folder of its own and no other deployment."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.machine import ALONE, FOREIGN_SETTINGS, script


def environment(data: Path, **more: str) -> dict[str, str]:
    """A shell's environment that knows this data folder alone."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN_SETTINGS)}
    own = {"AUTOSHORTS_DATA_DIR": str(data), "TEMPORAL_CONFIG_FILE": os.devnull}
    return env | own | ALONE | more


def autoshorts(
    data: Path, *arguments: str, stdin: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """The command, to its end."""
    return subprocess.run(
        [script("autoshorts"), *arguments],
        env=environment(data, **more),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=100,
    )


@contextmanager
def up(data: Path, **more: str) -> Iterator[subprocess.Popen[str]]:
    """`autoshorts up`, from where it says so to its orderly end."""
    process = subprocess.Popen(
        [script("autoshorts"), "up", "--gateway-port", "0"],
        env=environment(data, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        while "Ctrl-C ends it" not in (line := process.stdout.readline()):
            assert line, "it did not come up"
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=15)
