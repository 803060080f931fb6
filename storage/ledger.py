"""The calls that a run paid for, and the jobs that services keep: on disk before anything else.

`runs/<run>/calls/<key>.json` holds the calls for one asset; `store/jobs/<2 letters>/<key>.json`
the job that is being made for it, whichever run began it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from domain.ledger import LedgerEntry
from domain.model import Frozen
from domain.run import run_folder
from storage.errors import StorageError, explained
from storage.files import write_atomically

_ENTRIES: TypeAdapter[tuple[LedgerEntry, ...]] = TypeAdapter(tuple[LedgerEntry, ...])
FOLDER = "calls"


class Job(Frozen):
    """A job at a service."""

    provider: str
    job: str


class LedgerStore:
    """The ledgers of all runs below a data folder, and the open jobs."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def calls(self, run_id: str, key: str) -> tuple[LedgerEntry, ...]:
        """The calls for one asset of a run, oldest first. Raises `StorageError`."""
        return _read(self._folder(run_id) / f"{key}.json")

    def write(self, run_id: str, key: str, entries: Sequence[LedgerEntry]) -> None:
        """Raises `StorageError`; then nothing may be sent."""
        data = _ENTRIES.dump_json(tuple(entries), indent=1)
        write_atomically(self._folder(run_id) / f"{key}.json", data)

    def all_calls(self, run_id: str) -> tuple[LedgerEntry, ...]:
        """Every call of a run, oldest first. Raises `StorageError`."""
        entries = [e for path in self._folder(run_id).glob("*.json") for e in _read(path)]
        return tuple(sorted(entries, key=lambda entry: (entry.at, entry.key, entry.number)))

    def job(self, provider: str, key: str) -> str | None:
        """The open job for an asset, if it is this provider's."""
        try:
            found = Job.model_validate_json(self._job(key).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        return found.job if found.provider == provider else None

    def keep_job(self, provider: str, key: str, job: str | None) -> None:
        """Raises `StorageError`."""
        path = self._job(key)
        if job is None:
            with explained("remove", path):
                path.unlink(missing_ok=True)
        else:
            write_atomically(path, Job(provider=provider, job=job).model_dump_json().encode())

    def _folder(self, run_id: str) -> Path:
        return self._root / "runs" / run_folder(run_id) / FOLDER

    def _job(self, key: str) -> Path:
        return self._root / "store" / "jobs" / key[:2] / f"{key}.json"


def _read(path: Path) -> tuple[LedgerEntry, ...]:
    with explained("read", path):
        try:
            return _ENTRIES.validate_json(path.read_bytes())
        except FileNotFoundError:
            return ()
        except ValidationError as exc:
            raise StorageError(f"{path} is damaged: it does not say what was paid for") from exc
