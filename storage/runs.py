"""The records of runs: what lists and views show, the log of events, and whose a name is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Update, and_, delete, func, select, update

from domain.events import Event
from domain.run import RunSpec, RunState, RunStatus
from storage.database import Database, put_if_absent, utc_now
from storage.errors import StorageError
from storage.executions import is_heard, locked_run, put_run
from storage.run_rows import (
    RunRow,
    StoredEvent,
    StoredRun,
    listed_run,
    page_query,
    plain,
    spec_values,
    status_values,
    stored_event,
    stored_run,
)
from storage.tables import calls, events, film_assets, idempotency_keys, runs
from storage.tables import executions as execution_rows

__all__ = ["RunNameTaken", "RunRecords", "RunRow", "StoredEvent", "StoredRun"]

PIECE_EVENTS = 500


class RunNameTaken(Exception):
    """Another run has had this id; the message says since when and what to do."""


class RunRecords:
    """All runs of a deployment; safe for many threads, processes and machines.

    Every method raises `StorageError` where the database does not answer, and every one may be
    called again after that.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def announce(
        self,
        run_id: str,
        spec: RunSpec,
        *,
        created_at: datetime,
        owner: str | None = None,
        retry_of: str | None = None,
    ) -> bool:
        """List a run before its workflow begins; nothing, and False, where the id is known."""
        values = {
            **spec_values(spec),
            "created_at": created_at,
            "owner": owner,
            "retry_of": retry_of,
        }
        return self._database.transact(lambda connection: put_run(connection, run_id, values))

    def claim(
        self,
        run_id: str,
        execution_id: str,
        first_execution_id: str,
        spec: RunSpec | None,
        *,
        created_at: datetime,
    ) -> None:
        """Take the name for this chain of executions, the first thing a workflow does.

        Raises `RunNameTaken` where it is another chain's.
        """

        def work(connection: Connection) -> None:
            put_run(connection, run_id, {"created_at": created_at})
            row = _of_chain(run_id, locked_run(connection, run_id), first_execution_id)
            if not is_heard(connection, row, execution_id):
                return
            values = {**spec_values(spec), "updated_at": utc_now()}
            if row.first_execution_id is None:
                values |= {"first_execution_id": first_execution_id, "created_at": created_at}
            connection.execute(_update(run_id).values(values))

        self._database.transact(work)

    def progress(
        self,
        run_id: str,
        execution_id: str,
        state: RunState,
        *,
        title: str | None = None,
        duration_ms: int | None = None,
    ) -> None:
        """Where the run is now. A closed run opens again where another execution says so."""
        known = {"title": title and plain(title), "duration_ms": duration_ms}
        changed = {k: v for k, v in known.items() if v is not None}

        def work(connection: Connection) -> None:
            row = locked_run(connection, run_id)
            if not is_heard(connection, row, execution_id):
                return
            values = {**changed, "state": state, "updated_at": utc_now()}
            connection.execute(_update(run_id).where(runs.c.outcome.is_(None)).values(values))

        self._database.transact(work)

    def stop(self, run_id: str) -> None:
        """Let no new attempt begin: the run has failed for good and waits for those under way."""

        def work(connection: Connection) -> None:
            change = _update(run_id).where(runs.c.outcome.is_(None)).values(is_stopping=True)
            connection.execute(change)

        self._database.transact(work)

    def is_stopping(self, run_id: str) -> bool:
        query = select(runs.c.is_stopping).where(runs.c.run_id == run_id)
        with self._database.read() as connection:
            return bool(connection.scalar(query))

    def append_events(self, run_id: str, execution_id: str, new: Sequence[Event]) -> None:
        """Keep a stretch of the log; what is there already stays as it is.

        From the first of `new` on, events of other executions were of a past that a reset undid.
        """
        if not new:
            return

        def work(connection: Connection) -> None:
            if not is_heard(connection, locked_run(connection, run_id), execution_id):
                return
            undone = and_(
                events.c.run_id == run_id,
                events.c.seq >= new[0].seq,
                events.c.execution_id != execution_id,
            )
            connection.execute(delete(events).where(undone))
            _put_events(connection, run_id, execution_id, new)

        self._database.transact(work)

    def close(self, run_id: str, execution_id: str, status: RunStatus) -> None:
        """How the run ended; an execution's first word on that stays.

        Raises ValueError for a status without an outcome.
        """
        if status.outcome is None:
            raise ValueError(f"run {run_id!r} has not ended: its status has no outcome")
        values = status_values(status)

        def work(connection: Connection) -> None:
            put_run(connection, run_id, {"created_at": status.created_at})
            if is_heard(connection, locked_run(connection, run_id), execution_id):
                connection.execute(_update(run_id).where(runs.c.outcome.is_(None)).values(values))

        self._database.transact(work)

    def get(self, run_id: str) -> StoredRun | None:
        query = select(runs).where(runs.c.run_id == run_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return stored_run(row) if row else None

    def events(
        self, run_id: str, *, after: int = -1, limit: int | None = None
    ) -> tuple[StoredEvent, ...]:
        """The events with a seq above `after`, in their order."""
        query = (
            select(events.c.execution_id, events.c.document)
            .where(events.c.run_id == run_id, events.c.seq > after)
            .order_by(events.c.seq)
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(stored_event(row) for row in rows)

    def page(
        self,
        *,
        states: Collection[RunState] | None,
        before: tuple[datetime, str] | None,
        limit: int,
    ) -> list[RunRow]:
        """Runs in these states, or in any, newest first by (created_at, run_id)."""
        with self._database.read() as connection:
            rows = connection.execute(page_query(states=states, before=before, limit=limit)).all()
        return [listed_run(row) for row in rows]

    def open_runs(self, owner: str) -> int:
        """How many runs of this owner have not ended."""
        query = (
            select(func.count())
            .select_from(runs)
            .where(runs.c.owner == owner, runs.c.outcome.is_(None))
        )
        with self._database.read() as connection:
            return connection.scalar(query) or 0

    def delete(self, run_id: str) -> None:
        """Forget a run with all that was kept for it alone; blobs and its folder stay."""
        kept = (events, film_assets, calls, execution_rows, idempotency_keys, runs)

        def work(connection: Connection) -> None:
            for table in kept:
                connection.execute(delete(table).where(table.c.run_id == run_id))

        self._database.transact(work)


def _update(run_id: str) -> Update:
    return update(runs).where(runs.c.run_id == run_id)


def _put_events(
    connection: Connection, run_id: str, execution_id: str, new: Sequence[Event]
) -> None:
    rows = [
        {
            "run_id": run_id,
            "seq": event.seq,
            "execution_id": execution_id,
            "document": event.model_dump_json(),
        }
        for event in new
    ]
    for begin in range(0, len(rows), PIECE_EVENTS):
        put_if_absent(connection, events, *rows[begin : begin + PIECE_EVENTS])


def _of_chain(
    run_id: str, row: Row[*tuple[Any, ...]] | None, first_execution_id: str
) -> Row[*tuple[Any, ...]]:
    if row is None:
        raise StorageError(f"run {run_id!r} is being deleted: try again")
    if row.first_execution_id not in (None, first_execution_id):
        raise RunNameTaken(
            f"run id {run_id!r} is taken by a run of {row.created_at:%Y-%m-%d %H:%M} UTC: "
            "choose another with --id"
        )
    return row
