"""Finished segments, kept by what they show, so that nothing is encoded twice."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MAX_KEPT_BYTES = 2_000_000_000


class KeptSegments:
    """A folder of segments, shared by all films of this machine and by all workers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, key: str) -> Path:
        """Where the segment of this key is, or would be."""
        return self._folder / f"{key}.mp4"

    def find(self, key: str) -> Path | None:
        """The finished segment, which counts as used now."""
        path = self.path(key)
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    @contextmanager
    def writing(self, key: str) -> Iterator[Path]:
        """A file to write; it takes its place when the block ends well, whole or not at all."""
        temporary = self._folder / f"{key}.{uuid.uuid4().hex}.tmp"
        try:
            yield temporary
            sync(temporary)
            temporary.replace(self.path(key))
        finally:
            temporary.unlink(missing_ok=True)

    def prune(self) -> None:
        """Keep those used last, up to a bound; another worker may prune as well."""
        found = []
        for path in self._folder.iterdir():
            with suppress(OSError):
                stat = path.stat()
                found.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found, key=lambda entry: entry[0]):
            if total <= MAX_KEPT_BYTES:
                return
            path.unlink(missing_ok=True)
            total -= size


def sync(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
