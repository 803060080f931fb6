"""A title as one picture: the largest type of its ladder that fits, in balanced lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.words import caption_units
from rendering.captions.draw import BLEED_EM, LINE_PITCH, PagePainter
from rendering.captions.shape import is_right_to_left, shape_line, width_em
from rendering.captions.units import Unit, line_text

MAX_TITLE_LINES = 4
LADDER = 12
# Room for marks above the first line and below the last.
MARKS_EM = 1.0
ELLIPSIS = "…"


@dataclass(frozen=True)
class Title:
    """Drawn words: `rgba` (height, width, 4) uint8, premultiplied, even-sided, and its type."""

    rgba: NDArray[np.uint8]
    em_px: float


def draw_title(
    text: str,
    *,
    language: str,
    width_px: int,
    em_px: tuple[float, float],
    max_lines: int = MAX_TITLE_LINES,
) -> Title:
    """Words no wider than `width_px`, with type between the two sizes, as large as fits.

    Text too long for the smallest type ends in an ellipsis.
    """
    em, lines = _fitted(text, language, width_px, em_px, max_lines)
    is_rtl = is_right_to_left(text)
    shaped = [shape_line((line_text(line),), right_to_left=is_rtl) for line in lines]
    height = 2 * round((len(lines) * LINE_PITCH + MARKS_EM) * em / 2)
    painter = PagePainter(shaped, em_px=em, size_px=(width_px & ~1, height))
    return Title(painter.picture(), em)


Line = tuple[Unit, ...]


def _fitted(
    text: str, language: str, width_px: int, em_px: tuple[float, float], max_lines: int
) -> tuple[float, list[Line]]:
    smallest, largest = em_px
    units = _units(text, language)
    em = largest
    for step in range(LADDER):
        em = largest * (smallest / largest) ** (step / (LADDER - 1))
        # Few words may be large in few lines, many take one line for each fifth of the ladder.
        lines = _balanced(units, width_px / em - 2 * BLEED_EM, min(max_lines, 2 + step // 4))
        if lines:
            return em, lines
    return em, _shortened(units, width_px / em - 2 * BLEED_EM, max_lines)


def _units(text: str, language: str) -> list[Unit]:
    """Marks that stand alone stay with what is before them."""
    units: list[Unit] = []
    for word in text.split():
        for index, unit in enumerate(caption_units(word, language)):
            if units and not any(character.isalnum() for character in unit):
                before = units[-1]
                joined = before.text + (" " if index == 0 else "") + unit
                units[-1] = Unit(joined, before.space_before, 0)
            else:
                units.append(Unit(unit, index == 0, 0))
    return units


def _balanced(units: list[Unit], width_em_: float, max_lines: int) -> list[Line]:
    """As few lines as it takes, then as narrow as those allow. Empty where it does not fit."""
    lines = _filled(units, width_em_)
    if not lines or len(lines) > max_lines:
        return []
    narrow, wide = 0.0, width_em_
    for _ in range(8):
        middle = (narrow + wide) / 2
        tried = _filled(units, middle)
        if tried and len(tried) <= len(lines):
            wide, best = middle, tried
            lines = best
        else:
            narrow = middle
    return lines


def _filled(units: list[Unit], width_em_: float) -> list[Line]:
    """Line after line filled; empty where a unit is wider than a line."""
    lines: list[list[Unit]] = []
    for unit in units:
        if width_em(unit.text) > width_em_:
            return []
        if lines and width_em(line_text([*lines[-1], unit])) <= width_em_:
            lines[-1].append(unit)
        else:
            lines.append([unit])
    return [tuple(line) for line in lines]


def _shortened(units: list[Unit], width_em_: float, max_lines: int) -> list[Line]:
    """What fits, and an ellipsis; a single unit that is too wide is cut inside."""
    while len(units) > 1:
        units = units[:-1]
        ended = [*units[:-1], Unit(units[-1].text + ELLIPSIS, units[-1].space_before, 0)]
        if lines := _balanced(ended, width_em_, max_lines):
            return lines
    text = units[0].text
    while len(text) > 1 and width_em(text + ELLIPSIS) > width_em_:
        text = text[:-1]
    return [(Unit(text + ELLIPSIS, False, 0),)]
