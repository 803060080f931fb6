"""A process that writes runs and events: `python -m tests.storage.many_runs URL NAME COUNT`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from domain.events import LogWritten
from domain.run import RunSpec, RunState
from storage.database import Database
from storage.runs import RunRecords


def main(url: str, name: str, count: int) -> None:
    database = Database.open(url, durable=False)
    records = RunRecords(database)
    now = datetime.now(UTC)
    for run_id in (f"shared {name}", *(f"run {name} {n}" for n in range(count))):
        records.claim(run_id, run_id, run_id, RunSpec(prompt="salt"), created_at=now)
        records.progress(run_id, run_id, RunState.QA)
    for seq in range(count):
        event = LogWritten(seq=seq, at=now, progress=0.5, message="salt")
        records.append_events(f"shared {name}", f"shared {name}", [event])
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
