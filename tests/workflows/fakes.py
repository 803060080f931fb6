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

from domain.arrangement import build_layout, with_assets
from domain.assets import ArtifactRef, Provenance, SoundAsset, WordTiming
from domain.bill import Bill, BillItem, bill_of
from domain.events import Event
from domain.failure import Category, Failure
from domain.layout import Layout
from domain.plot import Plot, PlotRow
from domain.qa import Finding
from domain.run import Providers, RunSpec
from workflows.activities import (
    LONG_HISTORY_EVENTS,
    ArchivistActivities,
    Arrange,
    AssetMade,
    AssetsMade,
    CloseRun,
    ComposerActivities,
    Deployment,
    DesignerActivities,
    DirectorActivities,
    EmbeddedActivities,
    Fill,
    Filled,
    Film,
    Inspection,
    InspectVideo,
    KeepEvents,
    LayoutActivities,
    MakeAsset,
    MakeEmbedded,
    OpenRun,
    Plan,
    PlannerActivities,
    PlotWritten,
    QaActivities,
    RenderVideo,
    RunClosed,
    SceneLength,
    ScenePlan,
    VoiceActivities,
    WritePlot,
)

SCENES = 3
EMBEDDED = Providers(planner="rules", images="painter", music="synth", voice="espeak")
VOICE_MS = 2000


def artifact(name: str) -> ArtifactRef:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return ArtifactRef(sha256=digest, bytes=len(name), media_type="application/test")


def refused(message: str = "refused", kind: str = "ContentRejected") -> ApplicationError:
    """What a provider that will not leaves behind."""
    failure = Failure(category=Category.PROVIDER)
    return ApplicationError(message, failure, type=kind, non_retryable=True)


def plot(*, scenes: int = SCENES, lines: int = 1, text: str = "The sea is salty.") -> Plot:
    ids = [f"scene_{number}" for number in range(1, scenes + 1)]
    return Plot(
        title="The sea",
        language="en",
        source="outline",
        rows=tuple(
            PlotRow(scene_id=i, char_id="char_1", char_name="Ann", text=f"{text} {i}")
            for i in ids
            for _ in range(lines)
        ),
        visuals={i: f"the sea, {i}" for i in ids},
    )


def good() -> Inspection:
    return Inspection(passed=True, file=artifact("qa.json"))


def bad(*findings: Finding) -> Inspection:
    return Inspection(passed=False, findings=findings, file=artifact("qa.json"))


class FakeCrew(
    ArchivistActivities,
    PlannerActivities,
    LayoutActivities,
    DesignerActivities,
    ComposerActivities,
    VoiceActivities,
    EmbeddedActivities,
    DirectorActivities,
    QaActivities,
):
    """Every agent at once. `made` counts real work by asset; documents are kept in a dict.

    `services`: role → service, for what is to be asked one by one. `hold_in` names the work that
    waits until it is cancelled, or until `let_go` is set.
    """

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.plot = plot()
        self.verdicts: list[Inspection] = []
        self.attempts: list[int] = []
        self.failures: dict[str, ApplicationError] = {}
        self.failed = asyncio.Semaphore(0)
        self.hold_in: str | None = None
        self.ends_well_though_cancelled = False
        self.held = asyncio.Event()
        self.let_go = asyncio.Event()
        self.problem: str | None = None
        self.long_history_events = LONG_HISTORY_EVENTS
        self.services: dict[str, str] = {}
        self.lengths_ms: dict[str, Any] = {}
        self.plot_requests: list[WritePlot] = []
        self.opened: list[OpenRun] = []
        self.closed: list[CloseRun] = []
        self.kept: list[Event] = []
        self.stopped = 0
        self._documents: dict[str, BaseModel] = {}
        self._assets: dict[tuple[str, str, str], AssetMade] = {}

    @property
    def activities(self) -> list[Callable[..., Any]]:
        return [
            self.open_run,
            self.keep_events,
            self.stop_run,
            self.close_run,
            self.write_plot,
            self.arrange,
            self.fill,
            self.generate_image,
            self.generate_music,
            self.synthesize_line,
            self.make_assets,
            self.render_video,
            self.inspect_video,
        ]

    @activity.defn
    async def open_run(self, request: OpenRun) -> Deployment:
        self.opened.append(request)
        return Deployment(
            run_state_attribute=True,
            spec=self._keep(request.spec) if request.spec else None,
            providers=EMBEDDED,
            embedded=EMBEDDED,
            services=self.services,
            long_history_events=self.long_history_events,
            problem=self.problem,
        )

    @activity.defn
    async def keep_events(self, request: KeepEvents) -> None:
        self.kept += request.events

    @activity.defn
    async def stop_run(self) -> None:
        self.stopped += 1

    @activity.defn
    async def close_run(self, request: CloseRun) -> RunClosed:
        await self._work("close_run")
        self.kept += request.events
        self.closed.append(request)
        return RunClosed(cost_usd=0.0)

    @activity.defn
    async def write_plot(self, request: WritePlot) -> PlotWritten:
        await self._work("plot")
        self.plot_requests.append(request)
        written = self.plot
        if request.previous:
            previous = self._documents[request.previous.sha256]
            assert isinstance(previous, Plot)
            named = {finding.scene_id for finding in request.findings}
            rows = tuple(
                row.model_copy(update={"text": "Said better."}) if row.scene_id in named else row
                for row in previous.rows
            )
            written = previous.model_copy(update={"rows": rows})
        return PlotWritten(
            plot=self._keep(written), source=written.source, provider="rules", cached=False
        )

    @activity.defn
    async def arrange(self, request: Arrange) -> Plan:
        spec, written = self._read(request.spec, RunSpec), self._read(request.plot, Plot)
        run_id = activity.info().workflow_id or ""
        layout = build_layout(run_id, spec, written, seed=request.seed, revisions=request.revisions)
        bill = bill_of(layout, spec)
        items = tuple(
            i.model_copy(update={"made": (run_id, i.name, i.digest) in self._assets})
            for i in bill.items()
        )
        return Plan(
            layout=self._keep(layout),
            bill=self._keep(bill),
            plot_csv=artifact("plot.csv"),
            title=layout.title,
            language=layout.metadata.language,
            source=layout.metadata.source,
            duration_ms=layout.timeline.total_duration_ms,
            scenes=tuple(
                ScenePlan(scene_id=s.scene_id, text=s.text, duration_ms=s.duration_ms)
                for s in layout.scenes
            ),
            items=items,
        )

    @activity.defn
    async def fill(self, request: Fill) -> Filled:
        layout, bill = self._read(request.layout, Layout), self._read(request.bill, Bill)
        run_id = activity.info().workflow_id or ""
        made = {i.name: self._assets[run_id, i.name, i.digest] for i in bill.items()}
        filled = with_assets(
            layout,
            images=_artifacts("image", made),
            voices={name: self._voice(ref) for name, ref in _artifacts("voice", made).items()},
            music=made["music"].artifact,
            sounds=_artifacts("sound", made),
        )
        return Filled(
            layout=self._keep(filled),
            duration_ms=filled.timeline.total_duration_ms,
            scenes=tuple(
                SceneLength(scene_id=s.scene_id, duration_ms=s.duration_ms) for s in filled.scenes
            ),
            degraded={name: m.degraded for name, m in made.items() if m.degraded},
        )

    @activity.defn
    async def generate_image(self, request: MakeAsset) -> AssetsMade:
        return await self._single(request)

    @activity.defn
    async def generate_music(self, request: MakeAsset) -> AssetsMade:
        return await self._single(request)

    @activity.defn
    async def synthesize_line(self, request: MakeAsset) -> AssetsMade:
        return await self._single(request)

    @activity.defn
    async def make_assets(self, request: MakeEmbedded) -> AssetsMade:
        return await self._several(request)

    @activity.defn
    async def render_video(self, request: RenderVideo) -> Film:
        await self._work("render")
        beside = {name: artifact(name) for name in ("captions.srt", "thumbnail.jpg")}
        layout = self._read(request.layout, Layout)
        return Film(
            video=artifact("final_video.mp4"),
            beside=beside,
            duration_ms=layout.timeline.total_duration_ms,
        )

    @activity.defn
    async def inspect_video(self, request: InspectVideo) -> Inspection:
        await self._work("qa")
        self.attempts.append(request.attempt)
        verdict = self.verdicts.pop(0) if self.verdicts else good()
        return verdict.model_copy(update={"file": artifact(f"qa.json#{request.attempt}")})

    # How

    async def _single(self, request: MakeAsset) -> AssetsMade:
        made = await self._asset_made(request.item, request.provider)
        return AssetsMade(assets=(made,))

    async def _several(self, request: MakeEmbedded) -> AssetsMade:
        asked = (
            self._asset_made(item, "embedded", degraded=request.instead) for item in request.items
        )
        results = await asyncio.gather(*asked, return_exceptions=True)
        if failure := next((r for r in results if isinstance(r, BaseException)), None):
            raise failure
        return AssetsMade(assets=tuple(r for r in results if isinstance(r, AssetMade)))

    async def _asset_made(
        self, item: BillItem, provider: str, *, degraded: str | None = None
    ) -> AssetMade:
        key = (activity.info().workflow_id or "", item.name, item.digest)
        if key not in self._assets:
            # What failed at a service is well made here.
            await self._work(item.name if degraded is None else f"instead/{item.name}")
            self._assets[key] = AssetMade(
                name=item.name,
                artifact=artifact(f"{item.name}#{self.made[item.name]}"),
                provider=provider,
                cached=False,
                degraded=degraded,
            )
        return self._assets[key]

    async def _work(self, name: str) -> None:
        if self.hold_in == name:
            self.held.set()
            await self._until_cancelled()
        if failure := self.failures.get(name):
            self.failed.release()
            raise failure
        self.made[name] += 1

    async def _until_cancelled(self) -> None:
        try:
            while not self.let_go.is_set():
                if not activity.info().is_local:
                    activity.heartbeat()
                await asyncio.sleep(0.05)
        except asyncio.CancelledError:
            if not self.ends_well_though_cancelled:
                raise

    def _voice(self, ref: ArtifactRef) -> SoundAsset:
        return SoundAsset.model_construct(
            artifact=ref,
            provenance=Provenance(provider="fake", model="fake-1", licence="CC0-1.0"),
            duration_ms=self.lengths_ms.get("voice", VOICE_MS),
            words=(WordTiming(text="word", start_ms=0, end_ms=VOICE_MS),),
        )

    def _keep(self, document: BaseModel) -> ArtifactRef:
        ref = artifact(document.model_dump_json())
        self._documents[ref.sha256] = document
        return ref

    def _read(self, ref: ArtifactRef, kind: type[Any]) -> Any:
        document = self._documents[ref.sha256]
        assert isinstance(document, kind)
        return document


def _artifacts(kind: str, made: dict[str, AssetMade]) -> dict[str, ArtifactRef]:
    return {
        name.removeprefix(f"{kind}/"): m.artifact
        for name, m in made.items()
        if name.startswith(f"{kind}/")
    }
