"""The database of records: an SQLite file or a PostgreSQL server, and its transactions."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.database_errors import is_away, is_worth_repeating, sentence
from storage.errors import StorageAway, StorageError, explained

BUSY_SECONDS = 30
CONNECT_SECONDS = 5
POOL_SIZE = 8
REPEATS = 6
REPEAT_PAUSE_SECONDS = 0.05

_POSTGRESQL_OPTIONS = (
    f"-c lock_timeout={BUSY_SECONDS}s "
    # A process that was stopped in a transaction must not hold its rows for ever.
    "-c idle_in_transaction_session_timeout=60s"
)
_WRITES = "autoshorts_writes"

T = TypeVar("T")


class Database:
    """Transactions on one database; safe for many threads and many processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # Threads of one process wait here in turn; SQLite lets processes wait by chance.
        self._writing = threading.RLock() if self.is_sqlite else None

    @classmethod
    def open(cls, url: str | Path, *, durable: bool = True) -> Database:
        """Open `postgresql://…`, `sqlite:///…` or an SQLite file by its path.

        Connects to a server only when it is needed. With `durable=False` an SQLite file may
        lose its last transactions when the machine loses its power: for tests.
        Raises `StorageError`.
        """
        parsed = _parse(url)
        if parsed.drivername == "sqlite":
            return cls(_sqlite_engine(parsed, durable=durable))
        return cls(_postgresql_engine(parsed))

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a server."""
        name = self.engine.url.database
        return Path(name) if self.is_sqlite and name else None

    @property
    def name(self) -> str:
        """Where the records are, for people; without the password."""
        # Without its driver, as it was set.
        url = self.engine.url.set(drivername=self.engine.dialect.name)
        return str(self.file or url.render_as_string(hide_password=True))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads. Raises `StorageError`."""
        with self._explained("read"), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: committed at the end, undone by an exception. Raises `StorageError`."""
        with self._explained("write"), self._turn(), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def transact(self, work: Callable[[Connection], T]) -> T:
        """`work` in a write transaction, begun again where the database undid it.

        That is a deadlock, or a server that went away before the commit was asked for. An
        answer to the commit itself that got lost is not repeated: it may have been done.
        Raises `StorageError`.
        """
        for attempt in range(REPEATS):
            asked = False
            try:
                with self.write() as connection:
                    result = work(connection)
                    asked = True
                return result
            except StorageError as exc:
                if attempt == REPEATS - 1 or not is_worth_repeating(exc.__cause__, asked=asked):
                    raise
            time.sleep(REPEAT_PAUSE_SECONDS * 2**attempt)
        raise AssertionError("the last attempt returns or raises")

    def close(self) -> None:
        self.engine.dispose()

    def _turn(self) -> AbstractContextManager[object]:
        return self._writing or nullcontext()

    @contextmanager
    def _explained(self, action: str) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeout, sqlite3.Error) as exc:
            cause = exc.orig if isinstance(exc, DBAPIError) and exc.orig else exc
            message = sentence(cause, self.engine.url)
            kind = StorageAway if is_away(cause) else StorageError
            raise kind(f"cannot {action} the records in {self.name}: {message}") from cause


def put_if_absent(connection: Connection, table: Table, *rows: Mapping[str, Any]) -> int:
    """Insert those rows whose keys are free, and return how many were."""
    if not rows:
        return 0
    # One statement, and an option: else PostgreSQL's rows are not counted.
    values = [dict(row) for row in rows]
    insert = insert_into(connection, table).values(values).on_conflict_do_nothing()
    counted = {"preserve_rowcount": True}
    return connection.execute(insert, execution_options=counted).rowcount


def insert_into(connection: Connection, table: Table) -> Any:
    """An INSERT of this database's own dialect, which knows ON CONFLICT."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def utc_now() -> datetime:
    return datetime.now(UTC)


def _parse(url: str | Path) -> URL:
    if isinstance(url, Path):
        return URL.create("sqlite", database=str(url))
    expected = "AUTOSHORTS_DATABASE: expected postgresql://USER:PASSWORD@HOST/DATABASE"
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as exc:
        # The text may hold a password, also in what SQLAlchemy says of it.
        raise StorageError(expected) from exc
    kind = parsed.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed.set(drivername="sqlite")
    raise StorageError(f"{expected}, got {parsed.drivername}://…")


def _sqlite_engine(url: URL, *, durable: bool) -> Engine:
    file = Path(url.database or "")
    with explained("make", file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver's own BEGIN comes too late and is never IMMEDIATE.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    arguments = {"connect_timeout": CONNECT_SECONDS, "application_name": "autoshorts"}
    if "options" not in url.query:
        arguments["options"] = _POSTGRESQL_OPTIONS
    return create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_pre_ping=True,
        connect_args={k: v for k, v in arguments.items() if k not in url.query},
        hide_parameters=True,
    )
