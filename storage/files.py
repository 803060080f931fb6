"""Files that are either whole or not there."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import StorageError, explained

CHUNK_BYTES = 1 << 20
_MEDIA_TYPES = {
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".csv": "text/csv",
    ".json": "application/json",
    ".wav": "audio/wav",
}


def write_atomically(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Write beside `path` under a name of its own, sync, and rename over it.

    Raises `StorageError`; nothing is left behind then.
    """
    with replacing(path) as temporary, temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside `path` for a file to be made and synced: it takes the place of `path`.

    Raises `StorageError`; where anything fails, `path` is as it was and nothing is left behind.
    """
    temporary = path.with_name(f".{path.name[:80]}.{uuid.uuid4().hex}.tmp")
    with explained("write", path):
        make_folder(path.parent)
        try:
            yield temporary
            temporary.replace(path)
        finally:
            # Also where both names are links to one file: then a rename does nothing.
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make it and what is missing above it, each entered durably in the folder above."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        if folder == folder.parent:
            break
        folder = folder.parent
    for made in reversed(missing):
        made.mkdir(exist_ok=True)
        sync_folder(made.parent)


def require_room(folder: Path, needed_bytes: int) -> None:
    """Raise `StorageError` where the disk of `folder` has less than that free.

    Asked before work begins: a full disk also stops Temporal's own database.
    """
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    if free < needed_bytes:
        raise StorageError(
            f"{folder} has {free / 1e6:.0f} MB left and a short needs {needed_bytes / 1e6:.0f}: "
            "free some space, or set AUTOSHORTS_DATA_DIR to another disk"
        )


def sha256_of(path: Path) -> str:
    """Hex digest of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def media_type_of(path: Path) -> str:
    """By the file's ending; `application/octet-stream` where it says nothing."""
    known = _MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return known or "application/octet-stream"


def sync_file(path: Path) -> None:
    """After this its bytes outlive a power cut."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """After this the names in it outlive a power cut."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
