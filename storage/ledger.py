"""What runs pay for, call by call, and the jobs that services keep: rows that never change.

A call is written down before it leaves; what became of it is a row of its own, and the last such
row decides. What a run has spent is always summed up from these rows.
"""

from __future__ import annotations

import json
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, insert, select

from domain.ledger import CallOutcome, LedgerEntry, Price, Purchase, Units, cost_of, spent
from storage.database import Database
from storage.errors import AlreadyMade, CostLimit, DoesNotFitNow, StorageError
from storage.leases import Clock, Lease, database_time, require_held
from storage.tables import assets, calls, jobs, leases, settlements

# Rounding in sums of cents must not refuse what fits exactly.
TOLERANCE_USD = 1e-9
# What each outcome may be followed by. An answer is lost to who does not know of it, so that
# never overrules who does; and what was paid is not refused afterwards.
_NEWS = {
    CallOutcome.SENT: {CallOutcome.PAID, CallOutcome.REFUSED, CallOutcome.LOST},
    CallOutcome.PAID: {CallOutcome.PAID, CallOutcome.LOST},
    CallOutcome.REFUSED: {CallOutcome.PAID},
    CallOutcome.LOST: {CallOutcome.PAID, CallOutcome.REFUSED},
}


class Ledger:
    """The calls of all runs; safe for many threads, processes and machines."""

    def __init__(self, database: Database, *, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or database_time

    def send(self, run_id: str, purchase: Purchase, *, lease: Lease) -> int:
        """Write down that a call is about to leave, and return its id.

        Raises `LeaseLost` where the asset is another's to buy by now, and `AlreadyMade` where
        it is in the index; `DoesNotFitNow` where the run's limit leaves too little and calls
        are under way that may give some back; `CostLimit` where none is; `StorageError`.
        Then nothing may be sent.
        """

        def work(connection: Connection) -> int:
            _one_at_a_time(connection, run_id)
            require_held(connection, lease, self._clock(connection))
            _require_not_made(connection, purchase)
            self._require_room(connection, run_id, purchase, lease)
            return _add(connection, run_id, purchase, lease, self._clock(connection))

        return self._database.transact(work)

    def settle(
        self,
        call_id: int,
        outcome: CallOutcome,
        *,
        units: Units | None = None,
        cost_usd: float | None = None,
        message: str = "",
    ) -> None:
        """Say what became of a call, with a lease or without: money that is spent is spent.

        `units` are the service's own count. What says less than is known already changes
        nothing. Raises `StorageError`.
        """

        def work(connection: Connection) -> None:
            # Two that settle one call wait for each other, else both would find it open.
            query = select(calls.c.price).where(calls.c.id == call_id).with_for_update()
            call = connection.execute(query).first()
            if call is None:
                raise StorageError(f"the ledger has no call {call_id}: it was never sent")
            if outcome not in _NEWS[_folded(connection, calls.c.id == call_id)[0].outcome]:
                return
            said = {"call_id": call_id, "at": self._clock(connection), "message": message}
            said |= _costs(units, cost_usd, json.loads(call.price or "{}"))
            connection.execute(insert(settlements).values(**said, outcome=outcome.value))

        self._database.transact(work)

    def calls(self, run_id: str, key: str) -> tuple[LedgerEntry, ...]:
        """The calls for one asset of a run, oldest first. Raises `StorageError`."""
        with self._database.read() as connection:
            return _folded(connection, calls.c.run_id == run_id, calls.c.key == key)

    def all_calls(self, run_id: str) -> tuple[LedgerEntry, ...]:
        """Every call of a run, oldest first. Raises `StorageError`."""
        with self._database.read() as connection:
            return _folded(connection, calls.c.run_id == run_id)

    def spent(self, run_id: str) -> float:
        """US dollars; open calls and lost answers included. Raises `StorageError`."""
        return spent(self.all_calls(run_id))

    def job(self, provider: str, key: str) -> str | None:
        """The job that is being made for an asset, whichever run began it."""
        with self._database.read() as connection:
            return next(iter(_open_jobs(connection, provider, key)), None)

    def keep_job(
        self,
        provider: str,
        key: str,
        job: str | None,
        *,
        call_id: int | None = None,
        ended: str | None = None,
    ) -> None:
        """Write down that `job` was begun, or, with None, that `ended` is over.

        Without a name all jobs of the asset are over: `ended` keeps an attempt that was
        overtaken from ending its successor's. Raises `StorageError`.
        """

        def work(connection: Connection) -> None:
            open_ones = _open_jobs(connection, provider, key)
            if job is None:
                names = [name for name in open_ones if ended in (None, name)]
            else:
                is_known = job in open_ones and call_id in (None, open_ones[job])
                names = [] if is_known else [job]
            row = {"provider": provider, "key": key, "is_over": job is None, "call_id": call_id}
            at = self._clock(connection)
            for name in names:
                connection.execute(insert(jobs).values(**row, job=name, at=at))

        self._database.transact(work)

    def _require_room(
        self, connection: Connection, run_id: str, purchase: Purchase, lease: Lease
    ) -> None:
        limit, next_usd = purchase.limit_usd, purchase.estimate_usd
        if limit is None or next_usd <= 0:
            return
        entries = _folded(connection, calls.c.run_id == run_id)
        left = limit - spent(entries)
        if next_usd <= left + TOLERANCE_USD:
            return
        sentence = (
            f"{purchase.asset}: {purchase.provider} would charge about ${next_usd:.4f} and "
            f"${max(left, 0):.4f} may still be spent"
        )
        is_open = calls.c.id.in_([e.id for e in entries if e.outcome is CallOutcome.SENT])
        if _is_under_way(connection, is_open, lease, self._clock(connection)):
            raise DoesNotFitNow(f"{sentence}: waiting for the calls that are under way")
        raise CostLimit(f"{sentence}: raise max_cost_usd, or choose an embedded provider")


def _costs(units: Units | None, cost_usd: float | None, price: Price) -> dict[str, object]:
    if units is None:
        return {"cost_usd": cost_usd}
    cost = cost_of(units, price) if cost_usd is None else cost_usd
    return {"cost_usd": cost, "units": json.dumps(units)}


def _one_at_a_time(connection: Connection, run_id: str) -> None:
    """Until this transaction ends no other adds a call to the run; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(run_id, 0))))


def _require_not_made(connection: Connection, purchase: Purchase) -> None:
    """Whoever held the lease before may have stored the asset since its holder looked."""
    if connection.execute(select(assets.c.key).where(assets.c.key == purchase.key)).first():
        raise AlreadyMade(
            f"{purchase.asset} is in the index by now: stop here, a new attempt finds it"
        )


def _add(
    connection: Connection, run_id: str, purchase: Purchase, lease: Lease, at: datetime
) -> int:
    of_asset = (calls.c.run_id == run_id, calls.c.key == purchase.key)
    last = connection.execute(select(func.max(calls.c.number)).where(*of_asset)).scalar()
    row = insert(calls).values(
        run_id=run_id,
        key=purchase.key,
        number=(last or 0) + 1,
        asset=purchase.asset,
        provider=purchase.provider,
        model=purchase.model,
        at=at,
        cost_usd=purchase.estimate_usd,
        lease=lease.name,
        owner=lease.owner,
        fence=lease.fence,
        units=json.dumps(purchase.units),
        price=json.dumps(purchase.price),
    )
    return int(connection.execute(row.returning(calls.c.id)).scalar_one())


def _is_under_way(
    connection: Connection, is_open: ColumnElement[bool], lease: Lease, now: datetime
) -> bool:
    """Whether somebody still works on one of the open calls, other than the holder of `lease`.

    A later attempt does, too: it may have taken up the job that the call began.
    """
    is_held = exists().where(
        leases.c.name == calls.c.lease, leases.c.owner == calls.c.owner, leases.c.expires_at > now
    )
    query = select(calls.c.id).where(is_open, calls.c.lease != lease.name, is_held)
    return connection.execute(query.limit(1)).first() is not None


def _folded(connection: Connection, *which: ColumnElement[bool]) -> tuple[LedgerEntry, ...]:
    """The calls as they stand now, oldest first."""
    rows = connection.execute(
        select(
            calls,
            settlements.c.outcome,
            settlements.c.units.label("settled_units"),
            settlements.c.cost_usd.label("settled_usd"),
            settlements.c.message,
        )
        .select_from(calls.outerjoin(settlements))
        .where(*which)
        .order_by(calls.c.id, settlements.c.id)
    )
    begun = select(jobs.c.call_id, jobs.c.job).join(calls, calls.c.id == jobs.c.call_id)
    job_rows = connection.execute(begun.where(*which, ~jobs.c.is_over).order_by(jobs.c.id))
    job_of = {call_id: job for call_id, job in job_rows}
    return tuple(
        _entry(list(of_call), job_of.get(call_id))
        for call_id, of_call in groupby(rows, key=lambda row: row.id)
    )


def _entry(rows: list[Row[Any]], job: str | None) -> LedgerEntry:
    """One call and all that was said of it since: its last word, and the last count of units."""
    call, last = rows[0], rows[-1]
    units, cost_usd = call.units, call.cost_usd
    for row in rows:
        units = row.settled_units or units
        cost_usd = cost_usd if row.settled_usd is None else row.settled_usd
    return LedgerEntry(
        id=call.id,
        asset=call.asset,
        key=call.key,
        number=call.number,
        provider=call.provider,
        model=call.model,
        at=call.at,
        units=json.loads(units),
        cost_usd=cost_usd,
        outcome=CallOutcome(last.outcome or CallOutcome.SENT),
        job=job,
        message=last.message or "",
    )


def _open_jobs(connection: Connection, provider: str, key: str) -> dict[str, int | None]:
    """The jobs of an asset that are not over, newest first, each with the call that began it."""
    query = select(jobs.c.job, jobs.c.is_over, jobs.c.call_id).order_by(jobs.c.id)
    found: dict[str, int | None] = {}
    for job, is_over, call_id in connection.execute(
        query.where(jobs.c.provider == provider, jobs.c.key == key)
    ):
        before = found.pop(job, None)
        if not is_over:
            found[job] = before if call_id is None else call_id
    return dict(reversed(found.items()))
