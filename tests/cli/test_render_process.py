"""The process that renders: beside its worker, brought back when it dies, gone with its worker."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

import psutil

from bench.machine import leftovers, machine, script, wait_until


def _renders(worker: subprocess.Popen[bytes]) -> list[psutil.Process]:
    found = []
    for child in psutil.Process(worker.pid).children():
        with suppress(psutil.NoSuchProcess):
            if "--child-of" in child.cmdline():
                found.append(child)
    return found


def test_it_is_started_again_and_dies_with_its_worker(tmp_path: Path) -> None:
    with machine(tmp_path) as here:
        worker = here.start_worker()
        [died] = _renders(worker)
        died.kill()
        wait_until(
            lambda: [child.pid for child in _renders(worker)] not in ([], [died.pid]),
            seconds=20,
            what="another process renders",
        )
        worker.kill()
        worker.wait()
        wait_until(lambda: leftovers(here.data) == [], seconds=15, what="nothing is left")


def test_a_worker_for_other_work_has_none(tmp_path: Path) -> None:
    with machine(tmp_path) as here:
        log = tmp_path / "worker.log"
        with log.open("wb") as out:
            worker = subprocess.Popen(
                [script("autoshorts"), "worker", "--queues", "workflows,assets"],
                env=here.env,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        here.workers.append(worker)
        wait_until(lambda: b"worker polls" in log.read_bytes(), seconds=60, what="it polls")
        assert b"for workflows, assets" in log.read_bytes()
        assert _renders(worker) == []
