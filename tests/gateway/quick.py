"""A gateway in front of a real server and the real workflow, whose crew makes shorts of nothing.

Runs take a moment here. One whose id begins with `failed` or `running` does just that.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.client import Client, WorkflowFailureError
from temporalio.exceptions import ApplicationError

from bench.machine import Machine
from domain.assets import ArtifactRef
from domain.queues import Queues
from domain.run import RunSpec, RunStatus
from gateway.settings import GatewaySettings
from storage.storage import Storage
from tests.conftest import dev_server
from tests.gateway_client import GatewayProcess, gateway
from tests.records import with_tables
from tests.workflows.fakes import FakeCrew
from worker.polling import new_worker, polling
from workflows.activities import (
    CloseRun,
    Deployment,
    Film,
    KeepEvents,
    OpenRun,
    RenderVideo,
    RunClosed,
)
from workflows.client import start_short

FILES = {
    "final_video.mp4": "video/mp4",
    "captions.srt": "application/x-subrip",
    "thumbnail.jpg": "image/jpeg",
}
SPEC = RunSpec(prompt="why the sea is salty")


class Crew(FakeCrew):
    """Leaves real records and files, though of nothing."""

    def __init__(self, storage: Storage) -> None:
        super().__init__()
        self._storage = storage
        self._files: dict[str, ArtifactRef] = {
            name: storage.blobs.put(name.encode(), kind) for name, kind in FILES.items()
        }

    @activity.defn
    async def open_run(self, request: OpenRun) -> Deployment:
        self._storage.runs.claim(
            *_who(),
            request.first_execution_id,
            request.spec,
            created_at=request.created_at,
        )
        return await super().open_run(request)

    @activity.defn
    async def keep_events(self, request: KeepEvents) -> None:
        self._storage.runs.append_events(*_who(), request.events)

    @activity.defn
    async def close_run(self, request: CloseRun) -> RunClosed:
        run_id, execution_id = _who()
        known = request.model_dump(include=set(RunStatus.model_fields))
        self._storage.runs.append_events(run_id, execution_id, request.events)
        stored = self._storage.runs.get(run_id)
        spec = stored.spec if stored else None
        status = RunStatus.model_validate({**known, "run_id": run_id, "spec": spec})
        self._storage.runs.close(run_id, execution_id, status)
        return RunClosed(cost_usd=0.0)

    @activity.defn
    async def render_video(self, request: RenderVideo) -> Film:
        film = await super().render_video(request)
        files = dict(self._files)
        return film.model_copy(update={"video": files.pop("final_video.mp4"), "beside": files})

    async def _work(self, name: str) -> None:
        run_id = activity.info().workflow_id or ""
        if run_id.startswith("failed"):
            raise ApplicationError("the painter is ill", type="ContentRejected", non_retryable=True)
        if run_id.startswith("running") and name == "render":
            self.held.set()
            await self._until_cancelled()


def _who() -> tuple[str, str]:
    info = activity.info()
    return str(info.workflow_id), str(info.workflow_run_id)


@dataclass(frozen=True)
class Quick:
    """What tests ask of it."""

    client: Client
    gateway: GatewayProcess
    machine: Machine
    storage: Storage

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
        storage = Storage.open(GatewaySettings(_env_file=None, data_dir=with_tables(machine.data)))
        crew = Crew(storage)
        queues = Queues()
        workers = (
            new_worker(client, name, crew.activities, slots=20, runs_workflows=name == queues.runs)
            for name in (queues.runs, queues.assets, queues.render, queues.qa)
        )
        async with polling(workers):
            with gateway(machine) as process:
                quick = Quick(client, process, machine, storage)
                await quick.end("finished")
                await quick.end("failed")
                for number in (1, 2, 3):
                    await start_short(client, SPEC, run_id=f"running_{number}")
                await crew.held.wait()
                yield quick
        storage.close()
