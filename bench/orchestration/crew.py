"""A worker in a process of its own whose crew makes nothing: `python -m bench.orchestration.crew`.

What is left is what orchestration costs: layouts are arranged and filled by the real arranger.
Records and blobs are kept in memory, or by the real archivist on disk. The one argument is an
`Act` as JSON.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from activities.layout import Arranger
from bench.orchestration.memory import Memory
from cli.exit import exit_now
from cli.loop import event_loop
from domain.assets import ArtifactRef, Asset, Made, Provenance, WordTiming
from domain.plot import Plot, PlotRow
from domain.qa import Finding, Redo
from domain.queues import Queues
from domain.run import Providers
from storage.settings import StorageSettings
from storage.storage import Storage
from worker.bootstrap import Workbench
from worker.polling import new_worker, polling, settle
from worker.queues import ALL
from worker.search_attributes import register_run_state
from worker.settings import WorkerSettings
from workflows.activities import (
    ArchivistActivities,
    AssetMade,
    AssetsMade,
    CloseRun,
    Deployment,
    DirectorActivities,
    EmbeddedActivities,
    Film,
    Inspection,
    InspectVideo,
    KeepEvents,
    MakeEmbedded,
    OpenRun,
    PlannerActivities,
    PlotWritten,
    QaActivities,
    RenderVideo,
    RunClosed,
    WritePlot,
)
from workflows.client import configured_server, connect

READY = "polls"
EMBEDDED = Providers(planner="rules", images="painter", music="synth", voice="espeak")


class Act(BaseModel):
    """What the crew pretends to make, and how long it takes over a film."""

    model_config = ConfigDict(frozen=True)

    scenes: int = 5
    lines: int = 1
    words: str = "Waves break on the shore."
    qa_retries: int = 0
    render_seconds: float = 0.0
    slots: int = 6
    on_disk: bool = False


class IdleArchivist(ArchivistActivities):
    """Opens and closes nothing."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @activity.defn
    async def open_run(self, request: OpenRun) -> Deployment:
        spec = request.spec.model_dump_json().encode() if request.spec else b"{}"
        kept = self._storage.blobs.put(spec, "application/json")
        return Deployment(run_state_attribute=True, spec=kept, providers=EMBEDDED)

    @activity.defn
    async def keep_events(self, request: KeepEvents) -> None:
        """They are not read again."""

    @activity.defn
    async def stop_run(self) -> None:
        """No run fails here."""

    @activity.defn
    async def close_run(self, request: CloseRun) -> RunClosed:
        return RunClosed(cost_usd=0.0)


class IdleCrew(PlannerActivities, EmbeddedActivities, DirectorActivities, QaActivities):
    """Everything is made at once, but for the films."""

    def __init__(self, act: Act, storage: Storage) -> None:
        self._act = act
        self._storage = storage
        self._file = storage.blobs.put(b"what would be a file", "application/octet-stream")

    @activity.defn
    async def write_plot(self, request: WritePlot) -> PlotWritten:
        data = _plot(self._act).model_dump_json().encode()
        plot = await self._storage.call(self._storage.blobs.put, data, "application/json")
        return PlotWritten(plot=plot, source="script", provider="rules", cached=False)

    @activity.defn
    async def make_assets(self, request: MakeEmbedded) -> AssetsMade:
        return await self._made(request)

    @activity.defn
    async def render_video(self, request: RenderVideo) -> Film:
        await asyncio.sleep(self._act.render_seconds)
        names = ("captions.srt", "thumbnail.jpg", "contact_sheet.jpg")
        beside = dict.fromkeys(names, self._file)
        return Film(video=self._file, beside=beside, duration_ms=1000)

    @activity.defn
    async def inspect_video(self, request: InspectVideo) -> Inspection:
        again = Finding(check="picture", message="blurred", redo=Redo.IMAGE, scene_id="scene_2")
        passed = request.attempt > self._act.qa_retries
        return Inspection(passed=passed, findings=() if passed else (again,), file=self._file)

    async def _made(self, request: MakeEmbedded) -> AssetsMade:
        run_id = activity.info().workflow_id or ""
        for item in request.items:
            made = Made(
                name=item.name,
                digest=item.digest,
                kind=item.kind,
                key=f"{item.name} {item.digest}",
                asset=_asset(self._file, heard=item.kind != "image"),
                cached=False,
            )
            await self._storage.call(self._storage.assets.keep_made, run_id, made)
        return AssetsMade(
            assets=tuple(
                AssetMade(name=item.name, artifact=self._file, provider="idle", cached=False)
                for item in request.items
            )
        )


def _asset(file: ArtifactRef, *, heard: bool) -> Asset:
    words = (WordTiming(text="word", start_ms=0, end_ms=2000),)
    return Asset(
        artifact=file,
        provenance=Provenance(provider="idle", model="idle-1", licence="CC0-1.0"),
        duration_ms=2000 if heard else None,
        words=words if heard else (),
    )


def _plot(act: Act) -> Plot:
    ids = [f"scene_{number}" for number in range(1, act.scenes + 1)]
    rows = [
        PlotRow(scene_id=scene, char_id="char_1", char_name="Ann", text=f"{act.words} {scene} {n}")
        for scene in ids
        for n in range(act.lines)
    ]
    visuals = {scene: f"the sea, {scene}" for scene in ids}
    return Plot(title="The sea", language="en", source="script", rows=tuple(rows), visuals=visuals)


def _workers(client: Client, act: Act, storage: Storage, light: list[Any]) -> list[Worker]:
    """As production makes them, each with the idle part of its crew."""
    crew, names = IdleCrew(act, storage), Queues()
    makes: list[Callable[..., Any]] = [crew.write_plot, crew.make_assets]
    return [
        new_worker(
            client, names.runs, [*light, crew.write_plot], slots=act.slots, runs_workflows=True
        ),
        new_worker(client, names.assets, makes, slots=act.slots),
        new_worker(client, names.render, [crew.render_video], slots=1),
        new_worker(client, names.qa, [crew.inspect_video], slots=1),
    ]


def _light_work(act: Act) -> tuple[Storage, list[Any]]:
    """Where everything is kept, and the activities that keep it."""
    if act.on_disk:
        storage = Storage.open(StorageSettings())
        settings = WorkerSettings(**EMBEDDED.model_dump())
        bench = Workbench(settings, storage, ALL, run_state_attribute=True)
        return storage, [work for work in bench.light_work() if work.__name__ != "write_plot"]
    storage = Memory.as_storage()
    archivist, arranger = IdleArchivist(storage), Arranger(storage)
    return storage, [
        archivist.open_run,
        archivist.keep_events,
        archivist.stop_run,
        archivist.close_run,
        arranger.arrange,
        arranger.fill,
    ]


async def main(act: Act) -> None:
    """Work until killed."""
    logging.getLogger("temporalio").setLevel(logging.CRITICAL)
    config: Any = configured_server()
    client = await connect(config)
    await register_run_state(client)
    storage, light = await asyncio.to_thread(_light_work, act)
    async with polling(_workers(client, act, storage, light)):
        settle()
        print(READY, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=event_loop) as runner:
        runner.run(main(Act.model_validate_json(sys.argv[1])))
    exit_now(0)
