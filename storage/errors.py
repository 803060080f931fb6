"""What can go wrong with the data folder."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StorageError(Exception):
    """A file that cannot be read or written; the message says which and what to do."""


class StorageAway(StorageError):
    """A database or a store that does not answer now: the same may well work in a moment."""


class MissingArtifact(StorageError):
    """A file that a reference names is gone or is no longer what it was."""


class LeaseLost(StorageError):
    """A lease has run out or passed to another; whoever held it must stop."""


class AlreadyMade(LeaseLost):
    """The asset has been stored meanwhile: nothing is to be bought, it is to be looked up."""


class CostLimit(StorageError):
    """A call does not fit the run's limit, and nothing is under way that could give money back."""


class DoesNotFitNow(StorageError):
    """A call does not fit the run's limit while others are under way: ask again in a moment."""


_ADVICE = {
    errno.ENOSPC: "the disk is full: free some space, or set AUTOSHORTS_DATA_DIR to another disk",
    errno.EDQUOT: "the disk quota is used up: free some space, or set AUTOSHORTS_DATA_DIR",
    errno.EROFS: "the disk is read-only: set AUTOSHORTS_DATA_DIR to a folder that can be written",
    errno.EACCES: "permission denied: make it writable, or set AUTOSHORTS_DATA_DIR elsewhere",
    errno.EPERM: "not permitted: make it writable, or set AUTOSHORTS_DATA_DIR elsewhere",
    errno.ENOTDIR: "a file stands where a folder should be: move it, or set AUTOSHORTS_DATA_DIR",
    errno.EEXIST: "a file stands where a folder should be: move it, or set AUTOSHORTS_DATA_DIR",
}


@contextmanager
def explained(action: str, path: Path) -> Iterator[None]:
    """Turn an OSError inside into a `StorageError` such as "cannot write PATH: disk full…"."""
    try:
        yield
    except OSError as exc:
        advice = _ADVICE.get(exc.errno or 0, exc.strerror or str(exc))
        raise StorageError(f"cannot {action} {path}: {advice}") from exc
