"""A process of its own: brought back when it ends, gone with its parent, whatever happens."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bench.machine import wait_until
from worker.processes import BackOff, supervised
from worker.queues import ALL, Queue, parse_queues

# Each writes its process id where the test looks for it.
BRIEF = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')"
LASTING = f"import signal; {BRIEF}; signal.pause()"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {LASTING}"
BOUND = f"from worker.processes import end_with_parent; end_with_parent(os.getppid()); {LASTING}"
PARENT = """
import asyncio, os, sys
from worker.processes import supervised
async def main():
    async with supervised([sys.executable, "-c", sys.argv[2], sys.argv[1]],
                          env=os.environ, name="child"):
        await asyncio.Event().wait()
asyncio.run(main())
"""


def _command(code: str, told: Path) -> list[str | Path]:
    return [sys.executable, "-c", code, told]


def _pids(told: Path) -> list[int]:
    return [int(line) for line in told.read_text().split()] if told.exists() else []


def _is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def _until_told(told: Path, times: int) -> list[int]:

    await asyncio.to_thread(
        wait_until, lambda: len(_pids(told)) >= times, seconds=20, what=f"{times} starts"
    )
    return _pids(told)


async def test_what_ends_is_started_again(tmp_path: Path) -> None:
    told = tmp_path / "told"
    back_off = BackOff(0.01)
    command = _command(BRIEF, told)
    async with supervised(command, env=os.environ, name="it", back_off=back_off):
        pids = await _until_told(told, 3)
    assert len(set(pids)) == len(pids)
    assert back_off.tries >= 2


@pytest.mark.parametrize("code", [pytest.param(LASTING, id="at once"), pytest.param(STUBBORN)])
async def test_it_ends_with_the_block(tmp_path: Path, code: str) -> None:
    told = tmp_path / "told"
    command = _command(code, told)
    async with supervised(command, env=os.environ, name="it", stop_seconds=0.2):
        [pid] = await _until_told(told, 1)
        assert not _is_gone(pid)
    wait_until(lambda: _is_gone(pid), seconds=5, what="it is gone")


def test_it_dies_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    told = tmp_path / "told"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, told, f"import os; {BOUND}"])
    wait_until(lambda: bool(_pids(told)), seconds=20, what="the child runs")
    [child] = _pids(told)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_until(lambda: _is_gone(child), seconds=5, what="the child is gone")


def test_the_wait_grows_and_is_forgotten_once_it_lived() -> None:
    back_off = BackOff(0.5, most_seconds=3, steady_seconds=60)
    assert [back_off.after(0) for _ in range(4)] == [0.5, 1, 2, 3]
    assert back_off.tries == 4
    assert back_off.after(61) == 0.5
    assert back_off.tries == 1


def test_queues_are_named_with_commas() -> None:
    assert parse_queues("workflows, render") == {Queue.WORKFLOWS, Queue.RENDER}
    assert parse_queues(",".join(Queue)) == ALL
    for wrong in ("film", "assets,film", ""):
        with pytest.raises(ValueError, match="workflows, assets, render"):
            parse_queues(wrong)
