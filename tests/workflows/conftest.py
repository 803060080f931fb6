"""A worker with a fake crew, and runs on it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest_asyncio
from temporalio.client import Client, WorkflowHandle

from domain.events import Event, EventPage
from domain.queues import Queues
from domain.run import WORKFLOW_TYPE, RunResult, RunStatus
from tests.workflows.fakes import FakeCrew
from worker.polling import new_worker, polling

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
    async with crew_at_work(client, crew, queue):
        yield Stage(client, crew, queue)


@asynccontextmanager
async def crew_at_work(client: Client, crew: FakeCrew, queue: str) -> AsyncIterator[None]:
    """The crew polls every queue of a deployment of its own."""
    names = Queues(queue)
    services = [names.service(name) for name in dict.fromkeys(crew.services.values())]
    async with polling(
        new_worker(client, name, crew.activities, slots=20, runs_workflows=name == queue)
        for name in (names.runs, names.assets, names.render, names.qa, *services)
    ):
        yield
