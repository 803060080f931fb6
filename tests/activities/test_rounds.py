"""What was decided is read where it is kept, whatever changes between two steps of a run."""

from __future__ import annotations

import pytest

import domain.arrangement
from domain.assets import ArtifactRef
from domain.qa import Finding, Redo
from domain.record import Manifest
from storage.storage import Storage
from tests.activities.shop import Author, Sketcher
from tests.activities.stage import Deployment
from tests.workflows.conftest import status
from workflows.activities import Inspection


async def test_another_version_in_the_middle_of_a_run_changes_nothing_that_was_decided(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next version's shorts breathe longer."""
    deployment.sells, screen = (), deployment.screen
    screen.let_go.clear()
    async with deployment.at_work():
        run = await deployment.start()
        await screen.held.wait()
    monkeypatch.setattr(domain.arrangement, "LEAD_MS", 650)
    screen.let_go.set()
    async with deployment.at_work():
        result = await run.result()
    assert len(screen.rendered) == 2
    assert len({*screen.rendered, *screen.inspected}) == 1
    layout = screen.layout(screen.inspected[0])
    assert result.artifacts["layout.json"] == screen.inspected[0]
    assert result.duration_ms == layout.timeline.total_duration_ms
    assert [scene.dialogue[0].start_ms for scene in layout.scenes] == [150] * len(layout.scenes)


async def test_what_a_shorter_plan_left_out_is_in_no_record(
    deployment: Deployment, storage: Storage, author: Author, sketcher: Sketcher
) -> None:
    deployment.sells, author.scenes = (), (5, 2)
    sketcher.hard = ("scene_1", "scene_5")

    def too_long(file: ArtifactRef) -> Inspection:
        sketcher.hard = ()
        return Inspection(
            passed=False,
            file=file,
            findings=(
                Finding(check="plan", message="long", redo=Redo.PLAN, scene_id="scene_5"),
                Finding(check="picture", message="grey", redo=Redo.IMAGE, scene_id="scene_1"),
            ),
        )

    deployment.screen.verdicts = [too_long]
    async with deployment.at_work():
        run = await deployment.start()
        result = await run.result()
        told = await status(run)
    assert result.degraded == ()
    assert result.qa_retries == 1
    assert [scene.scene_id for scene in told.scenes] == ["scene_1", "scene_2"]
    path = storage.folders.path(run.id) / "manifest.json"
    manifest = Manifest.model_validate_json(path.read_bytes())
    pictures = {e.name: e.artifact for e in manifest.entries if e.name.startswith("image/")}
    assert list(pictures) == ["image/scene_1", "image/scene_2"]
    assert [scene.image for scene in told.scenes] == list(pictures.values())
    assert not any(entry.provenance.degraded for entry in manifest.entries)


async def test_what_is_lesser_in_the_film_is_said(
    deployment: Deployment, sketcher: Sketcher
) -> None:
    deployment.sells, sketcher.hard = (), ("scene_2",)
    async with deployment.at_work():
        result = await (await deployment.start()).result()
    assert result.degraded == ("a grey card stands in",)
