"""What a service allows, for all workers of a deployment together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from storage.database import Database, utc_now
from storage.errors import LeaseLost
from storage.leases import Lease, Leases
from storage.services import Services
from tests.storage.writers import as_another_process


@pytest.fixture
def services(database: Database) -> Services:
    return Services(database)


def taken(lease: Lease | None) -> Lease:
    assert lease is not None
    return lease


def test_no_more_are_let_in_than_there_are_places(services: Services, database: Database) -> None:
    first = taken(services.take_place("openai", 2, "a"))
    second = taken(services.take_place("openai", 2, "b"))
    assert {first.name, second.name} == {"place/openai/0", "place/openai/1"}
    assert services.take_place("openai", 2, "c") is None
    assert services.take_place("mubert", 1, "c")

    Leases(database).free(first)
    assert taken(services.take_place("openai", 2, "c")).name == first.name


def test_a_new_attempt_takes_the_place_of_the_old_one(
    services: Services, database: Database
) -> None:
    filler = taken(services.take_place("openai", 3, "a"))
    old = taken(services.take_place("openai", 3, "b", attempt=1))
    Leases(database).free(filler)

    new = taken(services.take_place("openai", 3, "b", attempt=2))
    assert new.name == old.name
    with pytest.raises(LeaseLost):
        Leases(database).renew(old)
    assert services.take_place("openai", 3, "b", attempt=1) is None


def test_the_place_of_a_dead_worker_passes_on(database: Database) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    Services(database, clock=lambda _: now).take_place("openai", 1, "a", seconds=20)
    assert Services(database, clock=lambda _: now).take_place("openai", 1, "b") is None
    later = Services(database, clock=lambda _: now + timedelta(seconds=20))
    assert later.take_place("openai", 1, "b")


def test_workers_that_race_for_places_get_as_many_as_there_are(database: Database) -> None:
    with as_another_process(database) as other:
        sides = [Services(database), Services(other)]

        def take(number: int) -> Lease | None:
            return sides[number % 2].take_place("openai", 3, f"run-{number}")

        with ThreadPoolExecutor(8) as threads:
            found = [lease for lease in threads.map(take, range(24)) if lease]
    assert sorted(lease.name for lease in found) == [f"place/openai/{n}" for n in range(3)]


def test_one_answer_too_many_pauses_all_workers(database: Database) -> None:
    until = utc_now() + timedelta(seconds=30)
    Services(database).pause("openai", until)
    with as_another_process(database) as other:
        seen = Services(other).paused_until("openai")
        assert Services(other).paused_until("mubert") is None
    assert seen is not None
    assert abs(seen - until) < timedelta(seconds=5)


def test_a_pause_is_made_longer_but_never_shorter(services: Services) -> None:
    now = utc_now()
    for seconds in (60, 600, 5):
        services.pause("openai", now + timedelta(seconds=seconds))
    seen = services.paused_until("openai")
    assert seen is not None
    assert abs(seen - now - timedelta(seconds=600)) < timedelta(seconds=5)


def test_a_pause_ends(database: Database) -> None:
    Services(database).pause("openai", utc_now() + timedelta(seconds=30))

    def half_a_minute_later(connection: Connection) -> datetime:
        return utc_now() + timedelta(seconds=30)

    assert Services(database, clock=half_a_minute_later).paused_until("openai") is None


def test_a_pause_lasts_as_long_by_every_clock(database: Database) -> None:
    def server_ahead(connection: Connection) -> datetime:
        return utc_now() + timedelta(hours=1)

    services = Services(database, clock=server_ahead)
    until = utc_now() + timedelta(seconds=30)
    services.pause("openai", until)
    seen = services.paused_until("openai")
    assert seen is not None
    assert abs(seen - until) < timedelta(seconds=5)
