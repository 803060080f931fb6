"""A crew that costs nothing: keeps count of what it was asked, and does as it is told."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel
from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.assets import ArtifactRef, Asset, Provenance, WordTiming
from domain.plot import Plot, PlotRow
from domain.qa import Check, Finding, QaReport
from domain.record import Manifest, RunRecord
from domain.run import Providers
from workflows.activities import (
    ArchivistActivities,
    AssetResult,
    CloseRun,
    ComposerActivities,
    Deployment,
    DesignerActivities,
    DirectorActivities,
    Film,
    GenerateImage,
    GenerateMusic,
    GenerateSound,
    Inspection,
    InspectVideo,
    OpenRun,
    PlanFiles,
    PlannerActivities,
    PlotResult,
    QaActivities,
    RenderVideo,
    SavePlan,
    SynthesizeLine,
    VoiceActivities,
    WritePlot,
)

SCENES = 3


def artifact(name: str) -> ArtifactRef:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return ArtifactRef(
        uri=f"store/{name}", sha256=digest, bytes=len(name), media_type="application/test"
    )


def plot(*, scenes: int = SCENES, text: str = "The sea is salty.") -> Plot:
    ids = [f"scene_{number}" for number in range(1, scenes + 1)]
    return Plot(
        title="The sea",
        language="en",
        source="outline",
        rows=tuple(
            PlotRow(scene_id=i, char_id="char_1", char_name="Ann", text=f"{text} {i}") for i in ids
        ),
        visuals={i: f"the sea, {i}" for i in ids},
    )


def good() -> QaReport:
    return QaReport(checks=(Check(name="duration", passed=True, measured="1 s", expected="1 s"),))


def bad(*findings: Finding) -> QaReport:
    return QaReport(checks=good().checks, findings=findings)


class FakeCrew(
    ArchivistActivities,
    PlannerActivities,
    DesignerActivities,
    ComposerActivities,
    VoiceActivities,
    DirectorActivities,
    QaActivities,
):
    """Every agent at once. `made` counts real work by asset; the store is a dict."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.verdicts: list[QaReport] = []
        self.attempts: list[int] = []
        self.failures: dict[str, ApplicationError] = {}
        self.hold_in: str | None = None
        self.ends_well_though_cancelled = False
        self.held = asyncio.Event()
        self.problem: str | None = None
        self.plot_requests: list[WritePlot] = []
        self.records: list[RunRecord] = []
        self.manifests: list[Manifest] = []
        self._store: dict[str, Asset] = {}

    @property
    def activities(self) -> list[Callable[..., Any]]:
        return [
            self.open_run,
            self.close_run,
            self.write_plot,
            self.save_plan,
            self.generate_image,
            self.generate_music,
            self.generate_sound,
            self.synthesize_line,
            self.render_video,
            self.inspect_video,
        ]

    @activity.defn
    async def open_run(self, request: OpenRun) -> Deployment:
        self.records.append(request.record)
        names = Providers(planner="rules", images="painter", music="synth", voice="espeak")
        return Deployment(run_state_attribute=True, providers=names, problem=self.problem)

    @activity.defn
    async def close_run(self, request: CloseRun) -> None:
        await self._work("close_run")
        self.records.append(request.record)
        self.manifests.append(request.manifest)

    @activity.defn
    async def write_plot(self, request: WritePlot) -> PlotResult:
        await self._work("plot")
        self.plot_requests.append(request)
        asset = self._asset("plot")
        previous = request.request.previous
        if not previous:
            return PlotResult(plot=plot(), asset=asset, cached=False)
        named = {finding.scene_id for finding in request.request.findings}
        rows = tuple(
            row.model_copy(update={"text": "Said better."}) if row.scene_id in named else row
            for row in previous.rows
        )
        revised = previous.model_copy(update={"rows": rows})
        return PlotResult(plot=revised, asset=asset, cached=False)

    @activity.defn
    async def save_plan(self, request: SavePlan) -> PlanFiles:
        return PlanFiles(plot=artifact("plot.csv"), layout=artifact("layout.json"))

    @activity.defn
    async def generate_image(self, request: GenerateImage) -> AssetResult:
        return await self._asset_result(f"image/scene_{request.request.sequence}", request.request)

    @activity.defn
    async def generate_music(self, request: GenerateMusic) -> AssetResult:
        return await self._asset_result("music", request.request)

    @activity.defn
    async def generate_sound(self, request: GenerateSound) -> AssetResult:
        return await self._asset_result(f"sound/{request.request.tag}", request.request)

    @activity.defn
    async def synthesize_line(self, request: SynthesizeLine) -> AssetResult:
        return await self._asset_result(f"voice/{request.request.text}", request.request)

    @activity.defn
    async def render_video(self, request: RenderVideo) -> Film:
        await self._work("render")
        names = ("final_video.mp4", "captions.srt", "thumbnail.jpg")
        return Film(
            artifacts={name: artifact(name) for name in names},
            duration_ms=request.layout.timeline.total_duration_ms,
        )

    @activity.defn
    async def inspect_video(self, request: InspectVideo) -> Inspection:
        await self._work("qa")
        self.attempts.append(request.attempt)
        report = self.verdicts.pop(0) if self.verdicts else good()
        file = artifact(f"qa.json#{request.attempt}")
        return Inspection(checks=report.checks, findings=report.findings, file=file)

    async def _asset_result(self, name: str, request: BaseModel) -> AssetResult:
        key = f"{name} {request.model_dump_json()}"
        if key in self._store:
            return AssetResult(asset=self._store[key], cached=True)
        await self._work(name)
        self._store[key] = self._asset(name)
        return AssetResult(asset=self._store[key], cached=False)

    async def _work(self, name: str) -> None:
        if self.hold_in == name:
            self.held.set()
            await self._until_cancelled()
        if failure := self.failures.get(name):
            raise failure
        self.made[name] += 1

    async def _until_cancelled(self) -> None:
        try:
            while True:
                activity.heartbeat()
                await asyncio.sleep(0.05)
        except asyncio.CancelledError:
            if not self.ends_well_though_cancelled:
                raise

    def _asset(self, name: str) -> Asset:
        return Asset(
            artifact=artifact(f"{name}#{self.made[name]}"),
            provenance=Provenance(provider="fake", model="fake-1", licence="CC0-1.0"),
            duration_ms=2000,
            words=(WordTiming(text="word", start_ms=0, end_ms=2000),),
        )
