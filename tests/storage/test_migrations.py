"""The tables come to be, and come to be today's, whoever starts first and whoever else starts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import storage.schema
from storage.database import Database
from storage.errors import StorageError
from storage.schema import HEAD, migrate, revision
from storage.tables import metadata
from tests.postgres import Postgres
from tests.storage.writers import address

_START = """
import sys
from storage.database import Database
from storage.schema import migrate
database = Database.open(sys.argv[1])
migrate(database)
database.close()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        opened = Database.open(tmp_path / "records.db", durable=False)
    else:
        server: Postgres = request.getfixturevalue("postgres")
        opened = Database.open(server.empty_database())
    yield opened
    opened.close()


def test_the_versions_make_the_tables_that_the_code_describes(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_the_number_of_the_last_version_is_known_without_reading_the_versions() -> None:
    folder = str(Path(storage.schema.__file__).parent / "migrations")
    config = Config()
    config.set_main_option("script_location", folder)
    config.set_main_option("path_separator", "newline")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_processes_that_start_at_once_on_an_empty_database_all_find_its_tables(
    empty: Database,
) -> None:
    command = [sys.executable, "-W", "error", "-c", _START, address(empty)]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    said = [process.communicate()[1].decode() for process in started]
    assert said == [""] * 4
    with empty.read() as connection:
        assert revision(connection) == HEAD


def test_a_database_that_is_ready_is_left_as_it_is(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("insert into pauses values ('comfyui', 5)"))
    migrate(database)
    with database.read() as connection:
        assert connection.execute(text("select until from pauses")).scalar() == 5


def test_a_database_that_a_newer_version_only_added_to_is_used_as_it_is(empty: Database) -> None:
    migrate(empty)
    with empty.write() as connection:
        connection.execute(text("update alembic_version set version_num = '0099'"))
    migrate(empty)
    with empty.read() as connection:
        assert revision(connection) == "0099"


def test_a_database_of_a_newer_version_is_refused_with_a_sentence(empty: Database) -> None:
    migrate(empty)
    with empty.write() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StorageError, match=r"newer AutoShorts \(their form is 9999, .* 0001\)"):
        migrate(empty)
    with empty.read() as connection:
        assert revision(connection) == "9999"


def test_a_version_that_fails_half_way_leaves_nothing(empty: Database) -> None:
    """The tables and the number that says they are there come together or not at all."""
    with empty.write() as connection:
        connection.execute(text("create table workers (something_else integer)"))
    with pytest.raises(StorageError, match="already exists"):
        migrate(empty)
    with empty.read() as connection:
        assert set(inspect(connection).get_table_names()) <= {"workers"}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="file.*AUTOSHORTS_DATA_DIR"):
        migrate(Database.open(tmp_path / "file" / "records.db"))


def test_an_sqlite_file_is_written_ahead(tmp_path: Path) -> None:
    """Readers never wait for writers then, and a commit costs one sync."""
    database = Database.open(tmp_path / "records.db")
    migrate(database)
    with database.read() as connection:
        assert connection.execute(text("pragma journal_mode")).scalar() == "wal"
        assert connection.execute(text("pragma synchronous")).scalar() == 2
        assert connection.execute(text("pragma foreign_keys")).scalar() == 1
    database.close()
