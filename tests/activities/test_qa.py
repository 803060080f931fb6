"""A verdict is kept: every attempt's, each once."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.testing import ActivityEnvironment

from activities.qa import VERDICTS, Inspector
from domain.arrangement import build_layout
from domain.assets import ArtifactRef
from domain.layout import Layout
from domain.plot import Plot, PlotRow
from domain.qa import Verdicts
from domain.run import RunSpec
from storage.files import reference
from storage.runs import RunFolders
from storage.store import LocalStore
from workflows.activities import Inspection, InspectVideo

RUN = "20260101_0900_sea"


def _layout() -> Layout:
    plot = Plot(
        title="t",
        language="en",
        source="script",
        rows=(PlotRow(scene_id="scene_1", text="The sea is salty."),),
        visuals={"scene_1": "sea"},
    )
    return build_layout(RUN, RunSpec(prompt="x"), plot, seed=1, revisions={})


def _no_film(root: Path) -> ArtifactRef:
    path = root / "runs" / RUN / "final_video.mp4"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"no film")
    return reference(root, path)


async def _judge(root: Path, attempt: int) -> Inspection:
    inspector = Inspector(LocalStore(root), RunFolders(root))
    request = InspectVideo(layout=_layout(), video=_no_film(root), attempt=attempt)
    answer = await ActivityEnvironment().run(inspector.inspect_video, request)
    assert isinstance(answer, Inspection)
    return answer


def _kept(root: Path) -> Verdicts:
    return Verdicts.model_validate_json((root / "runs" / RUN / VERDICTS).read_bytes())


async def test_every_attempt_is_kept_and_the_last_decides(tmp_path: Path) -> None:
    for attempt in (1, 2):
        inspection = await _judge(tmp_path, attempt)
    kept = _kept(tmp_path)
    assert [verdict.attempt for verdict in kept.attempts] == [1, 2]
    assert kept.run_id == RUN
    assert not kept.passed
    assert kept.attempts[-1].findings == inspection.findings
    assert inspection.file is not None
    assert inspection.file.media_type == "application/json"


@pytest.mark.parametrize("again", [1, 2])
async def test_an_attempt_that_is_retried_is_kept_once(tmp_path: Path, again: int) -> None:
    for attempt in (1, 2, again):
        await _judge(tmp_path, attempt)
    assert [verdict.attempt for verdict in _kept(tmp_path).attempts] == list(range(1, again + 1))


async def test_a_damaged_file_costs_its_history_and_no_verdict(tmp_path: Path) -> None:
    await _judge(tmp_path, 1)
    (tmp_path / "runs" / RUN / VERDICTS).write_text("{")
    await _judge(tmp_path, 2)
    assert [verdict.attempt for verdict in _kept(tmp_path).attempts] == [2]
