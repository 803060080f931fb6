"""Data folders of version 0.1.0: taken over whole, in any number of tries."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from domain.assets import (
    ArtifactRef,
    AssetRequest,
    ImageRequest,
    MusicRequest,
    SoundRequest,
    SpeechRequest,
)
from domain.events import EVENT, Event
from domain.ledger import CallOutcome
from domain.run import Outcome, RunState, RunStatus
from storage.assets import AssetIndex, asset_key
from storage.blobs import Blobs
from storage.database import Database
from storage.ledger import Ledger
from storage.runs import RunNameTaken, RunRecords
from storage.schema import migrate
from storage.settings import StorageSettings
from storage.tables import events, metadata, runs, uploads
from storage.takeover import MARK, take_over
from tests.storage import old_folder
from tests.storage.old_folder import (
    FILM,
    IMAGE_KEY,
    RUN,
    OldDataFolder,
    finished_folder,
    small_folder,
)


class Taken:
    """A data folder with its blobs and records."""

    def __init__(self, root: Path, database: Database | None = None) -> None:
        self.root = root
        self.database = database or Database.open(root / "records.db", durable=False)
        migrate(self.database)
        self.blobs = Blobs.open(StorageSettings(data_dir=root))
        self.assets = AssetIndex(self.database)
        self.ledger = Ledger(self.database)

    def take_over(self) -> None:
        take_over(self.root, self.database, self.blobs)

    def rows(self, table: Any) -> list[Any]:
        with self.database.read() as connection:
            return list(connection.execute(select(table)))

    def all_rows(self) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table.name: sorted((tuple(row) for row in self.rows(table)), key=repr)
            for table in metadata.sorted_tables
        }


@pytest.fixture
def old(data_dir: Path) -> OldDataFolder:
    return finished_folder(data_dir)


@pytest.fixture
def taken(old: OldDataFolder) -> Iterator[Taken]:
    taken = Taken(old.root)
    yield taken
    taken.database.close()


def test_a_run_becomes_a_row_with_its_status(taken: Taken) -> None:
    taken.take_over()
    (row,) = taken.rows(runs)
    assert (row.run_id, row.folder, row.execution_id) == (RUN, RUN, old_folder.EXECUTION)
    assert row.first_execution_id == old_folder.EXECUTION
    assert (row.state, row.outcome) == (RunState.END, Outcome.COMPLETED)
    assert row.created_at.isoformat() == "2026-11-27T20:03:21.271996+00:00"
    assert row.updated_at.isoformat() == "2026-11-27T20:03:28.232253+00:00"
    assert (row.title, row.prompt) == (old_folder.TITLE, old_folder.PROMPT)
    assert (row.duration_ms, row.has_video, row.has_thumbnail) == (2600, True, True)
    status = RunStatus.model_validate_json(row.status)
    assert status.spec is not None
    assert status.spec.art_style == "파스텔 수채화"


def test_its_events_are_kept_in_order(taken: Taken) -> None:
    taken.take_over()
    rows = taken.rows(events)
    kept: list[Event] = [EVENT.validate_json(row.document) for row in rows]
    assert [event.seq for event in kept] == [0, 1, 2, 3]
    assert [event.type for event in kept] == ["log", "state", "asset", "ended"]
    assert {row.execution_id for row in rows} == {old_folder.EXECUTION}


def test_every_file_that_a_run_names_is_a_blob(taken: Taken) -> None:
    taken.take_over()
    (row,) = taken.rows(runs)
    status = RunStatus.model_validate_json(row.status)
    (scene,) = status.scenes
    assert scene.image is not None
    for ref in (*status.artifacts.values(), *scene.voices, scene.image):
        assert len(taken.blobs.get(ref)) == ref.bytes
    assert taken.blobs.get(status.artifacts["final_video.mp4"]) == FILM
    assert taken.blobs.get(scene.image) == old_folder.IMAGE


def test_a_film_is_linked_and_what_people_edit_is_not(taken: Taken) -> None:
    folder = taken.root / "runs" / RUN
    before = sorted(path.name for path in folder.iterdir())
    taken.take_over()
    film, plot = folder / "final_video.mp4", folder / "plot.csv"
    assert film.stat().st_ino == taken.blobs.file(_ref(film)).stat().st_ino
    assert plot.stat().st_ino != taken.blobs.file(_ref(plot)).stat().st_ino
    assert sorted(path.name for path in folder.iterdir()) == before


def test_old_assets_are_found_by_the_requests_of_today(taken: Taken) -> None:
    taken.take_over()
    image = ImageRequest(
        prompt="a lighthouse",
        style="ink",
        width=1080,
        height=1920,
        seed=7,
        look=8,
        sequence=1,
        characters=("a keeper",),
    )
    requests: dict[str, AssetRequest] = {
        "image": image,
        "music": MusicRequest(genre="ambient", mood="calm", duration_ms=30000, seed=7),
        "voice": SpeechRequest(text="It ends now.", language="en"),
        "sound": SoundRequest(tag="rain", seed=7),
    }
    for kind, request in requests.items():
        asset = taken.assets.find(kind, asset_key("p", "m", request))
        assert asset is not None, kind
        assert taken.blobs.get(asset.artifact)
    voice = taken.assets.find("voice", old_folder.VOICE_KEY)
    assert voice is not None
    assert (voice.duration_ms, voice.words[0].text) == (1981, "It")
    assert taken.assets.find("plot", old_folder.PLOT_KEY) is not None


def test_what_a_film_was_made_of_is_known(taken: Taken) -> None:
    taken.take_over()
    made = {item.name: item for item in taken.assets.made(RUN)}
    assert set(made) == {"plot", "voice/scene_1_line_1", "sound/rain", "music", "image/scene_1"}
    assert made["image/scene_1"].key == IMAGE_KEY
    assert made["voice/scene_1_line_1"].asset.duration_ms == 1981
    assert made["plot"].kind == "plot"


def test_uploads_keep_their_names(taken: Taken) -> None:
    taken.take_over()
    (row,) = taken.rows(uploads)
    assert (row.name, row.bytes) == (old_folder.UPLOAD_NAME, len(old_folder.UPLOAD))
    ref = ArtifactRef(sha256=row.sha256, bytes=row.bytes, media_type=row.media_type)
    assert taken.blobs.get(ref) == old_folder.UPLOAD


def test_nothing_of_the_old_store_is_left_and_segments_are_kept(taken: Taken) -> None:
    taken.take_over()
    assert [path.name for path in (taken.root / "store").iterdir()] == ["blobs"]
    assert not (taken.root / "uploads").exists()
    assert (taken.root / "cache" / "segments" / old_folder.SEGMENT).is_file()


def test_a_run_under_way_keeps_its_calls_and_its_job(old: OldDataFolder, taken: Taken) -> None:
    old.run("under_way", old.status("under way"))
    old.call("under_way", IMAGE_KEY, 1, outcome="refused", message="busy")
    old.call("under_way", IMAGE_KEY, 2, outcome="paid", cost_usd=0.07, units={"images": 2})
    old.call("under_way", IMAGE_KEY, 3, job="job-1")
    old.job(IMAGE_KEY, "job-1")
    taken.take_over()

    row = next(row for row in taken.rows(runs) if row.run_id == "under way")
    assert (row.state, row.outcome, row.first_execution_id) == (RunState.INIT, None, None)
    calls = taken.ledger.calls("under way", IMAGE_KEY)
    assert [call.outcome for call in calls] == [
        CallOutcome.REFUSED,
        CallOutcome.PAID,
        CallOutcome.SENT,
    ]
    assert [call.number for call in calls] == [1, 2, 3]
    assert (calls[1].units, calls[1].cost_usd) == ({"images": 2.0}, 0.07)
    assert (calls[0].message, calls[2].job) == ("busy", "job-1")
    assert taken.ledger.spent("under way") == pytest.approx(0.12)
    assert taken.ledger.job("comfyui", IMAGE_KEY) == "job-1"
    assert taken.ledger.job("openai", IMAGE_KEY) is None


def test_a_run_under_way_is_taken_up_by_its_next_execution(
    old: OldDataFolder, taken: Taken
) -> None:
    old.run("under_way", old.status("under way"))
    taken.take_over()
    records = RunRecords(taken.database)
    began = datetime.now(UTC)
    records.claim("under way", "reset", old_folder.EXECUTION, None, created_at=began)
    run = records.get("under way")
    assert run is not None
    assert (run.execution_id, run.folder, run.outcome) == ("reset", "under_way", None)
    assert run.spec is not None
    with pytest.raises(RunNameTaken):
        records.claim(RUN, "another", "another", None, created_at=began)


def test_a_job_that_is_over_is_not_taken_up_again(old: OldDataFolder, taken: Taken) -> None:
    old.call(RUN, IMAGE_KEY, 1, job="job-1", outcome="paid")
    taken.take_over()
    assert taken.ledger.job("comfyui", IMAGE_KEY) is None
    (call,) = taken.ledger.calls(RUN, IMAGE_KEY)
    assert (call.job, call.outcome) == ("job-1", CallOutcome.PAID)


def test_a_job_whose_run_is_gone_is_still_known(old: OldDataFolder, taken: Taken) -> None:
    old.job("ab" * 32, "job-7", "mubert")
    taken.take_over()
    assert taken.ledger.job("mubert", "ab" * 32) == "job-7"


def test_a_call_that_a_closed_run_left_open_is_lost(old: OldDataFolder, taken: Taken) -> None:
    old.run("closed", old.status("closed", state="FAILED", outcome="failed"))
    old.call("closed", IMAGE_KEY)
    taken.take_over()
    (call,) = taken.ledger.calls("closed", IMAGE_KEY)
    assert (call.outcome, call.message) == (
        CallOutcome.LOST,
        "the run ended before it was answered",
    )
    row = next(row for row in taken.rows(runs) if row.run_id == "closed")
    assert row.cost_usd == pytest.approx(0.05)


def test_runs_whose_folders_differ_in_capitals_only_are_both_taken(
    old: OldDataFolder, taken: Taken
) -> None:
    for name in ("Cat", "cat"):
        old.run(name, old.status(name))
    taken.take_over()
    assert {row.folder for row in taken.rows(runs)} == {RUN, "Cat", "cat"}


@pytest.mark.parametrize("record", [b"", b"{", b"[]", b'{"execution_id": 1}', b"\xff\xfe"])
def test_a_damaged_run_is_left_and_told(
    old: OldDataFolder, taken: Taken, record: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = old.root / "runs" / "broken" / "run.json"
    old.write("runs/broken/run.json", record)
    taken.take_over()
    assert [row.run_id for row in taken.rows(runs)] == [RUN]
    assert path.read_bytes() == record
    assert any(str(path) in line and "stays where it is" in line for line in _warnings(caplog))


def test_a_damaged_asset_is_left_and_told(
    old: OldDataFolder, taken: Taken, caplog: pytest.LogCaptureFixture
) -> None:
    path = old.root / "store" / "image" / IMAGE_KEY[:2] / f"{IMAGE_KEY}.png"
    path.write_bytes(b"other bytes")
    taken.take_over()
    assert taken.assets.find("image", IMAGE_KEY) is None
    assert path.read_bytes() == b"other bytes"
    assert path.with_suffix(".json").exists()
    assert any(f"{path} is gone or has changed" in line for line in _warnings(caplog))
    assert [row.run_id for row in taken.rows(runs)] == [RUN]
    assert taken.assets.find("voice", old_folder.VOICE_KEY) is not None


@pytest.mark.parametrize("uri", ["../secret.png", "/etc/hostname"])
def test_a_record_that_leads_out_of_the_folder_is_not_followed(
    old: OldDataFolder, taken: Taken, uri: str
) -> None:
    secret = old.root.parent / "secret.png"
    secret.write_bytes(b"secret")
    key = "cd" * 32
    record = old.asset("image", key, b"x", "png")
    record["artifact"] = _ref(secret).model_dump() | {"uri": uri}
    old.write(f"store/image/cd/{key}.json", record)
    taken.take_over()
    assert taken.assets.find("image", key) is None
    assert taken.blobs.size(_ref(secret).sha256) is None
    assert secret.exists()


def test_a_folder_that_was_taken_over_is_not_read_again(
    taken: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken.take_over()
    monkeypatch.setattr(Path, "glob", _refuse)
    monkeypatch.setattr(os, "walk", _refuse)
    taken.take_over()


def test_a_new_folder_is_marked_at_once(data_dir: Path) -> None:
    taken = Taken(data_dir)
    taken.take_over()
    finished_folder(data_dir)
    taken.take_over()
    assert taken.rows(runs) == []
    taken.database.close()


def test_another_database_gets_the_runs_too(taken: Taken, tmp_path: Path) -> None:
    taken.take_over()
    other = Taken(taken.root, Database.open(tmp_path / "other.db", durable=False))
    other.take_over()
    assert [row.run_id for row in other.rows(runs)] == [RUN]
    other.database.close()


def test_every_kind_of_database_takes_it_over(old: OldDataFolder, database: Database) -> None:
    old.call(RUN, IMAGE_KEY, 1, job="job-1")
    old.job(IMAGE_KEY, "job-1")
    title = old.status("nul", state="FAILED", outcome="failed", title="a \0 title")
    old.run("nul", title)
    taken = Taken(old.root, database)
    for _ in range(2):
        taken.take_over()
        (old.root / MARK).unlink()
    assert {row.run_id for row in taken.rows(runs)} == {RUN, "nul"}
    assert taken.ledger.job("comfyui", IMAGE_KEY) == "job-1"
    assert taken.assets.find("image", IMAGE_KEY) is not None
    assert len(taken.rows(events)) == 4


def test_a_folder_is_taken_into_a_bucket(old: OldDataFolder) -> None:
    taken = Taken(old.root)
    url = f"memory:///{uuid.uuid4().hex}"
    taken.blobs = Blobs.open(StorageSettings(data_dir=old.root, store=url))
    taken.take_over()
    film = taken.root / "runs" / RUN / "final_video.mp4"
    assert taken.blobs.get(_ref(film)) == FILM
    assert not (taken.root / "store").exists()
    taken.database.close()


def test_a_moved_folder_is_not_read_again(taken: Taken, tmp_path: Path) -> None:
    taken.take_over()
    mark = (taken.root / MARK).read_bytes()
    taken.database.close()
    moved = Taken(taken.root.rename(tmp_path / "moved"))
    moved.take_over()
    assert (moved.root / MARK).read_bytes() == mark
    moved.database.close()


class Killed(BaseException):
    """The process ends here."""


def test_a_takeover_that_is_cut_off_anywhere_ends_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = small_folder(tmp_path / "old")
    Taken(old.root).database.close()
    old.run("under_way", old.status("under way"))
    old.call("under_way", IMAGE_KEY, 1, job="job-1")
    old.job(IMAGE_KEY, "job-1")
    expected, steps = _outcome(old.root, tmp_path / "whole", monkeypatch, kill_at=None)
    assert steps > 20
    for step in range(steps):
        found, _ = _outcome(old.root, tmp_path / f"cut {step}", monkeypatch, kill_at=step)
        assert found == expected, f"cut off at step {step}"


def _outcome(
    source: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, *, kill_at: int | None
) -> tuple[object, int]:
    """Rows and files in the end, and how many changes there were until the first end."""
    shutil.copytree(source, copy)
    taken = Taken(copy)
    with _counted(monkeypatch, kill_at) as steps:
        try:
            taken.take_over()
        except Killed:
            assert kill_at is not None
    taken.take_over()
    files = {
        path.relative_to(copy).as_posix(): path.read_bytes()
        for path in copy.rglob("*")
        if path.is_file() and not path.name.startswith(("records.db", "."))
    }
    rows = taken.all_rows()
    for name in ("jobs", "calls", "settlements"):
        rows[name] = [tuple(v for v in row if not _is_moment(v)) for row in rows[name]]
    taken.database.close()
    return (files, rows), len(steps)


@contextmanager
def _counted(monkeypatch: pytest.MonkeyPatch, kill_at: int | None) -> Iterator[list[str]]:
    """Count what changes a disk or the database, and die before one of them."""
    steps: list[str] = []

    def counted(name: str, change: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*args: Any, **kwargs: Any) -> Any:
            if len(steps) == kill_at:
                raise Killed
            steps.append(name)
            return change(*args, **kwargs)

        return counting

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", counted("replace", Path.replace))
        patch.setattr(os, "link", counted("link", os.link))
        patch.setattr(os, "rmdir", counted("rmdir", os.rmdir))
        patch.setattr(Database, "transact", counted("transact", Database.transact))
        patch.setattr(Path, "unlink", counted("unlink", Path.unlink))
        yield steps


def _is_moment(value: object) -> bool:
    return hasattr(value, "isoformat")


def _ref(path: Path) -> ArtifactRef:
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return ArtifactRef(sha256=digest, bytes=len(data), media_type="application/octet-stream")


def _warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("the folder is read again")
