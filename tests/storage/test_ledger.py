"""The ledger: every call is a row, nothing is rewritten, and a limit holds whoever spends."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest
from sqlalchemy import Connection, delete, func, select

from domain.assets import ArtifactRef, Asset, Provenance
from domain.ledger import CallOutcome, Purchase
from storage.assets import AssetIndex
from storage.database import Database
from storage.errors import AlreadyMade, CostLimit, DoesNotFitNow, LeaseLost, StorageError
from storage.leases import Lease, Leases
from storage.ledger import Ledger
from storage.tables import calls, settlements
from tests.storage.writers import address, as_another_process

RUN = "20260301_1200_thesea"


def purchase(
    asset: str = "image/scene_1", *, limit: float | None = None, usd: float = 0.05
) -> Purchase:
    return Purchase(
        asset=asset,
        key=asset,
        provider="openai",
        model="gpt-image-2",
        units={"images": 1},
        price={"images": usd},
        limit_usd=limit,
    )


class Buyers:
    """Holders of leases on assets, as activities are."""

    def __init__(self, database: Database) -> None:
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        self.leases = Leases(database, clock=self._clock)
        self.ledger = Ledger(database, clock=self._clock)

    def lease(self, asset: str = "image/scene_1", *, run: str = RUN, attempt: int = 1) -> Lease:
        lease = self.leases.take(f"asset/{asset}", f"{run}/{asset}", attempt=attempt)
        assert lease is not None
        return lease

    def send(
        self, asset: str = "image/scene_1", *, limit: float | None = None, usd: float = 0.05
    ) -> int:
        return self.ledger.send(RUN, purchase(asset, limit=limit, usd=usd), lease=self.lease(asset))

    def _clock(self, connection: Connection) -> datetime:
        return self.now


@pytest.fixture
def buyers(database: Database) -> Buyers:
    return Buyers(database)


@pytest.fixture
def ledger(buyers: Buyers) -> Ledger:
    return buyers.ledger


def outcomes(ledger: Ledger) -> list[CallOutcome]:
    return [entry.outcome for entry in ledger.all_calls(RUN)]


def test_a_call_is_open_until_it_is_settled(buyers: Buyers, ledger: Ledger) -> None:
    call_id = buyers.send()
    (entry,) = ledger.calls(RUN, "image/scene_1")
    assert (entry.id, entry.number, entry.outcome) == (call_id, 1, CallOutcome.SENT)
    assert (entry.cost_usd, entry.units, entry.at) == (0.05, {"images": 1}, buyers.now)
    assert ledger.spent(RUN) == 0.05

    ledger.settle(call_id, CallOutcome.PAID, units={"images": 1.2})
    (entry,) = ledger.all_calls(RUN)
    assert (entry.outcome, entry.units, entry.cost_usd) == (CallOutcome.PAID, {"images": 1.2}, 0.06)
    assert ledger.spent(RUN) == 0.06


@pytest.mark.parametrize(
    ("settled", "spent"),
    [
        pytest.param([], 0.05, id="open"),
        pytest.param([(CallOutcome.REFUSED, None)], 0.0, id="refused"),
        pytest.param([(CallOutcome.LOST, None)], 0.05, id="lost"),
        pytest.param([(CallOutcome.PAID, None)], 0.05, id="paid as estimated"),
        pytest.param([(CallOutcome.PAID, {"images": 0.5})], 0.025, id="paid by units"),
        pytest.param(
            [(CallOutcome.PAID, {"images": 2.0}), (CallOutcome.LOST, None)],
            0.1,
            id="paid, then its answer died: what was paid stays paid",
        ),
        pytest.param(
            [(CallOutcome.LOST, None), (CallOutcome.PAID, {"images": 0.5})],
            0.025,
            id="given up, then its answer came",
        ),
        pytest.param(
            [(CallOutcome.LOST, None), (CallOutcome.REFUSED, None)],
            0.0,
            id="given up, then it was refused",
        ),
    ],
)
def test_what_was_spent_is_summed_up_from_what_became_of_each_call(
    buyers: Buyers,
    ledger: Ledger,
    settled: list[tuple[CallOutcome, dict[str, float] | None]],
    spent: float,
) -> None:
    call_id = buyers.send()
    for outcome, units in settled:
        ledger.settle(call_id, outcome, units=units)
    assert ledger.spent(RUN) == pytest.approx(spent)
    assert outcomes(ledger) == [settled[-1][0] if settled else CallOutcome.SENT]


@pytest.mark.parametrize(
    ("known", "late"),
    [
        pytest.param(CallOutcome.REFUSED, CallOutcome.LOST, id="refused"),
        pytest.param(CallOutcome.PAID, CallOutcome.REFUSED, id="paid"),
    ],
)
def test_who_knows_less_changes_nothing(
    buyers: Buyers, ledger: Ledger, known: CallOutcome, late: CallOutcome
) -> None:
    call_id = buyers.send()
    ledger.settle(call_id, known, message="so it was")
    ledger.settle(call_id, late)
    (entry,) = ledger.all_calls(RUN)
    assert (entry.outcome, entry.message) == (known, "so it was")


def test_rows_are_only_ever_added(buyers: Buyers, ledger: Ledger, database: Database) -> None:
    call_id = buyers.send()
    with database.read() as connection:
        before = connection.execute(select(calls)).all()
    ledger.settle(call_id, CallOutcome.PAID)
    ledger.settle(call_id, CallOutcome.LOST, message="its worker died")
    with database.read() as connection:
        assert connection.execute(select(calls)).all() == before
        kept = connection.execute(select(settlements.c.outcome).order_by(settlements.c.id))
        assert list(kept.scalars()) == ["paid", "lost"]


def test_a_price_that_was_said_outright_is_kept(buyers: Buyers, ledger: Ledger) -> None:
    ledger.settle(buyers.send(), CallOutcome.PAID, units={"images": 1}, cost_usd=0.07)
    assert ledger.spent(RUN) == 0.07


def test_what_was_never_sent_cannot_be_settled(ledger: Ledger) -> None:
    with pytest.raises(StorageError, match="no call 7"):
        ledger.settle(7, CallOutcome.PAID)


def test_a_call_of_a_deleted_run_is_never_taken_for_another(
    buyers: Buyers, ledger: Ledger, database: Database
) -> None:
    old = buyers.send()
    database.transact(lambda connection: connection.execute(delete(calls)))
    new = ledger.send("another run", purchase("x"), lease=buyers.lease("x"))
    assert new != old
    with pytest.raises(StorageError, match="never sent"):
        ledger.settle(old, CallOutcome.REFUSED)


def test_calls_are_numbered_by_asset_and_kept_by_run(buyers: Buyers, ledger: Ledger) -> None:
    for asset in ("a", "b", "a"):
        buyers.send(asset)
    ledger.send("another run", purchase("a"), lease=buyers.lease("a"))
    entries = ledger.all_calls(RUN)
    assert [(e.asset, e.number) for e in entries] == [("a", 1), ("b", 1), ("a", 2)]
    assert [e.number for e in ledger.calls(RUN, "a")] == [1, 2]


def test_both_calls_of_an_attempt_and_its_successor_are_booked(
    buyers: Buyers, ledger: Ledger
) -> None:
    zombie = buyers.lease(attempt=1)
    first = ledger.send(RUN, purchase(), lease=zombie)

    successor = buyers.lease(attempt=2)
    ledger.settle(first, CallOutcome.LOST, message="the worker died")
    second = ledger.send(RUN, purchase(), lease=successor)
    ledger.settle(second, CallOutcome.PAID)

    ledger.settle(first, CallOutcome.PAID)  # its answer arrives after all
    assert [(e.number, e.outcome) for e in ledger.all_calls(RUN)] == [
        (1, CallOutcome.PAID),
        (2, CallOutcome.PAID),
    ]
    assert ledger.spent(RUN) == 0.1
    with pytest.raises(LeaseLost):
        ledger.send(RUN, purchase(), lease=zombie)
    assert len(ledger.all_calls(RUN)) == 2


def test_a_lease_that_ran_out_sends_nothing(buyers: Buyers, ledger: Ledger) -> None:
    lease = buyers.lease()
    buyers.now += timedelta(seconds=20)
    with pytest.raises(LeaseLost, match="run out"):
        ledger.send(RUN, purchase(), lease=lease)
    ledger.send(RUN, purchase(), lease=buyers.leases.renew(lease))


def test_what_was_stored_since_the_buyer_looked_is_not_bought(
    buyers: Buyers, ledger: Ledger, database: Database
) -> None:
    zombie = buyers.lease(attempt=1)
    ledger.send(RUN, purchase(), lease=zombie)
    successor = buyers.lease(attempt=2)
    asset = Asset(
        artifact=ArtifactRef(sha256="a" * 64, bytes=1, media_type="image/png"),
        provenance=Provenance(provider="openai", model="gpt-image-2", licence="x"),
    )
    AssetIndex(database).add("image", purchase().key, asset)  # by the zombie, late

    with pytest.raises(AlreadyMade):
        ledger.send(RUN, purchase(), lease=successor)
    assert len(ledger.all_calls(RUN)) == 1


def test_a_run_spends_its_limit_to_the_last_cent(buyers: Buyers, ledger: Ledger) -> None:
    for number in range(8):
        buyers.send(f"image/scene_{number}", limit=0.4)
    assert ledger.spent(RUN) == 0.4


def test_what_does_not_fit_waits_for_what_is_under_way(buyers: Buyers, ledger: Ledger) -> None:
    first = buyers.send("a", limit=0.06)
    with pytest.raises(DoesNotFitNow, match=r"about \$0\.0500 and \$0\.0100 may still be spent"):
        buyers.send("b", limit=0.06)

    ledger.settle(first, CallOutcome.REFUSED)
    buyers.send("b", limit=0.06)
    assert ledger.spent(RUN) == 0.05


def test_money_that_comes_back_is_spent_by_others(buyers: Buyers, ledger: Ledger) -> None:
    first = buyers.send("a", limit=0.08)
    ledger.settle(first, CallOutcome.PAID, units={"images": 0.5})
    buyers.send("b", limit=0.08)
    assert ledger.spent(RUN) == pytest.approx(0.075)


def settle_it(buyers: Buyers, call_id: int) -> None:
    buyers.ledger.settle(call_id, CallOutcome.PAID)


def let_its_lease_run_out(buyers: Buyers, call_id: int) -> None:
    buyers.now += timedelta(minutes=1)


def let_another_run_have_its_asset(buyers: Buyers, call_id: int) -> None:
    buyers.now += timedelta(minutes=1)
    buyers.lease("a", run="another")


@pytest.mark.parametrize(
    "happens", [settle_it, let_its_lease_run_out, let_another_run_have_its_asset]
)
def test_it_is_refused_once_nothing_is_under_way(
    buyers: Buyers, ledger: Ledger, happens: Callable[[Buyers, int], None]
) -> None:
    happens(buyers, buyers.send("a", limit=0.06))
    with pytest.raises(CostLimit, match="raise max_cost_usd, or choose an embedded provider"):
        buyers.send("b", limit=0.06)
    assert len(ledger.all_calls(RUN)) == 1


def test_a_later_attempt_that_follows_the_job_is_waited_for(buyers: Buyers) -> None:
    buyers.send("a", limit=0.06)
    buyers.now += timedelta(minutes=1)
    buyers.lease("a", attempt=2)
    with pytest.raises(DoesNotFitNow):
        buyers.send("b", limit=0.06)


def test_nobody_waits_for_a_call_of_his_own(buyers: Buyers, ledger: Ledger) -> None:
    buyers.send("a", limit=0.06)
    with pytest.raises(CostLimit):
        buyers.send("a", limit=0.06)


def test_other_runs_do_not_count(buyers: Buyers, ledger: Ledger) -> None:
    call_id = ledger.send("another run", purchase("x", limit=0.06), lease=buyers.lease("x"))
    ledger.settle(call_id, CallOutcome.PAID)
    buyers.send("a", limit=0.06)
    with pytest.raises(CostLimit):
        ledger.send("another run", purchase("y", limit=0.06), lease=buyers.lease("y"))


def test_what_costs_nothing_always_fits(buyers: Buyers, ledger: Ledger) -> None:
    buyers.send("a", limit=0.05)
    buyers.send("b", limit=0.05, usd=0)
    assert ledger.spent(RUN) == 0.05


def test_all_calls_count_whatever_became_of_who_made_them(buyers: Buyers, ledger: Ledger) -> None:
    """A cancelled or timed-out activity returns nothing, and its calls are there all the same."""
    for asset in ("a", "b", "c"):
        buyers.send(asset)
    assert ledger.spent(RUN) == 0.15


def last_dollars(url: str, side: int) -> list[str]:
    """Buy until it is refused; run by each of two processes."""
    database = Database.open(url, durable=False)
    leases, ledger, said = Leases(database), Ledger(database), []
    for number in itertools.count():
        asset = f"image/{side}_{number}"
        lease = leases.take(asset, asset)
        assert lease is not None
        try:
            call_id = ledger.send(RUN, purchase(asset, limit=1.0), lease=lease)
        except (CostLimit, DoesNotFitNow) as exc:
            said.append(type(exc).__name__)
            break
        said.append("sent")
        ledger.settle(call_id, CallOutcome.PAID)
        leases.free(lease)
    database.close()
    return said


def test_two_processes_that_race_for_the_last_dollars_never_overspend(database: Database) -> None:
    spawn = get_context("spawn")
    together = spawn.Barrier(2)
    with ProcessPoolExecutor(2, spawn, initializer=together.wait, initargs=(60,)) as processes:
        found = processes.map(last_dollars, [address(database)] * 2, (1, 2))
    assert [said for side in found for said in side].count("sent") == 20
    assert Ledger(database).spent(RUN) == 1.0


def test_of_many_that_race_for_the_last_place_in_a_budget_one_gets_it(database: Database) -> None:
    with as_another_process(database) as other:
        sides = [(Leases(each), Ledger(each)) for each in (database, other)]

        def send(number: int) -> str:
            leases, ledger = sides[number % 2]
            lease = leases.take(f"k{number}", f"owner-{number}")
            assert lease is not None
            try:
                ledger.send(RUN, purchase(f"k{number}", limit=0.09), lease=lease)
            except DoesNotFitNow:
                return "waits"
            return "sent"

        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(send, range(16)))
    assert found.count("sent") == 1
    assert found.count("waits") == 15


def test_a_call_that_two_settle_at_once_has_one_outcome(buyers: Buyers, database: Database) -> None:
    call_id = buyers.send()

    def settle(outcome: CallOutcome) -> None:
        Ledger(database).settle(call_id, outcome)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(settle, [CallOutcome.PAID, CallOutcome.REFUSED] * 8))
    with database.read() as connection:
        kinds = connection.execute(
            select(settlements.c.outcome, func.count()).group_by(settlements.c.outcome)
        )
        counted = {outcome: count for outcome, count in kinds}
    # One that was refused and turns out to be paid is paid from then on.
    assert counted["paid"] == 8
    assert counted.get("refused", 0) <= 1
    assert outcomes(buyers.ledger) == [CallOutcome.PAID]


def test_a_job_is_found_after_any_number_of_deaths(buyers: Buyers, ledger: Ledger) -> None:
    call_id = buyers.send()
    assert ledger.job("mubert", "k") is None
    ledger.keep_job("mubert", "k", "J-1", call_id=call_id)
    for _ in range(5):
        assert ledger.job("mubert", "k") == "J-1"
        ledger.keep_job("mubert", "k", "J-1")  # an attempt that follows it says so again
    assert ledger.job("comfyui", "k") is None
    assert ledger.all_calls(RUN)[0].job == "J-1"

    ledger.keep_job("mubert", "k", None)
    assert ledger.job("mubert", "k") is None
    assert ledger.all_calls(RUN)[0].job == "J-1"


def test_a_job_that_one_run_began_is_found_by_another(
    buyers: Buyers, ledger: Ledger, database: Database
) -> None:
    ledger.keep_job("mubert", "k", "J-1", call_id=buyers.send())
    with as_another_process(database) as other:
        assert Ledger(other).job("mubert", "k") == "J-1"


def test_a_new_job_follows_one_that_the_service_lost(ledger: Ledger) -> None:
    ledger.keep_job("mubert", "k", "J-1")
    ledger.keep_job("mubert", "k", None)
    ledger.keep_job("mubert", "k", "J-2")
    assert ledger.job("mubert", "k") == "J-2"
    ledger.keep_job("mubert", "k", "J-1")
    assert ledger.job("mubert", "k") == "J-1"


def test_an_attempt_that_was_overtaken_ends_only_its_own_job(ledger: Ledger) -> None:
    ledger.keep_job("mubert", "k", "J-1")
    ledger.keep_job("mubert", "k", "J-2")
    ledger.keep_job("mubert", "k", None, ended="J-1")
    assert ledger.job("mubert", "k") == "J-2"
    ledger.keep_job("mubert", "k", None, ended="J-2")
    assert ledger.job("mubert", "k") is None
