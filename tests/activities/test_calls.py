"""Nothing that was paid for is paid for twice, and what may have been is never hidden."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from activities.designer import Designer
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.assets import Stores
from activities.calls import MAX_LOST_ANSWERS
from domain.assets import ImageRequest
from domain.ledger import CallOutcome, LedgerEntry, spent
from providers.base import Call, Embedded, ImageProvider, Media
from providers.errors import ContentRejected, ProviderTimeout, RateLimited
from providers.registry import Role
from storage.errors import StorageError
from storage.ledger import LedgerStore
from storage.store import LocalStore
from workflows.activities import AssetResult, GenerateImage, Terms

CENTS = {"images": 0.04}
RUN = ActivityEnvironment.default_info().workflow_id or ""


class Died(BaseException):
    """The worker's process ended here."""


class Shop(Embedded):
    """Sells pictures for four cents each; what happens on the way is scripted."""

    name = "shop"
    model = "shop-1"

    def __init__(self) -> None:
        self.sold = 0
        self.happens: list[Callable[[Call], Awaitable[None]]] = []

    async def generate(self, request: ImageRequest, *, call: Call) -> Media:
        if call.job is None:
            await call.sending()
            self.sold += 1
        if self.happens:
            await self.happens.pop(0)(call)
        await call.charged({"images": 1})
        return Media(data=b"picture", media_type="image/png", model="shop-1", licence="ours")

    async def aclose(self) -> None:
        """Nothing is held."""


@pytest.fixture
def shops() -> Role[Shop]:
    return Role("images", {"shop": f"{__name__}:Shop"}, default="auto")


@pytest.fixture
def shop(shops: Role[Shop]) -> Shop:
    return shops.get("shop")


@pytest.fixture
def ledger(data_dir: Path) -> LedgerStore:
    return LedgerStore(data_dir)


@pytest.fixture
def designer(shops: Role[ImageProvider], ledger: LedgerStore, data_dir: Path) -> Designer:
    return Designer(shops, Stores(LocalStore(data_dir), ledger))


async def _buy(designer: Designer, *, may_spend: float | None = None) -> AssetResult:
    terms = Terms(asset="image/scene_1", price=CENTS, may_spend_usd=may_spend)
    request = ImageRequest(prompt="sea", style="", width=64, height=64, seed=1, look=1, sequence=1)
    result: AssetResult = await ActivityEnvironment().run(
        designer.generate_image, GenerateImage(provider="shop", terms=terms, request=request)
    )
    return result


def _outcomes(entries: tuple[LedgerEntry, ...]) -> list[CallOutcome]:
    return [entry.outcome for entry in entries]


async def _dies(call: Call) -> None:
    raise Died


async def _times_out(call: Call) -> None:
    raise ProviderTimeout("no answer", may_have_charged=True)


async def _is_busy(call: Call) -> None:
    raise RateLimited("later")


async def _refuses(call: Call) -> None:
    raise ContentRejected("no: choose other words")


async def test_a_call_is_booked_with_its_price(
    designer: Designer, ledger: LedgerStore, shop: Shop
) -> None:
    result = await _buy(designer)
    again = await _buy(designer)
    assert (result.cached, again.cached, shop.sold) == (False, True, 1)
    assert result.asset.provenance.cost_usd == 0.04
    assert ledger.all_calls(RUN) == result.calls
    assert _outcomes(result.calls) == [CallOutcome.PAID]
    assert again.calls == ()


async def test_an_answer_that_died_with_the_worker_is_lost_and_bought_once_more(
    designer: Designer, shop: Shop
) -> None:
    shop.happens = [_dies]
    with pytest.raises(Died):
        await _buy(designer)
    result = await _buy(designer)
    assert _outcomes(result.calls) == [CallOutcome.LOST, CallOutcome.PAID]
    assert result.asset.provenance.cost_usd == spent(result.calls) == 0.08
    assert shop.sold == 2


async def test_what_was_paid_and_could_not_be_stored_is_lost(
    designer: Designer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise StorageError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(LocalStore, "save", full)
        with pytest.raises(ApplicationError, match="full"):
            await _buy(designer)
    assert _outcomes((await _buy(designer)).calls) == [CallOutcome.LOST, CallOutcome.PAID]


async def test_a_job_is_resumed_by_the_next_attempt_and_not_bought_again(
    designer: Designer, ledger: LedgerStore, shop: Shop
) -> None:
    async def dies_while_waiting(call: Call) -> None:
        await call.keep_job("job-7")
        raise Died

    async def goes_on(call: Call) -> None:
        assert call.job == "job-7"

    shop.happens = [dies_while_waiting, goes_on]
    with pytest.raises(Died):
        await _buy(designer)
    result = await _buy(designer)
    assert shop.sold == 1
    assert _outcomes(result.calls) == [CallOutcome.PAID]
    assert result.calls[0].job == "job-7"
    assert ledger.job("shop", result.calls[0].key) is None


async def test_a_lost_job_is_booked_and_bought_again(designer: Designer, shop: Shop) -> None:
    async def keeps_it_and_dies(call: Call) -> None:
        await call.keep_job("job-7")
        raise Died

    async def finds_it_gone(call: Call) -> None:
        await call.keep_job(None)
        await call.sending()

    shop.happens = [keeps_it_and_dies, finds_it_gone]
    with pytest.raises(Died):
        await _buy(designer)
    result = await _buy(designer)
    assert _outcomes(result.calls) == [CallOutcome.LOST, CallOutcome.PAID]


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
    designer: Designer,
    shop: Shop,
    happens: Callable[[Call], Awaitable[None]],
    outcome: CallOutcome,
    cost: float,
) -> None:
    shop.happens = [happens]
    with pytest.raises(ApplicationError) as caught:
        await _buy(designer)
    (entries,) = caught.value.details
    assert _outcomes(entries) == [outcome]
    assert spent(entries) == cost


async def test_a_refusal_that_is_asked_again_in_another_way_costs_nothing(
    designer: Designer, shop: Shop
) -> None:
    async def is_refused_once(call: Call) -> None:
        await call.refused("not in these words")
        await call.sending()

    shop.happens = [is_refused_once]
    result = await _buy(designer)
    assert _outcomes(result.calls) == [CallOutcome.REFUSED, CallOutcome.PAID]
    assert result.calls[0].message == "not in these words"
    assert result.asset.provenance.cost_usd == 0.04


async def test_nothing_is_sent_beyond_the_limit(designer: Designer, shop: Shop) -> None:
    with pytest.raises(ApplicationError, match=r"about \$0.0400 and \$0.0300 .*max_cost_usd") as no:
        await _buy(designer, may_spend=0.03)
    assert no.value.type == "CostLimitReached"
    assert no.value.non_retryable
    assert shop.sold == 0
    await _buy(designer, may_spend=0.04)
    assert shop.sold == 1


async def test_the_store_is_asked_before_the_purse(designer: Designer) -> None:
    await _buy(designer)
    assert (await _buy(designer, may_spend=0.0)).cached


async def test_lost_answers_are_bought_again_only_so_often(designer: Designer, shop: Shop) -> None:
    shop.happens = [_times_out] * 9
    most = MAX_LOST_ANSWERS + 1
    for _ in range(most):
        with pytest.raises(ApplicationError, match="no answer"):
            await _buy(designer)
    with pytest.raises(ApplicationError, match=f"{most} calls of shop, {most} of them") as caught:
        await _buy(designer)
    assert caught.value.type == "TooManyCalls"
    assert shop.sold == most


async def test_refusals_of_a_busy_service_use_up_nothing(designer: Designer, shop: Shop) -> None:
    shop.happens = [_is_busy] * 12
    for _ in range(12):
        with pytest.raises(ApplicationError, match="later"):
            await _buy(designer)
    assert (await _buy(designer)).asset.provenance.cost_usd == 0.04


async def test_a_ledger_that_cannot_be_written_stops_the_call(
    designer: Designer, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr(LedgerStore, "write", full)
    with pytest.raises(ApplicationError, match="full"):
        await _buy(designer)
    assert shop.sold == 0
