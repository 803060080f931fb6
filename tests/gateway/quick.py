"""A gateway in front of a real server and the real workflow, whose crew makes shorts of nothing.

Runs take a moment here. One whose id begins with `failed` or `running` does just that.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.client import Client, WorkflowFailureError
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from bench.machine import Machine
from domain.run import TASK_QUEUE, RunSpec
from storage.files import write_atomically
from storage.runs import RECORD, RunFolders
from tests.conftest import dev_server
from tests.gateway_client import GatewayProcess, gateway
from tests.workflows.fakes import FakeCrew
from workflows.activities import CloseRun, Deployment, OpenRun
from workflows.client import start_short
from workflows.short_video import AutoShorts

FILES = ("plot.csv", "layout.json", "final_video.mp4", "captions.srt", "thumbnail.jpg")
SPEC = RunSpec(prompt="why the sea is salty")


class Crew(FakeCrew):
    """Leaves real files, though of nothing."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        self._folders = RunFolders(data)
        for name in FILES:
            write_atomically(data / "store" / name, name.encode())

    @activity.defn
    async def open_run(self, request: OpenRun) -> Deployment:
        self._folders.write(request.record.status.run_id, RECORD, request.record)
        return await super().open_run(request)

    @activity.defn
    async def close_run(self, request: CloseRun) -> None:
        self._folders.write(request.record.status.run_id, RECORD, request.record)

    async def _work(self, name: str) -> None:
        run_id = activity.info().workflow_id or ""
        if run_id.startswith("failed"):
            raise ApplicationError("the painter is ill", type="ContentRejected", non_retryable=True)
        if run_id.startswith("running") and name == "render":
            self.held.set()
            await self._until_cancelled()


@dataclass(frozen=True)
class Quick:
    """What tests ask of it."""

    client: Client
    gateway: GatewayProcess
    machine: Machine

    async def end(self, run_id: str) -> None:
        """Start a run and wait for its end."""
        handle = await start_short(self.client, SPEC, run_id=run_id)
        if run_id.startswith("failed"):
            with pytest.raises(WorkflowFailureError):
                await handle.result()
        else:
            await handle.result()


@asynccontextmanager
async def quick_gateway(root: Path) -> AsyncIterator[Quick]:
    """With the runs `finished`, `failed` and `running_1` to `running_3`."""
    async with dev_server() as environment:
        client = environment.client
        machine = Machine(root)
        machine.port = int(client.service_client.config.target_host.rpartition(":")[2])
        crew = Crew(machine.data)
        async with Worker(
            client,
            task_queue=TASK_QUEUE,
            workflows=[AutoShorts],
            activities=crew.activities,
            max_heartbeat_throttle_interval=timedelta(seconds=0.1),
        ):
            with gateway(machine) as process:
                quick = Quick(client, process, machine)
                await quick.end("finished")
                await quick.end("failed")
                for number in (1, 2, 3):
                    await start_short(client, SPEC, run_id=f"running_{number}")
                await crew.held.wait()
                yield quick
