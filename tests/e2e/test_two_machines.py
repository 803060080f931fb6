"""Two workers with nothing but PostgreSQL, an S3 service and Temporal between them."""

from __future__ import annotations

import asyncio
import io
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import av
import httpx
import pytest
from temporalio.client import Client as TemporalClient

from bench.chaos.client import Client
from bench.histories import histories_of
from bench.machine import POLL_SECONDS, kill_group, wait_until
from deploy.native import Cluster, cluster
from domain.run import RunState
from tests.gateway_client import durable, events
from workflows.client import connect

SPEC = {
    "prompt": "Rain falls. Rivers run. Clouds come. The wind turns. Salt stays. The sea is salty.",
    "seed": 7,
    "aspect_ratio": "1:1",
}
STAGE_SECONDS = 120.0


@pytest.fixture
def shared() -> Iterator[Cluster]:
    # Not pytest's own folder, which it closes to PostgreSQL's user.
    with tempfile.TemporaryDirectory(prefix="machines-") as folder, cluster(Path(folder)) as here:
        yield here


@pytest.mark.timeout(400)
def test_they_make_one_film_together_though_each_is_killed_once(shared: Cluster) -> None:
    one, two, serving = (shared.machine(name) for name in ("one", "two", "gateway"))
    for machine in (one, two):
        # So that neither takes all of the film's pictures and lines at once.
        machine.settings["AUTOSHORTS_MAX_ACTIVITIES"] = "1"
    workers = [one.start_worker(), two.start_worker()]
    with httpx.Client(base_url=serving.start_gateway(), timeout=30) as gateway:
        run_id = gateway.post("/api/runs", json=SPEC).raise_for_status().json()["run_id"]
        watching = Client([str(gateway.base_url)], run_id, time.monotonic() + 3 * STAGE_SECONDS)
        watching.start()
        asyncio.run(_both_make_assets(shared.temporal.address, run_id, workers))
        kill_group(workers[0])
        _reaches(gateway, run_id, RunState.RENDERING)
        # What it has rendered so far, and every asset it made, is nowhere but in the shared store.
        kill_group(workers[1])
        one.start_worker()
        _reaches(gateway, run_id, RunState.END)
        _film_is_whole(gateway, run_id)
        watching.join(STAGE_SECONDS)
        _stream_is_whole(gateway, run_id, watching)


async def _both_make_assets(
    address: str, run_id: str, workers: list[subprocess.Popen[bytes]]
) -> None:
    """Wait until each has begun at least one activity of the run."""
    temporal = await connect({"target_host": address})
    pids = {str(worker.pid) for worker in workers}
    deadline = time.monotonic() + STAGE_SECONDS
    while not pids <= await _identities(temporal, run_id):
        assert time.monotonic() < deadline, "one of the two workers made nothing"
        await asyncio.sleep(POLL_SECONDS)


async def _identities(temporal: TemporalClient, run_id: str) -> set[str]:
    """The process ids of the workers that have begun something."""
    return {
        event.activity_task_started_event_attributes.identity.partition("@")[0]
        for history in await histories_of(temporal, run_id)
        for event in history.events
        if event.HasField("activity_task_started_event_attributes")
    }


def _reaches(gateway: httpx.Client, run_id: str, state: RunState) -> None:
    def is_there() -> bool:
        run = gateway.get(f"/api/runs/{run_id}").raise_for_status().json()
        assert run["state"] != RunState.FAILED, run["error"]
        return bool(run["state"] == state)

    wait_until(is_there, seconds=STAGE_SECONDS, what=f"{run_id} is in {state}")


def _film_is_whole(gateway: httpx.Client, run_id: str) -> None:
    """To its last frame, and the same bytes by Range."""
    path = f"/api/runs/{run_id}/artifacts/final_video.mp4"
    film = gateway.get(path, follow_redirects=True).raise_for_status().content
    with av.open(io.BytesIO(film), mode="r") as container:
        assert len(list(container.decode(video=0))) > 30
    part = gateway.get(path, headers={"Range": "bytes=1000-1999"}, follow_redirects=True)
    assert part.status_code == 206
    assert part.content == film[1000:2000]


def _stream_is_whole(gateway: httpx.Client, run_id: str, watching: Client) -> None:
    """For who watched all along, and for who comes when all is over."""
    told = durable(events(gateway, run_id))
    assert [event.seq for event in told] == list(range(len(told)))
    assert told[-1].type == "ended"
    assert told[-1].data["outcome"] == "completed"
    assert watching.lost(told[-1].seq) == watching.doubled == watching.resets == 0
