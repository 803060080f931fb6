"""Nothing that was paid for is paid for twice, and what may have been is never hidden."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from temporalio.exceptions import ApplicationError

from activities.calls import MAX_LOST_ANSWERS
from activities.crew import Crew
from domain.failure import Failure
from domain.ledger import CallOutcome, LedgerEntry, spent
from providers.base import Call
from providers.errors import ContentRejected, ProviderTimeout, RateLimited
from storage.blobs import Blobs
from storage.errors import StorageAway, StorageError
from storage.ledger import Ledger
from storage.storage import Storage
from tests.activities.shop import RUN, SEA, SERVICE, Shop, at, buy
from workflows.activities import AssetsMade


class Died(BaseException):
    """The worker's process ended here."""


@pytest.fixture
def ledger(storage: Storage) -> Ledger:
    return storage.ledger


def _outcomes(entries: tuple[LedgerEntry, ...]) -> list[CallOutcome]:
    return [entry.outcome for entry in entries]


def _cost(storage: Storage, made: AssetsMade) -> float:
    """What the run's ledger says that its assets have cost."""
    refs = {asset.artifact.sha256 for asset in made.assets}
    assets = [kept.asset for kept in storage.assets.made(RUN)]
    return sum(a.provenance.cost_usd for a in assets if a.artifact.sha256 in refs)


async def _dies(call: Call) -> None:
    raise Died


async def _times_out(call: Call) -> None:
    raise ProviderTimeout("no answer", may_have_charged=True)


async def _is_busy(call: Call) -> None:
    # The pause that it asks for is over at once.
    raise RateLimited("later", timedelta(milliseconds=-1))


async def _refuses(call: Call) -> None:
    raise ContentRejected("no: choose other words")


async def test_a_call_is_booked_with_its_price(
    crew: Crew, storage: Storage, ledger: Ledger, shop: Shop
) -> None:
    made = await buy(crew, storage)
    again = await buy(crew, storage, at(run="another"))
    assert (made.assets[0].cached, again.assets[0].cached, len(shop.sold)) == (False, True, 1)
    assert made.spent_usd == _cost(storage, made) == ledger.spent(RUN) == 0.04
    assert _outcomes(ledger.all_calls(RUN)) == [CallOutcome.PAID]
    assert ledger.all_calls("another") == ()
    assert again.spent_usd == 0.0


async def test_an_answer_that_died_with_the_worker_is_lost_and_bought_once_more(
    crew: Crew, storage: Storage, ledger: Ledger, shop: Shop
) -> None:
    shop.happens = [_dies]
    with pytest.raises(Died):
        await buy(crew, storage)
    made = await buy(crew, storage, at(attempt=2))
    assert _outcomes(ledger.all_calls(RUN)) == [CallOutcome.LOST, CallOutcome.PAID]
    assert made.spent_usd == _cost(storage, made) == spent(ledger.all_calls(RUN)) == 0.08
    assert len(shop.sold) == 2


async def test_what_was_paid_and_could_not_be_stored_is_lost(
    crew: Crew, storage: Storage, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Blobs.put

    def full(blobs: Blobs, data: bytes, media_type: str) -> object:
        if media_type == "image/png":
            raise StorageError("the disk is full")
        return put(blobs, data, media_type)

    with monkeypatch.context() as patch:
        patch.setattr(Blobs, "put", full)
        with pytest.raises(ApplicationError, match="full"):
            await buy(crew, storage)
    await buy(crew, storage, at(attempt=2))
    assert _outcomes(ledger.all_calls(RUN)) == [CallOutcome.LOST, CallOutcome.PAID]


async def test_a_job_is_resumed_by_the_next_attempt_and_not_bought_again(
    crew: Crew, storage: Storage, ledger: Ledger, shop: Shop
) -> None:
    async def dies_while_waiting(call: Call) -> None:
        await call.keep_job("job-7")
        raise Died

    async def goes_on(call: Call) -> None:
        assert call.job == "job-7"

    shop.happens = [dies_while_waiting, goes_on]
    with pytest.raises(Died):
        await buy(crew, storage)
    await buy(crew, storage, at(attempt=2))
    assert len(shop.sold) == 1
    (entry,) = ledger.all_calls(RUN)
    assert (entry.outcome, entry.job) == (CallOutcome.PAID, "job-7")
    assert ledger.job("shop", entry.key) is None


async def test_a_lost_job_is_booked_and_bought_again(
    crew: Crew, storage: Storage, ledger: Ledger, shop: Shop
) -> None:
    async def keeps_it_and_dies(call: Call) -> None:
        await call.keep_job("job-7")
        raise Died

    async def finds_it_gone(call: Call) -> None:
        await call.keep_job(None)
        await call.sending()

    shop.happens = [keeps_it_and_dies, finds_it_gone]
    with pytest.raises(Died):
        await buy(crew, storage)
    await buy(crew, storage, at(attempt=2))
    assert _outcomes(ledger.all_calls(RUN)) == [CallOutcome.LOST, CallOutcome.PAID]


async def test_a_job_that_another_run_began_is_waited_for(
    crew: Crew, storage: Storage, ledger: Ledger, shop: Shop
) -> None:
    async def keeps_it_and_fails(call: Call) -> None:
        await call.keep_job("job-7")
        raise ProviderTimeout("no word of it")

    shop.happens = [keeps_it_and_fails]
    with pytest.raises(ApplicationError, match="no word"):
        await buy(crew, storage)
    assert _outcomes(ledger.all_calls(RUN)) == [CallOutcome.SENT]
    made = await buy(crew, storage, at(run="another"))
    assert (len(shop.sold), made.spent_usd) == (1, 0.0)
    # And who began it finds it in the store.
    assert (await buy(crew, storage, at(attempt=2))).assets[0].cached
    assert ledger.spent(RUN) == 0.04


@pytest.mark.parametrize(
    ("happens", "outcome", "cost"),
    [
        (_times_out, CallOutcome.LOST, 0.04),
        (_is_busy, CallOutcome.REFUSED, 0.0),
        (_refuses, CallOutcome.REFUSED, 0.0),
    ],
    ids=["timeout", "rate limit", "refusal"],
)
async def test_a_failure_says_what_it_cost(
    crew: Crew,
    storage: Storage,
    ledger: Ledger,
    shop: Shop,
    happens: Callable[[Call], Awaitable[None]],
    outcome: CallOutcome,
    cost: float,
) -> None:
    shop.happens = [happens]
    with pytest.raises(ApplicationError) as caught:
        await buy(crew, storage)
    (failure,) = caught.value.details
    assert isinstance(failure, Failure)
    assert failure.spent_usd == cost
    assert _outcomes(ledger.all_calls(RUN)) == [outcome]
    assert spent(ledger.all_calls(RUN)) == cost


async def test_a_refusal_that_is_asked_again_in_another_way_costs_nothing(
    crew: Crew, storage: Storage, ledger: Ledger, shop: Shop
) -> None:
    async def is_refused_once(call: Call) -> None:
        await call.refused("not in these words")
        await call.sending()

    shop.happens = [is_refused_once]
    made = await buy(crew, storage)
    refused, paid = ledger.all_calls(RUN)
    assert (refused.outcome, paid.outcome) == (CallOutcome.REFUSED, CallOutcome.PAID)
    assert refused.message == "not in these words"
    assert _cost(storage, made) == 0.04


async def test_nothing_is_sent_beyond_the_limit(crew: Crew, storage: Storage, shop: Shop) -> None:
    with pytest.raises(ApplicationError, match=r"about \$0.0400 and \$0.0300 .*max_cost_usd") as no:
        await buy(crew, storage, limit=0.03)
    assert no.value.type == "CostLimitReached"
    assert no.value.non_retryable
    assert shop.sold == []
    await buy(crew, storage, limit=0.04)
    assert len(shop.sold) == 1


async def test_what_does_not_fit_while_another_call_may_give_some_back_waits(
    crew: Crew, storage: Storage, shop: Shop
) -> None:
    begun, answered = asyncio.Event(), asyncio.Event()

    async def answers_later(call: Call) -> None:
        begun.set()
        await answered.wait()

    other = SEA.model_copy(update={"seed": 2})
    shop.happens = [answers_later]
    first = asyncio.ensure_future(buy(crew, storage, at("one"), limit=0.05))
    await begun.wait()
    with pytest.raises(ApplicationError, match="waiting for the calls") as caught:
        await buy(crew, storage, at("two"), request=other, limit=0.05)
    assert (caught.value.type, caught.value.non_retryable) == ("Waiting", False)
    assert caught.value.next_retry_delay
    answered.set()
    await first
    with pytest.raises(ApplicationError, match="may still be spent") as caught:
        await buy(crew, storage, at("two", attempt=2), request=other, limit=0.05)
    assert caught.value.type == "CostLimitReached"
    assert len(shop.sold) == 1


async def test_the_store_is_asked_before_the_purse(crew: Crew, storage: Storage) -> None:
    await buy(crew, storage)
    assert (await buy(crew, storage, at(run="another"), limit=0.0)).assets[0].cached


async def test_lost_answers_are_bought_again_only_so_often(
    crew: Crew, storage: Storage, shop: Shop
) -> None:
    shop.always = _times_out
    most = MAX_LOST_ANSWERS + 1
    for attempt in range(1, most + 1):
        with pytest.raises(ApplicationError, match="no answer"):
            await buy(crew, storage, at(attempt=attempt))
    with pytest.raises(ApplicationError, match=f"{most} calls of shop, {most} of them") as caught:
        await buy(crew, storage, at(attempt=most + 1))
    assert caught.value.type == "TooManyCalls"
    assert len(shop.sold) == most


async def test_lost_answers_that_cost_nothing_do_not_count(
    crew: Crew, storage: Storage, shop: Shop
) -> None:
    shop.happens = [_times_out] * 15
    for attempt in range(1, 16):
        with pytest.raises(ApplicationError, match="no answer"):
            await buy(crew, storage, at(attempt=attempt), price={})
    assert (await buy(crew, storage, at(attempt=16), price={})).spent_usd == 0.0


async def test_refusals_of_a_busy_service_use_up_nothing(
    crew: Crew, storage: Storage, shop: Shop
) -> None:
    shop.happens = [_is_busy] * 12
    for attempt in range(1, 13):
        with pytest.raises(ApplicationError, match="later"):
            await buy(crew, storage, at(attempt=attempt))
    assert _cost(storage, await buy(crew, storage, at(attempt=13))) == 0.04


@pytest.mark.parametrize(
    ("error", "retried"), [(StorageError("the disk is full"), False), (StorageAway("away"), True)]
)
async def test_a_ledger_that_cannot_be_written_stops_the_call(
    crew: Crew,
    storage: Storage,
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    error: StorageError,
    retried: bool,
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(Ledger, "send", refuse)
    with pytest.raises(ApplicationError, match=str(error)) as caught:
        await buy(crew, storage)
    assert caught.value.non_retryable is not retried
    assert shop.sold == []


async def test_a_call_is_written_down_though_every_other_thread_is_busy(
    crew: Crew, storage: Storage, shop: Shop
) -> None:
    loop, free = asyncio.get_running_loop(), Event()
    executor = ThreadPoolExecutor(1)
    loop.set_default_executor(executor)
    busy = asyncio.ensure_future(asyncio.to_thread(free.wait, 30))
    try:
        assert (await asyncio.wait_for(buy(crew, storage), 10)).spent_usd == 0.04
        assert not busy.done()
    finally:
        free.set()
        await busy
        loop.set_default_executor(ThreadPoolExecutor())


# Who else wants it


async def test_of_two_runs_that_want_one_picture_one_buys_it(
    crew: Crew, storage: Storage, ledger: Ledger, shop: Shop
) -> None:
    begun, answered = asyncio.Event(), asyncio.Event()

    async def answers_later(call: Call) -> None:
        begun.set()
        await answered.wait()

    shop.happens = [answers_later]
    first = asyncio.ensure_future(buy(crew, storage))
    await begun.wait()
    with pytest.raises(ApplicationError, match="another run is making it") as caught:
        await buy(crew, storage, at(run="another"))
    assert (caught.value.type, caught.value.non_retryable) == ("Waiting", False)
    answered.set()
    mine = (await first).assets[0]
    theirs = (await buy(crew, storage, at(run="another", attempt=2))).assets[0]
    assert (mine.artifact, theirs.cached) == (theirs.artifact, True)
    assert len(shop.sold) == 1
    assert ledger.all_calls("another") == ()


async def test_an_attempt_that_was_overtaken_buys_and_settles_nothing_of_its_successors(
    crew: Crew, storage: Storage, ledger: Ledger, shop: Shop
) -> None:
    """Its worker lost Temporal, but not the service."""
    begun, answered = asyncio.Event(), asyncio.Event()

    async def answers_late(call: Call) -> None:
        begun.set()
        await answered.wait()

    shop.happens = [answers_late]
    first = asyncio.ensure_future(buy(crew, storage))
    await begun.wait()
    successor = await buy(crew, storage, at(attempt=2))
    answered.set()
    overtaken = await first
    assert len(shop.sold) == len(ledger.all_calls(RUN)) == 2
    assert ledger.spent(RUN) == 0.08
    assert CallOutcome.SENT not in _outcomes(ledger.all_calls(RUN))
    assert overtaken.assets[0].artifact == successor.assets[0].artifact


async def test_a_rate_limit_pauses_the_service_for_every_worker(
    crew: Crew, storage: Storage, shop: Shop
) -> None:
    async def is_busy(call: Call) -> None:
        raise RateLimited("later", timedelta(seconds=30))

    shop.happens = [is_busy]
    with pytest.raises(ApplicationError, match="later"):
        await buy(crew, storage)
    other = SEA.model_copy(update={"seed": 2})
    with pytest.raises(ApplicationError, match=f"{SERVICE} asked to wait") as caught:
        await buy(crew, storage, at("two", run="another"), request=other)
    assert caught.value.type == "Waiting"
    assert caught.value.next_retry_delay
    assert caught.value.next_retry_delay > timedelta(seconds=20)
    assert len(shop.sold) == 1


async def test_no_more_calls_are_under_way_than_the_service_has_places(
    crew: Crew, storage: Storage, shop: Shop
) -> None:
    begun, answered = asyncio.Event(), asyncio.Event()

    async def answers_later(call: Call) -> None:
        begun.set()
        await answered.wait()

    shop.places, shop.happens = 1, [answers_later]
    first = asyncio.ensure_future(buy(crew, storage))
    await begun.wait()
    other = SEA.model_copy(update={"seed": 2})
    with pytest.raises(ApplicationError, match="all places at shop are taken"):
        await buy(crew, storage, at("two", run="another"), request=other)
    answered.set()
    await first
    await buy(crew, storage, at("two", run="another", attempt=2), request=other)
    assert len(shop.sold) == 2
