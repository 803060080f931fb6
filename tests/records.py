"""An SQLite file with today's tables, made once per process and copied for each test."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from storage.database import Database
from storage.schema import migrate
from storage.storage import DATABASE_FILE


def with_tables(folder: Path) -> Path:
    """The folder, in which `Storage.open` finds its tables and has nothing left to make."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DATABASE_FILE).write_bytes(_migrated())
    return folder


@functools.cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE_FILE
        database = Database.open(path, durable=False)
        migrate(database)
        # Its last connection takes the write-ahead log into the file.
        database.close()
        return path.read_bytes()
