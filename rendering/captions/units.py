"""A caption in the units that light up, each with the time at which it is heard."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from domain.assets import WordTiming
from domain.words import caption_units
from rendering.captions.cutting import cut_word


@dataclass(frozen=True)
class Unit:
    """A word or phrase of a caption, or a part of a word that fills more than a line.

    `start_ms` counts from the line's own start. A `silent` unit (a dash, an emoji) has no
    sound of its own. A part that ends a line is followed by its `hyphen`.
    """

    text: str
    space_before: bool
    start_ms: int
    silent: bool = False
    hyphen: str = ""


def line_text(units: Sequence[Unit]) -> str:
    """Units joined as they are seen; no space before the first, a hyphen after a cut word."""
    joined = "".join(
        (" " if unit.space_before and index else "") + unit.text for index, unit in enumerate(units)
    )
    return joined + (units[-1].hyphen if units else "")


def make_units(
    text: str,
    words: Sequence[WordTiming],
    *,
    language: str,
    duration_ms: int,
    max_width_em: float,
) -> list[Unit]:
    """Joined in order, their texts are the text without its white space and controls."""
    pieces = [
        (piece, hyphen, first and number == 0)
        for word in readable(text).split()
        for number, unit in enumerate(caption_units(word, language))
        for first, piece, hyphen in cut_word(unit, language=language, max_width_em=max_width_em)
    ]
    starts = _starts([piece for piece, _, _ in pieces], words, duration_ms)
    return [
        Unit(piece, space, start, not _is_heard(piece), hyphen)
        for (piece, hyphen, space), start in zip(pieces, starts, strict=True)
    ]


def readable(text: str) -> str:
    """Without the control characters that no font draws."""
    return "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))


def _is_heard(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _starts(units: Sequence[str], words: Sequence[WordTiming], duration_ms: int) -> list[int]:
    """Rising. A unit starts with its first heard character that is among the voice's words."""
    clock = _clock(words)
    letters = [(c, i) for i, unit in enumerate(units) for c in unit.casefold() if c.isalnum()]
    first: dict[int, int] = {}
    matcher = SequenceMatcher(None, [c for c, _ in letters], [c for c, _ in clock], autojunk=False)
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            first.setdefault(letters[block.a + offset][1], clock[block.b + offset][1])
    return _between(first, [max(len(unit), 1) for unit in units], duration_ms)


def _clock(words: Sequence[WordTiming]) -> list[tuple[str, int]]:
    """The voice's letters and digits, each with its time."""
    times = []
    for word in words:
        letters = [c for c in word.text.casefold() if c.isalnum()]
        span = word.end_ms - word.start_ms
        times += [
            (letter, word.start_ms + span * index // len(letters))
            for index, letter in enumerate(letters)
        ]
    return times


def _between(known: dict[int, int], weights: list[int], end: int) -> list[int]:
    """A time for every unit: those without one share the time between their neighbours."""
    result: list[int] = []
    index = 0
    while index < len(weights):
        if index in known or index == 0:
            result.append(max(known.get(index, 0), result[-1] if result else 0))
            index += 1
            continue
        later = next((i for i in range(index, len(weights)) if i in known), len(weights))
        begin, stop = result[-1], max(known.get(later, end), result[-1])
        total, passed = sum(weights[index - 1 : later]), 0
        for position in range(index, later):
            passed += weights[position - 1]
            result.append(begin + (stop - begin) * passed // total)
        index = later
    return result
