"""The store: whole files, by the hash of what decides them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from domain.assets import ArtifactRef, Asset, Provenance, SoundRequest
from storage.errors import MissingArtifact, StorageError
from storage.files import write_atomically
from storage.store import LocalStore, asset_key

REQUEST = SoundRequest(tag="rain", seed=1)
PROVENANCE = Provenance(provider="p", model="m", licence="CC0-1.0")


def save(store: LocalStore, key: str = "ab" * 32, data: bytes = b"RIFF") -> Asset:
    return store.save("sound", key, data, media_type="audio/wav", provenance=PROVENANCE)


def test_what_was_saved_is_found_again(data_dir: Path) -> None:
    store = LocalStore(data_dir)
    saved = save(store)
    assert LocalStore(data_dir).find("sound", "ab" * 32) == saved
    assert store.path(saved.artifact).read_bytes() == b"RIFF"
    assert store.find("sound", "cd" * 32) is None


def test_everything_that_decides_an_asset_is_in_its_key() -> None:
    key = asset_key("p", "m", REQUEST)
    assert key == asset_key("p", "m", SoundRequest(tag="rain", seed=1))
    others = {
        asset_key("q", "m", REQUEST),
        asset_key("p", "n", REQUEST),
        asset_key("p", "m", REQUEST.model_copy(update={"seed": 2})),
        asset_key("p", "m", REQUEST.model_copy(update={"revision": 1})),
    }
    assert len(others | {key}) == 5


def test_a_corrupted_artifact_is_detected_and_made_again(data_dir: Path) -> None:
    store = LocalStore(data_dir)
    saved = save(store)
    path = store.path(saved.artifact)
    path.write_bytes(b"RIFX")

    assert store.find("sound", "ab" * 32) is None
    assert not path.exists()
    assert save(store) == saved


@pytest.mark.parametrize("record", [b"", b"{", b"[]"])
def test_a_damaged_record_is_no_record(data_dir: Path, record: bytes) -> None:
    store = LocalStore(data_dir)
    path = store.path(save(store).artifact).with_suffix(".json")
    path.write_bytes(record)
    assert store.find("sound", "ab" * 32) is None


@pytest.mark.parametrize("uri", ["../x", "/etc/passwd", "store/../../x", "", "."])
def test_a_reference_never_leaves_the_data_folder(data_dir: Path, uri: str) -> None:
    data_dir.mkdir()
    (data_dir.parent / "x").write_bytes(b"x")
    ref = ArtifactRef(uri=uri, sha256="0" * 64, bytes=1, media_type="text/plain")
    with pytest.raises(MissingArtifact):
        LocalStore(data_dir).path(ref)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        pytest.param(errno.ENOSPC, "the disk is full", id="full"),
        pytest.param(errno.EACCES, "permission denied", id="not writable"),
        pytest.param(errno.EROFS, "read-only", id="read-only"),
    ],
)
def test_a_disk_that_does_not_allow_it_is_explained_and_nothing_is_left(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match=said) as caught:
        write_atomically(data_dir / "film.mp4", b"x")
    assert "film.mp4" in str(caught.value)
    assert list(data_dir.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(StorageError, match="a file stands where a folder should be"):
        write_atomically(tmp_path / "data" / "x", b"")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]
