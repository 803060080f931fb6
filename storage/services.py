"""What a service allows, for all workers of a deployment: places side by side, and pauses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from storage.database import Database, insert_into, utc_now
from storage.leases import SECONDS, Clock, Lease, database_time, take_on
from storage.tables import leases, pauses


class Services:
    """Places are leases named `place/<service>/<n>`; a pause ends at a moment."""

    def __init__(self, database: Database, *, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or database_time

    def take_place(
        self, service: str, places: int, owner: str, *, attempt: int = 1, seconds: float = SECONDS
    ) -> Lease | None:
        """One of `places`, or None while others have them all; renewed and freed as a lease.

        An owner is one call that may be tried again: it has one place, and a newer attempt
        takes that over. Raises `StorageError`.
        """
        names = [f"place/{service}/{n}" for n in range(places)]

        def work(connection: Connection) -> Lease | None:
            now = self._clock(connection)
            for name in _worth_trying(connection, names, owner, now):
                lease = take_on(connection, name, owner, attempt=attempt, now=now, seconds=seconds)
                if lease is not None:
                    return lease
            return None

        return self._database.transact(work)

    def pause(self, service: str, until: datetime) -> None:
        """Nobody asks the service before `until`; never shortens a pause. Raises `StorageError`."""
        lasts = until - utc_now()

        def work(connection: Connection) -> None:
            insert = insert_into(connection, pauses).values(
                # Clocks of machines differ: what is kept is by the clock that all share.
                service=service, until=self._clock(connection) + lasts,
            )  # fmt: skip
            later = insert.on_conflict_do_update(
                index_elements=[pauses.c.service],
                set_={"until": insert.excluded.until},
                where=pauses.c.until < insert.excluded.until,
            )
            connection.execute(later)

        self._database.transact(work)

    def paused_until(self, service: str) -> datetime | None:
        """When the pause ends, by this machine's clock; None without one. Raises `StorageError`."""
        with self._database.read() as connection:
            query = select(pauses.c.until).where(pauses.c.service == service)
            until = connection.execute(query).scalar()
            now = self._clock(connection)
        return None if until is None or until <= now else utc_now() + (until - now)


def _worth_trying(connection: Connection, names: list[str], owner: str, now: datetime) -> list[str]:
    """The owner's own place where it has one, else those that nobody holds."""
    query = select(leases.c.name, leases.c.owner)
    living = connection.execute(query.where(leases.c.name.in_(names), leases.c.expires_at > now))
    holders = {name: holder for name, holder in living}
    mine = [name for name in names if holders.get(name) == owner]
    return mine or [name for name in names if name not in holders]
