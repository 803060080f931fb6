"""Files that are whole or not there, also after a power cut, and disks that say no."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from storage.errors import StorageError
from storage.files import write_atomically


def test_every_folder_made_on_the_way_outlives_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, int]] = []

    def note(descriptor: int) -> None:
        stat = os.fstat(descriptor)
        synced.append((stat.st_dev, stat.st_ino))

    monkeypatch.setattr(os, "fsync", note)
    path = tmp_path / "runs" / "new" / "calls" / "key.json"
    write_atomically(path, b"sent")
    for made in (path, *path.parents[:4]):
        stat = made.stat()
        assert (stat.st_dev, stat.st_ino) in synced, f"{made} may be gone after a power cut"


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
