"""What a language model is asked for, and how its answer becomes a plot or is sent back.

A new plot; or pictures, moods and emotions for a script whose words stand; or some scenes of a
plot whose others stand. What stands is put back by code, whatever the model answered.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from pydantic import BaseModel, ValidationError

from domain.plot import Plot, PlotRequest, PlotRow
from domain.run import MAX_CUTS
from providers.llm.cast import Cast
from providers.llm.draft import (
    Draft,
    Illustrations,
    Rewrite,
    Unusable,
    parsed,
)
from providers.llm.faults import language_faults, picture_faults, repetitions, scene_faults
from providers.llm.prompts import illustrate_messages, rewrite_messages, write_messages
from providers.llm.rules.planner import write_plot
from providers.llm.rules.request import cleaned, understand
from providers.llm.rules.script import MAX_THOUGHT, WEIGHT_PER_SECOND

MIN_SCENES, MAX_FREE_SCENES = 5, 8
AIM_SECONDS = 5.0
MAX_TITLE = 80
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Task(ABC):
    """One thing that a model is asked for."""

    answer: ClassVar[type[BaseModel]]

    @abstractmethod
    def messages(self) -> list[dict[str, str]]:
        """What the model is told."""

    @abstractmethod
    def plot_of(self, reply: str) -> Plot:
        """Raises `Unusable`."""


def task_for(request: PlotRequest) -> Task | Plot:
    """What to ask for; a plot where nothing need be asked.

    Raises `InvalidProviderRequest`.
    """
    if request.previous and request.findings:
        if request.previous.source == "script":
            return write_plot(request)
        return RewriteTask(request, request.previous)
    by_rules = write_plot(request)
    if by_rules.source == "script":
        return IllustrateTask(request, by_rules)
    return WriteTask(request, by_rules.language)


@dataclass(frozen=True)
class WriteTask(Task):
    """A new plot for a topic."""

    request: PlotRequest
    detected: str
    answer: ClassVar[type[BaseModel]] = Draft

    def messages(self) -> list[dict[str, str]]:
        return write_messages(
            {
                "task": "write",
                **_common(self.request, self.request.language or self.detected),
                "language_is_a_guess": self.request.language is None,
                "scenes": self.scenes or {"at_least": MIN_SCENES, "at_most": MAX_FREE_SCENES},
                "speakers": self.request.num_characters,
                "request": cleaned(self.request.prompt),
            }
        )

    @property
    def scenes(self) -> int | None:
        """How many were asked for, by a number or in the prompt's own words."""
        wish = understand(cleaned(self.request.prompt), self.request.mode)
        return self.request.num_cuts or wish.cuts

    def plot_of(self, reply: str) -> Plot:
        draft = parsed(Draft, reply)
        cast = Cast.of(draft, self.request, self.language_of(draft))
        scenes = [(scene.picture, scene.lines) for scene in draft.scenes]
        problems = [
            *self._faults(draft),
            *scene_faults(dict(enumerate(scenes, start=1)), cast),
            *repetitions(scenes),
        ]
        if problems:
            raise Unusable(problems)
        rows = [row for n, (_, lines) in enumerate(scenes, 1) for row in cast.rows(n, lines)]
        return checked_plot(
            title=_title(draft.title, self.request.prompt),
            language=self.language_of(draft),
            mood=draft.mood,
            source="llm",
            rows=tuple(rows),
            visuals={
                f"scene_{n}": cast.with_looks(picture)
                for n, (picture, _) in enumerate(scenes, start=1)
            },
            appearances=cast.appearances,
        )

    def language_of(self, draft: Draft) -> str:
        if self.request.language:
            return self.request.language
        return draft.language if _TAG.fullmatch(draft.language) else self.detected

    def _faults(self, draft: Draft) -> Iterator[str]:
        count, wanted = len(draft.scenes), self.scenes
        if wanted and count != wanted:
            yield f"there are {count} scenes; write exactly {wanted}"
        elif not wanted and not 3 <= count <= MAX_CUTS:
            yield f"there are {count} scenes; write {MIN_SCENES} to {MAX_FREE_SCENES}"
        text = " ".join(line.text for scene in draft.scenes for line in scene.lines)
        yield from language_faults(text, self.language_of(draft))
        speakers = {line.speaker for scene in draft.scenes for line in scene.lines}
        if self.request.num_characters == 2 and len(speakers) != 2 and count > 1:
            yield f"{len(speakers)} speak; two are to"


@dataclass(frozen=True)
class IllustrateTask(Task):
    """Pictures, mood and emotions for a script; its words and speakers are `script`'s."""

    request: PlotRequest
    script: Plot
    answer: ClassVar[type[BaseModel]] = Illustrations

    def messages(self) -> list[dict[str, str]]:
        return illustrate_messages(
            {
                "task": "illustrate",
                **_common(self.request, self.script.language),
                "speakers": sorted({row.char_name for row in self.script.rows}),
                "script": [
                    {"scene": number, "lines": [_line(row) for row in rows]}
                    for number, rows in _by_scene(self.script.rows)
                ],
            }
        )

    def plot_of(self, reply: str) -> Plot:
        answer = parsed(Illustrations, reply)
        chosen = {scene.scene: scene for scene in answer.scenes}
        lines = dict(_by_scene(self.script.rows))
        problems = []
        for number, rows in lines.items():
            scene = chosen.get(number)
            if scene is None:
                problems.append(f"scene {number} of the script is missing")
                continue
            problems += picture_faults(number, scene.picture)
            if len(scene.emotions) != len(rows):
                said = f"{len(scene.emotions)} emotions for {len(rows)} lines"
                problems.append(f"scene {number}: {said}")
        if problems:
            raise Unusable(problems)
        cast = Cast.of_plot(self.script, answer.characters)
        return checked_plot(
            **{
                **self.script.model_dump(),
                "title": _title(answer.title, self.script.title),
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
                **_common(self.request, plot.language),
                "speakers": list(Cast.of_plot(plot, []).ids),
                "request": cleaned(self.request.prompt),
                "plot": [
                    {
                        "scene": number,
                        "picture": plot.visuals[f"scene_{number}"],
                        "lines": [_line(row) for row in rows],
                    }
                    for number, rows in _by_scene(plot.rows)
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
            for number, _ in _by_scene(self.previous.rows):
                if finding.scene_id in (None, f"scene_{number}"):
                    found.setdefault(number, []).append(finding.message)
        return {number: "; ".join(messages) for number, messages in found.items()}

    def plot_of(self, reply: str) -> Plot:
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
            for number, old in _by_scene(plot.rows)
            for row in (cast.rows(number, scenes[number][1]) if number in scenes else old)
        ]
        new = {f"scene_{n}": picture.strip() for n, (picture, _) in scenes.items()}
        return checked_plot(
            **{**plot.model_dump(), "rows": tuple(rows), "visuals": {**plot.visuals, **new}}
        )


def checked_plot(**fields: Any) -> Plot:
    """The plot. Raises `Unusable` where it breaks the plot's own rules."""
    try:
        return Plot.model_validate(fields)
    except ValidationError as exc:
        raise Unusable([str(item["msg"]) for item in exc.errors(include_url=False)]) from exc


def _common(request: PlotRequest, language: str) -> dict[str, Any]:
    wide = language.split("-")[0].lower() in ("ko", "ja", "zh")
    per_letter = 1.8 if wide else 1.0
    return {
        "language": language,
        "mode": str(request.mode),
        "drawn_as": request.art_style,
        "music": request.music_genre,
        "letters_per_scene": {
            "aim": round(AIM_SECONDS * WEIGHT_PER_SECOND / per_letter),
            "at_most": round(MAX_THOUGHT / per_letter * 0.85),
        },
    }


def _line(row: PlotRow) -> dict[str, str]:
    return {"speaker": row.char_name, "text": row.text}


def _by_scene(rows: Sequence[PlotRow]) -> list[tuple[int, list[PlotRow]]]:
    return [(number, list(group)) for number, group in groupby(rows, key=lambda r: r.sequence)]


def _title(title: str, otherwise: str) -> str:
    words = " ".join(cleaned(title).split()) or " ".join(cleaned(otherwise).split())
    return words if len(words) <= MAX_TITLE else f"{words[: MAX_TITLE - 1].rstrip()}…"
