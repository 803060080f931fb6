"""A machine with the idle crew's worker, and what may be asked of both processes."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psutil
from temporalio.client import Client, WorkflowHandle

from bench.machine import Machine, kill_group, machine
from bench.orchestration.crew import READY, Act
from domain.queues import TASK_QUEUE
from domain.run import WORKFLOW_TYPE
from workflows.client import connect

PROMPT = {"prompt": "why the sea is salty"}


class Stage:
    """A server on disk, a worker, and a client of both."""

    def __init__(self, here: Machine, worker: subprocess.Popen[str], client: Client) -> None:
        assert here.server is not None
        self.client = client
        self.server = psutil.Process(here.server.pid)
        self.worker = psutil.Process(worker.pid)

    async def start(self, name: str, spec: dict[str, Any]) -> WorkflowHandle[Any, Any]:
        return await self.client.start_workflow(WORKFLOW_TYPE, spec, id=name, task_queue=TASK_QUEUE)


def cpu_seconds(process: psutil.Process) -> float:
    """What a process and those it started have used."""
    times = [part.cpu_times() for part in (process, *process.children(recursive=True))]
    return float(sum(part.user + part.system for part in times))


@asynccontextmanager
async def stage(act: Act) -> AsyncIterator[Stage]:
    """Everything up, with the crew ready for `act`."""
    with tempfile.TemporaryDirectory() as folder, machine(Path(folder)) as here:
        worker = _crew(here, act)
        try:
            assert worker.stdout is not None
            ready = await asyncio.to_thread(worker.stdout.readline)
            if ready.strip() != READY:
                raise RuntimeError("the crew's worker ended at its start")
            yield Stage(here, worker, await connect({"target_host": here.address}))
        finally:
            kill_group(worker)


def _crew(here: Machine, act: Act) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.orchestration.crew", act.model_dump_json()],
        env=here.env,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
