"""What a language model is asked for, and how its answer becomes a plot or is sent back.

A new plot; or pictures, moods and emotions for a script whose words stand; or some scenes of a
plot whose others stand. What stands is put back by code, whatever the model answered.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from pydantic import BaseModel, ValidationError

from domain.plot import Plot, PlotRequest, PlotRow, TextType
from domain.run import MAX_CUTS
from providers.llm.draft import (
    Character,
    Draft,
    Illustrations,
    Line,
    Rewrite,
    Unusable,
    parsed,
)
from providers.llm.prompts import illustrate_messages, rewrite_messages, write_messages
from providers.llm.rules.language import detect_language
from providers.llm.rules.phrases import NAMES, PHRASES
from providers.llm.rules.planner import MAX_ROWS_PER_SCENE, write_plot
from providers.llm.rules.request import cleaned, understand
from providers.llm.rules.script import MAX_THOUGHT, WEIGHT_PER_SECOND, spoken_ms, weight

MIN_SCENES, MAX_FREE_SCENES = 5, 8
AIM_SECONDS = 5.0
MAX_SCENE_WEIGHT = 230
MAX_TITLE = 80
MAX_PICTURE = 700
# Within one script a detector of short lines is wrong too often.
_SCRIPTS = {
    "Latin": "en es fr de pt it nl pl tr vi id sv da no fi cs ro hu",
    "Hangul": "ko",
    "kana": "ja",
    "Han": "zh yue",
    "Arabic": "ar fa ur",
    "Cyrillic": "ru uk bg be kk mk",
    "Devanagari": "hi mr ne",
    **{tag: tag for tag in "th he el bn ta te ka hy lo my am".split()},
}
SCRIPT_OF = {tag: script for script, tags in _SCRIPTS.items() for tag in tags.split()}
_TAG = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_NOT_SPOKEN = re.compile(r"[\[\]{}<>*#_|\\]|https?://")


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
            *_repetitions(scenes),
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
        return draft.language if _TAG.match(draft.language) else self.detected

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
            problems += _picture_faults(number, scene.picture)
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


@dataclass(frozen=True)
class Cast:
    """Who speaks, by name → character id; and how everybody looks."""

    ids: dict[str, str]
    looks: dict[str, str]
    dialogue: bool

    @classmethod
    def of(cls, draft: Draft, request: PlotRequest, language: str) -> Cast:
        looks = _looks(draft.characters)
        dialogue = request.num_characters > 1
        spoken = [line.speaker.strip() for scene in draft.scenes for line in scene.lines]
        if dialogue:
            names = [name for name in dict.fromkeys(spoken) if name][: request.num_characters]
        else:
            phrases = PHRASES.get(language.split("-")[0].lower())
            spare = (phrases.names if phrases else NAMES)[0]
            names = [next((name for name in spoken if name), spare)]
        ids = {name: f"char_{number}" for number, name in enumerate(names, start=1)}
        return cls(ids, looks, dialogue)

    @classmethod
    def of_plot(cls, plot: Plot, characters: Sequence[Character]) -> Cast:
        names = {row.char_name: row.char_id for row in plot.rows}
        dialogue = any(row.text_type is TextType.DIALOGUE for row in plot.rows)
        return cls(names, _looks(characters), dialogue)

    @property
    def appearances(self) -> dict[str, str]:
        return {
            char_id: self.looks[name]
            for name, char_id in self.ids.items()
            if char_id and self.looks.get(name)
        }

    def speaker(self, name: str) -> str | None:
        """The one who says a line; the only voice says all of them."""
        if not self.dialogue and len(self.ids) == 1:
            return next(iter(self.ids))
        return name.strip() if name.strip() in self.ids else None

    def rows(self, number: int, lines: Sequence[Line]) -> list[PlotRow]:
        """Of lines without faults."""
        rows = []
        for line in lines:
            name = self.speaker(line.speaker) or ""
            rows.append(
                PlotRow(
                    scene_id=f"scene_{number}",
                    char_id=self.ids[name],
                    char_name=name,
                    text=_spoken(line),
                    text_type=TextType.DIALOGUE if self.dialogue else TextType.NARRATION,
                    emotion=line.emotion,
                    duration_ms=spoken_ms(line.text),
                )
            )
        return rows

    def with_looks(self, picture: str) -> str:
        """A picture that names somebody says how they look, so that they look alike in all."""
        text = picture.strip()
        for name, looks in self.looks.items():
            if name not in self.ids and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                text = f"{text} ({name}: {looks})" if looks not in text else text
        return text


def scene_faults(scenes: dict[int, tuple[str, list[Line]]], cast: Cast) -> Iterator[str]:
    """What is wrong with each scene, for the model."""
    for number, (picture, lines) in scenes.items():
        yield from _picture_faults(number, picture)
        if not 1 <= len(lines) <= MAX_ROWS_PER_SCENE:
            yield f"scene {number} has {len(lines)} lines; it needs 1 to {MAX_ROWS_PER_SCENE}"
        if (total := sum(weight(line.text) for line in lines)) > MAX_SCENE_WEIGHT:
            yield f"scene {number} takes {total / WEIGHT_PER_SECOND:.0f} s to say; shorten it"
        for position, line in enumerate(lines, start=1):
            yield from _line_faults(f"scene {number}, line {position}", line, cast)


def language_faults(text: str, language: str) -> Iterator[str]:
    """Lines in another language than they are to be in, where the script tells."""
    wanted, found = language.split("-")[0].lower(), detect_language(text)
    if wanted in SCRIPT_OF and SCRIPT_OF[wanted] != SCRIPT_OF.get(found):
        yield f"the lines are written in {found!r}; write them in {language!r}"


def checked_plot(**fields: Any) -> Plot:
    """The plot. Raises `Unusable` where it breaks the plot's own rules."""
    try:
        return Plot.model_validate(fields)
    except ValidationError as exc:
        raise Unusable([str(item["msg"]) for item in exc.errors(include_url=False)]) from exc


def _picture_faults(number: int, picture: str) -> Iterator[str]:
    if not any(c.isalpha() for c in picture):
        yield f"scene {number} has no picture"
    elif len(picture) > MAX_PICTURE:
        yield f"scene {number}: the picture takes {len(picture)} letters; at most {MAX_PICTURE}"


def _line_faults(where: str, line: Line, cast: Cast) -> Iterator[str]:
    text = _spoken(line)
    if not any(c.isalnum() for c in text):
        yield f"{where} says nothing"
    if found := _NOT_SPOKEN.search(text):
        yield f"{where}: {found[0]!r} cannot be said aloud: write spoken words only"
    if weight(text) > MAX_THOUGHT:
        letters = MAX_THOUGHT * len(text) // weight(text)
        yield f"{where} has {len(text)} letters; at most {letters}"
    if cast.speaker(line.speaker) is None:
        known = ", ".join(cast.ids) or "nobody"
        yield f"{where}: nobody is called {line.speaker!r}; the speakers are {known}"


def _repetitions(scenes: Sequence[tuple[str, list[Line]]]) -> Iterator[str]:
    texts = Counter(_spoken(line) for _, lines in scenes for line in lines)
    pictures = Counter(picture.strip() for picture, _ in scenes)
    for text, count in texts.items():
        if count > 1 and weight(text) > 12:
            yield f"{text!r} is said {count} times; say each thing once"
    yield from (
        f"{count} scenes have the same picture ({picture[:60]!r}); each needs its own"
        for picture, count in pictures.items()
        if count > 1
    )


def _spoken(line: Line) -> str:
    """A line without what models put around it: a label, quotation marks, markdown."""
    text = " ".join(cleaned(line.text).split()).strip("*_ ")
    for colon in (":", "："):
        text = text.removeprefix(f"{line.speaker}{colon}").strip()
    for opening, closing in ('""', "“”", "「」"):
        if text.startswith(opening) and text.endswith(closing) and text.count(closing) <= 2:
            text = text[1:-1]
    return text.strip()


def _looks(characters: Sequence[Character]) -> dict[str, str]:
    return {c.name.strip(): c.looks.strip() for c in characters if c.name.strip() and c.looks}


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
