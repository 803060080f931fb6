"""What one asset's failure does to its siblings and to the run."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import ApplicationError

import workflows.options as options
from domain.events import AssetReady, LogWritten, ProviderDegraded
from domain.qa import Finding, Redo
from domain.run import RunState
from tests.workflows.conftest import Stage, crew_at_work, events, status
from tests.workflows.fakes import FakeCrew, bad, refused

PROMPT = {"prompt": "why the sea is salty"}
UNAVAILABLE = ApplicationError("out of reach", type="ProviderUnavailable")


@pytest.fixture
def crew() -> FakeCrew:
    crew = FakeCrew()
    crew.services = {"images": "openai"}
    return crew


async def test_the_first_failure_for_good_is_told_at_once_and_ends_the_others(
    stage: Stage, crew: FakeCrew
) -> None:
    crew.failures = {"image/scene_2": refused("refused: violence"), "image/scene_3": UNAVAILABLE}
    async with crew_at_work(stage.client, crew, f"{stage.queue}_2"):
        handle = await Stage(stage.client, crew, f"{stage.queue}_2").start(PROMPT)
        with pytest.raises(WorkflowFailureError) as failure:
            # The other picture would be tried again and again for hours.
            await asyncio.wait_for(handle.result(), 15)
    assert isinstance(failure.value.cause, ApplicationError)
    assert failure.value.cause.message == "refused: violence"
    assert crew.stopped == 1
    assert any(
        isinstance(e, LogWritten) and "violence" in e.message and e.level == "error"
        for e in crew.kept
    )


async def test_a_call_under_way_is_finished_and_kept(stage: Stage, crew: FakeCrew) -> None:
    crew.failures = {"image/scene_2": refused()}
    crew.hold_in, crew.ends_well_though_cancelled = "image/scene_1", True
    async with crew_at_work(stage.client, crew, f"{stage.queue}_2"):
        handle = await Stage(stage.client, crew, f"{stage.queue}_2").start(PROMPT)
        with pytest.raises(WorkflowFailureError) as failure:
            await asyncio.wait_for(handle.result(), 20)
        log = await events(handle)
    assert isinstance(failure.value.cause, ApplicationError)
    assert failure.value.cause.type == "ContentRejected"
    assert crew.made["image/scene_1"] == 1
    assert "scene_1" in [e.name for e in log if isinstance(e, AssetReady)]


async def test_what_fails_for_good_is_made_here_where_the_run_says_so(
    stage: Stage, crew: FakeCrew
) -> None:
    crew.failures = {"image/scene_2": refused("the account has nothing left", "QuotaExceeded")}
    queue = f"{stage.queue}_2"
    async with crew_at_work(stage.client, crew, queue):
        handle = await Stage(stage.client, crew, queue).start({**PROMPT, "on_failure": "degrade"})
        result = await handle.result()
        log = await events(handle)
    assert result.degraded == ("made by painter, since the account has nothing left",)
    assert [e.name for e in log if isinstance(e, ProviderDegraded)] == ["scene_2"]
    assert crew.stopped == 0


async def test_a_time_out_is_degraded_too(
    stage: Stage, crew: FakeCrew, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = {**options.IMAGE, "schedule_to_close_timeout": timedelta(seconds=1)}
    monkeypatch.setattr(options, "IMAGE", short)
    crew.hold_in = "image/scene_2"
    queue = f"{stage.queue}_2"
    async with crew_at_work(stage.client, crew, queue):
        handle = await Stage(stage.client, crew, queue).start({**PROMPT, "on_failure": "degrade"})
        result = await handle.result()
        crew.let_go.set()
    assert len(result.degraded) == 1
    assert "generate_image" in result.degraded[0]


async def test_a_finding_with_the_script_itself_is_not_judged_twice(stage: Stage) -> None:
    stage.crew.plot = stage.crew.plot.model_copy(update={"source": "script"})
    finding = Finding(check="glyphs", message="no glyph", redo=Redo.PLAN, scene_id="scene_1")
    stage.crew.verdicts = [bad(finding)] * 3
    handle = await stage.start(PROMPT)

    with pytest.raises(WorkflowFailureError) as failure:
        await handle.result()
    assert isinstance(failure.value.cause, ApplicationError)
    assert failure.value.cause.type == "QaExhausted"
    assert "word for word" in failure.value.cause.message
    assert stage.crew.made["render"] == 1
    assert (await status(handle)).state is RunState.FAILED
