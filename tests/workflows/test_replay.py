"""Runs begun by an earlier version go on: their saved histories replay without a difference."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from workflows.short_video import AutoShorts

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.json"))


def test_there_is_a_history_for_each_path() -> None:
    assert {path.stem for path in HISTORIES} == {
        "happy",
        "qa_retry",
        "failed",
        "cancelled",
        "no_input",
    }


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_a_saved_history_replays(path: Path) -> None:
    replayer = Replayer(workflows=[AutoShorts], data_converter=pydantic_data_converter)
    history = _history(path)
    await replayer.replay_workflow(history)


def _history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, path.read_text())
