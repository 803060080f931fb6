"""What a run leaves in its folder for people: `run.json` and `manifest.json`."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from domain.assets import ArtifactRef, Provenance
from domain.events import Event
from domain.model import Frozen
from domain.run import RunSpec, RunStatus


class RunRecord(Frozen):
    """`run.json`: how the run ended, and all that it said."""

    execution_id: str = Field(description="Temporal's run id: which execution wrote this")
    status: RunStatus
    events: tuple[Event, ...] = ()


class ManifestEntry(Frozen):
    """One artifact and what made it."""

    name: str = Field(description="image/scene_1, voice/scene_1_line_1, music, sound/rain, …")
    artifact: ArtifactRef
    provenance: Provenance
    cached: bool = Field(description="taken from the store, not made for this run")


class Manifest(Frozen):
    """`manifest.json`: what made each part of the film, and under which licence."""

    run_id: str
    created_at: datetime
    seed: int | None
    spec: RunSpec | None
    cost_usd: float
    lost_answers: int = Field(
        default=0, description="calls that may have been charged and whose answers are gone"
    )
    entries: tuple[ManifestEntry, ...]
