"""Data folders of version 0.1.0, whose files were the records: made into blobs and rows.

Each thing is stored, then its rows are written, then its old file goes. So it may be cut off
anywhere and begun again. What cannot be read stays where it is, and the log says so. Run folders
stay, too: their films become blobs by hard links.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import portalocker

from storage.blobs import Blobs
from storage.database import Database
from storage.errors import StorageError, explained
from storage.files import make_folder, write_atomically
from storage.ledger import Ledger
from storage.old_assets import take_assets, take_jobs, take_uploads
from storage.old_files import OldFolder
from storage.old_runs import take_runs

MARK = "taken_over.json"
LOCK_SECONDS = 600

logger = logging.getLogger(__name__)


def take_over(data_dir: Path, database: Database, blobs: Blobs) -> None:
    """Once per data folder and database; costs the reading of one small file afterwards.

    Raises `StorageError` where the disk, the store or the database do not allow it: begin again.
    """
    mark = _mark(data_dir, database, blobs)
    if _is_marked(data_dir, mark):
        return
    with _locked(data_dir):
        if not _is_marked(data_dir, mark):
            _take_over(OldFolder(data_dir, database, blobs))
            write_atomically(data_dir / MARK, mark)


def _take_over(old: OldFolder) -> None:
    _move_segments(old.root)
    # Runs name assets and jobs: those before, these after, while their files still say which.
    assets, uploads = take_assets(old), take_uploads(old)
    runs, jobs = take_runs(old), take_jobs(old, Ledger(old.database))
    _remove_empty(old.root / "store")
    _remove_empty(old.root / "uploads")
    if runs or assets or uploads or jobs:
        logger.info(
            "%s: taken over from version 0.1.0: %d runs, %d assets, %d uploads, %d open jobs",
            old.root, runs, assets, uploads, jobs,
        )  # fmt: skip


def _move_segments(root: Path) -> None:
    """Pieces of films that the renderer keeps; nothing is lost where they cannot be moved."""
    target = root / "cache" / "segments"
    for path in (root / "store" / "segments").glob("*"):
        try:
            make_folder(target)
            path.replace(target / path.name)
        except OSError as exc:
            logger.info("%s stays where it is: %s", path, exc)


def _remove_empty(folder: Path) -> None:
    for path, _, _ in os.walk(folder, topdown=False):
        try:
            os.rmdir(path)
        except OSError:
            # Something is in it: blobs, or what could not be taken over.
            continue


def _mark(data_dir: Path, database: Database, blobs: Blobs) -> bytes:
    """Where everything went: in another database nothing is there yet."""
    places = {
        "records": _place(data_dir, database.file, database.name),
        "blobs": _place(data_dir, blobs.folder, blobs.name),
    }
    return json.dumps(places, indent=1).encode()


def _place(data_dir: Path, path: Path | None, name: str) -> str:
    """Below the data folder as a path in it, so that the folder may be moved."""
    if path is not None and path.is_relative_to(data_dir):
        return path.relative_to(data_dir).as_posix()
    return name


def _is_marked(data_dir: Path, mark: bytes) -> bool:
    path = data_dir / MARK
    with explained("read", path):
        try:
            return path.read_bytes() == mark
        except FileNotFoundError:
            return False


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    path = data_dir / f"{MARK}.lock"
    with explained("write", path):
        make_folder(data_dir)
        path.touch()
    try:
        with portalocker.Lock(path, "a", timeout=LOCK_SECONDS, check_interval=0.05):
            yield
    except portalocker.LockException as exc:
        raise StorageError(
            f"cannot lock {path}: another program is taking the folder over; wait for its end"
        ) from exc
