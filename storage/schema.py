"""Brings a database's tables to today's form, whichever form they have and whoever else does so.

A new form is a new file in `versions/`, and its number is `HEAD`; a test compares what the
versions make with `storage/tables.py`.

The first two digits of a number are its generation. A version that only adds stays in the
generation: programs from before it go on working on it, so machines can be upgraded one by one.
What they could not read or would write wrongly begins a new generation, which they refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import portalocker
from sqlalchemy import Connection, inspect, text

from storage.database import Database
from storage.errors import StorageError, explained

HEAD = "0001"
VERSIONS = Path(__file__).parent / "migrations"
LOCK_SECONDS = 120
_ADVISORY_LOCK = 0x6175746F73686F72


def migrate(database: Database) -> None:
    """Make or change the tables; nothing where they are today's. Raises `StorageError`."""
    with _locked_file(database.file) if database.file else nullcontext():
        with database.read() as connection:
            if revision(connection) == HEAD:
                return
        database.transact(lambda connection: _upgrade(connection, database.name))


def revision(connection: Connection) -> str | None:
    """The number of the last version that was applied; None for a database without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def _upgrade(connection: Connection, name: str) -> None:
    # Alembic takes a fifth of a second to import: only for those who need it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    _lock_server(connection)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(VERSIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = revision(connection)
    if found and found not in known and _generation(found) == _generation(HEAD):
        return
    if found and found not in known:
        raise StorageError(
            f"the records in {name} were made by a newer AutoShorts (their form is {found}, "
            f"this one knows up to {HEAD}): install that version, or choose other records by "
            "AUTOSHORTS_DATA_DIR or AUTOSHORTS_DATABASE"
        )
    command.upgrade(config, "head")


def _generation(number: str) -> str:
    return number[:2]


def _lock_server(connection: Connection) -> None:
    """Let one process after the other through, until its transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"set local lock_timeout = '{LOCK_SECONDS}s'"))
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


@contextmanager
def _locked_file(database: Path) -> Iterator[None]:
    """The same for an SQLite file: a new one cannot be opened by two at once."""
    path = database.with_name(f"{database.name}.lock")
    with explained("lock", path):
        path.touch()
    try:
        with portalocker.Lock(path, "a", timeout=LOCK_SECONDS, check_interval=0.02):
            yield
    except portalocker.LockException as exc:
        raise StorageError(
            f"cannot lock {path}: another program holds it; end that program, then try again"
        ) from exc
