"""Typed declarations: every activity the workflow may ask for, by agent.

The implementations in `activities` subclass these, so the type checker sees both sides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from pydantic import Field
from temporalio import activity

from domain.assets import (
    ArtifactRef,
    Asset,
    ImageRequest,
    MusicRequest,
    SoundRequest,
    SpeechRequest,
)
from domain.layout import Layout
from domain.ledger import LedgerEntry, Price
from domain.model import Frozen
from domain.plot import Plot, PlotRequest
from domain.qa import QaReport
from domain.record import Manifest, RunRecord
from domain.run import Providers, RunSpec


class OpenRun(Frozen):
    """A run begins."""

    record: RunRecord
    spec: RunSpec | None


class Deployment(Frozen):
    """What a run may count on where it runs."""

    run_state_attribute: bool = Field(description="whether `RunState` may be upserted")
    providers: Providers = Field(description="the provider that each role will use")
    embedded: Providers = Field(
        default=Providers(), description="the provider that replaces a failed one, where it may"
    )
    prices: dict[str, Price] = Field(
        default_factory=dict, description="role → US dollars per unit of its provider"
    )
    max_cost_usd: float | None = Field(default=None, description="what a run may spend here")
    problem: str | None = Field(default=None, description="why the run cannot be made here")
    problem_type: str = "InvalidInput"


class CloseRun(Frozen):
    """A run has ended, one way or another."""

    record: RunRecord
    manifest: Manifest


class Terms(Frozen):
    """What a provider may charge for one asset."""

    asset: str = Field(description="the asset's name in the run's ledger")
    price: Price = Field(default_factory=dict, description="US dollars per unit")
    may_spend_usd: float | None = Field(default=None, description="null where there is no limit")


class WritePlot(Frozen):
    """Ask the planner."""

    provider: str
    terms: Terms | None = None
    request: PlotRequest


class PlotResult(Frozen):
    """The planner's answer."""

    plot: Plot
    asset: Asset
    cached: bool
    calls: tuple[LedgerEntry, ...] = ()


class SavePlan(Frozen):
    """Keep the plot and the layout in the run's folder."""

    run_id: str
    plot: Plot
    layout: Layout


class PlanFiles(Frozen):
    """Where they are kept."""

    plot: ArtifactRef
    layout: ArtifactRef


class GenerateImage(Frozen):
    """Ask the designer for one picture."""

    provider: str
    terms: Terms | None = None
    request: ImageRequest


class GenerateMusic(Frozen):
    """Ask the composer for the music."""

    provider: str
    terms: Terms | None = None
    request: MusicRequest


class GenerateSound(Frozen):
    """Ask the composer for one sound effect."""

    provider: str
    terms: Terms | None = None
    request: SoundRequest


class SynthesizeLine(Frozen):
    """Ask the voice for one line."""

    provider: str
    terms: Terms | None = None
    request: SpeechRequest


class AssetResult(Frozen):
    """A finished asset, and whether it had been there already."""

    asset: Asset
    cached: bool
    calls: tuple[LedgerEntry, ...] = ()


class RenderVideo(Frozen):
    """Ask the director for the film."""

    run_id: str
    layout: Layout


class Film(Frozen):
    """The rendered film and what comes with it, by file name."""

    artifacts: dict[str, ArtifactRef]
    duration_ms: int
    warnings: tuple[str, ...] = ()


class InspectVideo(Frozen):
    """Ask QA for a verdict."""

    layout: Layout
    video: ArtifactRef
    attempt: int = Field(default=1, ge=1, description="1, and one more for each QA retry")


class Inspection(QaReport):
    """QA's verdict, and where it is kept."""

    file: ArtifactRef | None = Field(default=None, description="`qa.json`")


class ArchivistActivities(ABC):
    """Opens and closes the run's folder."""

    @activity.defn
    @abstractmethod
    async def open_run(self, request: OpenRun) -> Deployment: ...

    @activity.defn
    @abstractmethod
    async def close_run(self, request: CloseRun) -> None: ...


class PlannerActivities(ABC):
    """Writes the plot."""

    @activity.defn
    @abstractmethod
    async def write_plot(self, request: WritePlot) -> PlotResult: ...

    @activity.defn
    @abstractmethod
    async def save_plan(self, request: SavePlan) -> PlanFiles: ...


class DesignerActivities(ABC):
    """Makes the pictures."""

    @activity.defn
    @abstractmethod
    async def generate_image(self, request: GenerateImage) -> AssetResult: ...


class ComposerActivities(ABC):
    """Makes the music and the sound effects."""

    @activity.defn
    @abstractmethod
    async def generate_music(self, request: GenerateMusic) -> AssetResult: ...

    @activity.defn
    @abstractmethod
    async def generate_sound(self, request: GenerateSound) -> AssetResult: ...


class VoiceActivities(ABC):
    """Speaks the lines."""

    @activity.defn
    @abstractmethod
    async def synthesize_line(self, request: SynthesizeLine) -> AssetResult: ...


class DirectorActivities(ABC):
    """Composes the film."""

    @activity.defn
    @abstractmethod
    async def render_video(self, request: RenderVideo) -> Film: ...


class QaActivities(ABC):
    """Judges the film."""

    @activity.defn
    @abstractmethod
    async def inspect_video(self, request: InspectVideo) -> Inspection: ...
