"""A run about the sea, as far as tests of records need one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.assets import ArtifactRef
from domain.events import Event, LogWritten
from domain.run import Outcome, RunSpec, RunState, RunStatus, SceneStatus
from storage.runs import RunRecords

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SPEC = RunSpec(prompt="why the sea is salty", seed=7)
FILM = ArtifactRef(sha256="f" * 64, bytes=5, media_type="video/mp4")


def logged(*numbers: int, message: str = "") -> list[Event]:
    return [
        LogWritten(seq=n, at=NOON, progress=0.5, message=message or f"number {n}") for n in numbers
    ]


def messages(records: RunRecords, run_id: str = "sea") -> list[tuple[str, int, str]]:
    found = []
    for stored in records.events(run_id):
        assert isinstance(stored.event, LogWritten)
        found.append((stored.execution_id, stored.event.seq, stored.event.message))
    return found


def ended(
    outcome: Outcome | None = Outcome.COMPLETED, *, run_id: str = "sea", **more: object
) -> RunStatus:
    status = RunStatus(
        run_id=run_id,
        state=RunState.END if outcome is Outcome.COMPLETED else RunState.FAILED,
        progress=1,
        detail="done",
        created_at=NOON,
        updated_at=NOON + timedelta(minutes=2),
        spec=SPEC,
        title="The salty sea",
        cost_usd=0.25,
        scenes=(
            SceneStatus(scene_id="scene_1", text="a", duration_ms=4000),
            SceneStatus(scene_id="scene_2", text="b", duration_ms=3500),
        ),
        artifacts={"final_video.mp4": FILM},
        outcome=outcome,
    )
    return status.model_copy(update=more)


def start_run(records: RunRecords, run_id: str = "sea", *, execution: str = "e1") -> None:
    records.claim(run_id, execution, execution, SPEC, created_at=NOON)
