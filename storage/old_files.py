"""The files of a data folder of version 0.1.0: reading them, and keeping their bytes as blobs."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Table

from domain.assets import ArtifactRef
from storage.blobs import Blobs
from storage.database import Database, put_if_absent
from storage.files import sha256_of

# What is looked at and played: large, and never edited in place. The rest is copied, so that
# people may go on editing what lies in a run's folder.
_LINKED = ("video/", "audio/", "image/")

logger = logging.getLogger(__name__)


class Damaged(Exception):
    """An old file that is not what its record says."""


class OldFolder:
    """A data folder of version 0.1.0, and where its contents go."""

    def __init__(self, root: Path, database: Database, blobs: Blobs) -> None:
        self.root = root
        self.database = database
        self.blobs = blobs

    def named(self, artifact: Any) -> tuple[ArtifactRef, Path]:
        """What an old reference, as JSON, says: the bytes, and the file that it named.

        Raises `ValueError`, `Damaged`.
        """
        ref = ArtifactRef.model_validate(artifact)
        uri = PurePosixPath(artifact["uri"]) if "uri" in artifact else PurePosixPath("/")
        if uri.is_absolute() or ".." in uri.parts:
            raise Damaged(f"{uri} is no path below the data folder")
        return ref, self.root.joinpath(*uri.parts)

    def keep(self, ref: ArtifactRef, path: Path) -> None:
        """Make the file's bytes a blob. Raises `Damaged` where they are others, `StorageError`."""
        if self.blobs.size(ref.sha256) == ref.bytes:
            return
        if not path.is_file() or path.stat().st_size != ref.bytes or sha256_of(path) != ref.sha256:
            raise Damaged(f"{path} is gone or has changed")
        if ref.media_type.startswith(_LINKED):
            self.blobs.put_file(path, ref.media_type)
        else:
            self.blobs.put(path.read_bytes(), ref.media_type)

    def put(self, table: Table, *rows: dict[str, Any]) -> None:
        """Rows that are not there yet. Raises `StorageError`."""
        self.database.transact(lambda connection: put_if_absent(connection, table, *rows))


def read_json(path: Path) -> Any:
    """Raises `OSError`, `ValueError`."""
    return json.loads(path.read_bytes())


def changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


@contextmanager
def left_where_it_is(path: Path) -> Iterator[None]:
    """Say in the log what cannot be taken over, and go on with the next."""
    with told(f"{path} stays where it is and is not taken over"):
        yield


@contextmanager
def told(consequence: str) -> Iterator[None]:
    """Log what is wrong with an old file, and what follows from it."""
    try:
        yield
    except ValidationError as exc:
        logger.warning("%s: %d fields are wrong", consequence, exc.error_count())
    except (OSError, ValueError, LookupError, TypeError, Damaged) as exc:
        logger.warning("%s: %s", consequence, exc)
