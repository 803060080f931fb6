"""A worker in a process of its own whose crew makes nothing: `python -m bench.orchestration.crew`.

What is left is what orchestration costs. The one argument is an `Act` as JSON.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

from pydantic import BaseModel, ConfigDict
from temporalio import activity

from cli.exit import exit_now
from domain.plot import Plot, PlotRow
from domain.qa import Check, Finding, QaReport, Redo
from tests.workflows.fakes import FakeCrew
from worker.bootstrap import new_worker
from worker.search_attributes import register_run_state
from workflows.activities import Film, PlotResult, RenderVideo, WritePlot
from workflows.client import configured_server, connect

READY = "polls"
WORDS = "바다는 왜 짤까요 비는 바위에서 아주 작은 소금을 가져와요 강은 그것을 바다로 실어 날라요"


class Act(BaseModel):
    """What the crew pretends to make, and how long it takes over a film."""

    model_config = ConfigDict(frozen=True)

    scenes: int = 5
    lines: int = 1
    words: str = "The sea is salty."
    qa_retries: int = 0
    render_seconds: float = 0.0
    slots: int = 6


class IdleCrew(FakeCrew):
    """Everything is made at once, but for the films."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act
        self._screen = asyncio.Semaphore(1)
        again = Finding(check="picture", message="blurred", redo=Redo.IMAGE, scene_id="scene_2")
        checks = (Check(name="duration", passed=True, measured="1 s", expected="1 s"),)
        self.verdicts = [QaReport(checks=checks, findings=(again,))] * act.qa_retries

    @activity.defn
    async def write_plot(self, request: WritePlot) -> PlotResult:
        return PlotResult(plot=_plot(self._act), asset=self._asset("plot"), cached=False)

    @activity.defn
    async def render_video(self, request: RenderVideo) -> Film:
        if self._act.render_seconds:
            async with self._screen:
                await asyncio.sleep(self._act.render_seconds)
        return await super().render_video(request)


def _plot(act: Act) -> Plot:
    ids = [f"scene_{number}" for number in range(1, act.scenes + 1)]
    rows = [
        PlotRow(scene_id=scene, char_id="char_1", char_name="Ann", text=f"{act.words} {scene} {n}")
        for scene in ids
        for n in range(act.lines)
    ]
    visuals = {scene: f"the sea, {scene}" for scene in ids}
    return Plot(title="The sea", language="en", source="script", rows=tuple(rows), visuals=visuals)


async def main(act: Act) -> None:
    """Work until killed."""
    logging.getLogger("temporalio").setLevel(logging.CRITICAL)
    config: Any = configured_server()
    client = await connect(config)
    await register_run_state(client)
    async with new_worker(client, IdleCrew(act).activities, max_activities=act.slots):
        print(READY, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Act.model_validate_json(sys.argv[1])))
    exit_now(0)
