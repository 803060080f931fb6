"""What a night of kills cost: from the ledgers, the store, the services' bills and the films."""

from __future__ import annotations

import logging
from collections import Counter

import av

from bench.chaos.scene import Chaos
from domain.layout import Layout
from domain.ledger import CallOutcome, LedgerEntry
from domain.qa import Verdicts
from domain.record import RunRecord
from domain.run import Outcome
from storage.ledger import LedgerStore
from tests.providers.services import SERVICES
from tests.simulators.server import Simulator

Figures = dict[str, int]
CHARGED = (CallOutcome.PAID, CallOutcome.LOST, CallOutcome.SENT)


def accounted(scene: Chaos, *, kills: int) -> Figures:
    """The figures that `python -m bench.chaos --json` ends with."""
    records = {run_id: _record(scene, run_id) for run_id in scene.run_ids}
    ended = {run_id: record for run_id, record in records.items() if record}
    for run_id, record in ended.items():
        if record.status.error:
            logging.error("%s: %s", run_id, record.status.error.message)
    made = [r for r in ended.values() if r.status.outcome is Outcome.COMPLETED]
    ledger = LedgerStore(scene.machine.data)
    entries = [entry for run_id in scene.run_ids for entry in ledger.all_calls(run_id)]
    streams = [(client, ended[client.run_id]) for client in scene.clients if client.run_id in ended]
    return {
        "runs": len(scene.run_ids),
        "kills": kills,
        "lost": len(ended) - len(made),
        "stuck": len(records) - len(ended),
        "charged_twice": _charged_twice(scene, entries),
        "lost_answers": sum(entry.outcome is CallOutcome.LOST for entry in entries),
        "events_lost": sum(c.lost(r.events[-1].seq) + c.resets for c, r in streams),
        "events_doubled": sum(client.doubled for client, _ in streams),
        "bad_films": sum(not _is_good(scene, record) for record in made),
    }


def _record(scene: Chaos, run_id: str) -> RunRecord | None:
    """What the archivist wrote, if the run has ended."""
    path = scene.machine.folder(run_id) / "run.json"
    record = RunRecord.model_validate_json(path.read_bytes()) if path.exists() else None
    return record if record and record.status.outcome else None


def _charged_twice(scene: Chaos, entries: list[LedgerEntry]) -> int:
    """Second charges for what was stored, or that nobody wrote down, or for a job that could have
    been resumed; each is logged."""
    stored = _stored_at(scene)
    faults = [
        f"{entry.asset} of {entry.provider} was bought though it was stored"
        for entry in entries
        if entry.outcome in CHARGED and entry.at.timestamp() > stored.get(entry.key, float("inf"))
    ]
    for service in scene.services:
        own = [entry for entry in entries if _is_of(service, entry)]
        # Each second charge at the service must be an answer that the ledger says was lost, and
        # that no job's id could have brought back.
        lost = sum(e.outcome is CallOutcome.LOST and e.job is None for e in own)
        written = sum(entry.outcome in CHARGED for entry in own)
        name = type(service).__name__
        faults += [f"{name}: charged again, no answer was lost"] * (service.charged_twice - lost)
        faults += [f"{name}: charged, not written down"] * (len(service.charges) - written)
    for fault in faults:
        logging.error("charged twice: %s", fault)
    return len(faults)


def _is_of(service: Simulator, entry: LedgerEntry) -> bool:
    return type(service) is next(s.simulator for s in SERVICES if s.name == entry.provider)


def _stored_at(scene: Chaos) -> dict[str, float]:
    """When each asset was finished (seconds since 1970), by its key in the store."""
    records = (scene.machine.data / "store").glob("*/*/*.json")
    return {p.name.removesuffix(".json"): p.stat().st_mtime for p in records}


def _is_good(scene: Chaos, record: RunRecord) -> bool:
    """QA passed it, and it decodes from its first frame to its last with sound all along."""
    folder = scene.machine.folder(record.status.run_id)
    layout = Layout.model_validate_json((folder / "layout.json").read_bytes())
    verdicts = Verdicts.model_validate_json((folder / "qa.json").read_bytes())
    counted: Counter[str] = Counter()
    with av.open(str(folder / "final_video.mp4")) as film:
        for frame in film.decode():
            if isinstance(frame, av.AudioFrame):
                counted["samples"] += frame.samples
            else:
                counted["frames"] += 1
    seconds = layout.timeline.total_duration_ms / 1000
    return (
        verdicts.passed
        and abs(counted["frames"] - seconds * layout.timeline.fps) <= 1
        and abs(counted["samples"] / 48_000 - seconds) <= 0.1
    )
