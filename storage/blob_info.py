"""What a store of blobs says of one of them, and the names that they have in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class BlobInfo:
    """One blob in a store."""

    sha256: str
    bytes: int
    stored_at: datetime


def blob_path(sha256: str) -> str:
    """Its name below the store: 256 folders, since file systems and people dislike large ones.

    Raises `ValueError` for what is no hash: a name never leads out of the store.
    """
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is no SHA-256 in hexadecimal digits")
    return f"{sha256[:2]}/{sha256}"


def is_blob_name(name: str) -> bool:
    """Whether a file of this name is a blob, and not one that is still being written."""
    return _SHA256.fullmatch(name) is not None
