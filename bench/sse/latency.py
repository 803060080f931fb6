"""From the end of an activity to the client: a real server, worker and gateway, no-op runs."""

from __future__ import annotations

import asyncio
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.machine import Machine, machine
from bench.sse.clients import chunks
from bench.sse.crew import READY
from tests.gateway_client import gateway
from workflows.client import connect, start_short

IDLE_RUNS = 5
BUSY_RUNS = 20
APART_SECONDS = 0.5
RUN_SECONDS = 60.0
SPEC = {"prompt": "the sea", "num_cuts": 3}
_ASSET = re.compile(rb'event: asset\ndata: .*?"sha256":"([0-9a-f]{64})"')


def measure() -> dict[str, float]:
    """Milliseconds with one run at a time, and with `BUSY_RUNS` started half a second apart."""
    with (
        tempfile.TemporaryDirectory() as root,
        machine(Path(root)) as here,
        _crew(here) as notes,
        gateway(here) as running,
    ):
        port = int(running.url.rpartition(":")[2])
        idle = asyncio.run(_seen(here, port, runs=IDLE_RUNS, apart=None))
        busy = asyncio.run(_seen(here, port, runs=BUSY_RUNS, apart=APART_SECONDS))
        finished = _finished(notes)
    return {**_marks("idle", idle, finished), **_marks("busy", busy, finished)}


Assets = dict[tuple[str, str], int]


def _marks(name: str, seen: Assets, finished: Assets) -> dict[str, float]:
    latencies = [(got - finished[asset]) / 1e6 for asset, got in seen.items()]
    marks = statistics.quantiles(latencies, n=100)
    return {
        f"{name}_assets": len(latencies),
        f"{name}_p50_ms": round(marks[49]),
        f"{name}_p99_ms": round(marks[98]),
    }


@contextmanager
def _crew(here: Machine) -> Iterator[Path]:
    notes = here.root / "finished.txt"
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.sse.crew", str(notes)],
        env=here.env,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        if process.stdout.readline().strip() != READY:
            raise RuntimeError("the worker did not start")
        yield notes
    finally:
        process.kill()
        process.wait()


def _finished(notes: Path) -> Assets:
    rows = (line.split() for line in notes.read_text().splitlines())
    return {(run_id, digest): int(at) for run_id, digest, at in rows}


async def _seen(here: Machine, port: int, *, runs: int, apart: float | None) -> Assets:
    """When each asset event reached its client; runs begin `apart` seconds, or one by one."""
    from domain.run import RunSpec

    client = await connect({"target_host": here.address, "namespace": "default"})
    seen: Assets = {}
    watching = []
    for number in range(runs):
        run_id = f"bench_{runs}_{number}"
        await start_short(client, RunSpec.model_validate(SPEC), run_id=run_id)
        watching.append(asyncio.create_task(_watch(port, run_id, seen)))
        if apart is None:
            await watching[-1]
        else:
            await asyncio.sleep(apart)
    await asyncio.gather(*watching)
    return seen


async def _watch(port: int, run_id: str, seen: Assets) -> None:
    path = f"/api/runs/{run_id}/events"
    text = b""
    async for data in chunks(port, path, until=time.monotonic() + RUN_SECONDS):
        got = time.monotonic_ns()
        text += data
        done, blank, text = text.rpartition(b"\n\n")
        for match in _ASSET.finditer(done + blank):
            seen.setdefault((run_id, match[1].decode()), got)
        if b"event: ended" in done:
            return
    raise TimeoutError(f"{run_id} did not end")
