"""The run folders of a data folder of version 0.1.0: `run.json`, `manifest.json`, `calls/`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select

from domain.assets import ArtifactRef, Asset, Made
from domain.ledger import CallOutcome, LedgerEntry, spent
from domain.record import RunRecord
from domain.run import RunStatus
from storage.database import put_if_absent
from storage.old_files import OldFolder, left_where_it_is, read_json, told
from storage.run_rows import status_values
from storage.tables import assets, calls, events, executions, film_assets, jobs, runs, settlements

RECORD = "run.json"
MANIFEST = "manifest.json"
_ENTRIES: TypeAdapter[tuple[LedgerEntry, ...]] = TypeAdapter(tuple[LedgerEntry, ...])

Row = dict[str, Any]


def take_runs(old: OldFolder) -> int:
    """Every run with a `run.json` that can be read; its folder stays as it is."""
    taken = 0
    for record in sorted((old.root / "runs").glob(f"*/{RECORD}")):
        with left_where_it_is(record):
            taken += _take_run(old, record)
    return taken


def _take_run(old: OldFolder, path: Path) -> bool:
    content = read_json(path)
    record = RunRecord.model_validate(content)
    run_id = record.status.run_id
    with old.database.read() as connection:
        if connection.execute(select(runs.c.run_id).where(runs.c.run_id == run_id)).first():
            return False
    for artifact in _references(content):
        with told(f"{path.parent} has lost a file"):
            old.keep(*old.named(artifact))
    entries, made = _calls(old, path.parent), _made(path.parent / MANIFEST)

    def work(connection: Connection) -> bool:
        if not _add(connection, _row(record, path.parent.name, [entry for entry, _ in entries])):
            return False
        _add_events(connection, record)
        for entry, has_job in entries:
            is_over = _is_closed(record.status)
            _add_call(connection, run_id, entry, has_job=has_job, is_over=is_over)
        for item in made:
            _add_made(connection, record, item)
        return True

    return old.database.transact(work)


def _references(content: Any) -> Iterator[dict[str, Any]]:
    """Every artifact that is named anywhere in a record, each once."""
    found: dict[str, dict[str, Any]] = {}
    rest = [content]
    while rest:
        value = rest.pop()
        if isinstance(value, dict) and {"uri", "sha256"} <= value.keys():
            found.setdefault(str(value["sha256"]), value)
        elif isinstance(value, dict):
            rest.extend(value.values())
        elif isinstance(value, list):
            rest.extend(value)
    yield from found.values()


def _is_closed(status: RunStatus) -> bool:
    return status.outcome is not None


def _row(record: RunRecord, folder: str, entries: Collection[LedgerEntry]) -> Row:
    status, is_closed = record.status, _is_closed(record.status)
    known = {"title": None, "prompt": None, "duration_ms": None, "spec": None}
    return {
        **known,
        **status_values(status),
        "run_id": status.run_id,
        "execution_id": record.execution_id,
        # A run under way is begun again by `autoshorts upgrade`, and then says whose it is.
        "first_execution_id": record.execution_id if is_closed else None,
        "created_at": status.created_at,
        "cost_usd": max(status.cost_usd, spent(entries)),
        "is_stopping": False,
        "folder": folder,
        "folder_folded": folder.casefold(),
        "status": status.model_dump_json() if is_closed else None,
    }


def _add(connection: Connection, row: Row) -> bool:
    """Whether the run was not there yet."""
    if put_if_absent(connection, runs, row):
        put_if_absent(connection, executions, {k: row[k] for k in ("run_id", "execution_id")})
        return True
    taken = select(runs.c.run_id).where(runs.c.run_id == row["run_id"])
    if connection.execute(taken).first():
        return False
    # Another run's folder differs in capital letters only: they live side by side here already.
    digest = hashlib.sha256(row["run_id"].encode()).hexdigest()[:16]
    return _add(connection, row | {"folder_folded": f"{row['folder_folded']}/{digest}"})


def _add_events(connection: Connection, record: RunRecord) -> None:
    # A run under way has written its first ones only, and writes all of them again.
    for event in record.events if _is_closed(record.status) else ():
        row = {
            "run_id": record.status.run_id,
            "seq": event.seq,
            "execution_id": record.execution_id,
            "document": event.model_dump_json(),
        }
        put_if_absent(connection, events, row)


def _calls(old: OldFolder, folder: Path) -> list[tuple[LedgerEntry, bool]]:
    """Every call of a run, oldest first, and whether the job that it began is still open."""
    found: list[LedgerEntry] = []
    for path in (folder / "calls").glob("*.json"):
        with left_where_it_is(path):
            found.extend(_ENTRIES.validate_json(path.read_bytes()))
    found.sort(key=lambda entry: (entry.at, entry.key, entry.number))
    return [
        (entry, entry.job is not None and _open_job(old, entry) == entry.job) for entry in found
    ]


def _open_job(old: OldFolder, entry: LedgerEntry) -> str | None:
    path = old.root / "store" / "jobs" / entry.key[:2] / f"{entry.key}.json"
    try:
        return str(read_json(path)["job"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _add_call(
    connection: Connection, run_id: str, entry: LedgerEntry, *, has_job: bool, is_over: bool
) -> None:
    """One call as rows: that it was sent, what became of it, and the job that it began."""
    units = json.dumps(entry.units)
    same = ("key", "number", "asset", "provider", "model", "at", "cost_usd")
    row = {name: getattr(entry, name) for name in same} | {"run_id": run_id, "units": units}
    call_id = connection.execute(insert(calls).values(**row).returning(calls.c.id)).scalar_one()
    outcome, message = entry.outcome, entry.message
    if outcome is CallOutcome.SENT and is_over:
        outcome, message = CallOutcome.LOST, "the run ended before it was answered"
    if outcome is not CallOutcome.SENT:
        settled = {"outcome": outcome.value, "units": units, "cost_usd": entry.cost_usd}
        settled |= {"call_id": call_id, "at": entry.at, "message": message}
        connection.execute(insert(settlements).values(**settled))
    if entry.job is not None:
        job = {"provider": entry.provider, "key": entry.key, "job": entry.job, "at": entry.at}
        for over in (False,) if has_job else (False, True):
            connection.execute(insert(jobs).values(**job, call_id=call_id, is_over=over))


def _made(path: Path) -> list[dict[str, Any]]:
    """The assets of a film by its manifest; nothing where it was not finished."""
    with told(f"{path} is not taken over"):
        return list(read_json(path)["entries"]) if path.exists() else []
    return []


def _add_made(connection: Connection, record: RunRecord, entry: dict[str, Any]) -> None:
    """One asset of a film, by the key that its file was named after."""
    with told(f"{record.status.run_id}: an asset of the film is not known any more"):
        uri, artifact = str(entry["artifact"]["uri"]), ArtifactRef.model_validate(entry["artifact"])
        _, kind, _, name = uri.split("/")
        key = name.partition(".")[0]
        made = Made(
            name=str(entry["name"]),
            digest=key[:16],
            kind=kind,
            key=key,
            asset=_asset(connection, kind, key, entry, artifact),
            cached=bool(entry["cached"]),
        )
        row = made.model_dump(include={"name", "digest", "kind", "key"}) | {
            "run_id": record.status.run_id,
            "sha256": artifact.sha256,
            "created_at": record.status.updated_at,
            "document": made.model_dump_json(),
        }
        put_if_absent(connection, film_assets, row)


def _asset(
    connection: Connection, kind: str, key: str, entry: dict[str, Any], artifact: ArtifactRef
) -> Asset:
    """As the index has it, unless the film was made of other bytes."""
    query = select(assets.c.document).where(
        assets.c.kind == kind, assets.c.key == key, assets.c.sha256 == artifact.sha256
    )
    if document := connection.execute(query).scalar():
        return Asset.model_validate_json(document)
    return Asset.model_validate({"artifact": artifact, "provenance": entry["provenance"]})
