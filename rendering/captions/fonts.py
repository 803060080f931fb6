"""Which vendored font draws which character."""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FONTS = Path(__file__).parent.parent / "fonts"
VARIATION_EMOJI = "\ufe0f"
JOINER = "\u200d"
# Characters that only shape others; no font need draw them.
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff\u00ad")


@dataclass(frozen=True)
class Font:
    """A vendored font. `height` is its line height over its em, by which libass scales."""

    path: Path
    family: str
    height: float
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def covers(self, character: str) -> bool:
        index = bisect_right(self.starts, ord(character)) - 1
        return index >= 0 and ord(character) <= self.ends[index]


@dataclass(frozen=True)
class Run:
    """Characters that one font draws."""

    text: str
    font: Font


@cache
def vendored_fonts() -> tuple[Font, ...]:
    """In the order in which a character is looked for."""
    table = json.loads((FONTS / "coverage.json").read_text())
    return tuple(
        Font(
            FONTS / entry["file"],
            entry["family"],
            entry["height"],
            tuple(low for low, _ in entry["ranges"]),
            tuple(high for _, high in entry["ranges"]),
        )
        for entry in table
    )


@lru_cache(maxsize=4096)
def font_runs(text: str) -> tuple[Run, ...]:
    """The text in runs of one font each. Marks and joiners stay with their base, spaces with
    what stands before them."""
    runs: list[tuple[str, Font]] = []
    for index, character in enumerate(text):
        following = text[index + 1 : index + 2]
        font = _font_of(character, following)
        clings = character.isspace() or character in _INVISIBLE
        clings = clings or unicodedata.combining(character) != 0 or _is_modifier(character)
        if runs and (clings or text[index - 1] == JOINER) and _serves(runs[-1][1], character):
            font = runs[-1][1]
        if runs and runs[-1][1] is font:
            runs[-1] = (runs[-1][0] + character, font)
        else:
            runs.append((character, font))
    return tuple(Run(part, font) for part, font in runs)


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of a text that no vendored font draws, each once, in order."""
    missing = (c for c in text if not _is_drawable(c))
    return tuple(dict.fromkeys(missing))


def _is_drawable(character: str) -> bool:
    if character.isspace() or character in _INVISIBLE:
        return True
    return any(font.covers(character) for font in vendored_fonts())


def _serves(font: Font, character: str) -> bool:
    return character in _INVISIBLE or font.covers(character)


@lru_cache(maxsize=8192)
def _font_of(character: str, following: str) -> Font:
    fonts = vendored_fonts()
    if following == VARIATION_EMOJI:
        emoji = next(font for font in fonts if "Emoji" in font.family)
        if emoji.covers(character):
            return emoji
    return next((font for font in fonts if font.covers(character)), fonts[0])


def _is_modifier(character: str) -> bool:
    return 0x1F3FB <= ord(character) <= 0x1F3FF
