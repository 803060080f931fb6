"""Many plain runs side by side: how many a second, and what each costs."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import Any

from bench.histories import size
from bench.orchestration.crew import Act
from bench.orchestration.stage import PROMPT, Stage, cpu_seconds, stage

WARM_UP_RUNS = 5


async def measure(*, runs: int, at_once: int, on_disk: bool = False) -> dict[str, Any]:
    """Figures per run, the first few left out; `on_disk` with records and blobs as they are."""
    async with stage(Act(on_disk=on_disk)) as here:
        await _make(here, "warm", runs=WARM_UP_RUNS, at_once=1)
        worker, server = cpu_seconds(here.worker), cpu_seconds(here.server)
        begin = time.monotonic()
        seconds = await _make(here, "plain", runs=runs, at_once=at_once)
        elapsed = time.monotonic() - begin
        worker, server = cpu_seconds(here.worker) - worker, cpu_seconds(here.server) - server
        sizes = [
            await size(here.client, here.client.get_workflow_handle(f"plain_{number}"))
            for number in range(runs)
        ]
        return {
            "runs": runs,
            "runs_per_s": round(runs / elapsed, 2),
            "run_p50_ms": round(statistics.median(seconds) * 1000),
            "worker_cpu_ms": round(worker / runs * 1000, 1),
            "server_cpu_ms": round(server / runs * 1000, 1),
            "worker_rss_mb": here.worker.memory_info().rss >> 20,
            "history_events": max(events for events, _ in sizes),
            "history_events_median": statistics.median(events for events, _ in sizes),
            "history_bytes": max(length for _, length in sizes),
        }


async def _make(here: Stage, name: str, *, runs: int, at_once: int) -> list[float]:
    """Seconds that each took."""
    places = asyncio.Semaphore(at_once)

    async def one(number: int) -> float:
        async with places:
            begin = time.monotonic()
            handle = await here.start(f"{name}_{number}", PROMPT)
            await handle.result()
            return time.monotonic() - begin

    return await asyncio.gather(*(one(number) for number in range(runs)))
