"""Pictures, mood and emotions for a script whose words stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel

from domain.plot import Plot, PlotRequest
from providers.llm.briefs import (
    CHARACTER,
    PICTURE,
    PLAIN_PICTURE,
    TITLE,
    by_scene,
    checked_plot,
    common,
    line_of,
    title_of,
)
from providers.llm.cast import Cast
from providers.llm.draft import Illustrations, Unusable, parsed
from providers.llm.faults import cast_faults, picture_faults
from providers.llm.prompts import illustrate_messages
from providers.llm.schemas import Schema, bounded
from providers.llm.short_prompts import illustrate_briefly
from providers.llm.tasks import MAX_SEEN_BESIDE, Task


@dataclass(frozen=True)
class IllustrateTask(Task):
    """Pictures, mood and emotions for a script; its words and speakers are `script`'s."""

    request: PlotRequest
    script: Plot
    # In few words, for a small model.
    briefly: bool = False
    answer: ClassVar[type[BaseModel]] = Illustrations

    def messages(self) -> list[dict[str, str]]:
        return illustrate_briefly(self.brief) if self.briefly else illustrate_messages(self.brief)

    @property
    def brief(self) -> dict[str, Any]:
        """What is asked, as data."""
        return {
            "task": "illustrate",
            **common(self.request, self.script.language),
            "speakers": sorted({row.char_name for row in self.script.rows}),
            "script": [
                {"scene": number, "lines": [line_of(row) for row in rows]}
                for number, rows in by_scene(self.script.rows)
            ],
        }

    @property
    def schema(self) -> Schema:
        scenes = by_scene(self.script.rows)
        speakers = len({row.char_name for row in self.script.rows})
        return bounded(
            Illustrations,
            {
                **CHARACTER,
                "Illustrations.title": TITLE,
                "Illustrations.characters": {"maxItems": speakers + MAX_SEEN_BESIDE},
                "Illustrations.scenes": {"minItems": len(scenes), "maxItems": len(scenes)},
                "IllustratedScene.scene": {"enum": [number for number, _ in scenes]},
                "IllustratedScene.picture": PLAIN_PICTURE if self.briefly else PICTURE,
                "IllustratedScene.emotions": {
                    "minItems": min(len(rows) for _, rows in scenes),
                    "maxItems": max(len(rows) for _, rows in scenes),
                },
            },
        )

    def read(self, reply: str) -> Plot:
        return self.plot_of_answer(parsed(Illustrations, reply))

    def plot_of_answer(self, answer: Illustrations) -> Plot:
        """Raises `Unusable`."""
        if self.briefly:
            drawable = [c for c in answer.characters if not any(cast_faults([c]))]
            answer = answer.model_copy(update={"characters": drawable})
        chosen = {scene.scene: scene for scene in answer.scenes}
        cast = Cast.of_plot(self.script, answer.characters)
        lines = dict(by_scene(self.script.rows))
        problems = list(cast_faults(answer.characters))
        for number, rows in lines.items():
            scene = chosen.get(number)
            if scene is None:
                problems.append(f"scene {number} of the script is missing")
                continue
            said = [row.text for row in rows]
            problems += picture_faults(f"scene {number}", scene.picture, said, cast.seen)
            if len(scene.emotions) != len(rows):
                counts = f"{len(scene.emotions)} emotions for {len(rows)} lines"
                problems.append(f"scene {number}: {counts}")
        if problems:
            raise Unusable(problems)
        return checked_plot(
            **{
                **self.script.model_dump(),
                "title": title_of(answer.title, self.script.title),
                "mood": answer.mood,
                "rows": tuple(
                    row.model_copy(update={"emotion": emotion})
                    for number, rows in lines.items()
                    for row, emotion in zip(rows, chosen[number].emotions, strict=True)
                ),
                "visuals": {
                    f"scene_{number}": cast.with_looks(chosen[number].picture) for number in lines
                },
                "appearances": cast.appearances,
            }
        )
