"""What whole runs pay: once for each thing, within their limit, whatever ends them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError

import workflows.options as options
from activities import errors
from domain.ledger import CallOutcome
from domain.record import RunRecord
from domain.run import Outcome
from providers.base import Call
from providers.errors import ContentRejected, ProviderTimeout, ProviderUnavailable
from providers.registry import ProviderRegistry
from storage.storage import Storage
from tests.activities.shop import Author, Booth, Shop
from tests.activities.stage import Deployment, files_of
from tests.workflows.conftest import status

FIVE_CENTS = {"images": 0.05}
SOON = RetryPolicy(
    initial_interval=timedelta(milliseconds=20), maximum_interval=timedelta(milliseconds=20)
)


@pytest.fixture
def booth(registry: ProviderRegistry) -> Booth:
    found: Any = registry.voice.get("shop")
    assert isinstance(found, Booth)
    return found


async def _takes_a_while(call: Call) -> None:
    await asyncio.sleep(0.3)


def _outcomes(storage: Storage, run_id: str) -> list[CallOutcome]:
    return [entry.outcome for entry in storage.ledger.all_calls(run_id)]


def _error(failure: pytest.ExceptionInfo[WorkflowFailureError]) -> ApplicationError:
    assert isinstance(failure.value.cause, ApplicationError)
    return failure.value.cause


# Who wants the same


async def test_two_runs_of_one_script_pay_once_for_each_line_and_both_become_films(
    deployment: Deployment, storage: Storage, booth: Booth
) -> None:
    """The service never says the same twice."""
    deployment.sells, booth.always = ("voice",), _takes_a_while
    async with deployment.at_work():
        runs = [await deployment.start(), await deployment.start()]
        films = await asyncio.gather(*(run.result() for run in runs))
    lines = {request.text for request in booth.sold}
    assert len(booth.sold) == len(lines) == 3
    assert sum(len(storage.ledger.all_calls(run.id)) for run in runs) == 3
    layouts = [deployment.screen.layout(ref) for ref in deployment.screen.rendered]
    for layout in layouts:
        assert all(storage.blobs.get(ref) for ref in files_of(layout))
    assert list(files_of(layouts[0])) == list(files_of(layouts[1]))
    assert len({film.artifacts["final_video.mp4"].sha256 for film in films}) == 1


# Within the limit


@pytest.mark.parametrize(("pictures", "limit", "cost"), [(8, 0.45, 0.40), (5, 0.30, 0.25)])
async def test_a_run_that_fits_its_limit_becomes_a_film(
    deployment: Deployment,
    storage: Storage,
    shop: Shop,
    author: Author,
    pictures: int,
    limit: float,
    cost: float,
) -> None:
    deployment.prices, author.scenes, shop.always = FIVE_CENTS, (pictures,), _takes_a_while
    async with deployment.at_work():
        run = await deployment.start(max_cost_usd=limit)
        await run.result()
        assert (await status(run)).cost_usd == cost
    assert storage.ledger.spent(run.id) == cost
    assert len(shop.sold) == pictures


async def test_a_run_beyond_its_limit_is_refused_when_nothing_is_under_way_any_more(
    deployment: Deployment, storage: Storage, shop: Shop, author: Author
) -> None:
    deployment.prices, author.scenes, shop.always = FIVE_CENTS, (5,), _takes_a_while
    async with deployment.at_work():
        run = await deployment.start(max_cost_usd=0.19)
        with pytest.raises(WorkflowFailureError) as failure:
            await run.result()
    assert _error(failure).type == "CostLimitReached"
    assert "$0.0400 may still be spent" in _error(failure).message
    assert _outcomes(storage, run.id) == [CallOutcome.PAID] * 3
    assert len(storage.assets.made(run.id)) >= 3
    stored = storage.runs.get(run.id)
    assert stored
    assert stored.cost_usd == 0.15


# A worker that leaves


async def test_calls_under_way_when_a_worker_is_told_to_end_are_finished_and_stored(
    deployment: Deployment, storage: Storage, shop: Shop
) -> None:
    begun, answered = asyncio.Semaphore(0), asyncio.Event()

    async def answers_later(call: Call) -> None:
        begun.release()
        await answered.wait()

    shop.always = answers_later
    async with deployment.at_work(drain=timedelta(seconds=30)):
        run = await deployment.start()
        for _ in range(3):
            await begun.acquire()
        asyncio.get_running_loop().call_later(1, answered.set)
    assert _outcomes(storage, run.id) == [CallOutcome.PAID] * 3
    async with deployment.at_work():
        await run.result()
    assert len(shop.sold) == 3
    assert storage.ledger.spent(run.id) == 0.12


# A run that is failing


async def test_a_call_under_way_is_finished_and_no_other_is_begun_once_the_run_fails(
    at_work: Deployment, storage: Storage, shop: Shop, author: Author
) -> None:
    """One is refused for good, one is under way, the others would be tried again."""
    begun, answered = asyncio.Event(), asyncio.Event()
    tried = asyncio.Semaphore(0)

    async def by_scene(call: Call) -> None:
        match shop.sold[-1].sequence:
            case 1:
                begun.set()
                await answered.wait()
            case 2:
                await begun.wait()
                await tried.acquire()
                raise ContentRejected("refused: violence")
            case _:
                tried.release()
                raise ProviderUnavailable("503")

    async def answers_once_the_run_stops() -> None:
        while not storage.runs.is_stopping(run.id):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        answered.set()

    author.scenes, shop.always = (4,), by_scene
    run = await at_work.start()
    answering = asyncio.create_task(answers_once_the_run_stops())
    with pytest.raises(WorkflowFailureError) as failure:
        await asyncio.wait_for(run.result(), 30)
    await answering
    assert _error(failure).type == "ContentRejected"
    asked = [request.sequence for request in shop.sold]
    assert (asked.count(1), asked.count(2)) == (1, 1)
    paid = [e.asset for e in storage.ledger.all_calls(run.id) if e.outcome is CallOutcome.PAID]
    assert paid == ["image/scene_1"]
    assert "image/scene_1" in {made.name for made in storage.assets.made(run.id)}
    # What it paid for is there for the next run of this script.
    shop.always = None
    again = await at_work.start()
    await again.result()
    assert [r.sequence for r in shop.sold[len(asked) :]].count(1) == 0


async def test_a_cancel_ends_a_call_at_once_and_its_cost_is_told(
    at_work: Deployment, storage: Storage, shop: Shop
) -> None:
    begun = asyncio.Event()

    async def hangs(call: Call) -> None:
        begun.set()
        await asyncio.sleep(60)

    shop.always = hangs
    run = await at_work.start()
    await begun.wait()
    await asyncio.sleep(0.5)
    await run.cancel()
    with pytest.raises(WorkflowFailureError):
        await asyncio.wait_for(run.result(), 8)
    assert set(_outcomes(storage, run.id)) == {CallOutcome.LOST}
    cost = storage.ledger.spent(run.id)
    assert cost == pytest.approx(0.04 * len(shop.sold))
    assert cost > 0
    assert (await status(run)).cost_usd == cost
    assert _record(storage, run.id).status.cost_usd == cost
    stored = storage.runs.get(run.id)
    assert stored
    assert (stored.outcome, stored.cost_usd) == (Outcome.CANCELLED, cost)


async def test_a_call_that_took_too_long_is_in_the_cost(
    at_work: Deployment, storage: Storage, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = {**options.IMAGE, "start_to_close_timeout": timedelta(seconds=2)}
    monkeypatch.setattr(options, "IMAGE", short)

    async def hangs(call: Call) -> None:
        await asyncio.sleep(30)

    shop.happens = [hangs]
    run = await at_work.start()
    await run.result()
    assert storage.ledger.spent(run.id) == 0.16
    assert sorted(_outcomes(storage, run.id)) == [CallOutcome.LOST] + [CallOutcome.PAID] * 3
    assert (await status(run)).cost_usd == _record(storage, run.id).status.cost_usd == 0.16


async def test_what_a_failed_call_cost_is_told_where_another_takes_its_place(
    at_work: Deployment, storage: Storage, shop: Shop
) -> None:
    async def lost_for_good(call: Call) -> None:
        raise ContentRejected("refused, and charged", may_have_charged=True)

    shop.always = lost_for_good
    run = await at_work.start(on_failure="degrade")
    result = await run.result()
    assert result.degraded == ("made by sketcher, since refused, and charged",)
    assert (await status(run)).cost_usd == storage.ledger.spent(run.id) == 0.12


def _record(storage: Storage, run_id: str) -> RunRecord:
    return RunRecord.model_validate_json((storage.folders.path(run_id) / "run.json").read_bytes())


# Patience


@pytest.mark.parametrize(("fails", "comes"), [(3, True), (4, False)])
async def test_where_the_price_is_nothing_only_a_number_of_failures_ends_it(
    deployment: Deployment,
    shop: Shop,
    author: Author,
    monkeypatch: pytest.MonkeyPatch,
    fails: int,
    comes: bool,
) -> None:
    """Twenty of them; the server waits a second between two."""
    assert errors.MAX_FAILURES == 20
    monkeypatch.setattr(errors, "MAX_FAILURES", 4)

    async def no_answer(call: Call) -> None:
        raise ProviderTimeout("no answer", may_have_charged=True)

    deployment.prices, author.scenes = {}, (1,)
    shop.happens = [no_answer] * fails
    monkeypatch.setattr(options, "IMAGE", {**options.IMAGE, "retry_policy": SOON})
    async with deployment.at_work():
        run = await deployment.start()
        if comes:
            await run.result()
        else:
            with pytest.raises(WorkflowFailureError) as failure:
                await run.result()
            assert _error(failure).type == "ProviderTimeout"
    assert len(shop.sold) == min(fails + 1, 4)
