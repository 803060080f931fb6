"""The run folders: `runs/<run>/` with what people open. Made from records, never read back."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel
from sqlalchemy import select

from domain.assets import ArtifactRef
from domain.run import run_folder
from storage.blobs import Blobs
from storage.database import Database
from storage.files import write_atomically
from storage.tables import runs


class RunFolders:
    """All run folders below a data folder."""

    def __init__(self, root: Path, database: Database, blobs: Blobs) -> None:
        self.root = root
        self._database = database
        self._blobs = blobs

    def path(self, run_id: str) -> Path:
        """Its folder, whose name its record keeps; it may not be there yet.

        Raises `StorageError`.
        """
        query = select(runs.c.folder).where(runs.c.run_id == run_id)
        with self._database.read() as connection:
            name: str | None = connection.scalar(query)
        return self.root / "runs" / (name or run_folder(run_id))

    def write(self, run_id: str, name: str, content: BaseModel | str) -> Path:
        """Write one file, whole or not at all; models become indented JSON.

        Raises `StorageError`.
        """
        text = content if isinstance(content, str) else content.model_dump_json(indent=1)
        path = self.path(run_id) / name
        write_atomically(path, text.encode())
        return path

    def link(self, run_id: str, name: str, ref: ArtifactRef) -> Path:
        """Put a blob there: a link to it, or a copy. Raises `StorageError`."""
        path = self.path(run_id) / name
        self._blobs.link(ref, path)
        return path
