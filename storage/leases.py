"""Leases: who alone may work on a named thing, and until when.

Moments are judged by the database's clock and by no other: the server's on PostgreSQL, the
machine's own with SQLite, whose file no other machine shares. So clocks of workers may differ by
any amount; what they say to one another is how long a lease lasts, never when it ends.
A lease that was taken over has a higher fence, and whoever still holds the old one is told so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from storage.database import Database, insert_into, utc_now
from storage.errors import LeaseLost
from storage.tables import leases

SECONDS = 20.0

Clock = Callable[[Connection], datetime]


@dataclass(frozen=True)
class Lease:
    """The right to work on `name` alone until `expires_at`, by the database's clock."""

    name: str
    owner: str
    attempt: int
    fence: int
    expires_at: datetime


class Leases:
    """The leases of a deployment; safe for many threads, processes and machines."""

    def __init__(self, database: Database, *, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or database_time

    def take(
        self, name: str, owner: str, *, attempt: int = 1, seconds: float = SECONDS
    ) -> Lease | None:
        """The lease, or None while another owner, or a newer attempt of this one, has it.

        The same owner takes it over at once. Raises `StorageError`.
        """

        def work(connection: Connection) -> Lease | None:
            return take_on(
                connection, name, owner, attempt=attempt, now=self._clock(connection),
                seconds=seconds,
            )  # fmt: skip

        return self._database.transact(work)

    def renew(self, lease: Lease, seconds: float = SECONDS) -> Lease:
        """The lease with an end that is `seconds` away. Raises `LeaseLost`, `StorageError`."""

        def work(connection: Connection) -> Lease:
            ends = self._clock(connection) + timedelta(seconds=seconds)
            changed = connection.execute(
                update(leases).where(_is_that_of(lease)).values(expires_at=ends)
            )
            if not changed.rowcount:
                raise _lost(connection, lease)
            return replace(lease, expires_at=ends)

        return self._database.transact(work)

    def free(self, lease: Lease) -> None:
        """Let others have it; nothing where they have it already. Raises `StorageError`."""

        def work(connection: Connection) -> None:
            now = self._clock(connection)
            connection.execute(update(leases).where(_is_that_of(lease)).values(expires_at=now))

        self._database.transact(work)

    def forget(self, lasts: timedelta) -> int:
        """Remove what has been free for so long, and return how many. Raises `StorageError`."""

        def work(connection: Connection) -> int:
            before = self._clock(connection) - lasts
            return connection.execute(delete(leases).where(leases.c.expires_at < before)).rowcount

        return self._database.transact(work)


def database_time(connection: Connection) -> datetime:
    """What the clock says that all who use this database share."""
    if connection.dialect.name == "postgresql":
        moment: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return moment
    return utc_now()


def take_on(
    connection: Connection, name: str, owner: str, *, attempt: int, now: datetime, seconds: float
) -> Lease | None:
    """`Leases.take` as a part of a transaction."""
    ends = now + timedelta(seconds=seconds)
    insert = insert_into(connection, leases).values(
        # Higher than any that a forgotten row of this name has had.
        name=name, owner=owner, attempt=attempt, expires_at=ends, fence=_milliseconds(now),
    )  # fmt: skip
    is_mine = and_(leases.c.owner == owner, leases.c.attempt <= attempt)
    taken = insert.on_conflict_do_update(
        index_elements=[leases.c.name],
        set_={
            "owner": owner,
            "attempt": attempt,
            "expires_at": ends,
            "fence": leases.c.fence + 1,
        },
        where=or_(leases.c.expires_at <= now, is_mine),
    ).returning(leases.c.fence)
    fence = connection.execute(taken).scalar()
    return None if fence is None else Lease(name, owner, attempt, fence, ends)


def require_held(connection: Connection, lease: Lease, now: datetime) -> None:
    """Raise `LeaseLost` where `lease` has passed on or run out.

    On PostgreSQL nobody else can take it before the transaction has ended.
    """
    held = select(leases.c.fence).where(_is_that_of(lease), leases.c.expires_at > now)
    if connection.execute(held.with_for_update(read=True)).first() is None:
        raise _lost(connection, lease)


def _is_that_of(lease: Lease) -> Any:
    return and_(leases.c.name == lease.name, leases.c.fence == lease.fence)


def _lost(connection: Connection, lease: Lease) -> LeaseLost:
    holder = connection.execute(select(leases).where(leases.c.name == lease.name)).first()
    if holder is None or holder.fence == lease.fence:
        became = "has run out"
    else:
        became = f"has passed to attempt {holder.attempt} of {holder.owner!r}"
    return LeaseLost(
        f"the lease of attempt {lease.attempt} of {lease.owner!r} on {lease.name!r} {became}: "
        "stop here, a new attempt looks again"
    )


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
