"""Blobs: one contract for a folder, memory and a real S3 service."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import obstore
import pytest
from pydantic import ValidationError

from domain.assets import ArtifactRef
from storage import buckets
from storage.blob_bucket import ONE_REQUEST_BYTES, BlobBucket
from storage.blob_info import blob_path
from storage.blobs import Blobs
from storage.buckets import open_bucket
from storage.cache import FileCache
from storage.errors import MissingArtifact, StorageError
from storage.settings import StorageSettings
from tests.seaweedfs import SeaweedFS, seaweedfs

__all__ = ["seaweedfs"]
PICTURE = b"a picture" * 100
REPOSITORY = Path(__file__).parents[2]
FILM = os.urandom(1 << 20) * 12
assert len(FILM) > ONE_REQUEST_BYTES


class Stored:
    """A store under test, and a hand that reaches behind it."""

    def __init__(self, settings: StorageSettings) -> None:
        self.settings = settings
        self.blobs = Blobs.open(settings)

    def write(self, sha256: str, data: bytes) -> None:
        """Put other bytes where a blob is."""
        if self.settings.store is None:
            path = self.settings.blobs_folder / blob_path(sha256)
            path.chmod(0o644)
            path.write_bytes(data)
        else:
            obstore.put(open_bucket(self.settings.store), blob_path(sha256), data)

    def written_at(self, sha256: str) -> object:
        if self.settings.store is None:
            return (self.settings.blobs_folder / blob_path(sha256)).stat().st_ino
        return obstore.head(open_bucket(self.settings.store), blob_path(sha256))["last_modified"]


@pytest.fixture(params=["folder", "memory", "s3"])
def stored(
    request: pytest.FixtureRequest, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Stored:
    store = None
    if request.param == "memory":
        store = f"memory:///{uuid.uuid4().hex}"
    if request.param == "s3":
        server: SeaweedFS = request.getfixturevalue("seaweedfs")
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        store = server.store(uuid.uuid4().hex)
    return Stored(StorageSettings(data_dir=data_dir, store=store))


@pytest.fixture
def bucket(seaweedfs: SeaweedFS, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in seaweedfs.environment.items():
        monkeypatch.setenv(name, value)
    return seaweedfs.store(uuid.uuid4().hex)


@pytest.fixture
def blobs(stored: Stored) -> Blobs:
    return stored.blobs


def test_what_was_put_is_read_again_by_its_hash(stored: Stored) -> None:
    ref = stored.blobs.put(PICTURE, "image/png")
    assert ref == ArtifactRef(
        sha256=hashlib.sha256(PICTURE).hexdigest(), bytes=len(PICTURE), media_type="image/png"
    )
    another = Blobs.open(stored.settings)
    assert another.get(ref) == PICTURE
    assert another.file(ref).read_bytes() == PICTURE
    assert another.size(ref.sha256) == len(PICTURE)


@pytest.mark.parametrize("data", [b"", b"x", FILM], ids=["empty", "small", "in parts"])
def test_bytes_of_any_size_come_back(blobs: Blobs, data: bytes) -> None:
    ref = blobs.put(data, "application/octet-stream")
    assert blobs.get(ref) == data
    assert blobs.put(data, "application/octet-stream") == ref


def test_a_file_is_kept_without_reading_it_whole(blobs: Blobs, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(FILM)
    ref = blobs.put_file(film, "video/mp4")
    film.unlink()
    assert blobs.file(ref).read_bytes() == FILM
    film.write_bytes(FILM)
    assert blobs.put_file(film, "video/mp4") == ref
    assert blobs.get(ref) == FILM


def test_what_is_there_is_not_written_again(stored: Stored) -> None:
    ref = stored.blobs.put(PICTURE, "image/png")
    written = stored.written_at(ref.sha256)
    stored.blobs.put(PICTURE, "image/png")
    assert stored.written_at(ref.sha256) == written


def test_two_writers_at_once_keep_the_same_bytes(stored: Stored) -> None:
    def put(_: int) -> ArtifactRef:
        return Blobs.open(stored.settings).put(PICTURE, "image/png")

    with ThreadPoolExecutor(8) as pool:
        (ref,) = set(pool.map(put, range(16)))
    assert stored.blobs.get(ref) == PICTURE
    assert [info.sha256 for info in stored.blobs.list()] == [ref.sha256]


@pytest.mark.parametrize(
    "damage", [PICTURE[:-1], b"A" + PICTURE[1:], b""], ids=["cut", "changed", "empty"]
)
def test_damage_is_told_and_healed_by_the_right_bytes(stored: Stored, damage: bytes) -> None:
    ref = stored.blobs.put(PICTURE, "image/png")
    stored.write(ref.sha256, damage)
    for read in (stored.blobs.get, stored.blobs.file):
        with pytest.raises(MissingArtifact, match="start the run again"):
            read(ref)
    stored.blobs.put(PICTURE, "image/png")
    assert stored.blobs.get(ref) == PICTURE


def test_damage_after_a_blob_was_looked_at_is_told_too(stored: Stored) -> None:
    ref = stored.blobs.put(PICTURE, "image/png")
    path = stored.blobs.file(ref)
    path.chmod(0o644)
    path.write_bytes(b"A" + PICTURE[1:])
    if stored.settings.store is None:
        with pytest.raises(MissingArtifact):
            stored.blobs.file(ref)
    else:
        assert stored.blobs.file(ref).read_bytes() == PICTURE


def test_a_blob_that_is_not_there_is_missing(blobs: Blobs) -> None:
    ref = ArtifactRef(sha256="0" * 64, bytes=3, media_type="image/png")
    assert blobs.size(ref.sha256) is None
    reads: list[Callable[[], object]] = [
        lambda: blobs.get(ref),
        lambda: blobs.file(ref),
        lambda: blobs.range(ref, 0, 2),
    ]
    for read in reads:
        with pytest.raises(MissingArtifact, match="gone"):
            read()


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [(0, 3, b"abc"), (2, 2, b"cd"), (4, 100, b"ef"), (6, 1, b""), (99, 1, b""), (1, 0, b"")],
)
def test_a_range_ends_where_the_blob_ends(
    blobs: Blobs, start: int, length: int, expected: bytes
) -> None:
    assert blobs.range(blobs.put(b"abcdef", "text/plain"), start, length) == expected


def test_a_range_of_a_blob_that_was_cut_is_missing(stored: Stored) -> None:
    ref = stored.blobs.put(b"abcdef", "text/plain")
    stored.write(ref.sha256, b"abc")
    for start in (1, 4):
        with pytest.raises(MissingArtifact, match="damaged"):
            stored.blobs.range(ref, start, 100)


def test_a_signed_address_is_fetched_without_keys(stored: Stored) -> None:
    ref = stored.blobs.put(PICTURE, "image/png")
    url = stored.blobs.signed_url(ref, timedelta(minutes=5))
    if not (stored.settings.store or "").startswith("s3:"):
        assert url is None
        return
    assert url is not None
    answer = httpx.get(url)
    assert (answer.content, answer.headers["content-type"]) == (PICTURE, "image/png")
    assert httpx.get(url.partition("?")[0]).status_code == 403


def test_blobs_are_listed_and_deleted(blobs: Blobs) -> None:
    refs = [blobs.put(f"{n}".encode(), "text/plain") for n in range(5)]
    listed = {info.sha256: info for info in blobs.list()}
    assert set(listed) == {ref.sha256 for ref in refs}
    assert all(info.bytes == 1 for info in listed.values())
    age = datetime.now(UTC) - listed[refs[0].sha256].stored_at
    assert timedelta(seconds=-60) < age < timedelta(seconds=60)

    for _ in range(2):
        assert blobs.delete(refs[0].sha256)
    assert len(list(blobs.list())) == 4
    with pytest.raises(MissingArtifact):
        blobs.range(refs[0], 0, 1)


def test_a_blob_that_was_stored_lately_is_not_deleted_by_who_spares_it(blobs: Blobs) -> None:
    ref = blobs.put(PICTURE, "image/png")
    assert not blobs.delete(ref.sha256, unless_since=datetime.now(UTC) - timedelta(hours=1))
    assert blobs.get(ref) == PICTURE
    assert blobs.delete(ref.sha256, unless_since=datetime.now(UTC) + timedelta(hours=1))
    assert blobs.size(ref.sha256) is None


def test_a_link_for_people_replaces_what_was_there(blobs: Blobs, tmp_path: Path) -> None:
    target = tmp_path / "runs" / "x" / "final_video.mp4"
    for data in (b"first", b"second", b"second"):
        blobs.link(blobs.put(data, "video/mp4"), target)
        assert target.read_bytes() == data
    assert [path.name for path in target.parent.iterdir()] == ["final_video.mp4"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "AB" * 32, "", "ab"])
def test_only_a_hash_is_a_name(blobs: Blobs, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.size(name)
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.delete(name)


_PUT_UNTIL_KILLED = """
import sys
from pathlib import Path
from storage.blobs import Blobs
from storage.settings import StorageSettings
store = sys.argv[2] or None
blobs = Blobs.open(StorageSettings(data_dir=Path(sys.argv[1]), store=store))
film = Path(sys.argv[3]).read_bytes()
for n in range(10_000):
    blobs.put(film + str(n).encode(), "video/mp4")
    print(n, flush=True)
"""


@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_a_killed_put_leaves_nothing_that_can_be_seen(
    kind: str, bucket: str, tmp_path: Path, data_dir: Path
) -> None:
    film = tmp_path / "film"
    film.write_bytes(FILM)
    store = bucket if kind == "s3" else ""
    command = [sys.executable, "-c", _PUT_UNTIL_KILLED, str(data_dir), store, str(film)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY) as writer:
        assert writer.stdout
        for _ in range(2):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)

    blobs = Blobs.open(StorageSettings(data_dir=data_dir, store=store or None))
    infos = list(blobs.list())
    assert len(infos) >= 2
    for info in infos:
        ref = ArtifactRef(sha256=info.sha256, bytes=info.bytes, media_type="video/mp4")
        assert blobs.file(ref).stat().st_size == info.bytes


def test_a_folder_blob_cannot_be_written_by_accident(data_dir: Path, tmp_path: Path) -> None:
    blobs = Blobs.open(StorageSettings(data_dir=data_dir))
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    for ref in (blobs.put(PICTURE, "image/png"), blobs.put_file(film, "video/mp4")):
        assert blobs.file(ref).stat().st_mode & 0o777 == 0o444
    assert film.stat().st_ino == blobs.file(ref).stat().st_ino, "the film was copied"


_PRINT_PATH = """
import sys
from pathlib import Path
from domain.assets import ArtifactRef
from storage.blobs import Blobs
from storage.settings import StorageSettings
blobs = Blobs.open(StorageSettings(data_dir=Path(sys.argv[1]), store=sys.argv[2]))
print(blobs.file(ArtifactRef.model_validate_json(sys.argv[3])), end="")
"""


def test_processes_that_want_the_same_file_get_it_whole(bucket: str, data_dir: Path) -> None:
    ref = Blobs.open(StorageSettings(data_dir=data_dir, store=bucket)).put(FILM, "video/mp4")
    arguments = [str(data_dir), bucket, ref.model_dump_json()]
    command = [sys.executable, "-c", _PRINT_PATH, *arguments]
    readers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY, text=True)
        for _ in range(2)
    ]
    (path,) = {reader.communicate(timeout=60)[0] for reader in readers}
    assert Path(path).read_bytes() == FILM
    assert _cached(data_dir) == {ref.sha256}


def test_a_file_is_downloaded_once_by_all_who_ask_at_once(data_dir: Path) -> None:
    ref = ArtifactRef(
        sha256=hashlib.sha256(PICTURE).hexdigest(), bytes=len(PICTURE), media_type="image/png"
    )
    downloads: list[Path] = []

    def download(path: Path) -> None:
        downloads.append(path)
        path.write_bytes(PICTURE)

    caches = [FileCache(data_dir) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        paths = set(pool.map(lambda cache: cache.file(ref, download), caches))
    assert len(downloads) == 1
    assert {path.read_bytes() for path in paths} == {PICTURE}


def test_a_copy_that_was_damaged_is_downloaded_again(bucket: str, data_dir: Path) -> None:
    blobs = Blobs.open(StorageSettings(data_dir=data_dir, store=bucket))
    ref = blobs.put(PICTURE, "image/png")
    path = blobs.file(ref)
    path.chmod(0o644)
    path.write_bytes(b"")
    assert blobs.file(ref).read_bytes() == PICTURE


def test_the_cache_forgets_what_was_used_longest_ago(data_dir: Path) -> None:
    blobs = _cached_in_memory(data_dir, limit_bytes=3000)
    refs = [blobs.put(bytes([n]) * 1000, "image/png") for n in range(6)]
    for age, ref in zip((9000, 8000, 7000), refs, strict=False):
        _last_used(blobs.file(ref), age)
    blobs.file(refs[0])
    blobs.file(refs[3])
    assert _cached(data_dir) == {refs[n].sha256 for n in (0, 2, 3)}


def test_what_was_used_just_now_stays_in_the_cache(data_dir: Path) -> None:
    blobs = _cached_in_memory(data_dir, limit_bytes=10)
    refs = [blobs.put(bytes([n]) * 1000, "image/png") for n in range(3)]
    paths = [blobs.file(ref) for ref in refs]
    assert all(path.exists() for path in paths)


def test_a_file_that_is_taken_up_while_room_is_made_stays(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = _cached_in_memory(data_dir, limit_bytes=1000)
    old, new = (blobs.put(bytes([n]) * 1000, "image/png") for n in range(2))
    path = blobs.file(old)
    _last_used(path, 9000)
    replace = Path.replace

    def taken_up(self: Path, target: Path) -> Path:
        if self == path:
            os.utime(self)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", taken_up)
    blobs.file(new)
    assert path.read_bytes() == bytes(1000)


def test_a_store_that_does_not_answer_is_told_in_seconds(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key-of-the-tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-tests")
    blobs = Blobs.open(StorageSettings(data_dir=data_dir, store="s3://films/x"))
    began = datetime.now(UTC)
    with pytest.raises(StorageError) as caught:
        blobs.put(PICTURE, "image/png")
    assert datetime.now(UTC) - began < timedelta(seconds=20)
    said = str(caught.value)
    assert said == (
        "cannot write s3://films/x: it does not answer: check the network and AWS_ENDPOINT_URL"
    )


def test_a_store_that_takes_calls_and_says_nothing_is_given_up(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key-of-the-tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-tests")
    monkeypatch.setitem(buckets.CLIENT, "read_timeout", timedelta(seconds=0.2))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        blobs = Blobs.open(StorageSettings(data_dir=data_dir, store="s3://films/x"))
        with pytest.raises(StorageError, match="it does not answer"):
            blobs.put(PICTURE, "image/png")


def test_wrong_keys_are_told_without_the_keys(
    bucket: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-the-secret")
    blobs = Blobs.open(StorageSettings(data_dir=data_dir, store=bucket))
    ref = ArtifactRef(sha256="0" * 64, bytes=1, media_type="image/png")
    for act in (lambda: blobs.put(PICTURE, "image/png"), lambda: blobs.file(ref)):
        with pytest.raises(StorageError, match="check AWS_ACCESS_KEY_ID") as caught:
            act()
        said = str(caught.value)
        assert "autoshorts-tests" not in said
        assert "not-the-secret" not in said
        assert "Debug" not in said
        assert len(said) < 400


def test_a_bucket_that_is_not_there_is_told(
    bucket: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = Blobs.open(StorageSettings(data_dir=data_dir, store="s3://nobodys/x"))
    with pytest.raises(StorageError, match=r"s3://nobodys/x: there is no such bucket"):
        list(blobs.list())


def test_an_endpoint_in_clear_is_refused_beyond_this_machine(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://10.0.0.9:8333")
    settings = StorageSettings(data_dir=data_dir, store="s3://films")
    with pytest.raises(StorageError, match="AWS_ALLOW_HTTP=true"):
        Blobs.open(settings)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    Blobs.open(settings)


def test_keys_may_be_in_the_env_file_too(
    seaweedfs: SeaweedFS, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [f"{name}={value}" for name, value in seaweedfs.environment.items()]
    (tmp_path / ".env").write_text("\n".join(lines))
    store = seaweedfs.store(uuid.uuid4().hex)
    blobs = Blobs.open(StorageSettings(data_dir=data_dir, store=store))
    assert blobs.get(blobs.put(PICTURE, "image/png")) == PICTURE


@pytest.mark.parametrize(
    ("store", "said"),
    [
        ("ftp://x/y", "AUTOSHORTS_STORE is ftp://…; it must be one such as s3://"),
        ("films", "AUTOSHORTS_STORE is not a URL"),
        ("s3:///x", "AUTOSHORTS_STORE names no bucket"),
        ("s3://key:hunter2@films/x", "AUTOSHORTS_STORE must not hold keys"),
        ("file:///", "AUTOSHORTS_STORE names no file"),
    ],
)
def test_a_store_that_cannot_be_is_told_by_its_variable(store: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said.replace(".", r"\.")) as caught:
        StorageSettings(store=store)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("mysql://me:hunter2@host/x", "AUTOSHORTS_DATABASE is mysql://"),
        ("me:hunter2", "AUTOSHORTS_DATABASE is not a URL"),
        ("postgresql://me:hunter2@host", "AUTOSHORTS_DATABASE names no database"),
        ("sqlite://", "AUTOSHORTS_DATABASE names no file"),
    ],
)
def test_a_database_that_cannot_be_is_told_without_its_password(database: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said) as caught:
        StorageSettings.model_validate({"database": database})
    assert "hunter2" not in str(caught.value)


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setenv("AUTOSHORTS_STORE", "")
    monkeypatch.setenv("AUTOSHORTS_DATABASE", "")
    settings = StorageSettings(data_dir=data_dir)
    assert (settings.store, settings.database) == (None, None)


def test_a_store_in_another_folder(tmp_path: Path, data_dir: Path) -> None:
    folder = tmp_path / "a disk of films"
    blobs = Blobs.open(StorageSettings(data_dir=data_dir, store=folder.as_uri()))
    assert blobs.file(blobs.put(PICTURE, "image/png")).is_relative_to(folder)


def _cached_in_memory(data_dir: Path, *, limit_bytes: int) -> Blobs:
    url = f"memory:///{uuid.uuid4().hex}"
    cache = FileCache(data_dir, limit_bytes=limit_bytes)
    return Blobs(BlobBucket(open_bucket(url), name=url, cache=cache))


def _last_used(path: Path, seconds_ago: float) -> None:
    then = datetime.now().timestamp() - seconds_ago
    os.utime(path, (then, then))


def _cached(data_dir: Path) -> set[str]:
    return {path.name for path in data_dir.rglob("*") if len(path.name) == 64}
