"""What a language model is asked for, and how its answer becomes a plot or is sent back.

A new plot, here; or pictures, moods and emotions for a script whose words stand
(`illustrating.py`); or some scenes of a plot whose others stand (`rewriting.py`). What stands is
put back by code, whatever the model answered.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel

from domain.plot import Plot, PlotRequest
from domain.reading.text import cleaned
from domain.run import MAX_CUTS
from providers.llm.briefs import (
    CHARACTER,
    MAX_NAME,
    PICTURE,
    PLAIN_LOOKS,
    PLAIN_PICTURE,
    TITLE,
    checked_plot,
    common,
    spoken_bounds,
    title_of,
)
from providers.llm.cast import Cast
from providers.llm.draft import Draft, Unusable, parsed
from providers.llm.echoes import Scenes, cut_off, echoes, old_words, repetitions
from providers.llm.faults import (
    cast_faults,
    language_faults,
    scene_faults,
)
from providers.llm.prompts import write_messages
from providers.llm.rules.planner import MAX_ROWS_PER_SCENE
from providers.llm.rules.request import Wish, reading_of
from providers.llm.schemas import Schema, bounded
from providers.llm.short_prompts import write_briefly

# Asked for where nobody says how many; and what will do.
MIN_SCENES, MAX_FREE_SCENES = 5, 8
LEAST_SCENES = 3
MAX_SEEN_BESIDE = 2
# Two lines of one voice are said as one; more is a scene of its own.
MAX_ROWS_OF_ONE = 2
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Task(ABC):
    """One thing that a model is asked for."""

    answer: ClassVar[type[BaseModel]]

    @abstractmethod
    def messages(self) -> list[dict[str, str]]:
        """What the model is told."""

    @property
    @abstractmethod
    def schema(self) -> Schema:
        """Of the answer, as narrow as what was asked."""

    @abstractmethod
    def read(self, reply: str) -> Plot:
        """Raises `Unusable`."""


@dataclass(frozen=True)
class WriteTask(Task):
    """A new plot for a topic."""

    request: PlotRequest
    detected: str
    # In few words, for a small model.
    briefly: bool = False
    answer: ClassVar[type[BaseModel]] = Draft

    def messages(self) -> list[dict[str, str]]:
        return write_briefly(self.brief) if self.briefly else write_messages(self.brief)

    @property
    def brief(self) -> dict[str, Any]:
        """What is asked, as data."""
        return {
            "task": "write",
            **common(self.request, self.language),
            "language_is_a_guess": self.request.language is None,
            "scenes": self.scenes or {"at_least": MIN_SCENES, "at_most": MAX_FREE_SCENES},
            "speakers": self.request.num_characters,
            "request": cleaned(self.request.prompt),
        }

    @property
    def language(self) -> str:
        """The one that is asked for."""
        return self.request.language or self.detected

    @property
    def schema(self) -> Schema:
        speakers, small = self.request.num_characters, self.briefly
        at_most = MAX_ROWS_PER_SCENE if speakers > 1 else MAX_ROWS_OF_ONE
        # A small model is spared what it may do without.
        bounds = {
            **CHARACTER,
            "Draft.title": TITLE,
            "Draft.language": {"enum": [self.language]} if self._is_settled else {"maxLength": 12},
            "Draft.characters": _between(speakers, speakers + (0 if small else MAX_SEEN_BESIDE)),
            "Draft.scenes": _between(
                self.scenes or MIN_SCENES,
                self.scenes or (MIN_SCENES if small else MAX_FREE_SCENES),
            ),
            "DraftScene.picture": PLAIN_PICTURE if small else PICTURE,
            "DraftScene.lines": _between(1, min(at_most, speakers) if small else at_most),
            "Line.speaker": {"minLength": 1, "maxLength": MAX_NAME},
            "Line.text": spoken_bounds(self.language, plain=small),
        }
        return bounded(Draft, {**bounds, **({"Character.looks": PLAIN_LOOKS} if small else {})})

    @property
    def _is_settled(self) -> bool:
        """Whether the language is not the model's to choose."""
        return self.request.language is not None or self.briefly

    @property
    def scenes(self) -> int | None:
        """How many were asked for, by a number or in the prompt's own words."""
        wish = Wish.of(reading_of(self.request))
        return self.request.num_cuts or wish.cuts

    def read(self, reply: str) -> Plot:
        return self.plot_of_draft(parsed(Draft, reply))

    def plot_of_draft(self, draft: Draft) -> Plot:
        """Raises `Unusable`."""
        if self.briefly:
            # How somebody looks is more than a small model need know.
            drawable = [c for c in draft.characters if not any(cast_faults([c]))]
            draft = draft.model_copy(update={"characters": drawable})
        cast = Cast.of(draft, self.request, self.language_of(draft))
        scenes = [(scene.picture, scene.lines) for scene in draft.scenes]
        problems = [
            *self._faults(draft),
            *cast_faults(draft.characters),
            *scene_faults(dict(enumerate(scenes, start=1)), cast),
            *repetitions(scenes),
            *(self._small_faults(scenes) if self.briefly else ()),
        ]
        if problems:
            raise Unusable(problems)
        rows = [row for n, (_, lines) in enumerate(scenes, 1) for row in cast.rows(n, lines)]
        return checked_plot(
            title=title_of(draft.title, self.request.prompt),
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

    def _small_faults(self, scenes: Scenes) -> Iterator[str]:
        """Those of small models: they go round in circles, and repeat what they were told."""
        at_most = spoken_bounds(self.language, plain=True)["maxLength"]
        yield from cut_off((line.text for _, lines in scenes for line in lines), at_most)
        yield from old_words(scenes)
        yield from echoes(_words_of(scenes), self.messages()[0]["content"])

    def language_of(self, draft: Draft) -> str:
        if self.request.language:
            return self.request.language
        return draft.language if _TAG.fullmatch(draft.language) else self.detected

    def _faults(self, draft: Draft) -> Iterator[str]:
        count, wanted = len(draft.scenes), self.scenes
        if wanted and count != wanted:
            yield f"there are {count} scenes; write exactly {wanted}"
        elif not wanted and not LEAST_SCENES <= count <= MAX_CUTS:
            yield f"there are {count} scenes; write {MIN_SCENES} to {MAX_FREE_SCENES}"
        text = " ".join(line.text for scene in draft.scenes for line in scene.lines)
        yield from language_faults(text, self.language_of(draft))
        speakers = {line.speaker for scene in draft.scenes for line in scene.lines}
        if self.request.num_characters == 2 and len(speakers) != 2 and count > 1:
            yield f"{len(speakers)} speak; two are to"


def _between(least: int, most: int) -> dict[str, int]:
    return {"minItems": least, "maxItems": most}


def _words_of(scenes: Scenes) -> list[str]:
    return [text for picture, lines in scenes for text in (picture, *(line.text for line in lines))]
