"""Leases: one holder, whoever asks, and none for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from storage.database import Database
from storage.errors import LeaseLost
from storage.leases import Lease, Leases
from tests.postgres import Postgres
from tests.storage.writers import as_another_process


class FakeClock:
    """The clock that all users of a database share."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self, connection: Connection) -> datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def leases(database: Database, clock: FakeClock) -> Leases:
    return Leases(database, clock=clock)


def taken(lease: Lease | None) -> Lease:
    assert lease is not None
    return lease


def test_only_one_owner_holds_a_name(leases: Leases) -> None:
    first = taken(leases.take("image/k", "run-1"))
    assert leases.take("image/k", "run-2") is None
    assert taken(leases.take("image/other", "run-2")).owner == "run-2"

    leases.free(first)
    assert taken(leases.take("image/k", "run-2")).owner == "run-2"


def test_what_a_dead_owner_held_passes_on(leases: Leases, clock: FakeClock) -> None:
    first = taken(leases.take("k", "run-1", seconds=20))
    clock.pass_seconds(19.9)
    assert leases.take("k", "run-2") is None
    clock.pass_seconds(0.1)
    second = taken(leases.take("k", "run-2"))
    assert second.fence > first.fence


def test_a_heartbeat_keeps_it(leases: Leases, clock: FakeClock) -> None:
    lease = taken(leases.take("k", "run-1", seconds=20))
    for _ in range(5):
        clock.pass_seconds(15)
        lease = leases.renew(lease, seconds=20)
        assert leases.take("k", "run-2") is None
    assert lease.expires_at == clock.now + timedelta(seconds=20)


@pytest.mark.parametrize("attempt", [1, 2])
def test_a_new_attempt_of_the_owner_takes_over_at_once_and_the_old_one_is_told(
    leases: Leases, attempt: int
) -> None:
    zombie = taken(leases.take("k", "run-1", attempt=1))
    successor = taken(leases.take("k", "run-1", attempt=attempt))

    assert successor.fence > zombie.fence
    with pytest.raises(LeaseLost, match=f"attempt {attempt} of 'run-1'"):
        leases.renew(zombie)
    assert leases.renew(successor).fence == successor.fence


def test_an_older_attempt_gets_it_only_when_it_is_free(leases: Leases, clock: FakeClock) -> None:
    leases.take("k", "run-1", attempt=2, seconds=20)
    assert leases.take("k", "run-1", attempt=1) is None
    clock.pass_seconds(20)
    # Attempts are counted anew when a run is reset or asks again in its next round.
    assert taken(leases.take("k", "run-1", attempt=1)).attempt == 1


def test_one_who_lost_it_frees_nothing(leases: Leases) -> None:
    zombie = taken(leases.take("k", "run-1"))
    leases.take("k", "run-1", attempt=2)
    leases.free(zombie)
    assert leases.take("k", "run-2") is None


def test_a_lease_that_ran_out_and_nobody_took_is_renewed(leases: Leases, clock: FakeClock) -> None:
    lease = taken(leases.take("k", "run-1", seconds=20))
    clock.pass_seconds(60)
    leases.renew(lease)
    assert leases.take("k", "run-2") is None


def test_a_name_that_was_forgotten_never_repeats_a_fence(leases: Leases, clock: FakeClock) -> None:
    old = taken(leases.take("k", "run-1"))
    leases.free(old)
    kept = taken(leases.take("held", "run-1", seconds=7200))
    clock.pass_seconds(3600)

    assert leases.forget(timedelta(minutes=30)) == 1
    assert taken(leases.take("k", "run-2")).fence > old.fence
    with pytest.raises(LeaseLost):
        leases.renew(old)
    assert leases.renew(kept)


def test_a_worker_whose_clock_is_wrong_takes_nothing_from_others(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database.open(postgres.migrated_database())
    leases = Leases(database)
    first = taken(leases.take("k", "run-1"))

    monkeypatch.setattr("storage.leases.utc_now", lambda: datetime.now(UTC) + timedelta(hours=1))
    assert leases.take("k", "run-2") is None
    leases.free(first)
    assert taken(leases.take("k", "run-2")).expires_at - first.expires_at < timedelta(minutes=5)
    database.close()


def test_many_that_race_for_one_lease_get_one(database: Database) -> None:
    with as_another_process(database) as other:
        sides = [Leases(database), Leases(other)]

        def take(number: int) -> Lease | None:
            return sides[number % 2].take("k", f"run-{number}")

        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(take, range(24)))
    assert len([lease for lease in found if lease]) == 1


def test_of_attempts_that_race_exactly_one_stays_the_holder(database: Database) -> None:
    leases = Leases(database)

    def take(attempt: int) -> Lease | None:
        return leases.take("k", "run-1", attempt=attempt)

    with ThreadPoolExecutor(8) as threads:
        found = [lease for lease in threads.map(take, range(1, 17)) if lease]

    assert len({lease.fence for lease in found}) == len(found)
    newest = max(found, key=lambda lease: lease.fence)
    assert newest.attempt == 16
    for lease in found:
        if lease != newest:
            with pytest.raises(LeaseLost):
                leases.renew(lease)
    assert leases.renew(newest)
