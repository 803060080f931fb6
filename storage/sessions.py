"""Sessions of the page that were ended before they ran out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.database import Database, put_if_absent, utc_now
from storage.tables import ended_sessions


class Sessions:
    """The sessions that no gateway of a deployment takes any more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def end(self, session_id: str, expires_at: datetime) -> None:
        """Refuse it until it would have run out anyway. Raises `StorageError`."""
        over = delete(ended_sessions).where(ended_sessions.c.expires_at < utc_now())
        row = {"session_id": session_id, "expires_at": expires_at}

        def work(connection: Connection) -> None:
            connection.execute(over)
            put_if_absent(connection, ended_sessions, row)

        self._database.transact(work)

    def ended(self) -> frozenset[str]:
        """Those that have not run out yet. Raises `StorageError`."""
        query = select(ended_sessions.c.session_id).where(ended_sessions.c.expires_at > utc_now())
        with self._database.read() as connection:
            return frozenset(connection.scalars(query))
