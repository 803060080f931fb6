"""Many films at once on one worker: who waits, and for what."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import Any

from bench.histories import Wait, histories_of, waits
from bench.orchestration.crew import Act
from bench.orchestration.stage import PROMPT, Stage, stage

RENDER_SECONDS = 5.0
# What takes cores, and so waits for its turn; the rest is light.
HEAVY = ("render_video", "make_assets")


async def measure(*, runs: int) -> dict[str, Any]:
    """One film alone first; then all of them, begun together."""
    async with stage(Act(render_seconds=RENDER_SECONDS)) as here:
        alone = await _delivered_after(here, "alone", runs=1)
        delivered = await _delivered_after(here, "film", runs=runs)
        every = await _waits(here, runs)
    light = [wait.seconds for wait in every if wait.activity not in HEAVY]
    return {
        "runs": runs,
        "render_seconds": RENDER_SECONDS,
        "alone_s": round(alone[0], 2),
        "first_delivered_s": round(delivered[0], 2),
        "first_delivered_ratio": round(delivered[0] / alone[0], 2),
        "last_delivered_s": round(delivered[-1], 2),
        "light_wait_p99_ms": round(_p99(light) * 1000),
        "light_wait_max_ms": round(max(light) * 1000),
        "wait_p99_ms_of": {
            name: round(_p99([w.seconds for w in every if w.activity == name]) * 1000)
            for name in sorted({w.activity for w in every})
        },
    }


async def _delivered_after(here: Stage, name: str, *, runs: int) -> list[float]:
    """Seconds from the start of all to the end of each, in the order in which they ended."""
    begin = time.monotonic()

    async def one(number: int) -> float:
        handle = await here.start(f"{name}_{number}", PROMPT)
        await handle.result()
        return time.monotonic() - begin

    return sorted(await asyncio.gather(*(one(number) for number in range(runs))))


async def _waits(here: Stage, runs: int) -> list[Wait]:
    found: list[Wait] = []
    for number in range(runs):
        for history in await histories_of(here.client, f"film_{number}"):
            found += waits(history)
    return found


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]
