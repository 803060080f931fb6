"""A run's record: whose name it is, what it cost, and what its film is made of."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.archive import Archivist
from activities.crew import Crew
from activities.layout import Arranger
from activities.plan import PlanWriter
from domain.assets import ArtifactRef
from domain.events import LogWritten
from domain.ledger import CallOutcome, Ledger
from domain.plot import Plot, PlotRow
from domain.record import Manifest, RunRecord
from domain.run import Outcome, Providers, RunSpec, RunState
from providers.base import Call
from providers.registry import ProviderRegistry
from storage.storage import Storage
from tests.activities.shop import RUN, Author, Shop, at, buy
from workflows.activities import (
    Arrange,
    CloseRun,
    Deployment,
    Fill,
    Filled,
    MakeEmbedded,
    OpenRun,
    Plan,
    PlotWritten,
    RunClosed,
    WritePlot,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SPEC = RunSpec(prompt="why the sea is salty", seed=7, max_cost_usd=1)
EMBEDDED = Providers(planner="author", images="sketcher", music="player", voice="speaker")
FILES = ("run.json", "manifest.json", "ledger.json", "final_video.mp4")


@pytest.fixture
def archivist(storage: Storage, registry: ProviderRegistry) -> Archivist:
    return Archivist(storage, registry, offers=registry.offers, run_state_attribute=True)


async def _open(
    archivist: Archivist, environment: ActivityEnvironment, *, spec: RunSpec = SPEC
) -> Deployment:
    first = environment.info.workflow_run_id or ""
    request = OpenRun(first_execution_id=first, created_at=NOON, spec=spec)
    deployment: Deployment = await environment.run(archivist.open_run, request)
    return deployment


async def _close(
    archivist: Archivist,
    environment: ActivityEnvironment,
    *,
    outcome: Outcome = Outcome.COMPLETED,
    said: str = "done",
    artifacts: dict[str, ArtifactRef] | None = None,
    plot: PlotWritten | None = None,
    plan: Plan | None = None,
    filled: Filled | None = None,
) -> RunClosed:
    request = CloseRun(
        first_execution_id=environment.info.workflow_run_id or "",
        outcome=outcome,
        state=RunState.END if outcome is Outcome.COMPLETED else RunState.FAILED,
        error=None,
        detail=said,
        progress=1,
        created_at=NOON,
        updated_at=NOON,
        seed=7,
        qa_retries=0,
        title=said,
        language="en",
        artifacts=artifacts or {},
        plot=plot.plot if plot else None,
        layout=filled.layout if filled else None,
        bill=plan.bill if plan else None,
        events=(LogWritten(seq=0, at=NOON, progress=1, message=said),),
    )
    closed: RunClosed = await environment.run(archivist.close_run, request)
    return closed


def _files(storage: Storage) -> dict[str, bytes]:
    folder = storage.folders.path(RUN)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# Names


async def test_a_run_id_taken_again_changes_nothing_of_the_run_that_had_it(
    archivist: Archivist, crew: Crew, storage: Storage
) -> None:
    film = storage.blobs.put(b"the first film", "video/mp4")
    await _open(archivist, at())
    await buy(crew, storage)
    await _close(archivist, at(), said="the first", artifacts={"final_video.mp4": film})
    record, events, files = storage.runs.get(RUN), storage.runs.events(RUN), _files(storage)
    assert set(files) == set(FILES)

    later = at(execution="e2")
    deployment = await _open(archivist, later, spec=RunSpec(prompt="another"))
    assert deployment.problem_type == "RunNameTaken"
    assert "taken by a run of 2026-11-20 12:00 UTC" in str(deployment.problem)
    other = storage.blobs.put(b"the second film", "video/mp4")
    closed = await _close(
        archivist,
        later,
        outcome=Outcome.FAILED,
        said="the second",
        artifacts={"final_video.mp4": other},
    )
    assert closed.cost_usd == 0.0
    assert storage.runs.get(RUN) == record
    assert storage.runs.events(RUN) == events
    assert _files(storage) == files


async def test_a_later_execution_of_the_same_run_writes_its_record(
    archivist: Archivist, storage: Storage
) -> None:
    await _open(archivist, at())
    await _close(archivist, at(), outcome=Outcome.FAILED, said="it broke")
    reset = at(execution="e2")
    request = OpenRun(first_execution_id=f"{RUN}/e1", created_at=NOON, spec=SPEC)
    deployment: Deployment = await reset.run(archivist.open_run, request)
    assert deployment.problem is None
    stored = storage.runs.get(RUN)
    assert stored
    assert (stored.execution_id, stored.outcome) == (f"{RUN}/e2", None)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (RunSpec(prompt="sea", providers=Providers(images="dalle9")), "dalle9"),
        (RunSpec(prompt="sea", reference_images=("x.png",)), "x.png"),
    ],
    ids=["provider", "upload"],
)
async def test_what_cannot_be_made_here_is_told_and_has_its_record(
    archivist: Archivist, storage: Storage, spec: RunSpec, said: str
) -> None:
    deployment = await _open(archivist, at(), spec=spec)
    assert said in str(deployment.problem)
    assert deployment.problem_type == "InvalidInput"
    await _close(archivist, at(), outcome=Outcome.FAILED, said=str(deployment.problem))
    stored = storage.runs.get(RUN)
    assert stored
    assert (stored.outcome, stored.spec) == (Outcome.FAILED, spec)


# Costs


async def test_what_the_prompt_was_taken_for_is_told_before_anything_is_asked(
    archivist: Archivist,
) -> None:
    spec = RunSpec(prompt="Anna: Hi!\nBen: Are you there?\n[door creaks]\nAnna: I am.")
    told = (await _open(archivist, at("open_run"), spec=spec)).understood
    assert told is not None
    assert (told.kind, told.sentences, told.speakers, told.silent) == (
        *("screenplay", 3),
        *(("Anna", "Ben"), 1),
    )


@pytest.mark.parametrize(
    ("prompt", "said"),
    [("1.\n2.\n3.", "prompt: has nothing"), ("Rain falls here. " * 1000, "prompt: is a script")],
)
async def test_a_prompt_of_which_no_film_can_be_made_is_a_wrong_input(
    archivist: Archivist, prompt: str, said: str
) -> None:
    deployment = await _open(archivist, at("open_run"), spec=RunSpec(prompt=prompt))
    assert deployment.problem_type == "InvalidInput"
    assert (deployment.problem or "").startswith(said)
    assert deployment.spec is None


async def test_a_plan_past_the_limit_is_refused_before_anything_is_bought(
    storage: Storage, registry: ProviderRegistry, archivist: Archivist
) -> None:
    deployment = await _open(archivist, at("open_run"))
    row = PlotRow(scene_id="scene_1", text="Rain falls.", duration_ms=599_000)
    plot = Plot(
        title="Rain",
        language="en",
        source="llm",
        rows=(row, row.model_copy(update={"scene_id": "scene_2"})),
        visuals={"scene_1": "rain", "scene_2": "rain"},
    )
    kept = await storage.call(storage.blobs.put, plot.model_dump_json().encode(), "text/json")
    assert deployment.spec is not None
    arrange = Arrange(spec=deployment.spec, plot=kept, seed=7, revisions={})
    with pytest.raises(ApplicationError, match="20 minutes") as caught:
        await at("arrange").run(Arranger(storage).arrange, arrange)
    assert caught.value.non_retryable
    assert caught.value.type == "InvalidInput"


async def test_a_call_that_nobody_waited_for_is_in_the_cost(
    archivist: Archivist, crew: Crew, storage: Storage, shop: Shop
) -> None:
    """Its activity was cancelled: nothing of it came back to the workflow."""
    begun = asyncio.Event()

    async def hangs(call: Call) -> None:
        begun.set()
        await asyncio.sleep(60)

    await _open(archivist, at())
    shop.happens = [hangs]
    environment = at()
    under_way = asyncio.ensure_future(buy(crew, storage, environment))
    await begun.wait()
    environment.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way

    closed = await _close(archivist, at(), outcome=Outcome.CANCELLED)
    assert closed.cost_usd == 0.04
    stored = storage.runs.get(RUN)
    assert stored
    assert stored.status
    assert stored.cost_usd == stored.status.cost_usd == 0.04
    files = _files(storage)
    record = RunRecord.model_validate_json(files["run.json"])
    manifest = Manifest.model_validate_json(files["manifest.json"])
    ledger = Ledger.model_validate_json(files["ledger.json"])
    assert record.status.cost_usd == manifest.cost_usd == ledger.spent_usd == 0.04
    assert [entry.outcome for entry in ledger.entries] == [CallOutcome.LOST]
    assert manifest.lost_answers == 1


async def test_a_job_that_is_still_being_made_stays_open(
    archivist: Archivist, crew: Crew, storage: Storage, shop: Shop
) -> None:
    async def begins_a_job(call: Call) -> None:
        await call.keep_job("job-7")
        raise asyncio.CancelledError

    await _open(archivist, at())
    shop.happens = [begins_a_job]
    with pytest.raises(asyncio.CancelledError):
        await buy(crew, storage)
    closed = await _close(archivist, at(), outcome=Outcome.CANCELLED)
    (entry,) = storage.ledger.all_calls(RUN)
    assert (entry.outcome, entry.job, closed.cost_usd) == (CallOutcome.SENT, "job-7", 0.04)
    # Another run finds it, and pays nothing.
    assert (await buy(crew, storage, at(run="another"))).spent_usd == 0.0
    assert len(shop.sold) == 1


# What the film is made of


async def test_records_name_what_is_in_the_film_and_nothing_that_was_left_behind(
    archivist: Archivist,
    crew: Crew,
    storage: Storage,
    registry: ProviderRegistry,
    author: Author,
) -> None:
    author.scenes = (5, 2)
    deployment = await _open(archivist, at())
    assert deployment.spec
    writer, arranger = PlanWriter(registry.planner, storage), Arranger(storage)

    async def round_of(revision: int, instead: str | None) -> tuple[PlotWritten, Plan, Filled]:
        asked = WritePlot(spec=deployment.spec, seed=7, revision=revision, provider="author")
        plot: PlotWritten = await at("plot").run(writer.write_plot, asked)
        revisions = {"image/scene_1": revision}
        arrange = Arrange(spec=deployment.spec, plot=plot.plot, seed=7, revisions=revisions)
        plan: Plan = await at("arrange").run(arranger.arrange, arrange)
        lacking = tuple(item for item in plan.items if not item.made)
        degraded = [item for item in lacking if item.name in ("image/scene_1", "image/scene_5")]
        rest = [item for item in lacking if item not in degraded]
        for items, why in ((degraded, instead), (rest, None)):
            request = MakeEmbedded(
                bill=plan.bill, items=tuple(items), providers=EMBEDDED, instead=why
            )
            await at("scene").run(crew.make_assets, request)
        fill = Fill(layout=plan.layout, bill=plan.bill)
        filled: Filled = await at("fill").run(arranger.fill, fill)
        return plot, plan, filled

    _, _, first = await round_of(0, "a grey card stands in for the picture")
    assert set(first.degraded) == {"image/scene_1", "image/scene_5"}
    plot, plan, filled = await round_of(1, None)
    assert filled.degraded == {}
    await _close(archivist, at(), plot=plot, plan=plan, filled=filled)

    names = {item.name for item in plan.items}
    manifest = Manifest.model_validate_json(_files(storage)["manifest.json"])
    assert {entry.name for entry in manifest.entries} == names | {"plot"}
    assert not any("scene_5" in name for name in names)
    assert not any(entry.provenance.degraded for entry in manifest.entries)
    stored = storage.runs.get(RUN)
    assert stored
    assert stored.status
    assert [scene.scene_id for scene in stored.status.scenes] == ["scene_1", "scene_2"]
    images = {entry.name: entry.artifact for entry in manifest.entries}
    assert [scene.image for scene in stored.status.scenes] == [
        images["image/scene_1"],
        images["image/scene_2"],
    ]


async def test_a_folder_that_cannot_be_written_costs_the_run_no_record(
    archivist: Archivist, storage: Storage, data_dir: Path
) -> None:
    await _open(archivist, at())
    (data_dir / "runs").write_text("a file where the folders should be")
    await _close(archivist, at())
    stored = storage.runs.get(RUN)
    assert stored
    assert stored.outcome is Outcome.COMPLETED
