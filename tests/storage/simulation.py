"""A small world of runs that buy the same assets on two machines that die at any moment.

Each buyer stops between any two of its writes. There it may go on, die, or stall: then its
successor begins while it sleeps, and it wakes when it has long been replaced. One seed always
plays the same story. What must hold is asserted where it could break.
"""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from domain.assets import Asset, Made
from storage.database import Database
from storage.errors import LeaseLost
from tests.storage.buyer import (
    KIND,
    LEASE_SECONDS,
    PRICE_USD,
    Blobs,
    Buyer,
    Item,
    Machine,
    Service,
)

LEASE = timedelta(seconds=LEASE_SECONDS)
MAX_STEPS = 4000


class World:
    """Three runs that want overlapping assets, two machines, one service, one clock."""

    def __init__(self, databases: tuple[Database, Database], seed: int) -> None:
        self.dice = random.Random(seed)
        self.now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=seed)
        self.service = Service(self.dice)
        self.blobs = Blobs()
        self.machines = [Machine(database, self.clock) for database in databases]
        self.named: dict[str, str] = {}
        self.made: dict[tuple[str, str], Made] = {}
        self.holders: dict[str, Buyer] = {}
        self.items = self._items(seed)
        self.awake: list[Buyer] = []
        self.asleep: list[Buyer] = []

    def clock(self, connection: Connection) -> datetime:
        return self.now

    def play(self) -> None:
        """To the end of all runs, and until all who sleep have woken."""
        for _ in range(MAX_STEPS):
            self._begin_attempts()
            if not self.awake:
                break
            self._something_happens()
        assert all(item.outcome for item in self.items), "something is waited for that never comes"
        while self.asleep:
            self._go_on(self.dice.choice(self.asleep))
        self._assert_nothing_is_held_for_ever()
        self._assert_films_can_be_made()

    def assert_nobody_else_held_it(self, buyer: Buyer) -> None:
        if buyer.lease is None:
            return
        before = self.holders.get(buyer.item.key)
        if before is not None and before.lease is not None and before.item is not buyer.item:
            assert before.lease.expires_at <= self.now, "a lease was taken from a living holder"
        self.holders[buyer.item.key] = buyer

    def assert_it_was_the_holders_to_buy(self, buyer: Buyer) -> None:
        assert self.holders[buyer.item.key] is buyer, "one who was replaced has bought"
        found = buyer.machine.index.find(KIND, buyer.item.key)
        assert found is None, "what is stored was bought again"

    def assert_it_names_the_same_bytes(self, key: str, asset: Asset) -> None:
        sha256 = asset.artifact.sha256
        before = self.named.setdefault(key, sha256)
        assert before == sha256 or before in self.blobs.were_damaged, "a key names other bytes now"
        self.named[key] = sha256

    def assert_it_was_decided_once(self, run: str, kept: Made) -> None:
        first = self.made.setdefault((run, kept.name), kept)
        assert kept == first, "a run was told two assets for one item"

    def assert_limit_is_reached(self, buyer: Buyer) -> None:
        left = buyer.item.limit_usd - buyer.machine.ledger.spent(buyer.item.run)
        assert left < PRICE_USD, "what fits was refused"

    def _items(self, seed: int) -> list[Item]:
        limits = [self.dice.choice([2, 3, 4, 10]) * PRICE_USD for _ in range(3)]
        return [
            Item(
                run=f"{seed}-run-{number}",
                name=f"image/scene_{scene}",
                key=f"{seed}-key-{key}",
                is_job=key % 2 == 0,
                limit_usd=limit,
            )
            for number, limit in enumerate(limits)
            for scene, key in enumerate(self.dice.sample(range(3), 2), start=1)
        ]

    def _begin_attempts(self) -> None:
        busy = {buyer.item for buyer in self.awake}
        for item in self.items:
            if not item.outcome and item not in busy:
                item.attempt += 1
                machine = self.dice.choice(self.machines)
                self.awake.append(Buyer(self, machine, item, item.attempt))

    def _something_happens(self) -> None:
        happening = self.dice.choices(
            [self._work, self._die, self._stall, self._wake, self._lose_a_machine, self._wait,
             self._damage],
            weights=[70, 3, 7, 8, 1, 6, 3],
        )  # fmt: skip
        happening[0]()

    def _work(self) -> None:
        buyer = self.dice.choice(self.awake)
        if self._beat(buyer):
            self._go_on(buyer)

    def _die(self) -> None:
        self.awake.remove(self.dice.choice(self.awake))

    def _stall(self) -> None:
        stalled = self.dice.choice(self.awake)
        self.awake.remove(stalled)
        self.asleep.append(stalled)

    def _wake(self) -> None:
        """One that was replaced writes a few things more."""
        if self.asleep:
            buyer = self.dice.choice(self.asleep)
            for _ in range(self.dice.randint(1, 6)):
                if buyer in self.asleep:
                    self._go_on(buyer)

    def _lose_a_machine(self) -> None:
        dead = self.dice.choice(self.machines)
        self.awake = [buyer for buyer in self.awake if buyer.machine is not dead]

    def _wait(self) -> None:
        self.now += timedelta(seconds=self.dice.uniform(0, 15))

    def _damage(self) -> None:
        if self.blobs.whole:
            self.blobs.damage(self.dice.choice(sorted(self.blobs.whole)))

    def _beat(self, buyer: Buyer) -> bool:
        """Renew the lease as a heartbeat does; one who lost it stops, or did not hear of it."""
        if buyer.lease is None or buyer.lease.expires_at - self.now > LEASE / 2:
            return True
        try:
            buyer.lease = buyer.machine.leases.renew(buyer.lease, LEASE_SECONDS)
        except LeaseLost:
            self.awake.remove(buyer)
            if self.dice.random() < 0.5:
                self.asleep.append(buyer)
            return False
        return True

    def _go_on(self, buyer: Buyer) -> None:
        try:
            next(buyer.steps)
        except StopIteration as stop:
            self._ended(buyer, stop.value)
        self._assert_accounts_are_true(buyer)

    def _ended(self, buyer: Buyer, outcome: str) -> None:
        if buyer in self.asleep:
            # Temporal no longer asks what became of it.
            self.asleep.remove(buyer)
            return
        self.awake.remove(buyer)
        if outcome == "waits":
            self.now += timedelta(seconds=1)
        else:
            buyer.item.outcome = outcome

    def _assert_accounts_are_true(self, buyer: Buyer) -> None:
        run = buyer.item.run
        spent = buyer.machine.ledger.spent(run)
        assert self.service.charged[run] <= spent + 1e-9, "the service charged more than is booked"
        assert spent <= buyer.item.limit_usd + 1e-9, "a run spent more than it may"

    def _assert_nothing_is_held_for_ever(self) -> None:
        self.now += LEASE
        for key in {item.key for item in self.items}:
            assert self.machines[0].leases.take(f"asset/{key}", "a stranger")

    def _assert_films_can_be_made(self) -> None:
        for made in self.made.values():
            sha256 = made.asset.artifact.sha256
            data = self.blobs.whole.get(sha256)
            assert data is not None or sha256 in self.blobs.were_damaged, "bytes are missing"
            assert data is None or hashlib.sha256(data).hexdigest() == sha256
