"""Threads of an activity stop with it, and what one attempt knows the next ones know too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from temporalio import activity
from temporalio.client import Client, WorkflowFailureError
from temporalio.testing import ActivityEnvironment
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput

from activities import errors
from activities.heartbeat import HeartbeatInterceptor, in_thread, report_job, reported_job
from providers.errors import ProviderTimeout
from tests.workflows.conftest import Stage, crew_at_work
from tests.workflows.fakes import FakeCrew, plot
from workflows.activities import AssetsMade, MakeAsset


def _until_stopped(stopped: Callable[[], bool]) -> str:
    while not stopped():
        pass
    return "stopped"


async def test_a_cancelled_thread_has_stopped_before_the_cancel_goes_on() -> None:
    ended = False

    def work(stopped: Callable[[], bool]) -> None:
        nonlocal ended
        _until_stopped(stopped)
        ended = True

    environment, begun = ActivityEnvironment(), asyncio.Event()

    async def activity() -> None:
        begun.set()
        await in_thread(work)

    task = asyncio.ensure_future(environment.run(activity))
    await begun.wait()
    await asyncio.sleep(0.05)
    environment.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended


async def test_a_thread_stops_where_its_worker_leaves() -> None:
    environment, begun = ActivityEnvironment(), asyncio.Event()

    async def activity() -> str:
        begun.set()
        return await in_thread(_until_stopped)

    task = asyncio.ensure_future(environment.run(activity))
    await begun.wait()
    environment.worker_shutdown()
    assert await asyncio.wait_for(task, 10) == "stopped"


class Silent(ActivityInboundInterceptor):
    """An activity that reports nothing, and ends when it is told to."""

    def __init__(self) -> None:
        self.end = asyncio.Event()

    async def execute_activity(self, input: ExecuteActivityInput) -> None:
        await self.end.wait()


async def test_a_silent_activity_beats_often_enough_to_feel_a_cancel_soon() -> None:
    environment, work, beats = ActivityEnvironment(), Silent(), asyncio.Semaphore(0)
    environment.on_heartbeat = lambda *details: beats.release()
    inbound = HeartbeatInterceptor().intercept_activity(work)

    async def activity() -> None:
        await inbound.execute_activity(ExecuteActivityInput(lambda: None, [], None, {}))

    task = asyncio.ensure_future(environment.run(activity))
    async with asyncio.timeout(20):
        for _ in range(2):
            await beats.acquire()
    work.end.set()
    await task


class Waiter(FakeCrew):
    """Begins a job and fails, then waits for it until its worker is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.plot, self.services = plot(scenes=1), {"images": "shop"}
        self.jobs: list[str | None] = []
        self.details: list[Any] = []
        self.waits = asyncio.Semaphore(0)

    @activity.defn
    async def generate_image(self, request: MakeAsset) -> AssetsMade:
        self.jobs.append(reported_job())
        self.details += activity.info().heartbeat_details
        with errors.translated():
            if len(self.jobs) == 1:
                report_job("J-1")
                raise ProviderTimeout("no word of it")
            if len(self.jobs) < 4:
                self.waits.release()
                await asyncio.sleep(60)
            raise ProviderTimeout("still no word of it")


async def test_a_job_and_the_failures_so_far_outlive_every_worker(
    client: Client, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "MAX_FAILURES", 2)
    crew, queue = Waiter(), f"queue_{run_id}"
    async with crew_at_work(client, crew, queue):
        run = await Stage(client, crew, queue).start({"prompt": "sea"})
        await crew.waits.acquire()
    async with crew_at_work(client, crew, queue):
        await crew.waits.acquire()
    async with crew_at_work(client, crew, queue):
        with pytest.raises(WorkflowFailureError) as failure:
            await asyncio.wait_for(run.result(), 30)
    assert "still no word of it" in str(failure.value.cause)
    assert crew.jobs == [None, "J-1", "J-1", "J-1"]
    assert [details["failures"] for details in crew.details] == [1, 1, 1]
