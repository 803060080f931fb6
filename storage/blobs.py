"""Blobs: bytes under their own SHA-256, written once and never changed.

They lie in a folder or in a bucket of an object store (`storage/blob_folder.py`,
`storage/blob_bucket.py`); whoever holds a reference can tell whether the bytes are still right.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from domain.assets import ArtifactRef
from storage.blob_bucket import BlobBucket
from storage.blob_folder import BlobFolder
from storage.blob_info import BlobInfo
from storage.buckets import open_bucket
from storage.cache import FileCache
from storage.errors import MissingArtifact, explained
from storage.files import replacing, sha256_of
from storage.settings import StorageSettings


class BlobPlace(Protocol):
    """Where blobs lie."""

    @property
    def name(self) -> str: ...
    @property
    def folder(self) -> Path | None: ...
    def put(self, ref: ArtifactRef, data: bytes) -> None: ...
    def put_file(self, ref: ArtifactRef, source: Path) -> None: ...
    def file(self, ref: ArtifactRef) -> Path: ...
    def range(self, ref: ArtifactRef, start: int, length: int) -> bytes: ...
    def size(self, sha256: str) -> int | None: ...
    def list(self) -> Iterator[BlobInfo]: ...
    def delete(self, sha256: str, *, unless_since: datetime | None = None) -> bool: ...
    def signed_url(self, ref: ArtifactRef, lasts: timedelta) -> str | None: ...


class Blobs:
    """The blobs of a deployment; safe for many threads and processes."""

    def __init__(self, place: BlobPlace) -> None:
        self._place = place

    @classmethod
    def open(cls, settings: StorageSettings) -> Blobs:
        """The store that the settings name. Raises `StorageError` where they cannot be right."""
        url = settings.store
        if url is None:
            return cls(BlobFolder(settings.blobs_folder.absolute()))
        if urlsplit(url).scheme == "file":
            return cls(BlobFolder(Path(url2pathname(urlsplit(url).path))))
        cache = FileCache(settings.cache_folder / "blobs")
        return cls(BlobBucket(open_bucket(url), name=url, cache=cache))

    @property
    def folder(self) -> Path | None:
        """The folder they lie in, if it is one."""
        return self._place.folder

    @property
    def name(self) -> str:
        """Where they lie, for people."""
        return self._place.name

    def put(self, data: bytes, media_type: str) -> ArtifactRef:
        """Keep bytes; those that are kept already are not written again unless damaged.

        Raises `StorageError`; then nothing of it can be seen.
        """
        digest = hashlib.sha256(data).hexdigest()
        ref = ArtifactRef(sha256=digest, bytes=len(data), media_type=media_type)
        self._place.put(ref, data)
        return ref

    def put_file(self, path: Path, media_type: str) -> ArtifactRef:
        """Keep a file's bytes without reading them into memory.

        The file may become the blob itself (a hard link), so nobody writes to it after this.
        """
        with explained("read", path):
            digest, size = sha256_of(path), path.stat().st_size
        ref = ArtifactRef(sha256=digest, bytes=size, media_type=media_type)
        self._place.put_file(ref, path)
        return ref

    def get(self, ref: ArtifactRef) -> bytes:
        """The bytes, checked. Raises `MissingArtifact` where they are gone or damaged."""
        path = self._place.file(ref)
        with explained("read", path):
            return path.read_bytes()

    def range(self, ref: ArtifactRef, start: int, length: int) -> bytes:
        """Some of the bytes, fewer at the end; only their number is checked."""
        return self._place.range(ref, start, length)

    def file(self, ref: ArtifactRef) -> Path:
        """A file to read on this machine, checked. Raises `MissingArtifact`."""
        return self._place.file(ref)

    def holds(self, ref: ArtifactRef) -> bool:
        """Whether the bytes are there, and right as far as can be told without fetching them."""
        if self.folder is None:
            return self.size(ref.sha256) == ref.bytes
        try:
            self.file(ref)
        except MissingArtifact:
            return False
        return True

    def link(self, ref: ArtifactRef, target: Path) -> None:
        """Put the bytes where people look for them: a hard link where it can be, else a copy."""
        source = self._place.file(ref)
        with replacing(target) as temporary:
            try:
                os.link(source, temporary)
            except OSError:
                shutil.copyfile(source, temporary)

    def size(self, sha256: str) -> int | None:
        """In bytes; None where there is no such blob."""
        return self._place.size(sha256)

    def list(self) -> Iterator[BlobInfo]:
        """Every blob."""
        return self._place.list()

    def delete(self, sha256: str, *, unless_since: datetime | None = None) -> bool:
        """Whether it is gone now; one that was stored (again) after `unless_since` stays."""
        return self._place.delete(sha256, unless_since=unless_since)

    def signed_url(self, ref: ArtifactRef, lasts: timedelta) -> str | None:
        """Where anybody may fetch the bytes for so long; None where the store cannot say."""
        return self._place.signed_url(ref, lasts)
