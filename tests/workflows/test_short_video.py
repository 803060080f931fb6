"""The story of a run, on a real server, with a crew that costs nothing."""

from __future__ import annotations

from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError
from temporalio.exceptions import ApplicationError, CancelledError

from domain.events import AssetReady, LogWritten, PlanReady, QaJudged, RunEnded, StateChanged
from domain.qa import Finding, Redo
from domain.run import Outcome, RunState
from tests.workflows.conftest import Stage, events, status
from tests.workflows.fakes import SCENES, artifact, bad, refused

PROMPT = {"prompt": "why the sea is salty"}
HAPPY_PATH = ["PLOT_GENERATION", "ASSET_GENERATION", "RENDERING", "QA", "END"]
BLURRED = Finding(check="picture", message="blurred", redo=Redo.IMAGE, scene_id="scene_2")


async def test_a_run_goes_through_its_states_to_the_end(stage: Stage) -> None:
    handle = await stage.start(PROMPT)
    result = await handle.result()

    log = await events(handle)
    assert [e.state for e in log if isinstance(e, StateChanged)] == HAPPY_PATH
    assert [e.seq for e in log] == list(range(len(log)))
    assert [e.progress for e in log] == sorted(e.progress for e in log)
    assets = [e for e in log if isinstance(e, AssetReady) and e.provider != "director"]
    assert [e.done for e in assets] == list(range(1, assets[0].total + 1))
    assert sum(e.kind == "image" for e in assets) == SCENES
    assert isinstance(log[-1], RunEnded)
    assert log[-1].outcome is Outcome.COMPLETED
    assert {"final_video.mp4", "layout.json", "plot.csv"} <= result.artifacts.keys()
    assert (await status(handle)).progress == 1.0


async def test_what_an_operator_sees(stage: Stage) -> None:
    handle = await stage.start(PROMPT)
    await handle.result()

    description = await handle.describe()
    history = await handle.fetch_history()
    summaries = [
        event.user_metadata.summary.data.decode()
        for event in history.events
        if event.HasField("activity_task_scheduled_event_attributes")
    ]
    assert description.search_attributes["RunState"] == ["END"]
    assert '"scenes 1, 2, 3/3, 3 pictures, 3 lines, music, water"' in summaries
    assert history.to_json().count("base64") == 0


async def test_the_record_says_what_the_queries_say(stage: Stage) -> None:
    handle = await stage.start(PROMPT)
    await handle.result()

    now, closed = await status(handle), stage.crew.closed[-1]
    assert tuple(stage.crew.kept) == await events(handle)
    assert (closed.outcome, closed.state) == (now.outcome, now.state)
    assert closed.artifacts == now.artifacts
    assert closed.layout == now.artifacts["layout.json"]
    assert closed.updated_at == now.updated_at


async def test_scenes_have_the_lengths_of_their_voices_before_the_render(stage: Stage) -> None:
    stage.crew.hold_in = "render"
    handle = await stage.start(PROMPT)
    await stage.crew.held.wait()

    plans = [e for e in await events(handle) if isinstance(e, PlanReady)]
    planned, spoken = ([scene["duration_ms"] for scene in e.scenes] for e in plans)
    assert [e.changed for e in plans] == [True, False]
    assert planned != spoken == [s.duration_ms for s in (await status(handle)).scenes]
    await handle.cancel()
    with pytest.raises(WorkflowFailureError):
        await handle.result()


async def test_qa_sends_back_one_picture_and_only_that_is_made_again(stage: Stage) -> None:
    stage.crew.verdicts = [bad(BLURRED)]
    handle = await stage.start(PROMPT)
    result = await handle.result()

    again = {name: count for name, count in stage.crew.made.items() if count > 1}
    assert again == {"image/scene_2": 2, "render": 2, "qa": 2}
    assert result.qa_retries == 1
    log = await events(handle)
    states = [e.state for e in log if isinstance(e, StateChanged)]
    assert states == [*HAPPY_PATH[:-1], *HAPPY_PATH]
    assert [e.changed for e in log if isinstance(e, PlanReady)] == [True, False, False, False]
    assert [e.passed for e in log if isinstance(e, QaJudged)] == [False, True]
    assert stage.crew.attempts == [1, 2]
    assert result.artifacts["qa.json"] == artifact("qa.json#2")
    assert [e.progress for e in log] == sorted(e.progress for e in log)


async def test_a_finding_about_the_plan_rewrites_that_scene_only(stage: Stage) -> None:
    stage.crew.verdicts = [
        bad(Finding(check="glyphs", message="no glyph", redo=Redo.PLAN, scene_id="scene_3"))
    ]
    handle = await stage.start(PROMPT)
    await handle.result()

    assert stage.crew.made["plot"] == 2
    assert stage.crew.plot_requests[1].revision == 1
    texts = [scene.text for scene in (await status(handle)).scenes]
    assert texts == ["The sea is salty. scene_1", "The sea is salty. scene_2", "Said better."]
    assert stage.crew.made["voice/scene_1_line_1"] == 1
    assert stage.crew.made["voice/scene_3_line_1"] == 2


async def test_retries_are_exhausted(stage: Stage) -> None:
    stage.crew.verdicts = [bad(BLURRED)] * 3
    handle = await stage.start({**PROMPT, "max_qa_retries": 2})

    with pytest.raises(WorkflowFailureError) as failure:
        await handle.result()
    cause = failure.value.cause
    assert isinstance(cause, ApplicationError)
    assert cause.type == "QaExhausted"
    assert "blurred" in cause.message
    assert stage.crew.made["render"] == 3
    assert (await status(handle)).artifacts["qa.json"] == artifact("qa.json#3")
    assert (await status(handle)).state is RunState.FAILED


async def test_one_failed_picture_fails_the_run_and_wastes_no_sibling(stage: Stage) -> None:
    stage.crew.failures["image/scene_2"] = refused("refused: violence")
    handle = await stage.start(PROMPT)

    with pytest.raises(WorkflowFailureError) as failure:
        await handle.result()
    assert isinstance(failure.value.cause, ApplicationError)
    assert failure.value.cause.type == "ContentRejected"
    now = await status(handle)
    assert now.error is not None
    assert now.error.message == "refused: violence"
    assert now.error.state is RunState.ASSET_GENERATION
    assert stage.crew.made["image/scene_1"] == stage.crew.made["image/scene_3"] == 1
    assert stage.crew.made["render"] == 0
    assert stage.crew.closed[-1].outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("held_in", "state"),
    [
        pytest.param("plot", RunState.PLOT_GENERATION, id="plan"),
        pytest.param("image/scene_2", RunState.ASSET_GENERATION, id="assets"),
        pytest.param("render", RunState.RENDERING, id="render"),
        pytest.param("qa", RunState.QA, id="qa"),
    ],
)
async def test_cancel_ends_in_failed_and_keeps_what_is_finished(
    stage: Stage, held_in: str, state: RunState
) -> None:
    stage.crew.hold_in = held_in
    handle = await stage.start(PROMPT)
    await stage.crew.held.wait()
    await handle.cancel()

    with pytest.raises(WorkflowFailureError) as failure:
        await handle.result()
    assert isinstance(failure.value.cause, CancelledError)
    description = await handle.describe()
    assert description.status is WorkflowExecutionStatus.CANCELED
    assert description.search_attributes["RunState"] == ["FAILED"]
    log = await events(handle)
    assert isinstance(log[-1], RunEnded)
    assert log[-1].outcome is Outcome.CANCELLED
    assert log[-1].error is not None
    assert log[-1].error.state is state
    assert stage.crew.closed[-1].outcome is Outcome.CANCELLED


@pytest.mark.parametrize("held_in", ["plot", "image/scene_2", "music", "render", "qa"])
async def test_a_cancel_is_heeded_though_the_activity_ends_well(stage: Stage, held_in: str) -> None:
    stage.crew.hold_in = held_in
    stage.crew.ends_well_though_cancelled = True
    handle = await stage.start(PROMPT)
    await stage.crew.held.wait()
    await handle.cancel()

    with pytest.raises(WorkflowFailureError):
        await handle.result()
    assert (await handle.describe()).status is WorkflowExecutionStatus.CANCELED


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        pytest.param([], "got 0 inputs", id="nothing"),
        pytest.param([None], "got null", id="null"),
        pytest.param(["text"], "got a string", id="text"),
        pytest.param([7], "got a number", id="number"),
        pytest.param([PROMPT, PROMPT], "got 2 inputs", id="two inputs"),
        pytest.param([{}], "prompt: Field required", id="empty object"),
        pytest.param([{**PROMPT, "topik": 1}], "topik: is not a field", id="unknown key"),
        pytest.param([{**PROMPT, "num_cuts": 99}], "num_cuts: Input should be less", id="range"),
        pytest.param([{**PROMPT, "aspect_ratio": "2:1"}], "'9:16', '16:9'", id="choice"),
        pytest.param([{"prompt": "x" * 100_000}], "at most 20000", id="too long"),
        pytest.param([{"prompt": " \n\t"}], "nothing readable", id="blank"),
    ],
)
async def test_bad_input_fails_at_once_and_names_the_field(
    stage: Stage, inputs: list[Any], said: str
) -> None:
    handle = await stage.start(*inputs)

    with pytest.raises(WorkflowFailureError) as failure:
        await handle.result()
    assert isinstance(failure.value.cause, ApplicationError)
    assert failure.value.cause.type == "InvalidInput"
    assert said in failure.value.cause.message
    now = await status(handle)
    assert now.state is RunState.FAILED
    assert now.error is not None
    assert said in now.error.message
    assert isinstance((await events(handle))[-1], RunEnded)
    assert (await handle.describe()).search_attributes["RunState"] == ["FAILED"]
    history = await handle.fetch_history()
    assert not any(e.HasField("workflow_task_failed_event_attributes") for e in history.events)
    assert stage.crew.made.total() == 1


async def test_what_the_deployment_cannot_do_fails_at_once(stage: Stage) -> None:
    stage.crew.problem = "providers.images: no provider is called 'dalle'"
    handle = await stage.start(PROMPT)

    with pytest.raises(WorkflowFailureError) as failure:
        await handle.result()
    assert isinstance(failure.value.cause, ApplicationError)
    assert failure.value.cause.message == stage.crew.problem


@pytest.mark.parametrize(
    "inputs",
    [
        pytest.param([], id="nothing"),
        pytest.param([{}, {}], id="two inputs"),
        pytest.param([{"message": 7}], id="wrong type"),
        pytest.param([None], id="null"),
    ],
)
async def test_a_bad_signal_is_dropped_and_a_good_one_is_logged(
    stage: Stage, inputs: list[Any]
) -> None:
    stage.crew.hold_in = "render"
    handle = await stage.start(PROMPT)
    await stage.crew.held.wait()
    await handle.signal("report_progress", args=inputs)
    await handle.signal("report_progress", {"message": "half way"})

    said = [e.message for e in await events(handle) if isinstance(e, LogWritten)]
    assert said[-1] == "half way"
    await handle.cancel()
    with pytest.raises(WorkflowFailureError):
        await handle.result()
    history = await handle.fetch_history()
    assert not any(e.HasField("workflow_task_failed_event_attributes") for e in history.events)
