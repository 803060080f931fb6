"""Worker and server die at any moment: nothing finished is lost or made twice."""

from __future__ import annotations

import asyncio

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from bench.machine import Machine
from domain.run import RunState
from tests.e2e.conftest import SHORT, WORKING_STATES, Desk, assert_kept

# The heartbeat timeout finds out that an activity is lost; then the work itself.
RECOVERY_SECONDS = 90


async def _desk(here: Machine) -> Desk:
    return Desk(here, await Client.connect(here.address, data_converter=pydantic_data_converter))


async def test_a_worker_killed_in_every_state_costs_nothing_that_was_finished(
    fresh_machine: Machine,
) -> None:
    desk = await _desk(fresh_machine)
    worker = fresh_machine.start_worker()
    fresh_machine.start("killed", SHORT)
    for state in WORKING_STATES:
        await desk.reaches("killed", state, seconds=RECOVERY_SECONDS)
        worker.kill()
        worker.wait()
        assert await desk.state("killed") == state
        kept = fresh_machine.finished_assets()
        worker = fresh_machine.start_worker()
        assert_kept(fresh_machine, kept)
    await desk.closes("killed", seconds=RECOVERY_SECONDS)
    assert_kept(fresh_machine, kept)
    assert await desk.state("killed") == RunState.END
    films = list((fresh_machine.data).rglob("final_video.mp4"))
    assert films == [fresh_machine.folder("killed") / "final_video.mp4"]


async def test_a_server_killed_and_started_again_costs_nothing(fresh_machine: Machine) -> None:
    desk = await _desk(fresh_machine)
    fresh_machine.start_worker()
    fresh_machine.start("survivor", SHORT)
    await desk.reaches("survivor", RunState.RENDERING, seconds=60)
    kept = fresh_machine.finished_assets()
    fresh_machine.kill_server()
    await asyncio.sleep(1)
    fresh_machine.start_server()
    await desk.closes("survivor", seconds=RECOVERY_SECONDS)
    assert await desk.state("survivor") == RunState.END
    assert_kept(fresh_machine, kept)
