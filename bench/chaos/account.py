"""What a night of kills cost: by the records, the services' bills, the films, the histories."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter

import av
from sqlalchemy import select

from bench.chaos.scene import TWIN_EVERY, Chaos
from bench.histories import histories_of, wedged
from domain.layout import Layout
from domain.ledger import CallOutcome, LedgerEntry
from domain.qa import Verdicts
from domain.run import Outcome, RunStatus
from storage.database import Database
from storage.settings import StorageSettings
from storage.storage import Storage
from storage.tables import assets
from tests.providers.services import SERVICES
from tests.simulators.server import Simulator
from workflows.client import connect

Figures = dict[str, int]
CHARGED = (CallOutcome.PAID, CallOutcome.LOST, CallOutcome.SENT)


def accounted(scene: Chaos, *, kills: int) -> Figures:
    """The figures that `python -m bench.chaos --json` ends with."""
    with scene.machine.inside():
        storage = Storage.open(StorageSettings())
        try:
            return _accounted(scene, storage, kills=kills)
        finally:
            storage.close()


def _accounted(scene: Chaos, storage: Storage, *, kills: int) -> Figures:
    ended = {
        run_id: run.status
        for run_id in scene.run_ids
        if (run := storage.runs.get(run_id)) and run.outcome and run.status
    }
    for run_id, status in ended.items():
        if status.error:
            logging.error("%s: %s", run_id, status.error.message)
    made = [status for status in ended.values() if status.outcome is Outcome.COMPLETED]
    entries = [entry for run_id in scene.run_ids for entry in storage.ledger.all_calls(run_id)]
    return {
        "runs": len(scene.run_ids),
        "kills": kills,
        "twins": sum(number % TWIN_EVERY == 1 for number in range(len(scene.run_ids))),
        "lost": len(ended) - len(made),
        "stuck": len(scene.run_ids) - len(ended),
        "charged_twice": _charged_twice(scene, storage, entries),
        "lost_answers": sum(entry.outcome is CallOutcome.LOST for entry in entries),
        **_events(scene, storage, set(ended)),
        "bad_films": sum(not _is_good(storage, status) for status in made),
        "wedged": asyncio.run(_wedged(scene)),
    }


def _events(scene: Chaos, storage: Storage, ended: set[str]) -> Figures:
    """Against what the records hold, which must itself be dense."""
    lost = doubled = 0
    for client in scene.clients:
        if client.run_id not in ended:
            continue
        kept = [stored.event.seq for stored in storage.runs.events(client.run_id)]
        missed = client.lost(kept[-1]) + client.resets
        if missed or client.doubled or kept != list(range(len(kept))):
            logging.error(
                "%s: %d events missed, %d doubled, %d resets, %d kept up to %d",
                *(client.run_id, missed, client.doubled, client.resets, len(kept), kept[-1]),
            )
        lost += missed + len(set(range(kept[-1] + 1)) - set(kept))
        doubled += client.doubled + len(kept) - len(set(kept))
    return {"events_lost": lost, "events_doubled": doubled}


def _charged_twice(scene: Chaos, storage: Storage, entries: list[LedgerEntry]) -> int:
    """Second charges for what was stored, or that nobody wrote down, or for a job that could have
    been resumed; each is logged."""
    stored = _stored_at(storage)
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


def _stored_at(storage: Storage) -> dict[str, float]:
    """When each asset was finished (seconds since 1970), by its key."""
    database: Database = storage.database
    with database.read() as connection:
        rows = connection.execute(select(assets.c.key, assets.c.created_at))
        return {key: at.timestamp() for key, at in rows}


def _is_good(storage: Storage, status: RunStatus) -> bool:
    """QA passed it, and it decodes from its first frame to its last with sound all along."""
    files = status.artifacts
    layout = Layout.model_validate_json(storage.blobs.get(files["layout.json"]))
    verdicts = Verdicts.model_validate_json(storage.blobs.get(files["qa.json"]))
    counted: Counter[str] = Counter()
    with av.open(str(storage.blobs.file(files["final_video.mp4"]))) as film:
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


async def _wedged(scene: Chaos) -> int:
    """Workflow tasks that failed, in any execution of any run; each is logged."""
    client = await connect({"target_host": scene.machine.address})
    faults = [
        f"{run_id}: {said}"
        for run_id in scene.run_ids
        for history in await histories_of(client, run_id)
        for said in wedged(history)
    ]
    for fault in faults:
        logging.error("wedged: %s", fault)
    return len(faults)
