"""Blobs in an object store, over `obstore`: `<prefix>/<2 letters>/<sha256>`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import AzureStore, GCSStore, S3Store

from domain.assets import ArtifactRef
from storage.blob_info import BlobInfo, blob_path, is_blob_name
from storage.bucket_errors import explained_bucket
from storage.cache import FileCache
from storage.errors import MissingArtifact, StorageError
from storage.files import CHUNK_BYTES

if TYPE_CHECKING:
    from obstore.store import ObjectStore

# One request up to here, which the server refuses where the object is there; parts beyond.
ONE_REQUEST_BYTES = 8 << 20
# What is named again counts as new for the garbage collector, which waits longer than this.
YOUNG = timedelta(minutes=20)


class BlobBucket:
    """A bucket, or this process's memory."""

    def __init__(self, store: ObjectStore, *, name: str, cache: FileCache) -> None:
        self._store = store
        self.name = name
        self.folder = None
        self._cache = cache

    def put(self, ref: ArtifactRef, data: bytes) -> None:
        """Write the bytes unless they are there. Raises `StorageError`."""
        self._put(ref, data)

    def put_file(self, ref: ArtifactRef, source: Path) -> None:
        """The same with a file of any size, a piece at a time."""
        self._put(ref, source)

    def file(self, ref: ArtifactRef) -> Path:
        """This machine's copy. Raises `MissingArtifact`."""
        return self._cache.file(ref, lambda path: self._download(ref, path))

    def range(self, ref: ArtifactRef, start: int, length: int) -> bytes:
        """Some of the bytes, checked by their number only. Raises `MissingArtifact`."""
        end = min(start + length, ref.bytes)
        if end <= start:
            return b""
        try:
            with self._explained("read", ref.sha256):
                name = blob_path(ref.sha256)
                data = bytes(obstore.get_range(self._store, name, start=start, end=end))
        except MissingArtifact:
            raise
        except StorageError:
            # Each service has another answer for a range beyond the end.
            if self.size(ref.sha256) == ref.bytes:
                raise
            data = b""
        if len(data) != end - start:
            raise MissingArtifact(
                f"blob {ref.sha256[:12]}… in {self.name} is damaged: it has not {ref.bytes} bytes"
            )
        return data

    def size(self, sha256: str) -> int | None:
        """In bytes; None where there is no such blob."""
        info = self._info(sha256)
        return info.bytes if info else None

    def list(self) -> Iterator[BlobInfo]:
        """Every blob. Raises `StorageError`."""
        with self._explained("list"):
            for page in obstore.list(self._store, chunk_size=1000):
                for meta in page:
                    sha256 = meta["path"].rpartition("/")[2]
                    if is_blob_name(sha256):
                        yield BlobInfo(sha256, meta["size"], meta["last_modified"])

    def delete(self, sha256: str, *, unless_since: datetime | None = None) -> bool:
        """Whether it is gone now; one that was stored (again) after `unless_since` stays."""
        if unless_since is not None:
            info = self._info(sha256)
            if info and info.stored_at > unless_since:
                return False
        with self._explained("delete"), suppress(FileNotFoundError):
            obstore.delete(self._store, blob_path(sha256))
        return True

    def signed_url(self, ref: ArtifactRef, lasts: timedelta) -> str | None:
        """Where the bytes can be fetched without keys; None where the store cannot sign."""
        if not isinstance(self._store, S3Store | GCSStore | AzureStore):
            return None
        with self._explained("sign", ref.sha256):
            return obstore.sign(self._store, "GET", blob_path(ref.sha256), lasts)

    def _put(self, ref: ArtifactRef, data: bytes | Path) -> None:
        with self._explained("write"):
            if ref.bytes > ONE_REQUEST_BYTES:
                if not self._keep(ref):
                    self._write(ref, data, "overwrite")
                return
            try:
                self._write(ref, data, "create")
            except AlreadyExistsError:
                if not self._keep(ref):
                    self._write(ref, data, "overwrite")

    def _write(
        self, ref: ArtifactRef, data: bytes | Path, mode: Literal["create", "overwrite"]
    ) -> None:
        name, attributes = blob_path(ref.sha256), {"Content-Type": ref.media_type}
        obstore.put(self._store, name, data, mode=mode, attributes=attributes)

    def _keep(self, ref: ArtifactRef) -> bool:
        """Whether the blob is here and whole, and was stored so lately that it counts as new."""
        info = self._info(ref.sha256)
        if info is None or info.bytes != ref.bytes or datetime.now(UTC) - info.stored_at > YOUNG:
            return False
        digest = hashlib.sha256()
        for chunk in obstore.get(self._store, blob_path(ref.sha256)).stream(CHUNK_BYTES):
            digest.update(chunk)
        return digest.hexdigest() == ref.sha256

    def _download(self, ref: ArtifactRef, path: Path) -> None:
        with self._explained("read", ref.sha256), path.open("xb") as file:
            for chunk in obstore.get(self._store, blob_path(ref.sha256)).stream(CHUNK_BYTES):
                file.write(chunk)

    def _info(self, sha256: str) -> BlobInfo | None:
        try:
            with self._explained("read", sha256):
                meta = obstore.head(self._store, blob_path(sha256))
        except MissingArtifact:
            return None
        return BlobInfo(sha256, meta["size"], meta["last_modified"])

    def _explained(self, action: str, sha256: str | None = None) -> AbstractContextManager[None]:
        return explained_bucket(action, self.name, sha256)
