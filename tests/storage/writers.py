"""A second process that uses the same records, as far as a test needs one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from storage.database import Database


def address(database: Database) -> str:
    """What opens the same records elsewhere."""
    return database.engine.url.render_as_string(hide_password=False)


@contextmanager
def as_another_process(database: Database) -> Iterator[Database]:
    """The same records through connections and locks of their own."""
    other = Database.open(address(database), durable=False)
    try:
        yield other
    finally:
        other.close()
