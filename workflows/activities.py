"""Typed declarations: every activity the workflow may ask for, by agent.

The implementations in `activities` subclass these, so the type checker sees both sides. Nothing
large is among their inputs and answers: the spec, the plot, the layout and the bill travel as
references. What is marked local runs in the worker that runs the workflow (docs/workflow.md).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime

from pydantic import Field
from temporalio import activity

from domain.assets import ArtifactRef
from domain.bill import BillItem
from domain.events import Event
from domain.ledger import Price
from domain.model import Frozen
from domain.plot import PlanFinding
from domain.qa import Finding
from domain.run import Outcome, Providers, RunError, RunSpec, RunState
from domain.understood import Understood

# A round of QA adds a few hundred events at most; the server itself suggests it at 4096.
LONG_HISTORY_EVENTS = 1000
# Findings that travel; `qa.json` has all of them.
MAX_FINDINGS = 60


class OpenRun(Frozen):
    """A run begins."""

    first_execution_id: str = Field(description="of the chain of executions that is this run")
    created_at: datetime
    spec: RunSpec | None = Field(description="null where the input was none")


class Deployment(Frozen):
    """What a run may count on where it runs, decided once."""

    run_state_attribute: bool = Field(description="whether `RunState` may be upserted")
    spec: ArtifactRef | None = Field(default=None, description="the spec, as it is kept")
    providers: Providers = Field(description="the provider that each role will use")
    embedded: Providers = Field(
        default=Providers(), description="the provider that replaces a failed one, where it may"
    )
    services: dict[str, str] = Field(
        default_factory=dict, description="role → the service that is asked; no entry: made here"
    )
    prices: dict[str, Price] = Field(
        default_factory=dict, description="role → US dollars per unit of its provider"
    )
    max_cost_usd: float | None = Field(default=None, description="what the run may spend")
    long_history_events: int = Field(
        default=LONG_HISTORY_EVENTS, description="so long, and a run goes on as new when it can"
    )
    understood: Understood | None = Field(
        default=None, description="what the prompt was taken for; null from an earlier version"
    )
    problem: str | None = Field(default=None, description="why the run cannot be made here")
    problem_type: str = "InvalidInput"

    def is_service(self, role: str) -> bool:
        """Whether a service is asked, one asset at a time."""
        return role in self.services


class KeepEvents(Frozen):
    """A piece of the run's log, for the records."""

    events: tuple[Event, ...]


class CloseRun(Frozen):
    """A run has ended, one way or another: all that its record lacks."""

    first_execution_id: str
    outcome: Outcome
    state: RunState
    error: RunError | None
    detail: str
    progress: float
    created_at: datetime
    updated_at: datetime
    seed: int | None
    qa_retries: int
    title: str | None
    language: str | None
    artifacts: dict[str, ArtifactRef]
    plot: ArtifactRef | None
    layout: ArtifactRef | None = Field(description="the last one, filled or not")
    bill: ArtifactRef | None
    events: tuple[Event, ...] = Field(description="the rest of the log; the records have the other")


class RunClosed(Frozen):
    """What the record says in the end."""

    cost_usd: float


class Terms(Frozen):
    """What a provider may charge."""

    price: Price = Field(default_factory=dict, description="US dollars per unit")
    limit_usd: float | None = Field(default=None, description="what the whole run may spend")


class WritePlot(Frozen):
    """Ask the planner."""

    spec: ArtifactRef
    seed: int
    revision: int = Field(default=0, ge=0)
    previous: ArtifactRef | None = Field(default=None, description="the plot to mend")
    findings: tuple[PlanFinding, ...] = ()
    provider: str
    terms: Terms = Terms()


class PlotWritten(Frozen):
    """The planner's answer."""

    plot: ArtifactRef
    source: str = Field(description="script, outline, llm or sourced")
    provider: str
    cached: bool
    degraded: str | None = Field(
        default=None, description="one sentence: why another planner than the chosen one wrote it"
    )
    spent_usd: float = Field(default=0.0, description="by the whole run so far")


class Arrange(Frozen):
    """A plot becomes a layout and its bill."""

    spec: ArtifactRef
    plot: ArtifactRef
    seed: int
    revisions: dict[str, int] = Field(description="by asset name; `plan` and `render` too")


class ScenePlan(Frozen):
    """What is told of a scene."""

    scene_id: str
    text: str = Field(description="what is said in it; of a long scene the beginning")
    duration_ms: int


class Plan(Frozen):
    """A layout by reference, and what the run must know of it."""

    layout: ArtifactRef
    bill: ArtifactRef
    plot_csv: ArtifactRef
    title: str
    language: str
    source: str
    duration_ms: int
    scenes: tuple[ScenePlan, ...]
    items: tuple[BillItem, ...]


class MakeAsset(Frozen):
    """Ask a service for one asset of the bill."""

    bill: ArtifactRef
    item: BillItem
    provider: str
    terms: Terms = Terms()


class MakeEmbedded(Frozen):
    """Make assets of the bill with the embedded providers."""

    bill: ArtifactRef
    items: tuple[BillItem, ...]
    providers: Providers
    instead: str | None = Field(
        default=None, description="one sentence: why the one that was asked did not make it"
    )


class AssetMade(Frozen):
    """A finished asset, and whether it had been there already."""

    name: str
    artifact: ArtifactRef
    provider: str
    cached: bool
    degraded: str | None = Field(default=None, description="what is missing or replaced, and why")


class AssetsMade(Frozen):
    """The answer of every activity that makes assets."""

    assets: tuple[AssetMade, ...]
    spent_usd: float = Field(default=0.0, description="by the whole run so far")


class Fill(Frozen):
    """Put the assets of the bill into the layout."""

    layout: ArtifactRef
    bill: ArtifactRef


class SceneLength(Frozen):
    """How long a scene is with its voices."""

    scene_id: str
    duration_ms: int


class Filled(Frozen):
    """The layout as it will be rendered."""

    layout: ArtifactRef
    duration_ms: int
    scenes: tuple[SceneLength, ...]
    degraded: dict[str, str] = Field(description="asset name → one sentence, of what is in it")


class RenderVideo(Frozen):
    """Ask the director for the film."""

    layout: ArtifactRef


class Film(Frozen):
    """The rendered film and what comes with it, by file name."""

    video: ArtifactRef
    beside: dict[str, ArtifactRef] = Field(description="captions, thumbnail, contact sheet")
    duration_ms: int
    warnings: tuple[str, ...] = ()


class InspectVideo(Frozen):
    """Ask QA for a verdict."""

    layout: ArtifactRef
    video: ArtifactRef
    attempt: int = Field(default=1, ge=1, description="1, and one more for each QA retry")
    before: ArtifactRef | None = Field(default=None, description="verdicts on earlier attempts")


class Inspection(Frozen):
    """QA's verdict; every check is in the file."""

    passed: bool
    findings: tuple[Finding, ...] = Field(default=(), max_length=MAX_FINDINGS)
    file: ArtifactRef = Field(description="`qa.json`")


class ArchivistActivities(ABC):
    """Opens and closes the run's record; all but the closing is local."""

    @activity.defn
    @abstractmethod
    async def open_run(self, request: OpenRun) -> Deployment: ...

    @activity.defn
    @abstractmethod
    async def keep_events(self, request: KeepEvents) -> None: ...

    @activity.defn
    @abstractmethod
    async def stop_run(self) -> None:
        """After a failure for good: calls under way finish, no other is begun."""

    @activity.defn
    @abstractmethod
    async def close_run(self, request: CloseRun) -> RunClosed: ...


class PlannerActivities(ABC):
    """Writes the plot."""

    @activity.defn
    @abstractmethod
    async def write_plot(self, request: WritePlot) -> PlotWritten: ...


class LayoutActivities(ABC):
    """Decides what is seen and said when; all of it local."""

    @activity.defn
    @abstractmethod
    async def arrange(self, request: Arrange) -> Plan: ...

    @activity.defn
    @abstractmethod
    async def fill(self, request: Fill) -> Filled: ...


class DesignerActivities(ABC):
    """Has a service draw one picture."""

    @activity.defn
    @abstractmethod
    async def generate_image(self, request: MakeAsset) -> AssetsMade: ...


class ComposerActivities(ABC):
    """Has a service compose the music."""

    @activity.defn
    @abstractmethod
    async def generate_music(self, request: MakeAsset) -> AssetsMade: ...


class VoiceActivities(ABC):
    """Has a service speak one line."""

    @activity.defn
    @abstractmethod
    async def synthesize_line(self, request: MakeAsset) -> AssetsMade: ...


class EmbeddedActivities(ABC):
    """Makes with the embedded providers what belongs together; what was made is never lost."""

    @activity.defn
    @abstractmethod
    async def make_assets(self, request: MakeEmbedded) -> AssetsMade:
        """The pictures and lines of a few scenes, the music, the sound effects."""


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
