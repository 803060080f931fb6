"""Which blobs the records name, and how long what they do not name must be left alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from storage.tables import assets, events, film_assets, leases, runs, uploads

PREFIX = "blob/"
_ROWS_AT_ONCE = 500
_SHA256 = re.compile(r'"sha256": ?"([0-9a-f]{64})"')

Key = tuple[str, str]
Columns = tuple[Any, ...]


def named_blobs(
    connection: Connection, *, without_runs: Collection[str], without_assets: Collection[Key]
) -> set[str]:
    """Every hash in the records, but for what only these runs and assets name."""
    gone_runs, gone_assets = frozenset(without_runs), frozenset(without_assets)
    named = set(connection.scalars(select(uploads.c.sha256)))
    index = select(assets.c.kind, assets.c.key, assets.c.sha256)
    for kind, key, sha256 in _rows(connection, index):
        if (kind, key) not in gone_assets:
            named.add(sha256)
    for run_id, sha256 in _rows(connection, select(film_assets.c.run_id, film_assets.c.sha256)):
        if run_id not in gone_runs:
            named.add(sha256)
    for table, column in ((runs, runs.c.status), (events, events.c.document)):
        query = select(table.c.run_id, column).where(column.contains('"sha256"'))
        for run_id, document in _rows(connection, query):
            if run_id not in gone_runs:
                named.update(_SHA256.findall(document))
    return named


def unused_assets(
    connection: Connection, *, without_runs: Collection[str], before: datetime
) -> dict[Key, str]:
    """The assets that no film was made of, each with its blob."""
    gone = frozenset(without_runs)
    used = {
        (kind, key)
        for run_id, kind, key in _rows(
            connection, select(film_assets.c.run_id, film_assets.c.kind, film_assets.c.key)
        )
        if run_id not in gone
    }
    query = select(assets.c.kind, assets.c.key, assets.c.sha256)
    rows = _rows(connection, query.where(assets.c.created_at < before))
    return {(kind, key): sha256 for kind, key, sha256 in rows if (kind, key) not in used}


def spared_blobs(connection: Connection, now: datetime) -> set[str]:
    """What was forgotten so lately that a run under way may be about to name it."""
    query = select(leases.c.name).where(leases.c.name.startswith(PREFIX), leases.c.expires_at > now)
    return {name.removeprefix(PREFIX) for name in connection.scalars(query)}


def oldest_open_run(connection: Connection) -> datetime | None:
    """When the run began that has been under way for longest; None where none is."""
    query = select(func.min(runs.c.created_at)).where(runs.c.outcome.is_(None))
    oldest: datetime | None = connection.scalar(query)
    return oldest


def _rows(
    connection: Connection, query: Select[*tuple[Any, ...]]
) -> Iterator[Row[*tuple[Any, ...]]]:
    return iter(connection.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE}))
