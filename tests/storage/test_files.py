"""Files that are whole or not there, also after a power cut."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
