"""What nobody needs any more: blobs without a name, old runs when asked, and what was left over.

A blob is always stored before a record names it. So whatever is younger than an hour, or than
the oldest run under way, is left alone: somebody may be about to name it.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, tuple_

from storage.blob_info import BlobInfo
from storage.errors import explained
from storage.leases import take_on
from storage.named_blobs import (
    PREFIX,
    Key,
    named_blobs,
    oldest_open_run,
    spared_blobs,
    unused_assets,
)
from storage.storage import Storage
from storage.tables import assets, ended_sessions, leases, pauses, runs, workers

GRACE = timedelta(hours=1)
_LEFT_OVER = frozenset({".tmp", ".mp4", ".m4a"})
_FOLDERS = ("runs", "store", "cache", "uploads")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Report:
    """What was removed, or with `dry_run` would be."""

    dry_run: bool
    runs: tuple[str, ...] = ()
    assets: int = 0
    blobs: int = 0
    files: int = 0
    rows: int = 0
    bytes: int = 0
    waits_for: datetime | None = None

    def lines(self) -> tuple[str, ...]:
        """For people; one line for each kind of thing."""
        verb = "would be removed" if self.dry_run else "removed"
        counts = {
            "closed runs with their folders": len(self.runs),
            "assets that no film was made of": self.assets,
            "blobs that nothing names": self.blobs,
            "files that killed work left behind": self.files,
            "leases, workers and sessions that have run out": self.rows,
        }
        lines = [f"{count} {what} {verb}" for what, count in counts.items() if count]
        if self.bytes:
            lines.append(f"{self.bytes / 1e6:.1f} MB")
        if self.waits_for:
            lines.append(
                f"a run is under way since {self.waits_for:%Y-%m-%d %H:%M} UTC: "
                "no blob that was stored since then is removed"
            )
        return tuple(lines) or ("nothing to remove",)


def collect(
    storage: Storage,
    *,
    runs_older_than: timedelta | None = None,
    unused: bool = False,
    dry_run: bool = True,
    now: datetime | None = None,
) -> Report:
    """Remove what no record names and what has run out: never of a run under way.

    Asked, also closed runs that ended so long ago, and `unused` assets, those that no film was
    made of. Raises `StorageError`.
    """
    now = now or datetime.now(UTC)
    with storage.database.read() as connection:
        oldest = oldest_open_run(connection)
    old_runs = _remove_runs(storage, runs_older_than, now, dry_run=dry_run)
    forgotten = _forget_unused(storage, old_runs, now, dry_run=dry_run) if unused else {}
    cutoff = min(now, oldest or now) - GRACE
    blobs = _remove_blobs(storage, old_runs, forgotten, cutoff, now=now, dry_run=dry_run)
    files = _remove_left_over(storage.data_dir, now - GRACE, dry_run=dry_run)
    return Report(
        dry_run=dry_run,
        runs=old_runs,
        assets=len(forgotten),
        blobs=len(blobs),
        files=len(files),
        rows=_remove_expired(storage, now, dry_run=dry_run),
        bytes=sum(info.bytes for info in blobs) + sum(files),
        waits_for=oldest,
    )


def _remove_runs(
    storage: Storage, age: timedelta | None, now: datetime, *, dry_run: bool
) -> tuple[str, ...]:
    if age is None:
        return ()
    is_old = (runs.c.outcome.is_not(None), runs.c.updated_at < now - age)
    with storage.database.read() as connection:
        query = select(runs.c.run_id).where(*is_old).order_by(runs.c.updated_at)
        old_runs = tuple(connection.scalars(query))
    for run_id in () if dry_run else old_runs:
        _remove_run(storage, run_id)
    return old_runs


def _remove_run(storage: Storage, run_id: str) -> None:
    """The folder first: while the row is there, the rest is found again."""
    run = storage.runs.get(run_id)
    if run is None or run.outcome is None:
        return
    folder = storage.folders.path(run_id)
    with explained("remove", folder):
        if folder.parent == storage.data_dir / "runs" and folder.exists():
            shutil.rmtree(folder)
    storage.runs.delete(run_id)


def _forget_unused(
    storage: Storage, old_runs: tuple[str, ...], now: datetime, *, dry_run: bool
) -> dict[Key, str]:
    """Take assets out of the index; the blobs of those go an hour later where a run is under way.

    It may have found one in the index a moment ago, and name it in a moment.
    """

    def work(connection: Connection) -> dict[Key, str]:
        found = unused_assets(connection, without_runs=old_runs, before=now - GRACE)
        if dry_run:
            return found
        for key in found:
            connection.execute(delete(assets).where(tuple_(assets.c.kind, assets.c.key) == key))
        if oldest_open_run(connection) is not None:
            for sha256 in set(found.values()):
                _spare(connection, sha256, now)
        return found

    return storage.database.transact(work)


def _spare(connection: Connection, sha256: str, now: datetime) -> None:
    seconds = GRACE.total_seconds()
    take_on(connection, PREFIX + sha256, "gc", attempt=1, now=now, seconds=seconds)


def _remove_blobs(
    storage: Storage,
    old_runs: tuple[str, ...],
    forgotten: dict[Key, str],
    cutoff: datetime,
    *,
    now: datetime,
    dry_run: bool,
) -> list[BlobInfo]:
    """The blobs are listed before the names are read: what is named meanwhile is seen."""
    candidates = [info for info in storage.blobs.list() if info.stored_at < cutoff]
    with storage.database.read() as connection:
        named = named_blobs(connection, without_runs=old_runs, without_assets=forgotten)
        named |= spared_blobs(connection, now)
    removed = []
    for info in candidates:
        if info.sha256 in named:
            continue
        if dry_run or storage.blobs.delete(info.sha256, unless_since=cutoff):
            removed.append(info)
    return removed


def _remove_left_over(data_dir: Path, before: datetime, *, dry_run: bool) -> list[int]:
    """The sizes of the temporary files of work that was killed."""
    sizes = []
    for path in _left_over(data_dir):
        with explained("remove", path):
            try:
                stat = path.stat()
                if max(stat.st_mtime, stat.st_ctime) >= before.timestamp():
                    continue
                if not dry_run:
                    path.unlink()
            except FileNotFoundError:
                continue
        sizes.append(stat.st_size)
    return sizes


def _left_over(data_dir: Path) -> Iterator[Path]:
    for folder in (data_dir.glob(".*"), *((data_dir / name).rglob(".*") for name in _FOLDERS)):
        for path in folder:
            if path.suffix in _LEFT_OVER and path.is_file():
                yield path


def _remove_expired(storage: Storage, now: datetime, *, dry_run: bool) -> int:
    expired: dict[Table, ColumnElement[bool]] = {
        leases: leases.c.expires_at < now - GRACE,
        workers: workers.c.expires_at < now,
        ended_sessions: ended_sessions.c.expires_at < now,
        pauses: pauses.c.until < now - GRACE,
    }

    def work(connection: Connection) -> int:
        count = 0
        for table, is_over in expired.items():
            if dry_run:
                query = select(func.count()).select_from(table).where(is_over)
                count += connection.scalar(query) or 0
            else:
                count += connection.execute(delete(table).where(is_over)).rowcount
        return count

    return storage.database.transact(work)
