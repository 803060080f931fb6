"""What the API says of a run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote

from pydantic import Field

from domain.assets import ArtifactRef
from domain.events import PromptUnderstood, ProviderDegraded, QaJudged
from domain.model import Frozen
from domain.qa import Finding
from domain.run import Outcome, RunError, RunSpec, RunState, RunStatus, SceneStatus
from gateway.story import Story

MIN_ELAPSED_SECONDS = 2.0
MIN_PROGRESS = 0.15
VERSION_LENGTH = 8


class ArtifactView(Frozen):
    """A file of a run."""

    name: str
    media_type: str
    bytes: int
    sha256: str
    url: str
    ref: ArtifactRef = Field(exclude=True)


class ArtifactList(Frozen):
    """A run's files."""

    items: tuple[ArtifactView, ...]


class SceneView(Frozen):
    """A scene; picture and voices appear as they are made."""

    scene_id: str
    text: str
    duration_ms: int
    image: str | None = Field(description="URL")
    voices: tuple[str, ...] = Field(description="URLs")


class Links(Frozen):
    """Where to go from here."""

    self: str
    events: str
    cancel: str
    artifacts: str
    video: str | None = None
    thumbnail: str | None = None


class RunView(Frozen):
    """Everything about one run."""

    run_id: str
    state: RunState
    outcome: Outcome | None
    progress: float = Field(ge=0, le=1)
    detail: str
    created_at: datetime
    updated_at: datetime
    eta_seconds: int | None = Field(description="null where it cannot be said")
    title: str | None
    language: str | None
    qa_retries: int
    cost_usd: float = Field(description="spent so far, in US dollars, by the price table")
    seed: int | None = Field(description="given, or drawn: with it the same spec repeats the run")
    spec: RunSpec | None
    scenes: tuple[SceneView, ...]
    artifacts: tuple[ArtifactView, ...]
    understood: PromptUnderstood | None = Field(
        default=None, description="what the prompt was taken for, as the stream said it"
    )
    logs: tuple[str, ...]
    degraded: tuple[ProviderDegraded, ...] = Field(
        default=(), description="what was made in a lesser way, as the stream said it"
    )
    verdicts: tuple[QaJudged, ...] = Field(
        default=(), description="every verdict of QA, as the stream said it"
    )
    reopened: tuple[Finding, ...] = Field(
        default=(), description="what QA sent back and is not made anew yet"
    )
    error: RunError | None
    warnings: tuple[str, ...] = ()
    links: Links


class RunSummary(Frozen):
    """A run in the list."""

    run_id: str
    state: RunState
    outcome: Outcome | None
    created_at: datetime
    title: str | None
    duration_ms: int | None
    links: Links


class RunList(Frozen):
    """A page of runs, newest first."""

    items: tuple[RunSummary, ...]
    next: str | None = Field(description="pass as `cursor` for the next page")
    warnings: tuple[str, ...] = Field(default=(), description="what is not known just now")


class UploadView(Frozen):
    """A picture that was taken."""

    name: str = Field(description="what `reference_images` takes")
    url: str


class StatusView(Frozen):
    """All is well."""

    status: str


def run_url(run_id: str) -> str:
    return f"/api/runs/{quote(run_id, safe='')}"


def links_of(run_id: str, artifacts: Iterable[str]) -> Links:
    base = run_url(run_id)
    names = {name: f"{base}/artifacts/{quote(name)}" for name in artifacts}
    return Links(
        self=base,
        events=f"{base}/events",
        cancel=f"{base}/cancel",
        artifacts=f"{base}/artifacts",
        video=names.get("final_video.mp4"),
        thumbnail=names.get("thumbnail.jpg"),
    )


def view_of(
    status: RunStatus,
    story: Story,
    *,
    live_progress: float = 0.0,
    warnings: tuple[str, ...] = (),
) -> RunView:
    """The view of a run; `live_progress` is what heartbeats say beyond the workflow's own."""
    scenes = _made_scenes(status, story)
    base = f"{run_url(status.run_id)}/artifacts"
    progress = max(status.progress, live_progress)
    return RunView(
        run_id=status.run_id,
        state=status.state,
        outcome=status.outcome,
        progress=progress,
        detail=status.detail,
        created_at=status.created_at,
        updated_at=status.updated_at,
        eta_seconds=_eta(status, progress, begun=story.begun_at or status.created_at),
        title=status.title,
        language=status.language,
        qa_retries=status.qa_retries,
        cost_usd=status.cost_usd,
        seed=status.seed,
        spec=status.spec,
        scenes=tuple(_scene(scene, base) for scene in scenes),
        artifacts=tuple(
            ArtifactView(
                name=name,
                media_type=ref.media_type,
                bytes=ref.bytes,
                sha256=ref.sha256,
                url=f"{base}/{quote(name)}",
                ref=ref,
            )
            for name, ref in _files(status, scenes).items()
        ),
        understood=story.understood,
        logs=tuple(story.logs),
        degraded=story.degraded,
        verdicts=tuple(story.verdicts),
        reopened=() if status.outcome else story.reopened,
        error=status.error,
        warnings=warnings,
        links=links_of(status.run_id, status.artifacts),
    )


def _made_scenes(status: RunStatus, story: Story) -> tuple[SceneStatus, ...]:
    """The scenes with what the log says was made for them: the status of a run that went on in
    another execution knows only what came since."""
    told = {scene.scene_id: scene for scene in story.scenes}
    return tuple(
        _merged(scene, told.get(scene.scene_id)) for scene in status.scenes or told.values()
    )


def _merged(scene: SceneStatus, told: SceneStatus | None) -> SceneStatus:
    if told is None:
        return scene
    return scene.model_copy(
        update={
            "image": told.image or scene.image,
            "voices": told.voices or scene.voices,
            "duration_ms": told.duration_ms or scene.duration_ms,
        }
    )


def _files(status: RunStatus, scenes: tuple[SceneStatus, ...]) -> dict[str, ArtifactRef]:
    """Every file of a run by the name it is served under, pictures and voices included."""
    named = dict(status.artifacts)
    for scene in scenes:
        if scene.image:
            named[f"{scene.scene_id}{scene.image.ending}"] = scene.image
        for number, voice in enumerate(scene.voices, start=1):
            named[f"{scene.scene_id}_line_{number}{voice.ending}"] = voice
    return named


def _scene(scene: SceneStatus, base: str) -> SceneView:
    return SceneView(
        scene_id=scene.scene_id,
        text=scene.text,
        duration_ms=scene.duration_ms,
        image=_address(f"{base}/{scene.scene_id}", scene.image) if scene.image else None,
        voices=tuple(
            _address(f"{base}/{scene.scene_id}_line_{number}", voice)
            for number, voice in enumerate(scene.voices, start=1)
        ),
    )


def _eta(status: RunStatus, progress: float, *, begun: datetime) -> int | None:
    """By the pace up to the newest word of the run; none where there is no pace yet.

    It does not move while nothing is heard, so a view that has not changed keeps its ETag.
    Time spent waiting for a worker is no pace.
    """
    if status.state.is_terminal or progress < MIN_PROGRESS:
        return None
    heard = datetime.now(UTC) if progress > status.progress else status.updated_at
    elapsed = (heard - begun).total_seconds()
    if elapsed < MIN_ELAPSED_SECONDS:
        return None
    return max(1, round(elapsed / progress * (1 - progress)))


def _address(base: str, ref: ArtifactRef) -> str:
    """A QA retry makes a file anew under its old name: its content is part of the address."""
    return f"{base}{ref.ending}?v={ref.sha256[:VERSION_LENGTH]}"
