"""Which vendored font draws which character, and which characters are emoji."""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import regex

from rendering.captions.emoji import emoji_keys, flag_letters, picture_of

FONTS = Path(__file__).parent.parent / "fonts"
# They only shape others: no font need draw them.
_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_CLUSTER = regex.compile(r"\X")


@dataclass(frozen=True)
class Font:
    """A vendored font."""

    path: Path
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def covers(self, character: str) -> bool:
        index = bisect_right(self.starts, ord(character)) - 1
        return index >= 0 and ord(character) <= self.ends[index]


@dataclass(frozen=True)
class Run:
    """Characters that one font draws, or one emoji: `emoji` names its pictures."""

    text: str
    font: Font
    emoji: tuple[str, ...] = ()


@cache
def vendored_fonts() -> tuple[Font, ...]:
    """In the order in which a character is looked for."""
    table = json.loads((FONTS / "coverage.json").read_text())
    return tuple(
        Font(
            FONTS / entry["file"],
            tuple(low for low, _ in entry["ranges"]),
            tuple(high for _, high in entry["ranges"]),
        )
        for entry in table
    )


def clusters(text: str) -> list[str]:
    """The text in what readers take for single characters (UAX 29)."""
    found: list[str] = _CLUSTER.findall(text)
    return found


@lru_cache(maxsize=4096)
def font_runs(text: str) -> tuple[Run, ...]:
    """The text in runs of one font each; every emoji is a run of its own."""
    runs: list[Run] = []
    for cluster in clusters(text):
        run = _run_of(cluster, runs[-1].font if runs and not runs[-1].emoji else None)
        if runs and not run.emoji and not runs[-1].emoji and runs[-1].font is run.font:
            run = Run(runs.pop().text + run.text, run.font)
        runs.append(run)
    return tuple(runs)


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of a text that nothing vendored draws, each once, in order."""
    missing = (
        character
        for run in font_runs(text)
        if not run.emoji
        for character in run.text
        if not _serves(run.font, character) and unicodedata.category(character) != "Cc"
    )
    return tuple(dict.fromkeys(missing))


def _run_of(cluster: str, before: Font | None) -> Run:
    keys = emoji_keys(cluster)
    text = cluster if keys else flag_letters(cluster)
    font = _font_of(text, before)
    if not keys and not all(_serves(font, character) for character in text):
        keys = picture_of(cluster)
    return Run(cluster if keys else text, font, keys)


def _font_of(text: str, before: Font | None) -> Font:
    """The first font that draws it whole; spaces stay with what stands before them."""
    if before and (text.isspace() or _INVISIBLE.fullmatch(text)) and _draws(before, text):
        return before
    fonts = vendored_fonts()
    whole = next((font for font in fonts if _draws(font, text)), None)
    return whole or next((font for font in fonts if font.covers(text[:1] or " ")), fonts[0])


def _draws(font: Font, text: str) -> bool:
    return all(_serves(font, character) for character in text)


def _serves(font: Font, character: str) -> bool:
    return font.covers(character) or character.isspace() or bool(_INVISIBLE.match(character))
