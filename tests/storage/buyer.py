"""A tiny buyer that follows the protocol of buying, stopping between any two of its writes."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Protocol

from domain.assets import ArtifactRef, Asset, Made, Provenance
from domain.ledger import CallOutcome, Purchase
from storage.assets import AssetIndex
from storage.database import Database
from storage.errors import CostLimit, DoesNotFitNow, LeaseLost
from storage.leases import Clock, Lease, Leases
from storage.ledger import Ledger

KIND, PROVIDER = "image", "service"
PRICE_USD = 0.05
LEASE_SECONDS = 20.0

Steps = Generator[None, None, str]


class Machine:
    """What a worker has: connections of its own, and the records of all."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.index = AssetIndex(database)
        self.leases = Leases(database, clock=clock)
        self.ledger = Ledger(database, clock=clock)


class Service:
    """Never answers twice alike, charges at most what was expected, and knows what it charged."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self.charged: defaultdict[str, float] = defaultdict(float)
        self._jobs: dict[str, bytes] = {}

    def answer(self, run: str) -> tuple[bytes, float] | None:
        """Bytes and how many units they cost; None where the call is refused."""
        if self._dice.random() < 0.1:
            return None
        units = self._dice.choice([0.5, 1.0])
        self.charged[run] += units * PRICE_USD
        return self._dice.randbytes(16), units

    def submit(self, run: str) -> tuple[str, float] | None:
        if (answered := self.answer(run)) is None:
            return None
        job = f"J-{len(self._jobs)}"
        self._jobs[job] = answered[0]
        return job, answered[1]

    def fetch(self, job: str) -> bytes | None:
        """None where the service has lost the job."""
        if self._dice.random() < 0.05:
            self._jobs.pop(job, None)
        return self._jobs.get(job)


@dataclass(eq=False)
class Item:
    """Something that a run needs; as Temporal knows it."""

    run: str
    name: str
    key: str
    is_job: bool
    limit_usd: float
    attempt: int = 0
    outcome: str = ""

    @property
    def purchase(self) -> Purchase:
        return Purchase(
            asset=self.name,
            key=self.key,
            provider=PROVIDER,
            model="m",
            units={"images": 1},
            price={"images": PRICE_USD},
            limit_usd=self.limit_usd,
        )


class Blobs:
    """Bytes under their own hash; some are damaged now and then."""

    def __init__(self) -> None:
        self.whole: dict[str, bytes] = {}
        self.were_damaged: set[str] = set()

    def put(self, data: bytes) -> ArtifactRef:
        sha256 = hashlib.sha256(data).hexdigest()
        self.whole[sha256] = data
        return ArtifactRef(sha256=sha256, bytes=len(data), media_type="image/png")

    def damage(self, sha256: str) -> None:
        del self.whole[sha256]
        self.were_damaged.add(sha256)


class Witness(Protocol):
    """The world that a buyer lives in, which sees what it does."""

    service: Service
    blobs: Blobs

    def assert_nobody_else_held_it(self, buyer: Buyer) -> None: ...
    def assert_it_was_the_holders_to_buy(self, buyer: Buyer) -> None: ...
    def assert_it_names_the_same_bytes(self, key: str, asset: Asset) -> None: ...
    def assert_limit_is_reached(self, buyer: Buyer) -> None: ...
    def assert_it_was_decided_once(self, run: str, kept: Made) -> None: ...


@dataclass(eq=False)
class Buyer:
    """One attempt at an item: look, take the lease, look again, buy, keep, free."""

    world: Witness
    machine: Machine
    item: Item
    attempt: int
    lease: Lease | None = None
    steps: Steps = field(init=False)

    def __post_init__(self) -> None:
        self.steps = self._steps()

    def _steps(self) -> Steps:
        asset = yield from self._look()
        if asset is None:
            owner = f"{self.item.run}/{self.item.name}"
            self.lease = self.machine.leases.take(
                f"asset/{self.item.key}", owner, attempt=self.attempt, seconds=LEASE_SECONDS
            )
            self.world.assert_nobody_else_held_it(self)
            yield
            if self.lease is None:
                return "waits"
            try:
                asset = (yield from self._look()) or (yield from self._buy(self.lease))
            except LeaseLost:
                return "waits"
            except DoesNotFitNow:
                asset = None
            except CostLimit:
                self.world.assert_limit_is_reached(self)
                return "refused"
            self.machine.leases.free(self.lease)
            self.lease = None
            yield
            if asset is None:
                return "waits"
        return self._keep(asset)

    def _look(self) -> Generator[None, None, Asset | None]:
        index, key = self.machine.index, self.item.key
        asset = index.find(KIND, key)
        yield
        if asset and asset.artifact.sha256 not in self.world.blobs.whole:
            index.discard(KIND, key, asset.artifact.sha256)
            asset = None
            yield
        return asset

    def _buy(self, lease: Lease) -> Generator[None, None, Asset | None]:
        job = self.machine.ledger.job(PROVIDER, self.item.key)
        yield
        earlier = self.machine.ledger.calls(self.item.run, self.item.key)
        yield
        if job is not None:
            call_id = next((entry.id for entry in earlier if entry.job == job), None)
            return (yield from self._follow(job, call_id))
        for entry in earlier:
            if entry.outcome in (CallOutcome.SENT, CallOutcome.PAID):
                self.machine.ledger.settle(entry.id, CallOutcome.LOST)
                yield
        call_id = self.machine.ledger.send(self.item.run, self.item.purchase, lease=lease)
        self.world.assert_it_was_the_holders_to_buy(self)
        yield
        return (yield from self._ask(call_id))

    def _ask(self, call_id: int) -> Generator[None, None, Asset | None]:
        ledger, service, run = self.machine.ledger, self.world.service, self.item.run
        answered = service.submit(run) if self.item.is_job else service.answer(run)
        yield
        if answered is None:
            ledger.settle(call_id, CallOutcome.REFUSED)
            yield
            return None
        made, units = answered
        if isinstance(made, str):
            ledger.keep_job(PROVIDER, self.item.key, made, call_id=call_id)
            yield
        ledger.settle(call_id, CallOutcome.PAID, units={"images": units})
        yield
        if isinstance(made, str):
            return (yield from self._follow(made, call_id))
        return (yield from self._store(made))

    def _follow(self, job: str, call_id: int | None) -> Generator[None, None, Asset | None]:
        data = self.world.service.fetch(job)
        yield
        asset = None if data is None else (yield from self._store(data))
        if data is None and call_id is not None:
            self.machine.ledger.settle(call_id, CallOutcome.LOST)
            yield
        self.machine.ledger.keep_job(PROVIDER, self.item.key, None, ended=job)
        yield
        return asset

    def _store(self, data: bytes) -> Generator[None, None, Asset]:
        artifact = self.world.blobs.put(data)
        yield
        provenance = Provenance(provider=PROVIDER, model="m", licence="x")
        asset = Asset(artifact=artifact, provenance=provenance)
        kept = self.machine.index.add(KIND, self.item.key, asset)
        self.world.assert_it_names_the_same_bytes(self.item.key, kept)
        yield
        return kept

    def _keep(self, asset: Asset) -> str:
        made = Made(
            name=self.item.name, digest="d", kind=KIND, key=self.item.key, asset=asset, cached=False
        )
        kept = self.machine.index.keep_made(self.item.run, made)
        self.world.assert_it_was_decided_once(self.item.run, kept)
        return "done"
