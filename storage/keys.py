"""Idempotency keys: which run a start with a key is, for all gateways of a deployment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.database import Database, put_if_absent, utc_now
from storage.tables import idempotency_keys


@dataclass(frozen=True)
class Claimed:
    """The run of a key; `digest` is of the body that first came with it."""

    run_id: str
    digest: str
    is_new: bool


class IdempotencyKeys:
    """All keys that starts came with."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, key: str, digest: str, run_id: str) -> Claimed:
        """Give the key this run, unless it has one: then that one. Raises `StorageError`."""
        row = {"key": key, "digest": digest, "run_id": run_id, "created_at": utc_now()}
        query = select(idempotency_keys.c.run_id, idempotency_keys.c.digest).where(
            idempotency_keys.c.key == key
        )

        def work(connection: Connection) -> Claimed:
            if put_if_absent(connection, idempotency_keys, row):
                return Claimed(run_id, digest, is_new=True)
            found = connection.execute(query).one()
            return Claimed(found.run_id, found.digest, is_new=False)

        return self._database.transact(work)

    def forget(self, *, before: datetime) -> int:
        """Drop keys that came before that; returns how many. Raises `StorageError`."""
        old = delete(idempotency_keys).where(idempotency_keys.c.created_at < before)
        return self._database.transact(lambda connection: connection.execute(old).rowcount)
