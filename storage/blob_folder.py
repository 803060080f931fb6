"""Blobs in a folder: `<2 letters>/<sha256>`, read-only files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.assets import ArtifactRef
from storage.blob_info import BlobInfo, blob_path, is_blob_name
from storage.checked import CheckedFiles, remove_unless_touched
from storage.errors import MissingArtifact, explained
from storage.files import replacing, sha256_of, sync_file, write_atomically

READ_ONLY = 0o444


class BlobFolder:
    """A folder on this machine, or on a disk that several share."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._checked = CheckedFiles()

    @property
    def folder(self) -> Path:
        return self.root

    @property
    def name(self) -> str:
        return str(self.root)

    def put(self, ref: ArtifactRef, data: bytes) -> None:
        """Write the bytes unless they are there. Raises `StorageError`."""
        if not self._keep(ref):
            write_atomically(self._path(ref.sha256), data, mode=READ_ONLY)

    def put_file(self, ref: ArtifactRef, source: Path) -> None:
        """The same with the file itself where a hard link can be made, else with a copy of it."""
        if self._keep(ref):
            return
        with replacing(self._path(ref.sha256)) as temporary:
            try:
                os.link(source.resolve(), temporary)
            except OSError:
                shutil.copyfile(source, temporary)
                if sha256_of(temporary) != ref.sha256:
                    raise MissingArtifact(f"{source} was changed while it was stored") from None
            sync_file(temporary)
            temporary.chmod(READ_ONLY)

    def file(self, ref: ArtifactRef) -> Path:
        """The blob's own file, checked against its hash. Raises `MissingArtifact`."""
        path = self._path(ref.sha256)
        with explained("read", path):
            try:
                whole = self._checked.is_whole(path, ref)
            except FileNotFoundError:
                raise MissingArtifact(
                    f"{path} is gone: start the run again to make it anew"
                ) from None
        if not whole:
            raise MissingArtifact(
                f"{path} is damaged: its hash is not {ref.sha256[:12]}…; "
                "start the run again to make it anew"
            )
        return path

    def range(self, ref: ArtifactRef, start: int, length: int) -> bytes:
        """Some of the bytes, checked by their number only. Raises `MissingArtifact`."""
        path = self._path(ref.sha256)
        with explained("read", path):
            try:
                with path.open("rb") as file:
                    if os.fstat(file.fileno()).st_size != ref.bytes:
                        raise MissingArtifact(f"{path} is damaged: it has not {ref.bytes} bytes")
                    file.seek(start)
                    return file.read(length)
            except FileNotFoundError:
                raise MissingArtifact(
                    f"{path} is gone: start the run again to make it anew"
                ) from None

    def size(self, sha256: str) -> int | None:
        """In bytes; None where there is no such blob."""
        path = self._path(sha256)
        with explained("read", path):
            try:
                return path.stat().st_size
            except FileNotFoundError:
                return None

    def list(self) -> Iterator[BlobInfo]:
        """Every blob, by its hash. Raises `StorageError`."""
        with explained("read", self.root):
            if not self.root.is_dir():
                return
            for folder in sorted(path for path in self.root.iterdir() if path.is_dir()):
                for path in sorted(folder.iterdir()):
                    if is_blob_name(path.name) and (info := _info(path)):
                        yield info

    def delete(self, sha256: str, *, unless_since: datetime | None = None) -> bool:
        """Whether it is gone now; one that was stored (again) after `unless_since` stays."""
        path = self._path(sha256)
        with explained("delete", path):
            try:
                before = path.stat()
            except FileNotFoundError:
                return True
            if unless_since is not None and _stored_at(before) > unless_since:
                return False
            return remove_unless_touched(path, before)

    def signed_url(self, ref: ArtifactRef, lasts: timedelta) -> None:
        """A folder is behind no address."""
        return None

    def _keep(self, ref: ArtifactRef) -> bool:
        """Whether the blob is here and whole; it counts as stored now then."""
        path = self._path(ref.sha256)
        with explained("read", path):
            try:
                os.utime(path)
                return self._checked.is_whole(path, ref)
            except FileNotFoundError:
                return False

    def _path(self, sha256: str) -> Path:
        return self.root / blob_path(sha256)


def _info(path: Path) -> BlobInfo | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return BlobInfo(path.name, stat.st_size, _stored_at(stat))


def _stored_at(stat: os.stat_result) -> datetime:
    # The contents of a file that was linked here may be older than the link.
    return datetime.fromtimestamp(max(stat.st_mtime, stat.st_ctime), UTC)
