"""What gateways and workers tell each other by records: on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.blobs import Blobs
from storage.database import Database
from storage.folders import RunFolders
from storage.keys import Claimed, IdempotencyKeys
from storage.runs import RunRecords
from storage.sessions import Sessions
from storage.settings import StorageSettings
from storage.workers import Capabilities, Capability, WorkerRecords
from tests.storage.run_samples import ended, start_run
from tests.storage.writers import as_another_process


@pytest.fixture
def records(database: Database) -> RunRecords:
    return RunRecords(database)


def test_a_key_belongs_to_the_run_that_came_first_with_it(database: Database) -> None:
    keys = IdempotencyKeys(database)
    assert keys.claim("k", "d1", "sea") == Claimed("sea", "d1", is_new=True)
    assert keys.claim("k", "d2", "lake") == Claimed("sea", "d1", is_new=False)


def test_many_gateways_agree_on_the_run_of_a_key(database: Database) -> None:
    def claim(name: str) -> Claimed:
        with as_another_process(database) as mine:
            return IdempotencyKeys(mine).claim("k", "d", name)

    with ThreadPoolExecutor(4) as threads:
        claimed = list(threads.map(claim, ["a", "b", "c", "d"]))
    assert len({claim.run_id for claim in claimed}) == 1
    assert sum(claim.is_new for claim in claimed) == 1


def test_old_keys_are_forgotten(database: Database) -> None:
    keys = IdempotencyKeys(database)
    keys.claim("k", "d", "sea")
    assert keys.forget(before=datetime.now(UTC) - timedelta(days=1)) == 0
    assert keys.forget(before=datetime.now(UTC) + timedelta(days=1)) == 1
    assert keys.claim("k", "d", "lake").is_new


def _able(provider: str, *choices: str, voices: tuple[str, ...] = ()) -> Capabilities:
    images = Capability(provider=provider, why="because", choices=choices)
    return Capabilities(providers={"images": images}, voices=voices, languages=("ko",))


def test_what_living_workers_can_do_is_put_together(database: Database) -> None:
    """The last one's word does not hide what the others can."""
    workers = WorkerRecords(database)
    workers.report("old", _able("comfyui", "comfyui", "painter", voices=("nova",)), ("assets",))
    workers.report("new", _able("painter", "painter", voices=("echo", "nova")), ("render",))
    workers.report("gone", _able("openai", "openai"), ("assets",), seconds=-1)
    assert [(w.worker_id, w.queues) for w in workers.living()] == [
        ("new", ("render",)), ("old", ("assets",)),
    ]  # fmt: skip
    together = workers.capabilities()
    assert together.providers["images"].provider == "painter"
    assert together.providers["images"].choices == ("painter", "comfyui")
    assert (together.voices, together.languages) == (("echo", "nova"), ("ko",))


def test_a_worker_that_says_no_more_or_goodbye_is_not_counted(database: Database) -> None:
    workers = WorkerRecords(database)
    workers.report("a", _able("painter"), ("assets",))
    workers.report("b", _able("painter"), ("assets",))
    workers.forget("a")
    workers.report("b", _able("comfyui"), ("assets",), seconds=-1)
    assert workers.living() == ()
    assert workers.capabilities() == Capabilities()


def test_an_ended_session_is_known_to_all_until_it_would_have_run_out(
    database: Database,
) -> None:
    sessions = Sessions(database)
    later = datetime.now(UTC) + timedelta(days=30)
    sessions.end("one", later)
    sessions.end("one", later)
    sessions.end("over", datetime.now(UTC) - timedelta(seconds=1))
    with as_another_process(database) as other:
        assert Sessions(other).ended() == {"one"}


def test_a_run_s_folder_is_where_its_record_says(
    database: Database, records: RunRecords, tmp_path: Path
) -> None:
    settings = StorageSettings(_env_file=None, data_dir=tmp_path)
    blobs = Blobs.open(settings)
    folders = RunFolders(tmp_path, database, blobs)
    assert folders.path("sea") == tmp_path / "runs" / "sea"
    start_run(records, "Sea")
    run = records.get("Sea")
    assert run is not None
    assert folders.path("Sea") == tmp_path / "runs" / run.folder
    folders.write("Sea", "plot.md", "# Salt")
    film = folders.link("Sea", "final_video.mp4", blobs.put(b"film", "video/mp4"))
    assert folders.write("Sea", "status.json", ended()).read_text().startswith("{\n")
    assert film.read_bytes() == b"film"
    assert film.parent == folders.path("Sea")
    assert (folders.path("Sea") / "plot.md").read_text() == "# Salt"
