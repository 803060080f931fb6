"""A verdict is kept: every attempt's, each once."""

from __future__ import annotations

import pytest
from temporalio.testing import ActivityEnvironment

from activities.qa import Inspector
from domain.arrangement import build_layout
from domain.assets import ArtifactRef
from domain.layout import Layout
from domain.plot import Plot, PlotRow
from domain.qa import Verdicts
from domain.run import RunSpec
from storage.storage import Storage
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


async def _judge(storage: Storage, attempt: int, before: ArtifactRef | None = None) -> Inspection:
    request = InspectVideo(
        layout=storage.blobs.put(_layout().model_dump_json().encode(), "application/json"),
        video=storage.blobs.put(b"no film", "video/mp4"),
        attempt=attempt,
        before=before,
    )
    answer = await ActivityEnvironment().run(Inspector(storage).inspect_video, request)
    assert isinstance(answer, Inspection)
    return answer


def _kept(storage: Storage, inspection: Inspection) -> Verdicts:
    return Verdicts.model_validate_json(storage.blobs.get(inspection.file))


async def test_every_attempt_is_kept_and_the_last_decides(storage: Storage) -> None:
    first = await _judge(storage, 1)
    second = await _judge(storage, 2, first.file)
    kept = _kept(storage, second)
    assert [verdict.attempt for verdict in kept.attempts] == [1, 2]
    assert kept.run_id == RUN
    assert not kept.passed
    assert kept.attempts[-1].findings == second.findings
    assert second.file.media_type == "application/json"
    # The first one's file is what it was.
    assert [verdict.attempt for verdict in _kept(storage, first).attempts] == [1]


@pytest.mark.parametrize("again", [1, 2])
async def test_an_attempt_that_is_retried_is_kept_once(storage: Storage, again: int) -> None:
    last: Inspection | None = None
    for attempt in (1, 2, again):
        last = await _judge(storage, attempt, last.file if last else None)
    assert last
    attempts = [verdict.attempt for verdict in _kept(storage, last).attempts]
    assert attempts == list(range(1, again + 1))


@pytest.mark.parametrize("damage", ["unreadable", "gone"])
async def test_a_damaged_file_costs_its_history_and_no_verdict(
    storage: Storage, damage: str
) -> None:
    before = storage.blobs.put(b"{", "application/json")
    if damage == "gone":
        storage.blobs.delete(before.sha256)
    second = await _judge(storage, 2, before)
    assert [verdict.attempt for verdict in _kept(storage, second).attempts] == [2]
