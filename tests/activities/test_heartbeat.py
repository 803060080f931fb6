"""Threads of an activity stop with it, and what one attempt knows the next ones know too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from temporalio.testing import ActivityEnvironment

from activities.heartbeat import in_thread


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
