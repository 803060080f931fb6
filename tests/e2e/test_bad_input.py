"""Whatever the `temporal` CLI may send: the run fails at once, says why, and still answers."""

from __future__ import annotations

import json
import uuid

import pytest

from domain.run import RunState
from tests.e2e.conftest import Desk


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        pytest.param([], "input: expected one JSON object", id="no input"),
        pytest.param(["null"], "input: expected one JSON object", id="null"),
        pytest.param(['"text"'], "input: expected one JSON object", id="text"),
        pytest.param(["7"], "input: expected one JSON object", id="number"),
        pytest.param(['{"prompt": "a"}', '{"prompt": "b"}'], "got 2 inputs", id="two inputs"),
        pytest.param(["{}"], "prompt: Field required", id="empty object"),
        pytest.param(['{"prompt": "a", "colour": 1}'], "colour: is not a field", id="unknown key"),
        pytest.param(['{"prompt": "a", "num_cuts": 99}'], "num_cuts: ", id="num_cuts"),
        pytest.param(['{"prompt": "a", "aspect_ratio": "2:1"}'], "aspect_ratio: ", id="aspect"),
        pytest.param(['{"prompt": "  "}'], "prompt: has nothing readable", id="blank prompt"),
        pytest.param(
            ['{"prompt": "a", "providers": {"images": "dalle9"}}'], "dalle9", id="provider"
        ),
        pytest.param(
            ['{"prompt": "a", "reference_images": ["x.png"]}'], "x.png", id="no such upload"
        ),
        pytest.param([json.dumps({"prompt": "x" * 20_001})], "20000 characters", id="too long"),
    ],
)
async def test_a_bad_input_fails_the_run_with_a_sentence(
    desk: Desk, inputs: list[str], said: str
) -> None:
    run_id = f"bad_{uuid.uuid4().hex[:8]}"
    arguments = [part for value in inputs for part in ("--input", value)]
    desk.machine.workflow(
        *("start", "--type", "AutoShorts", "--task-queue", "autoshorts"),
        *("--workflow-id", run_id, *arguments),
    )
    await desk.closes(run_id, seconds=20)
    assert await desk.state(run_id) == RunState.FAILED
    status = await desk.status(run_id)
    assert status.error is not None
    assert said in status.error.message
    shown = desk.machine.run("temporal", "workflow", "show", "-w", run_id, "--output", "json")
    events = [event["eventType"] for event in json.loads(shown.stdout)["events"]]
    assert events[-1] == "EVENT_TYPE_WORKFLOW_EXECUTION_FAILED"
    assert "EVENT_TYPE_WORKFLOW_TASK_FAILED" not in events
    page = desk.machine.workflow("query", "-w", run_id, "--type", "events")
    assert [event["type"] for event in page["queryResult"][0]["events"]][-1] == "ended"


BAD_SIGNALS: tuple[list[str], ...] = (
    [],
    ["7"],
    ['{"message": "a"}', '{"message": "b"}'],
    ['{"message": 7, "x": 1}'],
)


async def test_bad_signals_do_not_harm_a_run(desk: Desk) -> None:
    run_id = f"signal_{uuid.uuid4().hex[:8]}"
    desk.machine.start(run_id, {"prompt": "바람", "num_cuts": 1, "aspect_ratio": "1:1"})
    for inputs in BAD_SIGNALS:
        arguments = [part for value in inputs for part in ("--input", value)]
        done = desk.machine.run(
            *("temporal", "workflow", "signal", "-w", run_id, "--name", "report_progress"),
            *arguments,
        )
        assert done.returncode == 0, done.stderr
    await desk.closes(run_id, seconds=120)
    assert await desk.state(run_id) == RunState.END


@pytest.mark.parametrize(
    "prompt",
    [
        pytest.param("🐳🌊✨", id="only emoji"),
        pytest.param("a\x00\x01b\x1b[31m c", id="control characters"),
        pytest.param("/etc/passwd", id="a path"),
        pytest.param("لماذا البحر مالح؟", id="right to left"),
        pytest.param(" ".join(f"Bee {n} hums." for n in range(11, 27)), id="16 sentences"),
    ],
)
async def test_an_odd_prompt_becomes_a_good_video(desk: Desk, prompt: str) -> None:
    run_id = f"odd_{uuid.uuid4().hex[:8]}"
    many = len(prompt) > 100
    wishes = {"captions": "off"} if many else {"num_cuts": 2}
    desk.machine.start(run_id, {"prompt": prompt, "aspect_ratio": "1:1", **wishes})
    await desk.closes(run_id, seconds=280)
    status = await desk.status(run_id)
    assert status.state is RunState.END, status.error
    assert len(status.scenes) == (16 if many else 2)
    assert (desk.machine.folder(run_id) / "final_video.mp4").is_file()
