"""What a run has told, folded: only what is in the film as it is now."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.assets import ArtifactRef
from domain.events import EVENT
from domain.run import RunState, RunStatus, SceneStatus
from gateway.story import MAX_LOGS, Story
from gateway.views import view_of

NOW = datetime(2026, 11, 27, tzinfo=UTC)
Tell = Callable[..., None]


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def tell(story: Story) -> Tell:
    count = itertools.count()

    def told(kind: str, /, **fields: Any) -> None:
        event = {"type": kind, "seq": next(count), "at": NOW, "progress": 0.5, **fields}
        story.add(EVENT.validate_python(event))

    return told


def ref(number: int, media_type: str = "image/png") -> ArtifactRef:
    return ArtifactRef(sha256=f"{number:064x}", bytes=1, media_type=media_type)


def plan(tell: Tell, *texts: str, lengths: int = 1000, changed: bool = True) -> None:
    scenes = tuple(
        {"scene_id": f"scene_{n}", "text": text, "duration_ms": lengths}
        for n, text in enumerate(texts, start=1)
    )
    tell("plan", title="t", language="en", source="rules", scenes=scenes, changed=changed)


def made(tell: Tell, kind: str, name: str, number: int, *, provider: str = "painter") -> None:
    scene_id = name.partition("_line_")[0] if kind in ("image", "voice") else None
    fields = {"scene_id": scene_id, "artifact": ref(number), "provider": provider}
    tell("asset", kind=kind, name=name, cached=False, done=1, total=9, **fields)


def lesser(tell: Tell, kind: str, name: str, *, provider: str = "painter") -> None:
    tell("degraded", kind=kind, name=name, provider=provider, message="lesser")


def names(story: Story) -> list[str]:
    return [event.name for event in story.degraded]


def test_what_was_replaced_by_something_better_is_no_longer_lesser(
    story: Story, tell: Tell
) -> None:
    plan(tell, "a", "b")
    lesser(tell, "image", "scene_1")
    made(tell, "image", "scene_1", 1)
    assert names(story) == ["scene_1"]
    made(tell, "image", "scene_1", 2, provider="comfyui")
    assert names(story) == []


def test_what_belongs_to_a_scene_that_was_cut_is_no_longer_lesser(story: Story, tell: Tell) -> None:
    plan(tell, "a", "b")
    for scene in ("scene_1", "scene_2"):
        lesser(tell, "image", scene)
        made(tell, "image", scene, 1)
        lesser(tell, "voice", f"{scene}_line_1", provider="espeak")
        made(tell, "voice", f"{scene}_line_1", 1, provider="espeak")
    lesser(tell, "plot", "plot", provider="rules")
    plan(tell, "a")
    assert names(story) == ["scene_1", "scene_1_line_1", "plot"]


def test_lines_that_are_spoken_no_more_are_no_part_of_a_scene(story: Story, tell: Tell) -> None:
    plan(tell, "one two", "b")
    for number in (1, 2, 10):
        made(tell, "voice", f"scene_1_line_{number}", number, provider="espeak")
    assert [voice.sha256[-1] for voice in story.voices("scene_1")] == ["1", "2", "a"]
    plan(tell, "one two", "b", lengths=900, changed=False)
    assert len(story.voices("scene_1")) == 3
    plan(tell, "three", "b")
    made(tell, "voice", "scene_1_line_1", 4, provider="espeak")
    assert [voice.sha256[-1] for voice in story.voices("scene_1")] == ["4"]


def test_a_later_plan_has_the_real_lengths(story: Story, tell: Tell) -> None:
    plan(tell, "a")
    plan(tell, "a", lengths=1234, changed=False)
    assert [scene.duration_ms for scene in story.scenes] == [1234]


def test_a_view_of_a_status_that_lacks_what_was_made_before_has_it(
    story: Story, tell: Tell
) -> None:
    plan(tell, "a", "b")
    made(tell, "image", "scene_1", 1)
    made(tell, "voice", "scene_1_line_1", 2)
    fields: dict[str, Any] = {"run_id": "r", "state": RunState.QA, "progress": 0.8, "detail": ""}
    status = RunStatus(**fields, created_at=NOW, updated_at=NOW, spec=None)
    planned = (SceneStatus(scene_id="scene_1", text="a", duration_ms=1),)
    for known in (status, status.model_copy(update={"scenes": planned})):
        scene = view_of(known, story).scenes[0]
        assert scene.image == "/api/runs/r/artifacts/scene_1.png?v=00000000"
        assert len(scene.voices) == 1
        assert scene.duration_ms == 1000


def test_only_the_newest_lines_of_the_log_are_shown(story: Story, tell: Tell) -> None:
    for number in range(MAX_LOGS + 5):
        tell("log", message=str(number))
    assert (story.logs[0], len(story.logs)) == ("5", MAX_LOGS)


def test_a_finding_is_open_until_its_asset_has_come(story: Story, tell: Tell) -> None:
    made(tell, "image", "scene_1", 1)
    finding = {"check": "c", "message": "m", "redo": "image", "scene_id": "scene_1"}
    tell("qa", passed=False, attempt=1, findings=(finding,))
    assert [finding.check for finding in story.reopened] == ["c"]
    made(tell, "image", "scene_1", 2)
    assert not story.reopened
