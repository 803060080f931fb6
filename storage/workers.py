"""What the workers of a deployment can do, for gateways that know no provider themselves.

Each worker says so again and again; what it said runs out when it stops. There is no secret in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from pydantic import Field, ValidationError
from sqlalchemy import Connection, Row, delete, select

from domain.model import Frozen
from domain.offers import Offer
from domain.offers import merged as merged_offers
from domain.voices import Voice
from storage.database import Database, put_if_absent
from storage.leases import database_time
from storage.tables import workers

SECONDS = 60.0
V = TypeVar("V")


class Capability(Frozen):
    """The provider that a role will use, and why."""

    provider: str
    why: str
    choices: tuple[str, ...]


class Capabilities(Frozen):
    """Of one worker, or of all of a deployment."""

    providers: dict[str, Capability] = {}
    voices: tuple[str, ...] = Field(default=(), description="ids, for gateways of 0.2.0")
    catalogue: tuple[Voice, ...] = ()
    casts: dict[str, tuple[str, ...]] = Field(
        default={}, description="language: ids of the voices that characters get in turn"
    )
    languages: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class WorkerRecord:
    """What a worker said last."""

    worker_id: str
    capabilities: Capabilities
    queues: tuple[str, ...]
    reported_at: datetime
    expires_at: datetime


class WorkerRecords:
    """All workers of a deployment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def report(
        self,
        worker_id: str,
        capabilities: Capabilities,
        queues: tuple[str, ...],
        *,
        seconds: float = SECONDS,
    ) -> None:
        """Say for so long that this worker is there. Raises `StorageError`."""
        row = {
            "worker_id": worker_id,
            "queues": json.dumps(queues),
            "capabilities": capabilities.model_dump_json(),
        }

        def work(connection: Connection) -> None:
            now = database_time(connection)
            gone = (workers.c.worker_id == worker_id) | (workers.c.expires_at < now)
            connection.execute(delete(workers).where(gone))
            times = {"reported_at": now, "expires_at": now + timedelta(seconds=seconds)}
            put_if_absent(connection, workers, {**row, **times})

        self._database.transact(work)

    def living(self) -> tuple[WorkerRecord, ...]:
        """Those whose word has not run out, newest first. Raises `StorageError`."""
        query = select(workers).order_by(workers.c.reported_at.desc(), workers.c.worker_id)
        with self._database.read() as connection:
            now = database_time(connection)
            rows = connection.execute(query.where(workers.c.expires_at > now)).all()
        return tuple(_record(row) for row in rows)

    def capabilities(self) -> Capabilities:
        """What the living can do together. Raises `StorageError`."""
        return merged([record.capabilities for record in self.living()])

    def forget(self, worker_id: str) -> None:
        """The worker has ended. Raises `StorageError`."""
        gone = delete(workers).where(workers.c.worker_id == worker_id)
        self._database.transact(lambda connection: connection.execute(gone))


def merged(each: Sequence[Capabilities]) -> Capabilities:
    """A role's provider is the first one's who has the role; what may be chosen is all of it."""
    providers: dict[str, Capability] = {}
    for role in dict.fromkeys(role for one in each for role in one.providers):
        having = [one.providers[role] for one in each if role in one.providers]
        choices = _union(capability.choices for capability in having)
        providers[role] = having[0].model_copy(update={"choices": choices})
    return Capabilities(
        providers=providers,
        voices=_union(one.voices for one in each),
        catalogue=_union(one.catalogue for one in each),
        casts={tag: ids for one in reversed(each) for tag, ids in one.casts.items()},
        languages=_union(one.languages for one in each),
        offers=merged_offers(offer for one in each for offer in one.offers),
    )


def _union(each: Iterable[tuple[V, ...]]) -> tuple[V, ...]:
    return tuple(dict.fromkeys(value for values in each for value in values))


def _record(row: Row[*tuple[Any, ...]]) -> WorkerRecord:
    try:
        capabilities = Capabilities.model_validate_json(row.capabilities)
    except ValidationError:
        # A worker of another version: it is there, and that is all that can be said.
        capabilities = Capabilities()
    return WorkerRecord(
        worker_id=row.worker_id,
        capabilities=capabilities,
        queues=tuple(json.loads(row.queues)),
        reported_at=row.reported_at,
        expires_at=row.expires_at,
    )
