"""What a run takes along when it continues as new: a few hundred bytes, and references."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from domain.assets import ArtifactRef
from domain.model import Frozen
from domain.qa import Finding
from workflows.activities import Deployment, PlotWritten


class Told(Frozen):
    """Where the journal stands."""

    next_seq: int = Field(description="of the log; what is older is in the records")
    progress: float
    created_at: datetime
    qa_retries: int
    spent_usd: float
    reports: int
    title: str | None
    language: str | None
    artifacts: dict[str, ArtifactRef]


class Carried(Frozen):
    """All of it."""

    seed: int
    deployment: Deployment
    plot: PlotWritten
    revisions: dict[str, int]
    findings: tuple[Finding, ...]
    told: Told
