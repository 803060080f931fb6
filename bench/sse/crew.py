"""A worker whose crew only waits, and notes when each asset was finished.

`python -m bench.sse.crew FILE`: a line `<run id> <sha256> <monotonic ns>` for each asset.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from typing import IO

from temporalio import activity

from cli.exit import exit_now
from domain.assets import ArtifactRef
from domain.bill import BillItem
from domain.queues import Queues
from tests.workflows.fakes import FakeCrew
from worker.polling import new_worker, polling
from worker.search_attributes import register_run_state
from workflows.activities import AssetMade, Film, RenderVideo
from workflows.client import configured_server, connect

WORK_SECONDS = (0.3, 2.0)
READY = "polls"
MAX_ACTIVITIES = 200


class WaitingCrew(FakeCrew):
    """Every activity takes a while and makes nothing."""

    def __init__(self, notes: IO[str]) -> None:
        super().__init__()
        self._notes = notes

    async def _work(self, name: str) -> None:
        await asyncio.sleep(random.uniform(*WORK_SECONDS))
        await super()._work(name)

    async def _asset_made(
        self, item: BillItem, provider: str, *, degraded: str | None = None
    ) -> AssetMade:
        made = await super()._asset_made(item, provider, degraded=degraded)
        self._note(made.artifact)
        return made

    @activity.defn
    async def render_video(self, request: RenderVideo) -> Film:
        film = await super().render_video(request)
        for made in (film.video, *film.beside.values()):
            self._note(made)
        return film

    def _note(self, made: ArtifactRef) -> None:
        run_id = activity.info().workflow_id
        self._notes.write(f"{run_id} {made.sha256} {time.monotonic_ns()}\n")
        self._notes.flush()


async def main(notes: IO[str]) -> None:
    """Work until killed."""
    config = configured_server()
    assert config, "set TEMPORAL_ADDRESS"
    client = await connect(config)
    await register_run_state(client)
    crew = WaitingCrew(notes)
    names = Queues()
    async with polling(
        new_worker(
            client, name, crew.activities, slots=MAX_ACTIVITIES, runs_workflows=name == names.runs
        )
        for name in (names.runs, names.assets, names.render, names.qa)
    ):
        print(READY, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with open(sys.argv[1], "a") as file:
        asyncio.run(main(file))
    exit_now(0)
