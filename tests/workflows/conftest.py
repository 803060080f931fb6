"""A worker with a fake crew, and runs on it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest_asyncio
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Worker

from domain.events import Event, EventPage
from domain.run import WORKFLOW_TYPE, RunResult, RunStatus
from tests.workflows.fakes import FakeCrew
from workflows.short_video import AutoShorts

RPC_TIMEOUT = timedelta(seconds=10)


@dataclass
class Stage:
    """A task queue of its own, with its crew."""

    client: Client
    crew: FakeCrew
    queue: str

    async def start(self, *inputs: Any) -> WorkflowHandle[Any, RunResult]:
        return await self.client.start_workflow(
            WORKFLOW_TYPE,
            args=list(inputs),
            id=f"test_{uuid.uuid4().hex[:12]}",
            task_queue=self.queue,
            result_type=RunResult,
            rpc_timeout=RPC_TIMEOUT,
        )


async def status(handle: WorkflowHandle[Any, Any]) -> RunStatus:
    answer: RunStatus = await handle.query("status", result_type=RunStatus, rpc_timeout=RPC_TIMEOUT)
    return answer


async def events(handle: WorkflowHandle[Any, Any]) -> tuple[Event, ...]:
    page: EventPage = await handle.query("events", result_type=EventPage, rpc_timeout=RPC_TIMEOUT)
    return page.events


@pytest_asyncio.fixture
async def stage(client: Client) -> AsyncIterator[Stage]:
    crew, queue = FakeCrew(), f"queue_{uuid.uuid4().hex[:12]}"
    async with Worker(
        client,
        task_queue=queue,
        workflows=[AutoShorts],
        activities=crew.activities,
        max_heartbeat_throttle_interval=timedelta(seconds=0.1),
        default_heartbeat_throttle_interval=timedelta(seconds=0.1),
    ):
        yield Stage(client, crew, queue)
