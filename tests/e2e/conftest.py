"""One machine for the end-to-end tests that leave it whole."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError

from bench.machine import Machine, machine
from domain.assets import ArtifactRef
from domain.run import RUN_STATE_ATTRIBUTE, RunState, RunStatus

RPC_TIMEOUT = timedelta(seconds=5)
# A state may last a tenth of a second; how a run ends lasts.
STATE_SECONDS = 0.03
PATIENT_SECONDS = 0.25
SHORT = {
    "prompt": "Rain falls. Rivers run. The sea is salty.",
    "seed": 7,
    "aspect_ratio": "1:1",
}


WORKING_STATES = (
    RunState.PLOT_GENERATION,
    RunState.ASSET_GENERATION,
    RunState.RENDERING,
    RunState.QA,
)


@dataclass
class Desk:
    """What an operator sees of a machine."""

    machine: Machine
    client: Client

    async def state(self, run_id: str) -> str:
        """`RunState` as the server has it, with no worker's help; `?` before there is one."""
        described = await self._described(run_id)
        values = described.search_attributes.get(RUN_STATE_ATTRIBUTE, ["?"])
        return str(values[0])

    async def status_of_execution(self, run_id: str) -> WorkflowExecutionStatus | None:
        status: WorkflowExecutionStatus | None = (await self._described(run_id)).status
        return status

    async def reaches(self, run_id: str, state: str, *, seconds: float) -> float:
        """Seconds until the run was in `state`."""
        begin = time.monotonic()
        while await self.state(run_id) != state:
            if time.monotonic() - begin > seconds:
                raise TimeoutError(f"{run_id} is {await self.state(run_id)}, not {state}")
            await asyncio.sleep(STATE_SECONDS)
        return time.monotonic() - begin

    async def closes(self, run_id: str, *, seconds: float) -> float:
        """Seconds until the run was no longer running."""
        begin = time.monotonic()
        while await self.status_of_execution(run_id) == WorkflowExecutionStatus.RUNNING:
            if time.monotonic() - begin > seconds:
                raise TimeoutError(f"{run_id} still runs, in {await self.state(run_id)}")
            await asyncio.sleep(PATIENT_SECONDS)
        return time.monotonic() - begin

    async def status(self, run_id: str) -> RunStatus:
        handle = self.client.get_workflow_handle(run_id)
        answer: RunStatus = await handle.query(
            "status", result_type=RunStatus, rpc_timeout=RPC_TIMEOUT
        )
        return answer

    async def _described(self, run_id: str) -> Any:
        deadline = time.monotonic() + 30
        while True:
            try:
                async with asyncio.timeout(6):
                    handle = self.client.get_workflow_handle(run_id)
                    return await handle.describe(rpc_timeout=RPC_TIMEOUT)
            except (RPCError, TimeoutError):
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.1)


@pytest.fixture(scope="module")
def own_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("machine")) as here:
        here.start_worker()
        yield here


@pytest.fixture
async def desk(own_machine: Machine) -> Desk:
    client = await Client.connect(
        own_machine.address, data_converter=pydantic_data_converter, lazy=False
    )
    return Desk(own_machine, client)


@pytest.fixture
def fresh_machine(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path) as here:
        yield here


def segments_in(data: Path) -> Path:
    """Where a machine keeps what it has rendered so far."""
    return data / "cache" / "segments"


def blob_in(data: Path, ref: ArtifactRef) -> Path:
    return data / "store" / "blobs" / ref.sha256[:2] / ref.sha256


def assert_kept(here: Machine, before: dict[str, tuple[int, int]]) -> None:
    """What was finished before is the same file, not one like it."""
    after = here.finished_assets()
    assert {sha256: after.get(sha256) for sha256 in before} == before
