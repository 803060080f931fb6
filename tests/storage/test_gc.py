"""Garbage: what no record names goes, and nothing that anybody may be about to name."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from domain.assets import ArtifactRef, Asset, Made, Provenance
from domain.events import AssetReady
from domain.run import Outcome, RunSpec, RunState, RunStatus
from storage import blob_folder, gc
from storage.blobs import Blobs
from storage.database import Database
from storage.gc import GRACE, Report, collect
from storage.settings import StorageSettings
from storage.storage import Storage
from storage.tables import leases, runs
from storage.workers import Capabilities
from tests.records import with_tables

PROVENANCE = Provenance(provider="p", model="m", licence="CC0-1.0")
LATER = timedelta(hours=2)
DAY = timedelta(days=1)


@pytest.fixture
def storage(data_dir: Path) -> Iterator[Storage]:
    storage = Storage.open(StorageSettings(_env_file=None, data_dir=with_tables(data_dir)))
    yield storage
    storage.close()


@pytest.fixture(params=["folder", "memory"])
def stored(request: pytest.FixtureRequest, data_dir: Path, database: Database) -> Storage:
    """Each kind of database with each kind of store."""
    url = f"memory:///{uuid.uuid4().hex}" if request.param == "memory" else None
    settings = StorageSettings(_env_file=None, data_dir=data_dir, store=url)
    return Storage(data_dir, database, Blobs.open(settings))


def collected(
    storage: Storage,
    *,
    after: timedelta = LATER,
    runs_older_than: timedelta | None = None,
    unused: bool = False,
    dry_run: bool = False,
) -> Report:
    """What is collected where so much time has passed."""
    return collect(
        storage,
        runs_older_than=runs_older_than,
        unused=unused,
        dry_run=dry_run,
        now=datetime.now(UTC) + after,
    )


def blob(storage: Storage, text: str) -> ArtifactRef:
    return storage.blobs.put(text.encode(), "image/png")


def asset(storage: Storage, key: str, text: str) -> Asset:
    made = Asset(artifact=blob(storage, text), provenance=PROVENANCE)
    return storage.assets.add("image", key, made)


def begin(storage: Storage, run_id: str) -> None:
    spec = RunSpec(prompt="a film")
    storage.runs.claim(run_id, "e1", "e1", spec, created_at=datetime.now(UTC))


def finish(storage: Storage, run_id: str, film: ArtifactRef | None = None) -> None:
    begin(storage, run_id)
    now = datetime.now(UTC)
    status = RunStatus(
        run_id=run_id,
        state=RunState.END,
        progress=1,
        detail="done",
        created_at=now,
        updated_at=now,
        spec=None,
        artifacts={"final_video.mp4": film} if film else {},
        outcome=Outcome.COMPLETED,
    )
    storage.runs.close(run_id, "e1", status)


def use(storage: Storage, run_id: str, key: str, asset: Asset) -> None:
    made = Made(name="image/1", digest="d", kind="image", key=key, asset=asset, cached=False)
    storage.assets.keep_made(run_id, made)


def is_there(storage: Storage, ref: ArtifactRef) -> bool:
    return storage.blobs.size(ref.sha256) is not None


def test_a_blob_that_nothing_names_is_removed(storage: Storage) -> None:
    orphan = blob(storage, "orphan")
    report = collected(storage)
    assert not is_there(storage, orphan)
    assert (report.blobs, report.bytes) == (1, orphan.bytes)
    assert "1 blobs that nothing names removed" in report.lines()


def test_what_any_record_names_stays(storage: Storage) -> None:
    kept = asset(storage, "k1", "in the index").artifact
    film, shown, used = (blob(storage, name) for name in ("film", "shown once", "used"))
    finish(storage, "run", film)
    ready = AssetReady(
        seq=0,
        at=datetime.now(UTC),
        progress=0.5,
        kind="video",
        name="final_video.mp4",
        artifact=shown,
        provider="director",
        cached=False,
        done=1,
        total=1,
    )
    storage.runs.append_events("run", "e1", [ready])
    use(storage, "run", "k2", Asset(artifact=used, provenance=PROVENANCE))
    upload = storage.uploads.ref(storage.uploads.save(_picture()))
    assert collected(storage, unused=False).blobs == 0
    assert all(is_there(storage, ref) for ref in (kept, film, shown, used, upload))


def test_a_blob_of_the_last_hour_stays(storage: Storage) -> None:
    orphan = blob(storage, "about to be named")
    assert collected(storage, after=GRACE - timedelta(minutes=1)).blobs == 0
    assert is_there(storage, orphan)


def test_a_blob_that_is_stored_again_is_new_again(storage: Storage) -> None:
    orphan = blob(storage, "old")
    path = storage.blobs.file(orphan)
    _make_old(path, DAY)
    blob(storage, "old")
    assert path.stat().st_mtime > time.time() - 60


def test_what_a_run_under_way_may_name_stays(storage: Storage) -> None:
    orphan = blob(storage, "a layout that only the workflow names")
    begin(storage, "run")
    report = collected(storage, after=DAY)
    assert report.blobs == 0
    assert report.waits_for is not None
    assert any("a run is under way since" in line for line in report.lines())
    finish(storage, "run")
    assert collected(storage, after=DAY).blobs == 1
    assert not is_there(storage, orphan)


def test_a_dry_run_says_the_same_and_removes_nothing(storage: Storage) -> None:
    film = blob(storage, "film")
    finish(storage, "run", film)
    storage.folders.write("run", "run.json", "{}")
    forgotten = asset(storage, "k1", "forgotten")
    dry = collected(storage, runs_older_than=timedelta(), unused=True, dry_run=True)
    assert is_there(storage, film)
    assert storage.runs.get("run")
    assert storage.folders.path("run").exists()
    assert storage.assets.find("image", "k1") == forgotten

    wet = collected(storage, runs_older_than=timedelta(), unused=True)
    assert wet == Report(**(dry.__dict__ | {"dry_run": False}))
    assert (wet.runs, wet.assets, wet.blobs) == (("run",), 1, 2)
    assert dry.lines()[0] == "1 closed runs with their folders would be removed"


def test_old_runs_go_with_their_folders_when_asked(storage: Storage) -> None:
    film = blob(storage, "film")
    finish(storage, "run", film)
    storage.folders.link("run", "final_video.mp4", film)
    folder = storage.folders.path("run")
    assert collected(storage, after=DAY).runs == ()
    assert collected(storage, after=DAY, runs_older_than=2 * DAY).runs == ()
    assert folder.exists()
    assert collected(storage, after=DAY, runs_older_than=DAY / 2).runs == ("run",)
    assert storage.runs.get("run") is None
    assert not folder.exists()
    assert not is_there(storage, film)


def test_everything_is_collected_from_every_kind_of_storage(stored: Storage) -> None:
    film, orphan = blob(stored, "film"), blob(stored, "orphan")
    finish(stored, "old", film)
    used, unused = asset(stored, "used", "used"), asset(stored, "unused", "unused")
    finish(stored, "new")
    use(stored, "new", "used", used)
    use(stored, "old", "unused", unused)
    stored.leases.take("asset/1", "worker")
    with stored.database.write() as connection:
        old = update(runs).where(runs.c.run_id == "old")
        connection.execute(old.values(updated_at=datetime.now(UTC) - 10 * DAY))

    dry = collected(stored, runs_older_than=DAY, unused=True, dry_run=True)
    report = collected(stored, runs_older_than=DAY, unused=True)
    assert report == Report(**(dry.__dict__ | {"dry_run": False}))
    assert (report.runs, report.assets, report.blobs, report.rows) == (("old",), 1, 3, 1)
    assert not any(is_there(stored, ref) for ref in (film, orphan, unused.artifact))
    assert stored.blobs.get(used.artifact) == b"used"


def test_an_asset_that_was_just_forgotten_keeps_its_bytes_while_a_run_is_under_way(
    stored: Storage,
) -> None:
    begin(stored, "run")
    with stored.database.write() as connection:
        connection.execute(update(runs).values(created_at=datetime.now(UTC) + DAY))
    found = asset(stored, "k1", "found")
    orphan = blob(stored, "orphan")
    report = collected(stored, unused=True)
    assert (report.assets, report.blobs) == (1, 1)
    assert stored.assets.find("image", "k1") is None
    assert not is_there(stored, orphan)
    assert stored.blobs.get(found.artifact) == b"found"
    finish(stored, "run")
    assert collected(stored, after=DAY).blobs == 1


def test_a_run_under_way_is_never_old(storage: Storage) -> None:
    begin(storage, "run")
    storage.folders.write("run", "plot.csv", "x")
    assert collected(storage, after=10 * DAY, runs_older_than=timedelta()).runs == ()
    assert storage.folders.path("run").exists()
    assert storage.runs.get("run")


def test_a_run_whose_removal_was_cut_off_is_removed_the_next_time(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(storage, "run")
    storage.folders.write("run", "run.json", "{}")
    with monkeypatch.context() as patch:
        patch.setattr(storage.runs, "delete", _die)
        with pytest.raises(KeyboardInterrupt):
            collected(storage, runs_older_than=timedelta())
    assert collected(storage, runs_older_than=timedelta()).runs == ("run",)


def test_assets_without_a_film_go_when_asked(storage: Storage) -> None:
    used, unused = asset(storage, "used", "used"), asset(storage, "unused", "unused")
    finish(storage, "run")
    use(storage, "run", "used", used)
    assert collected(storage).assets == 0
    assert collected(storage, unused=True).assets == 1
    assert storage.assets.find("image", "used") == used
    assert storage.assets.find("image", "unused") is None
    assert is_there(storage, used.artifact)
    assert not is_there(storage, unused.artifact)


def test_an_asset_that_a_run_has_just_found_keeps_its_bytes(storage: Storage) -> None:
    asset(storage, "k1", "found")
    begin(storage, "run")
    found = storage.assets.find("image", "k1")
    assert found is not None
    _make_old(storage.blobs.file(found.artifact), DAY)

    assert collected(storage, unused=True, after=LATER).assets == 1
    assert is_there(storage, found.artifact)
    use(storage, "run", "k1", found)
    finish(storage, "run")
    assert collected(storage, after=DAY).blobs == 0
    assert storage.blobs.get(found.artifact) == b"found"


def test_what_has_run_out_is_removed(storage: Storage) -> None:
    storage.leases.take("asset/1", "worker")
    storage.workers.report("worker", Capabilities(), ("autoshorts",))
    storage.sessions.end("session", datetime.now(UTC) + timedelta(minutes=1))
    assert collected(storage, after=timedelta()).rows == 0
    assert collected(storage, dry_run=True).rows == 3
    assert collected(storage).rows == 3
    with storage.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(leases)) == 0


def test_what_killed_work_left_behind_is_removed(storage: Storage) -> None:
    left = [
        "runs/x/.final_video.mp4.1a2b.tmp",
        "runs/x/.join.mp4",
        "cache/segments/.mix.m4a",
        f"store/blobs/ab/.{'ab' * 32}.1a2b.tmp",
    ]
    kept = ["runs/x/final_video.mp4", "runs/x/.hidden", "cache/segments/piece.mp4", ".env"]
    for name in (*left, *kept):
        path = storage.data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert collected(storage, after=timedelta(minutes=50)).files == 0
    assert collected(storage).files == len(left)
    assert not any((storage.data_dir / name).exists() for name in left)
    assert all((storage.data_dir / name).exists() for name in kept)


@pytest.mark.parametrize("moment", ["listed", "names read", "looked at", "set aside"])
def test_a_writer_who_comes_between_never_names_what_is_gone(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """An old orphan is stored again and named while the collector is about to remove it."""
    orphan = blob(storage, "the same picture")
    (info,) = storage.blobs.list()
    stored_at = info.stored_at + timedelta(microseconds=1)
    _wait_for_a_tick(storage.data_dir, stored_at)
    written: list[Asset] = []

    def write() -> None:
        if not written:
            written.append(asset(storage, "k", "the same picture"))

    _interrupt(monkeypatch, storage, moment, orphan, write)
    collect(storage, dry_run=False, now=stored_at + GRACE)
    assert written
    assert storage.blobs.get(written[0].artifact) == b"the same picture"
    assert collected(storage).blobs == 0


def test_without_such_a_writer_the_orphan_goes(storage: Storage) -> None:
    orphan = blob(storage, "the same picture")
    (info,) = storage.blobs.list()
    collect(storage, dry_run=False, now=info.stored_at + GRACE + timedelta(microseconds=1))
    assert not is_there(storage, orphan)


def _interrupt(
    monkeypatch: pytest.MonkeyPatch,
    storage: Storage,
    moment: str,
    ref: ArtifactRef,
    write: Callable[[], None],
) -> None:
    """Let `write` happen at a moment of the collection."""

    def before(target: object, name: str) -> None:
        original = getattr(target, name)

        def interrupted(*args: Any, **kwargs: Any) -> Any:
            write()
            return original(*args, **kwargs)

        monkeypatch.setattr(target, name, interrupted)

    def set_aside(self: Path, target: Path) -> Path:
        moved = replace(self, target)
        if self.name == ref.sha256:
            write()
        return moved

    replace = Path.replace
    match moment:
        case "listed":
            before(gc, "named_blobs")
        case "names read":
            before(storage.blobs, "delete")
        case "looked at":
            before(blob_folder, "remove_unless_touched")
        case "set aside":
            monkeypatch.setattr(Path, "replace", set_aside)


def _wait_for_a_tick(folder: Path, after: datetime) -> None:
    """A file system's clock is coarser than the machine's."""
    probe = folder / "probe"
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        probe.write_bytes(b"")
        if probe.stat().st_mtime > after.timestamp():
            return
    raise AssertionError("the clock of the file system stands still")


def _make_old(path: Path, age: timedelta) -> None:
    then = time.time() - age.total_seconds()
    os.utime(path, (then, then))


def _picture() -> bytes:
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(buffer, "PNG")
    return buffer.getvalue()


def _die(_: str) -> None:
    raise KeyboardInterrupt
