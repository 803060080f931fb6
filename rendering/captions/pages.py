"""A caption in pages of one or two balanced lines, with a time for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.assets import WordTiming
from domain.words import caption_units
from rendering.captions.measure import width_em

MAX_LINES = 2
# A page may end earlier than it must, after a mark, if this much of it is filled.
FILLED_ENOUGH = 0.55
_MARKS = tuple(".!?…。!?,、,;:;:—")


@dataclass(frozen=True)
class Unit:
    """A word or phrase of a caption. `start_ms` counts from the line's own start."""

    text: str
    space_before: bool
    start_ms: int


@dataclass(frozen=True)
class Page:
    """What is shown at once: lines of units."""

    lines: tuple[tuple[Unit, ...], ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(unit for line in self.lines for unit in line)

    @property
    def text(self) -> str:
        return "\n".join(line_text(line) for line in self.lines)


def line_text(units: Sequence[Unit]) -> str:
    """Units joined as they are written; no space before the first."""
    return "".join(
        (" " if unit.space_before and index else "") + unit.text for index, unit in enumerate(units)
    )


def make_pages(
    text: str,
    words: Sequence[WordTiming],
    *,
    language: str,
    duration_ms: int,
    max_width_em: float,
) -> tuple[Page, ...]:
    """The pages of a caption, none of them wider than allowed. Empty for blank text."""
    units = _timed(_split_units(text, language, max_width_em), words, duration_ms)
    pages: list[Page] = []
    while units:
        count = _page_length(units, max_width_em)
        pages.append(Page(_balanced(units[:count], max_width_em)))
        units = units[count:]
    return tuple(pages)


def _split_units(text: str, language: str, max_width_em: float) -> list[tuple[str, bool]]:
    """(unit, whether a space stands before it); a unit too wide for a line is cut."""
    result: list[tuple[str, bool]] = []
    for word in text.split():
        for index, unit in enumerate(caption_units(word, language)):
            for part_index, part in enumerate(_cut(unit, max_width_em)):
                result.append((part, index == 0 and part_index == 0))
    return result


def _cut(unit: str, max_width_em: float) -> list[str]:
    parts, current = [], ""
    for character in unit:
        if current and width_em(current + character) > max_width_em:
            parts.append(current)
            current = ""
        current += character
    return [*parts, current]


def _timed(
    units: list[tuple[str, bool]], words: Sequence[WordTiming], duration_ms: int
) -> list[Unit]:
    """Each unit's start, by walking the spoken words' characters along the caption's."""
    clock = _character_times(words) if words else None
    total = sum(len(text) for text, _ in units) or 1
    result: list[Unit] = []
    place = 0
    for index, (text, space) in enumerate(units):
        if clock is None:
            start = duration_ms * place // total
            place += len(text)
        else:
            place, start = _walk(clock, place, text)
        floor = result[-1].start_ms if index else 0
        result.append(Unit(text, space, max(start if index else 0, floor)))
    return result


def _character_times(words: Sequence[WordTiming]) -> list[tuple[str, int]]:
    times = []
    for word in words:
        letters = [c for c in word.text if not c.isspace()]
        span = word.end_ms - word.start_ms
        for index, letter in enumerate(letters):
            times.append((letter, word.start_ms + span * index // len(letters)))
    return times


def _walk(clock: list[tuple[str, int]], place: int, text: str) -> tuple[int, int]:
    """(place after the unit, the time of its first spoken character)."""
    start: int | None = None
    for character in text:
        if place < len(clock) and clock[place][0] == character:
            start = clock[place][1] if start is None else start
            place += 1
    if start is None:
        start = clock[min(place, len(clock) - 1)][1]
    return place, start


def _page_length(units: list[Unit], max_width_em: float) -> int:
    """How many units the next page holds: as many as fit, or up to a mark near the end."""
    count = 1
    while count < len(units) and _fits(units[: count + 1], max_width_em):
        count += 1
    if count == len(units):
        return count
    for shorter in range(count, int(count * FILLED_ENOUGH), -1):
        if units[shorter - 1].text.endswith(_MARKS):
            return shorter
    return count


def _fits(units: list[Unit], max_width_em: float) -> bool:
    lines, width = 1, 0.0
    for index, unit in enumerate(units):
        wide = width_em((" " if unit.space_before and width else "") + unit.text)
        if index and width + wide > max_width_em:
            lines, width = lines + 1, width_em(unit.text)
        else:
            width += wide
    return lines <= MAX_LINES


def _balanced(units: list[Unit], max_width_em: float) -> tuple[tuple[Unit, ...], ...]:
    """One line where it fits, else two of nearly the same width."""
    if width_em(line_text(units)) <= max_width_em:
        return (tuple(units),)
    breaks = []
    for index in range(1, len(units)):
        first, second = width_em(line_text(units[:index])), width_em(line_text(units[index:]))
        if max(first, second) <= max_width_em:
            breaks.append((abs(first - second), index))
    index = min(breaks)[1] if breaks else len(units)
    lines = (tuple(units[:index]), tuple(units[index:]))
    return tuple(line for line in lines if line)
