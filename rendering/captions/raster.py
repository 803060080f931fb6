"""Captions as pictures: each state drawn once by libass, cropped to its ink."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.layout import DialogueLine, Scene, Subtitle
from rendering.captions.ass import State, write_ass
from rendering.captions.fonts import FONTS
from rendering.captions.pages import Page, make_pages
from rendering.captions.placement import (
    MAX_LINES_SHOWN,
    Box,
    band_of,
    caption_safe_area,
    em_px,
)
from rendering.errors import RenderingError
from rendering.ffmpeg import filter_path, never_cancelled, run_ffmpeg

MIN_STATE_MS = 40


@dataclass(frozen=True)
class CaptionState:
    """One picture over a part of a scene; times from the scene's start.

    `rgba` is (height, width, 4) uint8, colours premultiplied by alpha; `x`, `y` and both
    sides are even, as 4:2:0 video needs.
    """

    start_ms: int
    end_ms: int
    x: int
    y: int
    rgba: NDArray[np.uint8]

    @property
    def box(self) -> Box:
        height, width = self.rgba.shape[:2]
        return Box(self.x, self.y, self.x + width, self.y + height)


@dataclass(frozen=True)
class PlannedState:
    """A state before it is drawn."""

    start_ms: int
    end_ms: int
    state: State


def caption_states(
    scene: Scene,
    *,
    size_px: tuple[int, int],
    language: str,
    cancelled: Callable[[], bool] = never_cancelled,
) -> tuple[CaptionState, ...]:
    """Every caption picture of a scene, in order, without gaps inside a caption.

    Raises `RenderingError` and `RenderingCancelled`.
    """
    lines = {line.line_id: line for line in scene.dialogue}
    result: list[CaptionState] = []
    for subtitle in scene.subtitles:
        line = lines[subtitle.line_id]
        planned = plan_states(subtitle, line, size_px=size_px, language=language)
        if planned:
            band = band_of(subtitle.position, MAX_LINES_SHOWN, size_px)
            pictures = draw_states([p.state for p in planned], band, em_px(size_px), cancelled)
            result += _placed(planned, pictures, band)
    return tuple(result)


def plan_states(
    subtitle: Subtitle, line: DialogueLine, *, size_px: tuple[int, int], language: str
) -> tuple[PlannedState, ...]:
    """When each page and word of a caption is shown; times from the scene's start."""
    area, em = caption_safe_area(size_px), em_px(size_px)
    pages = make_pages(
        subtitle.text,
        line.words,
        language=language,
        duration_ms=line.duration_ms,
        max_width_em=area.width / em - 0.5,
    )
    end_ms = subtitle.start_ms + subtitle.duration_ms
    result: list[PlannedState] = []
    for index, page in enumerate(pages):
        begin = line.start_ms + page.units[0].start_ms if index else subtitle.start_ms
        last = index + 1 == len(pages)
        end = end_ms if last else line.start_ms + pages[index + 1].units[0].start_ms
        result += _states_of(page, subtitle, line.start_ms, begin, min(end, end_ms))
    return tuple(result)


def _states_of(
    page: Page, subtitle: Subtitle, line_start_ms: int, begin: int, end: int
) -> list[PlannedState]:
    if end <= begin:
        return []
    if subtitle.style == "plain":
        return [PlannedState(begin, end, State(page, None))]
    starts = [max(line_start_ms + unit.start_ms, begin) for unit in page.units]
    starts[0] = begin
    states: list[PlannedState] = []
    for index, (start, stop) in enumerate(zip(starts, [*starts[1:], end], strict=True)):
        stop = min(stop, end)
        if stop - start >= MIN_STATE_MS:
            previous = states[-1].end_ms if states else begin
            states.append(PlannedState(previous, stop, State(page, index)))
    if not states:
        return [PlannedState(begin, end, State(page, 0))]
    final = states[-1]
    states[-1] = PlannedState(final.start_ms, end, final.state)
    return states


def draw_states(
    states: Sequence[State], band: Box, em: float, cancelled: Callable[[], bool]
) -> NDArray[np.uint8]:
    """(states, height, width, 4), premultiplied, all by one run of ffmpeg."""
    text = write_ass(states, width_px=band.width, height_px=band.height, em_px=em)
    with tempfile.TemporaryDirectory(prefix="autoshorts-") as folder:
        script, nothing = Path(folder) / "captions.ass", Path(folder) / "fonts.conf"
        script.write_text(text, encoding="utf-8")
        nothing.write_text("<fontconfig></fontconfig>")
        subtitles = f"subtitles={filter_path(script)}:fontsdir={filter_path(FONTS)}:alpha=1"
        source = f"color=c=black@0:s={band.width}x{band.height}:r=1:d={len(states)},format=rgba"
        out, err = run_ffmpeg(
            ["-loglevel", "warning", "-f", "lavfi", "-i", f"{source},{subtitles}"]
            + ["-f", "rawvideo", "-pix_fmt", "rgba", "-"],
            env={"FONTCONFIG_FILE": str(nothing)},
            cancelled=cancelled,
        )
    shape = (len(states), band.height, band.width, 4)
    pixels = np.frombuffer(out, np.uint8)
    if pixels.size != np.prod(shape):
        raise RenderingError(f"captions could not be drawn: {err.strip()[-300:]}")
    return pixels.reshape(shape)


def even_box(picture: NDArray[np.uint8]) -> Box:
    """The even-sided box of a picture's ink; empty where there is none."""
    rows = np.flatnonzero(picture[..., 3].any(axis=1))
    columns = np.flatnonzero(picture[..., 3].any(axis=0))
    if not len(rows):
        return Box(0, 0, 0, 0)
    return Box(
        int(columns[0]) & ~1,
        int(rows[0]) & ~1,
        int(columns[-1]) + 2 & ~1,
        int(rows[-1]) + 2 & ~1,
    )


def _placed(
    planned: Sequence[PlannedState], pictures: NDArray[np.uint8], band: Box
) -> list[CaptionState]:
    result = []
    for state, picture in zip(planned, pictures, strict=True):
        box = even_box(picture)
        if not box.width:
            continue
        rgba = np.ascontiguousarray(picture[box.top : box.bottom, box.left : box.right])
        x, y = band.left + box.left, band.top + box.top
        result.append(CaptionState(state.start_ms, state.end_ms, x, y, rgba))
    return result
