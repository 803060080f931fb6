"""Who speaks and who is seen: names as a model writes them, ids and looks as a plot has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.plot import Plot, PlotRequest, PlotRow, TextType
from domain.reading.length import spoken_ms
from domain.reading.text import cleaned
from providers.llm.draft import Character, Draft, Line
from providers.llm.rules.phrases import NAMES, PHRASES


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

    @property
    def seen(self) -> set[str]:
        """The names that a picture may have in it."""
        return {*self.ids, *self.looks}

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
                    text=spoken_text(line),
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


def spoken_text(line: Line) -> str:
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
