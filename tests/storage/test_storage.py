"""The one door: what is opened by settings, used by many threads, and closed."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from domain.run import RunSpec
from storage.errors import StorageError
from storage.settings import StorageSettings
from storage.storage import Storage
from tests.postgres import Postgres

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def _settings(data_dir: Path, database: str | None = None) -> StorageSettings:
    secret = SecretStr(database) if database else None
    return StorageSettings(_env_file=None, data_dir=data_dir, database=secret)


def test_what_one_process_keeps_another_finds(tmp_path: Path) -> None:
    data_dir = tmp_path / "new" / "folder"
    storage = Storage.open(_settings(data_dir))
    storage.runs.announce("sea", RunSpec(prompt="salt"), created_at=NOW)
    ref = storage.blobs.put(b"film", "video/mp4")
    storage.close()
    again = Storage.open(_settings(data_dir))
    assert again.runs.get("sea") is not None
    assert again.blobs.get(ref) == b"film"
    again.close()
    assert (data_dir / "records.db").is_file()


def test_two_data_folders_share_the_records_of_one_server(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = postgres.empty_database()
    one, two = (Storage.open(_settings(tmp_path / name, url)) for name in ("one", "two"))
    one.runs.announce("sea", RunSpec(prompt="salt"), created_at=NOW)
    assert two.runs.get("sea") is not None
    assert not (tmp_path / "one" / "records.db").exists()
    one.close()
    two.close()


def test_a_server_that_is_away_is_told_when_storage_is_opened(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    url = f"postgresql://me:geheim@127.0.0.1:{unused_tcp_port}/db"
    with pytest.raises(StorageError, match="does not answer") as caught:
        Storage.open(_settings(tmp_path, url))
    assert "geheim" not in str(caught.value)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot make .*file.*AUTOSHORTS_DATA_DIR"):
        Storage.open(_settings(tmp_path / "file" / "data"))


async def test_records_do_not_wait_behind_other_work_in_threads(tmp_path: Path) -> None:
    """Renders and painters may have all of asyncio's own threads."""
    storage = Storage.in_memory(tmp_path)
    free = threading.Event()
    busy = [asyncio.create_task(asyncio.to_thread(free.wait, 30)) for _ in range(64)]
    try:
        async with asyncio.timeout(10):
            assert await storage.call(storage.runs.get, "sea") is None
            name = await storage.call(lambda: threading.current_thread().name)
    finally:
        free.set()
        await asyncio.gather(*busy)
        storage.close()
    assert name.startswith("storage")


async def test_a_call_has_its_arguments_its_context_and_its_errors(tmp_path: Path) -> None:
    storage = Storage.in_memory(tmp_path)
    said = contextvars.ContextVar("said", default="nothing")
    said.set("hello")
    assert await storage.call(said.get) == "hello"
    await storage.call(storage.runs.announce, "sea", RunSpec(prompt="salt"), created_at=NOW)
    with pytest.raises(ValueError, match="invalid literal"):
        await storage.call(int, "sea")
    assert storage.runs.get("sea") is not None
    storage.close()
