"""Some scenes anew, of a plot whose others stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel

from domain.plot import Plot, PlotRequest
from domain.reading.text import cleaned
from providers.llm.briefs import PICTURE, by_scene, checked_plot, common, line_of, spoken_bounds
from providers.llm.cast import Cast
from providers.llm.draft import Rewrite, Unusable, parsed
from providers.llm.faults import language_faults, scene_faults
from providers.llm.prompts import rewrite_messages
from providers.llm.rules.planner import MAX_ROWS_PER_SCENE
from providers.llm.schemas import Schema, bounded
from providers.llm.tasks import Task


@dataclass(frozen=True)
class RewriteTask(Task):
    """Some scenes anew, of a plot whose others stand."""

    request: PlotRequest
    previous: Plot
    answer: ClassVar[type[BaseModel]] = Rewrite

    def messages(self) -> list[dict[str, str]]:
        plot = self.previous
        return rewrite_messages(
            {
                "task": "rewrite",
                **common(self.request, plot.language),
                "speakers": list(Cast.of_plot(plot, []).ids),
                "request": cleaned(self.request.prompt),
                "plot": [
                    {
                        "scene": number,
                        "picture": plot.visuals[f"scene_{number}"],
                        "lines": [line_of(row) for row in rows],
                    }
                    for number, rows in by_scene(plot.rows)
                ],
                "rewrite": [
                    {"scene": number, "problem": problem}
                    for number, problem in self.problems.items()
                ],
            }
        )

    @property
    def problems(self) -> dict[int, str]:
        """What was found, by scene; a finding about no scene is about all of them."""
        found: dict[int, list[str]] = {}
        for finding in self.request.findings:
            for number, _ in by_scene(self.previous.rows):
                if finding.scene_id in (None, f"scene_{number}"):
                    found.setdefault(number, []).append(finding.message)
        return {number: "; ".join(messages) for number, messages in found.items()}

    @property
    def schema(self) -> Schema:
        count = len(self.problems)
        speakers = list(Cast.of_plot(self.previous, []).ids)
        return bounded(
            Rewrite,
            {
                "Rewrite.scenes": {"minItems": count, "maxItems": count},
                "NewScene.scene": {"enum": list(self.problems)},
                "NewScene.picture": PICTURE,
                "NewScene.lines": {"minItems": 1, "maxItems": MAX_ROWS_PER_SCENE},
                "Line.speaker": {"enum": speakers},
                "Line.text": spoken_bounds(self.previous.language),
            },
        )

    def read(self, reply: str) -> Plot:
        named, plot = self.problems, self.previous
        scenes = {
            scene.scene: (scene.picture, scene.lines)
            for scene in parsed(Rewrite, reply).scenes
            if scene.scene in named
        }
        cast = Cast.of_plot(plot, [])
        problems = [f"scene {number} is missing" for number in named if number not in scenes]
        problems += scene_faults(scenes, cast)
        text = " ".join(line.text for _, lines in scenes.values() for line in lines)
        problems += language_faults(text, plot.language)
        if problems:
            raise Unusable(problems)
        rows = [
            row
            for number, old in by_scene(plot.rows)
            for row in (cast.rows(number, scenes[number][1]) if number in scenes else old)
        ]
        new = {f"scene_{n}": picture.strip() for n, (picture, _) in scenes.items()}
        return checked_plot(
            **{**plot.model_dump(), "rows": tuple(rows), "visuals": {**plot.visuals, **new}}
        )
