"""What lists show of each run folder; a `run.json` that has not changed is not read again."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.run import Outcome, RunState
from storage.runs import RECORD, RunFolders


class _Spec(BaseModel):
    prompt: str


class _Scene(BaseModel):
    duration_ms: int


class _Status(BaseModel):
    """The few fields of `RunStatus` that lists show."""

    run_id: str
    state: RunState
    outcome: Outcome | None
    created_at: datetime
    title: str | None = None
    spec: _Spec | None
    scenes: tuple[_Scene, ...] = ()
    artifacts: dict[str, Any] = {}


class Summary(BaseModel):
    """A record without its events: many can be kept."""

    execution_id: str
    status: _Status

    @property
    def is_closed(self) -> bool:
        """Whether the run's own last word is here; a run that was terminated had none."""
        return self.status.outcome is not None


class Summaries:
    """Reads every `run.json` below a data folder; safe to call from one thread at a time."""

    def __init__(self, folders: RunFolders) -> None:
        self._runs = folders.root / "runs"
        self._kept: dict[str, tuple[tuple[int, int], Summary | None]] = {}

    def read(self) -> dict[str, Summary]:
        """By run id. A damaged record is left out."""
        found: dict[str, tuple[tuple[int, int], Summary | None]] = {}
        for folder in self._folders():
            path = self._runs / folder / RECORD
            try:
                stat = path.stat()
            except OSError:
                continue
            stamp = (stat.st_mtime_ns, stat.st_size)
            kept = self._kept.get(folder)
            found[folder] = kept if kept and kept[0] == stamp else (stamp, _read(path))
        self._kept = found
        return {summary.status.run_id: summary for _, summary in found.values() if summary}

    def _folders(self) -> list[str]:
        try:
            return os.listdir(self._runs)
        except FileNotFoundError:
            return []


def _read(path: Path) -> Summary | None:
    try:
        return Summary.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
