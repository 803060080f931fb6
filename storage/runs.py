"""The run folders: `runs/<run>/` with what a run leaves for people and for the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ValidationError

from domain.assets import ArtifactRef
from domain.record import RunRecord
from domain.run import run_folder
from storage.errors import StorageError, explained
from storage.files import reference, write_atomically

RECORD = "run.json"


class RunFolders:
    """All run folders below a data folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, run_id: str) -> Path:
        return self.root / "runs" / run_folder(run_id)

    def write(self, run_id: str, name: str, content: BaseModel | str) -> ArtifactRef:
        """Write one file of a run, whole or not at all; models become indented JSON."""
        text = content if isinstance(content, str) else content.model_dump_json(indent=1)
        path = self.path(run_id) / name
        write_atomically(path, text.encode())
        return self.reference(run_id, name)

    def reference(self, run_id: str, name: str) -> ArtifactRef:
        path = self.path(run_id) / name
        with explained("read", path):
            return reference(self.root, path)

    def record(self, run_id: str) -> RunRecord | None:
        """What `run.json` says; None where there is none. Raises `StorageError`."""
        return _read(self.path(run_id) / RECORD)

    def records(self) -> Iterator[RunRecord]:
        """Every readable record, newest first."""
        found = []
        for path in (self.root / "runs").glob(f"*/{RECORD}"):
            try:
                record = _read(path)
            except StorageError:
                continue
            if record:
                found.append(record)
        found.sort(key=lambda r: (r.status.created_at, r.status.run_id), reverse=True)
        yield from found


def _read(path: Path) -> RunRecord | None:
    with explained("read", path):
        try:
            return RunRecord.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError as exc:
            raise StorageError(f"{path} is damaged: {exc.error_count()} fields are wrong") from exc
