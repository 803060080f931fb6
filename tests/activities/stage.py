"""Whole runs on a real server and a real storage, with small providers and no real film."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.client import Client, WorkflowHandle

from activities.archive import Archivist
from activities.crew import Crew
from activities.layout import Arranger
from activities.plan import PlanWriter
from domain.assets import ArtifactRef
from domain.layout import Layout
from domain.offers import Offer
from domain.queues import Queues
from domain.run import WORKFLOW_TYPE, Providers, RunResult
from providers.registry import ProviderRegistry
from storage.storage import Storage
from tests.activities.shop import CENTS, SERVICE
from worker.polling import QUICK, new_worker, polling
from workflows.activities import (
    DirectorActivities,
    Film,
    Inspection,
    InspectVideo,
    QaActivities,
    RenderVideo,
)

RPC_TIMEOUT = timedelta(seconds=10)
EMBEDDED = Providers(planner="author", images="sketcher", music="player", voice="speaker")
PROMPT = {"prompt": "why the sea is salty", "seed": 7}


class Screen(DirectorActivities, QaActivities):
    """Reads every file that a film is made of, and finds it good, or not as it is told to."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.rendered: list[ArtifactRef] = []
        self.inspected: list[ArtifactRef] = []
        self.verdicts: list[Callable[[ArtifactRef], Inspection]] = []
        self.held = asyncio.Event()
        self.let_go = asyncio.Event()
        self.let_go.set()

    @activity.defn
    async def render_video(self, request: RenderVideo) -> Film:
        self.rendered.append(request.layout)
        layout = self.layout(request.layout)
        data = b"".join(self._storage.blobs.get(ref) for ref in files_of(layout))
        self.held.set()
        await self.let_go.wait()
        return Film(
            video=self._storage.blobs.put(data, "video/mp4"),
            beside={},
            duration_ms=layout.timeline.total_duration_ms,
        )

    @activity.defn
    async def inspect_video(self, request: InspectVideo) -> Inspection:
        self.inspected.append(request.layout)
        file = self._storage.blobs.put(b"{}", "application/json")
        if self.verdicts:
            return self.verdicts.pop(0)(file)
        return Inspection(passed=True, file=file)

    def layout(self, ref: ArtifactRef) -> Layout:
        return Layout.model_validate_json(self._storage.blobs.get(ref))


@dataclass
class Deployment:
    """One storage, and workers that may be replaced while a run is under way."""

    client: Client
    storage: Storage
    registry: ProviderRegistry
    sells: tuple[str, ...] = ("images",)
    prices: dict[str, float] = field(default_factory=lambda: dict(CENTS))
    queue: str = field(default_factory=lambda: f"queue_{uuid.uuid4().hex[:12]}")

    def __post_init__(self) -> None:
        self.screen = Screen(self.storage)

    @asynccontextmanager
    async def at_work(self, *, drain: timedelta = QUICK) -> AsyncIterator[None]:
        """A worker of every queue, until the block ends."""
        names = Queues(self.queue)
        async with polling(
            new_worker(
                self.client,
                name,
                self._activities(),
                slots=20,
                grace=drain,
                runs_workflows=name == names.runs,
            )
            for name in (
                *(names.runs, names.assets, names.render, names.qa),
                names.service(SERVICE),
            )
        ):
            yield

    async def start(self, run_id: str = "", **spec: Any) -> WorkflowHandle[Any, RunResult]:
        return await self.client.start_workflow(
            WORKFLOW_TYPE,
            args=[PROMPT | spec],
            id=run_id or f"test_{uuid.uuid4().hex[:12]}",
            task_queue=self.queue,
            result_type=RunResult,
            rpc_timeout=RPC_TIMEOUT,
        )

    def _offers(self) -> tuple[Offer, ...]:
        return tuple(
            Offer(role=role, name="shop", service=SERVICE, price=self.prices, why="it is there")
            if role in self.sells
            else Offer(role=role, name=name, why="it needs no key")
            for role, name in EMBEDDED.model_dump().items()
        )

    def _activities(self) -> list[Any]:
        storage = self.storage
        archivist = Archivist(storage, self.registry, offers=self._offers, run_state_attribute=True)
        arranger, crew = Arranger(storage), Crew(self.registry, storage)
        return [
            archivist.open_run,
            archivist.keep_events,
            archivist.stop_run,
            archivist.close_run,
            arranger.arrange,
            arranger.fill,
            PlanWriter(self.registry.planner, storage).write_plot,
            crew.generate_image,
            crew.synthesize_line,
            crew.generate_music,
            crew.make_assets,
            self.screen.render_video,
            self.screen.inspect_video,
        ]


def files_of(layout: Layout) -> Iterator[ArtifactRef]:
    """Every file in a layout."""
    for scene in layout.scenes:
        named = [slot.image for slot in scene.images]
        named += [line.audio for line in scene.dialogue] + [sound.audio for sound in scene.sfx]
        yield from (ref for ref in named if ref is not None)
    if layout.global_bgm and layout.global_bgm.audio:
        yield layout.global_bgm.audio
