"""Captions as pictures over time: each page drawn once, each state of it cropped to the ink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from domain.layout import DialogueLine, Scene, Subtitle
from rendering.captions.draw import PagePainter
from rendering.captions.pages import Page, make_pages
from rendering.captions.placement import Box, band_of, caption_safe_area, em_px, max_width_em
from rendering.captions.shape import ShapedLine, is_right_to_left, shape_line
from rendering.captions.speakers import place_name
from rendering.captions.styles import Style, style_named
from rendering.errors import RenderingCancelled, never_cancelled

# One frame and a little: what is heard for less lights up together with its neighbour.
MIN_STATE_MS = 40
SPARE_EM = 0.5


@dataclass(frozen=True)
class CaptionState:
    """One picture over a part of a scene; times from the scene's start.

    `rgba` is (height, width, 4) uint8, colours premultiplied by alpha; `x`, `y` and both
    sides are even, as 4:2:0 video needs. `emoji` is where it has pictures and no letters.
    """

    start_ms: int
    end_ms: int
    x: int
    y: int
    rgba: NDArray[np.uint8]
    emoji: NDArray[np.bool_] | None = None

    @property
    def box(self) -> Box:
        height, width = self.rgba.shape[:2]
        return Box(self.x, self.y, self.x + width, self.y + height)


@dataclass(frozen=True)
class PlannedState:
    """A state before it is drawn: a page, and which of its units [first, last) are bright."""

    start_ms: int
    end_ms: int
    page: Page
    bright: tuple[int, int] = (0, 0)


def caption_states(
    scene: Scene,
    *,
    size_px: tuple[int, int],
    language: str,
    cancelled: Callable[[], bool] = never_cancelled,
) -> tuple[CaptionState, ...]:
    """Every caption picture of a scene, in order, without gaps inside a caption.

    Raises `RenderingCancelled`.
    """
    lines = {line.line_id: line for line in scene.dialogue}
    result: list[CaptionState] = []
    for subtitle in scene.subtitles:
        line = lines[subtitle.line_id]
        planned = plan_states(subtitle, line, size_px=size_px, language=language)
        style = style_named(subtitle.style)
        em = em_px(size_px) * style.scale
        band = band_of(subtitle.position, style.max_lines, size_px, em)
        area, is_rtl = caption_safe_area(size_px), is_right_to_left(subtitle.text)
        drawn: list[CaptionState] = []
        for page, states in groupby(planned, key=lambda state: state.page):
            if cancelled():
                raise RenderingCancelled
            shaped = [_shaped(page, index, is_rtl) for index in range(len(page.lines))]
            drawn += _drawn(shaped, list(states), band, area, em * page.scale, style)
        result += [*drawn, *_named(subtitle, drawn, area, em_px(size_px))]
    return tuple(result)


def _named(
    subtitle: Subtitle, drawn: Sequence[CaptionState], area: Box, em: float
) -> list[CaptionState]:
    """The name of who says it, for as long as it is to be read."""
    if not subtitle.speaker or not drawn:
        return []
    boxes = [state.box for state in drawn]
    x, y, rgba = place_name(
        subtitle.speaker, boxes, position=subtitle.position, area=area, em_px=em
    )
    if not rgba.size:
        return []
    return [CaptionState(drawn[0].start_ms, drawn[-1].end_ms, x, y, rgba)]


def plan_states(
    subtitle: Subtitle, line: DialogueLine, *, size_px: tuple[int, int], language: str
) -> tuple[PlannedState, ...]:
    """When each page and word of a caption is shown; times from the scene's start."""
    style = style_named(subtitle.style)
    pages = make_pages(
        subtitle.text,
        line.words,
        language=language,
        duration_ms=line.duration_ms,
        max_width_em=max_width_em(size_px, scale=style.scale),
        style=style,
    )
    end_ms = subtitle.start_ms + subtitle.duration_ms
    ends = [line.start_ms + page.units[0].start_ms for page in pages[1:]]
    now = subtitle.start_ms
    result: list[PlannedState] = []
    for page, end in zip(pages, [*ends, end_ms], strict=False):
        states = _states_of(page, style, line.start_ms, now, min(end, end_ms))
        now = states[-1].end_ms if states else now
        result += states
    return tuple(result)


def _states_of(
    page: Page, style: Style, line_start_ms: int, begin: int, end: int
) -> list[PlannedState]:
    if end <= begin:
        return []
    if not style.highlights:
        return [PlannedState(begin, end, page)]
    # Units without a sound light up with the one before them.
    heard = [i for i, unit in enumerate(page.units) if i == 0 or not unit.silent]
    starts = [max(line_start_ms + page.units[i].start_ms, begin) for i in heard[1:]]
    states: list[PlannedState] = []
    first, now = 0, begin
    for index, start in zip([*heard[1:], len(page.units)], [*starts, end], strict=True):
        stop = min(start, end)
        if stop - now >= MIN_STATE_MS or (index == len(page.units) and not states):
            states.append(PlannedState(now, stop, page, (first, index)))
            first, now = index, stop
    last = states[-1]
    states[-1] = PlannedState(last.start_ms, end, page, (last.bright[0], len(page.units)))
    return states


def _shaped(page: Page, index: int, is_rtl: bool) -> ShapedLine:
    """One line, its parts numbered as the page's units are."""
    line = page.lines[index]
    base = sum(len(before) for before in page.lines[:index])
    parts = [(" " if unit.space_before and i else "") + unit.text for i, unit in enumerate(line)]
    parts[-1] += line[-1].hyphen
    return shape_line([*[""] * base, *parts], right_to_left=is_rtl)


def _drawn(
    lines: Sequence[ShapedLine],
    states: Sequence[PlannedState],
    band: Box,
    area: Box,
    em: float,
    style: Style,
) -> list[CaptionState]:
    # Room above and below for marks of any height: what they need moves the page, not cuts it.
    spare = 2 * round(SPARE_EM * em / 2)
    size = (band.width, band.height + 2 * spare)
    painter = PagePainter(lines, em_px=em, size_px=size, color=style.color)
    result = []
    for state in states:
        rgba = painter.picture(range(*state.bright))
        if rgba.size:
            y = min(band.top - spare + painter.y, area.bottom - rgba.shape[0])
            place = (band.left + painter.x, max(y, area.top))
            result.append(CaptionState(state.start_ms, state.end_ms, *place, rgba, painter.emoji))
    return result
