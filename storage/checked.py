"""Files by the hash of their bytes: whether they still have it, and how they are taken away."""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path

from domain.assets import ArtifactRef
from storage.files import sha256_of

MAX_REMEMBERED = 10_000
# A file system's clock ticks in milliseconds: what was written a moment ago may be written again
# without its time changing.
SETTLED_SECONDS = 2.0

_Look = tuple[int, int, int]


class CheckedFiles:
    """Compares files with their hashes; safe for many threads."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Path, str], _Look] = {}

    def is_whole(self, path: Path, ref: ArtifactRef) -> bool:
        """Whether the file has the bytes of `ref`. Raises `OSError`."""
        stat = path.stat()
        look = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if stat.st_size != ref.bytes:
            return False
        if self._seen.get((path, ref.sha256)) == look:
            return True
        if sha256_of(path) != ref.sha256:
            return False
        if time.time() - stat.st_mtime > SETTLED_SECONDS:
            self._remember(path, ref, look)
        return True

    def _remember(self, path: Path, ref: ArtifactRef, look: _Look) -> None:
        if len(self._seen) >= MAX_REMEMBERED:
            self._seen.clear()
        self._seen[path, ref.sha256] = look


def remove_unless_touched(path: Path, before: os.stat_result) -> bool:
    """Delete a file that is still as it was; False where somebody wanted it meanwhile.

    The name goes first and the time is looked at then: a user who touches the file either comes
    first and is seen, or finds nothing. Raises `OSError`.
    """
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        path.replace(aside)
    except FileNotFoundError:
        return True
    now = aside.stat()
    if (now.st_ino, now.st_mtime_ns) != (before.st_ino, before.st_mtime_ns):
        aside.replace(path)
        return False
    aside.unlink(missing_ok=True)
    return True
