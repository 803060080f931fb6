"""Transactions, and what a database says when it cannot do them."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import StatementError

import storage.database
from storage.database import Database, put_if_absent, utc_now
from storage.errors import StorageError
from storage.schema import migrate
from storage.tables import pauses
from tests.postgres import Postgres
from tests.storage.writers import as_another_process


def _names(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(select(pauses.c.service).order_by(pauses.c.service)))


def _pause(connection: Connection, *names: str) -> int:
    return put_if_absent(connection, pauses, *({"service": n, "until": utc_now()} for n in names))


@pytest.fixture
def served(postgres: Postgres) -> Iterator[Database]:
    """A database of PostgreSQL."""
    with closing(Database.open(postgres.migrated_database())) as opened:
        yield opened


def test_what_was_written_is_read_and_what_failed_was_never_there(database: Database) -> None:
    with database.write() as connection:
        _pause(connection, "kept")

    def fail(connection: Connection) -> None:
        _pause(connection, "undone")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.transact(fail)
    assert _names(database) == ["kept"]


def test_rows_whose_key_is_taken_stay_as_they_are(database: Database) -> None:
    with database.write() as connection:
        assert _pause(connection, "a", "b") == 2
        assert _pause(connection, "b", "c") == 1
        assert _pause(connection, "b") == 0
        assert _pause(connection) == 0
    assert _names(database) == ["a", "b", "c"]


def test_moments_come_back_to_the_microsecond_in_utc(database: Database) -> None:
    moment = datetime(2026, 11, 27, 9, 30, 1, 123457, tzinfo=timezone(timedelta(hours=9)))
    with database.write() as connection:
        put_if_absent(connection, pauses, {"service": "a", "until": moment})
    with database.read() as connection:
        found = connection.scalars(select(pauses.c.until)).one()
    assert found == moment
    assert found.tzinfo is UTC


def test_a_time_of_no_zone_is_refused(database: Database) -> None:
    row = {"service": "a", "until": datetime(2026, 11, 27)}
    with pytest.raises(StatementError, match="no time zone"), database.write() as connection:
        put_if_absent(connection, pauses, row)


def test_names_sort_as_python_sorts_them(database: Database) -> None:
    names = ["b", "B", "a_2", "a-2", "a", "é", "가", "🌊", "_"]
    with database.write() as connection:
        _pause(connection, *names)
    assert _names(database) == sorted(names)


def test_a_reader_sees_the_last_commit_while_another_writes(database: Database) -> None:
    with database.write() as connection:
        _pause(connection, "first")
    with as_another_process(database) as other, other.write() as connection:
        _pause(connection, "second")
        assert _names(database) == ["first"]
    assert _names(database) == ["first", "second"]


def test_many_threads_and_two_pools_count_without_losing_one(database: Database) -> None:
    """Read, add one, write: each transaction sees what the one before it left."""
    with database.write() as connection:
        connection.execute(text("insert into pauses values ('count', 0)"))

    def count_up(connection: Connection) -> None:
        found = connection.scalar(text("select until from pauses" + _for_update(connection)))
        connection.execute(text("update pauses set until = :n"), {"n": found + 1})

    with as_another_process(database) as other, ThreadPoolExecutor(6) as threads:
        each = [database, other] * 20
        list(threads.map(lambda one: one.transact(count_up), each))
    with database.read() as connection:
        assert connection.scalar(text("select until from pauses")) == 40


def _for_update(connection: Connection) -> str:
    return " for update" if connection.dialect.name == "postgresql" else ""


# ---- SQLite


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    file.write_bytes(b"not a database, but long enough to look like one" * 100)
    with (
        closing(Database.open(file)) as database,
        pytest.raises(StorageError, match=r"records\.db: the file is no database"),
        database.read(),
    ):
        pass


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    with closing(Database.open(file)) as database:
        migrate(database)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with (
        closing(Database.open(file)) as database,
        pytest.raises(StorageError, match="the file is damaged"),
    ):
        _names(database)


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with closing(Database.open(tmp_path / "records.db")) as database:
        migrate(database)

        def fill(connection: Connection) -> None:
            # SQLite says the same where it may not grow the file any more.
            connection.execute(text("pragma max_page_count = 1"))
            _pause(connection, *(f"service {n}" for n in range(10_000)))

        with pytest.raises(StorageError, match="the disk is full"):
            database.transact(fill)
        assert _names(database) == []


def test_a_file_that_may_only_be_read_is_told(tmp_path: Path) -> None:
    with closing(Database.open(tmp_path / "records.db")) as database:
        migrate(database)

        def write(connection: Connection) -> None:
            connection.execute(text("pragma query_only = on"))
            _pause(connection, "a")

        with pytest.raises(StorageError, match="it is read-only"):
            database.transact(write)


def test_a_lock_that_is_never_let_go_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.database, "BUSY_SECONDS", 0.05)
    with closing(Database.open(tmp_path / "records.db")) as database:
        migrate(database)
        with (
            as_another_process(database) as other,
            other.write(),
            pytest.raises(StorageError, match="another program holds it locked"),
            database.write(),
        ):
            pass


def test_a_writer_that_is_killed_leaves_no_lock_and_no_row(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    with closing(Database.open(file)) as database:
        migrate(database)
        script = (
            "import sys, time; from pathlib import Path\n"
            "from storage.database import Database\n"
            "from tests.storage.test_database import _pause\n"
            "with Database.open(Path(sys.argv[1])).write() as connection:\n"
            "    _pause(connection, 'half'); print('wrote', flush=True); time.sleep(60)\n"
        )
        writer = subprocess.Popen([sys.executable, "-c", script, file], stdout=subprocess.PIPE)
        assert writer.stdout
        with writer.stdout:
            assert writer.stdout.readline() == b"wrote\n"
            writer.kill()
            writer.wait()
        with database.write() as connection:
            _pause(connection, "whole")
        assert _names(database) == ["whole"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("mysql://me:geheim@host/db", "mysql://…", id="another kind"),
        pytest.param("geheim", "expected postgresql://", id="no URL"),
        pytest.param("postgresql://me:geheim@host:port/db", "expected postgresql://", id="port"),
        pytest.param("sqlite://", "expected postgresql://", id="memory"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_without_its_password(url: str, said: str) -> None:
    with pytest.raises(StorageError, match=said) as caught:
        Database.open(url)
    assert "geheim" not in str(caught.value)


# ---- PostgreSQL


def test_a_server_that_was_started_anew_is_used_again(postgres: Postgres, served: Database) -> None:
    with served.write() as connection:
        _pause(connection, "before")
    postgres.stop()
    try:
        with pytest.raises(StorageError, match="the database server does not answer: start it"):
            _names(served)
    finally:
        postgres.start()
    with served.write() as connection:
        _pause(connection, "after")
    assert _names(served) == ["after", "before"]


def test_a_transaction_that_lost_its_server_is_begun_again(
    postgres: Postgres, served: Database
) -> None:
    tries = []

    def work(connection: Connection) -> int:
        put = _pause(connection, "once")
        tries.append(put)
        if len(tries) == 1:
            postgres.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                f"where datname = '{served.engine.url.database}'"
            )
        return put + connection.scalars(select(func.count()).select_from(pauses)).one()

    assert served.transact(work) == 2
    assert tries == [1, 1]
    assert _names(served) == ["once"]


def test_two_transactions_that_wait_for_each_other_both_end(served: Database) -> None:
    with served.write() as connection:
        _pause(connection, "a", "b")
    met = threading.Barrier(2, timeout=20)
    meetings = iter([True, True])

    def swap(first: str, second: str) -> None:
        def work(connection: Connection) -> None:
            _touch(connection, first)
            if next(meetings, False):
                met.wait()
            _touch(connection, second)

        served.transact(work)

    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(swap, "a", "b"), threads.submit(swap, "b", "a")]
        assert [one.result() for one in both] == [None, None]


def _touch(connection: Connection, name: str) -> None:
    change = pauses.update().where(pauses.c.service == name).values(until=utc_now())
    connection.execute(change)


def test_a_wrong_password_is_told_and_not_shown(postgres: Postgres) -> None:
    postgres.execute("create user clerk password 'right'")
    postgres.require_password("clerk")
    url = postgres.url(user="clerk", password="geheim")
    with closing(Database.open(url)) as database:
        with pytest.raises(StorageError, match="the user or the password is wrong") as caught:
            database.transact(lambda connection: None)
        assert "geheim" not in str(caught.value)
        assert database.name.startswith("postgresql://clerk:***@")
    right = postgres.url(user="clerk", password="right")
    with closing(Database.open(right)) as database, database.read():
        pass


def test_a_database_that_does_not_exist_is_told(postgres: Postgres) -> None:
    with (
        closing(Database.open(postgres.url("nowhere"))) as database,
        pytest.raises(StorageError, match="the database or the user does not exist"),
        database.read(),
    ):
        pass


def test_a_server_that_is_not_there_is_told_at_once(unused_tcp_port: int) -> None:
    url = f"postgresql://me:geheim@127.0.0.1:{unused_tcp_port}/db"
    with (
        closing(Database.open(url)) as database,
        pytest.raises(StorageError, match="the database server does not answer"),
        database.read(),
    ):
        pass


def test_a_user_without_rights_is_told(postgres: Postgres, served: Database) -> None:
    postgres.execute("create user guest")
    url = served.engine.url.set(username="guest").render_as_string()
    with (
        closing(Database.open(url)) as database,
        pytest.raises(StorageError, match="the user has too few rights"),
    ):
        _names(database)


def test_missing_tables_are_told(postgres: Postgres) -> None:
    with (
        closing(Database.open(postgres.empty_database())) as database,
        pytest.raises(StorageError, match="its tables are missing"),
    ):
        _names(database)


def test_an_address_may_say_more_to_the_server(postgres: Postgres) -> None:
    url = postgres.migrated_database() + "&application_name=desk&connect_timeout=3"
    with closing(Database.open(url)) as database, database.read() as connection:
        assert connection.scalar(text("show application_name")) == "desk"
        assert connection.scalar(text("show lock_timeout")) == "30s"
