"""A caption in pages of one or two balanced lines.

All ways of parting a caption are weighed, and the cheapest is taken: pages that end where a
clause does, lines of equal width, no word alone, nothing too short to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.assets import WordTiming
from domain.words import is_unspaced
from rendering.captions.shape import width_em
from rendering.captions.styles import Style
from rendering.captions.units import Unit, line_text, make_units

# Type may shrink a little rather than overflow or leave a word alone.
SCALES = (1.0, 0.93, 0.86)
MIN_PAGE_MS = 700

_PAGE = 1.0
_ENDS_ANYWHERE, _ENDS_AT_CLAUSE = 0.9, 0.15
_SENTENCE_ENDS_INSIDE = 0.5
_TOO_SHORT, _ALONE, _WITHIN_WORD = 0.8, 0.8, 0.5
_PARTED = 6.0
_SECOND_LINE, _UNEVEN = 0.1, 0.5
_SHORT_WORD_AT_END, _MARK_AT_END = 0.15, -0.15
_SHRUNK = 5.0
_UNFILLED = 0.4

_QUOTES = "\"'”’)]»」』】》)"
_SENTENCE_END = tuple(".!?…。！？؟।॥")
_CLAUSE_END = (*_SENTENCE_END, *tuple(",:;—、，：；،؛"))
_NUMBER = re.compile(r"[^\W\d_]?\W?\d[\d.,:/]*")
_UNIT_OF_NUMBER = re.compile(r"[%°‰€$₩¥£]\w?|[^\W\d_]{1,3}[²³]?(/\w{1,2})?[.,!?]?")
_ABBREVIATION = re.compile(r"[A-Z][a-z]{0,2}\.")


@dataclass(frozen=True)
class Page:
    """What is shown at once: lines of units. `scale` is of the type's usual size."""

    lines: tuple[tuple[Unit, ...], ...]
    scale: float = 1.0

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(unit for line in self.lines for unit in line)

    @property
    def text(self) -> str:
        return "\n".join(line_text(line) for line in self.lines)


@dataclass(frozen=True)
class _Caption:
    """All units of a caption; `edges[i]` is the width of the first i units and their spaces."""

    units: list[Unit]
    edges: list[float]
    glued: list[bool]
    end_ms: int
    limit: float
    style: Style

    def is_too_much(self, begin: int, end: int) -> bool:
        """Whether no page can hold units [begin, end)."""
        if most := self.style.max_words:
            words = sum(not unit.silent for unit in self.units[begin:end])
            if words > most or any(map(self.ends_clause, range(begin + 1, end))):
                return True
        return self.width(begin, end) > self.style.max_lines * self.limit / SCALES[-1]

    def ends_clause(self, end: int) -> bool:
        """Whether a clause ends before unit `end`."""
        before, after = self.units[end - 1], self.units[end]
        # In a script without spaces between words, one stands where a clause ends.
        is_spaced_out = after.space_before and is_unspaced(before.text)
        return is_spaced_out or _ends_with(before.text, _CLAUSE_END)

    def width(self, begin: int, end: int) -> float:
        lead = _space_before(self.units, begin)
        tail = width_em(self.units[end - 1].hyphen) if self.units[end - 1].hyphen else 0.0
        return self.edges[end] - self.edges[begin] - lead + tail


def make_pages(
    text: str,
    words: Sequence[WordTiming],
    *,
    language: str,
    duration_ms: int,
    max_width_em: float,
    style: Style,
) -> tuple[Page, ...]:
    """The pages of a caption, none of them wider than allowed. Empty for blank text."""
    units = make_units(
        text, words, language=language, duration_ms=duration_ms, max_width_em=max_width_em
    )
    caption = _Caption(units, _edges(units), _glued(units), duration_ms, max_width_em, style)
    best: list[tuple[float, int, Page | None]] = [(0.0, 0, None)]
    for end in range(1, len(units) + 1):
        choices = []
        for begin in range(end - 1, -1, -1):
            if end - begin > 1 and caption.is_too_much(begin, end):
                break
            cost, page = _page(caption, begin, end)
            if page:
                choices.append((best[begin][0] + cost, begin, page))
        best.append(min(choices, key=lambda choice: choice[0]))
    return tuple(_traced(best))


def _traced(best: list[tuple[float, int, Page | None]]) -> Iterator[Page]:
    pages = []
    end = len(best) - 1
    while end:
        _, end, page = best[end]
        assert page is not None
        pages.append(page)
    return reversed(pages)


def _edges(units: list[Unit]) -> list[float]:
    edges = [0.0]
    for index, unit in enumerate(units):
        edges.append(edges[-1] + _space_before(units, index) + width_em(unit.text))
    return edges


def _space_before(units: list[Unit], index: int) -> float:
    """As wide as in the font of what stands before it."""
    if not index or not units[index].space_before:
        return 0.0
    before = units[index - 1].text
    return width_em(before + " ") - width_em(before)


def _glued(units: list[Unit]) -> list[bool]:
    """Whether no line should begin with a unit: a mark alone, a number's own unit."""
    glued = [False]
    for before, after in pairwise(units):
        is_number = _NUMBER.fullmatch(before.text) and _UNIT_OF_NUMBER.fullmatch(after.text)
        is_mark = after.silent and len(after.text) == 1 and not before.silent
        glued.append(bool(is_number or is_mark))
    return glued


def _page(caption: _Caption, begin: int, end: int) -> tuple[float, Page | None]:
    """(cost, page) of showing units [begin, end) at once; no page where they do not fit."""
    cost, scale, middle = _best_lines(caption, begin, end)
    if scale == 0:
        return cost, None
    units = caption.units
    lines = (units[begin:middle], units[middle:end]) if middle else (units[begin:end],)
    page = Page(tuple(tuple(line) for line in lines), scale)
    return cost + _PAGE + _cost_of_span(caption, begin, end), page


def _best_lines(caption: _Caption, begin: int, end: int) -> tuple[float, float, int]:
    """(cost, scale, first unit of the second line or 0); the scale is 0 where nothing fits."""
    found = []
    whole = caption.width(begin, end)
    for scale in SCALES:
        limit = caption.limit / scale
        shrunk = _SHRUNK * (1 - scale)
        if whole <= limit:
            found.append((shrunk, scale, 0))
        for middle in range(begin + 1, end) if caption.style.max_lines > 1 else ():
            first, second = caption.width(begin, middle), caption.width(middle, end)
            if max(first, second) <= limit:
                uneven = _UNEVEN * abs(first - second) / max(first, second)
                cost = shrunk + _SECOND_LINE + uneven + _cost_of_line_end(caption, middle)
                found.append((cost, scale, middle))
    if not found and end == begin + 1:
        # One unit that cannot be cut: as small as it must be, and never outside.
        return 0.0, caption.limit / whole, 0
    # One line is better than two wherever it fits at the usual size.
    return min(found) if found else (0.0, 0.0, 0)


def _cost_of_line_end(caption: _Caption, index: int) -> float:
    """Of a line that ends before unit `index`."""
    before = caption.units[index - 1].text
    cost = _PARTED if caption.glued[index] else 0.0
    if caption.ends_clause(index):
        return cost + _MARK_AT_END
    is_short = before.isascii() and before.isalpha() and before.islower() and len(before) <= 3
    return cost + (_SHORT_WORD_AT_END if is_short else 0.0)


def _cost_of_span(caption: _Caption, begin: int, end: int) -> float:
    units = caption.units[begin:end]
    is_last = end == len(caption.units)
    cost = 0.0 if is_last else _cost_of_page_end(caption, end)
    cost += sum(_SENTENCE_ENDS_INSIDE for unit in units[:-1] if _ends_sentence(unit.text))
    stop = caption.end_ms if is_last else caption.units[end].start_ms
    if stop - units[0].start_ms < MIN_PAGE_MS:
        cost += _TOO_SHORT
    begins_sentence = not begin or _ends_sentence(caption.units[begin - 1].text)
    is_whole = begins_sentence and _ends_sentence(units[-1].text)
    if len(units) == 1 and len(caption.units) > 1 and not is_whole:
        cost += _ALONE
    fill = min(caption.width(begin, end) / (2 * caption.limit), 1.0)
    return cost + _UNFILLED * (1 - fill) ** 2


def _cost_of_page_end(caption: _Caption, end: int) -> float:
    """Of a page that ends before unit `end`."""
    before = caption.units[end - 1]
    if _ends_sentence(before.text):
        return 0.0
    if caption.ends_clause(end):
        return _ENDS_AT_CLAUSE
    within_word = _WITHIN_WORD if not caption.units[end].space_before and before.hyphen else 0.0
    return _ENDS_ANYWHERE + within_word + _cost_of_line_end(caption, end)


def _ends_sentence(text: str) -> bool:
    return _ends_with(text, _SENTENCE_END) and not _ABBREVIATION.fullmatch(text)


def _ends_with(text: str, marks: tuple[str, ...]) -> bool:
    return text.rstrip(_QUOTES).endswith(marks)
