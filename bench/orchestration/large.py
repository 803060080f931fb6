"""The largest film that may be asked for, sent back by QA as often as allowed."""

from __future__ import annotations

import statistics
import time
from typing import Any

from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from bench.histories import histories, largest_payload
from bench.orchestration.crew import Act
from bench.orchestration.stage import stage
from workflows.short_video import AutoShorts

# Three bytes a letter, as most of the world's scripts have it.
WORDS = "바다는 왜 짤까요 비는 바위에서 아주 작은 소금을 가져와요 강은 그것을 바다로 실어 날라요"
SCENES, LINES, QA_RETRIES = 60, 4, 5
PROMPT_CHARACTERS = 18_000
REPLAYS = 3


async def measure() -> dict[str, Any]:
    """Of the largest of its executions: events, bytes, a payload, a replay."""
    act = Act(scenes=SCENES, lines=LINES, words=WORDS, qa_retries=QA_RETRIES)
    prompt = (WORDS * (PROMPT_CHARACTERS // len(WORDS) + 1))[:PROMPT_CHARACTERS]
    async with stage(act) as here:
        begin = time.monotonic()
        handle = await here.start("large", {"prompt": prompt, "max_qa_retries": QA_RETRIES})
        await handle.result()
        elapsed = time.monotonic() - begin
        found = await histories(here.client, handle)
    replays = [await _replay_seconds(history) for history in found]
    return {
        "seconds": round(elapsed, 1),
        "executions": len(found),
        "history_events": max(len(history.events) for history in found),
        "history_bytes": max(sum(e.ByteSize() for e in history.events) for history in found),
        # The prompt itself travels once, in the run's first event.
        "largest_payload": max(largest_payload(history) for history in found),
        "prompt_bytes": len(prompt.encode()),
        "replay_s": round(max(replays), 2),
    }


async def _replay_seconds(history: WorkflowHistory) -> float:
    """The median of a few, as a worker does it that has the run not in its cache."""
    replayer = Replayer(
        workflows=[AutoShorts],
        data_converter=pydantic_data_converter,
        # As workers run it (worker/polling.py).
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    took = []
    for _ in range(REPLAYS):
        begin = time.perf_counter()
        await replayer.replay_workflow(history)
        took.append(time.perf_counter() - begin)
    return statistics.median(took)
