"""Copies of blobs on this machine, for what needs a file: bounded, and shared by processes."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import portalocker

from domain.assets import ArtifactRef
from storage.blob_info import blob_path, is_blob_name
from storage.checked import CheckedFiles, remove_unless_touched
from storage.errors import MissingArtifact, explained
from storage.files import make_folder, replacing, sha256_of

LIMIT_BYTES = 4_000_000_000
# A render opens a file once and reads it for minutes; the gateway reads one range after another.
IN_USE_SECONDS = 600.0
# Longer than any download may take: after it the one who holds the lock is not waited for.
LOCK_SECONDS = 600.0
READ_ONLY = 0o444

Download = Callable[[Path], None]

logger = logging.getLogger(__name__)


class FileCache:
    """Files by the hash of their bytes; the one that was used longest ago goes first."""

    def __init__(self, root: Path, *, limit_bytes: int = LIMIT_BYTES) -> None:
        self.root = root
        self._limit_bytes = limit_bytes
        self._checked = CheckedFiles()

    def file(self, ref: ArtifactRef, download: Download) -> Path:
        """The file, checked; `download` writes it to the path it is given where it is missing.

        Raises `StorageError`, and `MissingArtifact` where what was downloaded is something else.
        """
        path = self.root / blob_path(ref.sha256)
        if self._is_here(path, ref):
            return path
        with self._locked(ref):
            if not self._is_here(path, ref):
                self._make_room(ref.bytes)
                _fetch(path, ref, download)
        return path

    def _is_here(self, path: Path, ref: ArtifactRef) -> bool:
        with explained("read", path):
            try:
                # The touch comes first: from now on nobody takes the file away.
                os.utime(path)
                return self._checked.is_whole(path, ref)
            except FileNotFoundError:
                return False

    @contextmanager
    def _locked(self, ref: ArtifactRef) -> Iterator[None]:
        """Two who want the same file download it once; a lock dies with its process."""
        path = self.root / "locks" / ref.sha256[:2]
        lock = portalocker.Lock(path, "a", timeout=LOCK_SECONDS, check_interval=0.05)
        with explained("write", path):
            make_folder(path.parent)
            try:
                lock.acquire()
            except portalocker.LockException:
                logger.warning("cache: %s is locked for long; it is not waited for", path)
        try:
            yield
        finally:
            lock.release()

    def _make_room(self, needed_bytes: int) -> None:
        """Delete what was used longest ago; what was used just now stays, whatever the limit."""
        files = sorted(self._files(), key=lambda item: item[1].st_mtime_ns)
        total = needed_bytes + sum(stat.st_size for _, stat in files)
        for path, stat in files:
            if total <= self._limit_bytes or stat.st_mtime > time.time() - IN_USE_SECONDS:
                return
            if remove_unless_touched(path, stat):
                total -= stat.st_size

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        with explained("read", self.root):
            for path in self.root.glob("*/*"):
                if is_blob_name(path.name):
                    try:
                        yield path, path.stat()
                    except FileNotFoundError:
                        continue


def _fetch(path: Path, ref: ArtifactRef, download: Download) -> None:
    with replacing(path) as temporary:
        download(temporary)
        if sha256_of(temporary) != ref.sha256:
            raise MissingArtifact(
                f"blob {ref.sha256[:12]}… is damaged where it is kept; "
                "start the run again to make it anew"
            )
        temporary.chmod(READ_ONLY)
