"""Pages as pictures: glyphs filled by HarfBuzz, an outline and a shadow around them.

Everything is done once per page; a state of it differs from the next only in which of its
units is bright, so that costs a patch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray
from PIL import Image

from rendering.captions.emoji import emoji_picture
from rendering.captions.shape import EMOJI_EM, MIDDLE_EM, ShapedLine, outline_font

WHITE = (255, 255, 255)
WARM_YELLOW = (255, 214, 58)
DARK = (16, 16, 20)
OUTLINE_EM = 0.085
SHADOW_EM = 0.05
SHADOW_OPACITY = 0.55
# How far ink may reach out of a line's letters, on every side.
BLEED_EM = OUTLINE_EM + 2 * SHADOW_EM
LINE_PITCH = 1.3

Mask = NDArray[np.float32]
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class _Ink:
    """What a page leaves on its canvas, each (height, width), 0–1. `emoji` has RGBA too."""

    parts: tuple[Mask, ...]
    emoji: NDArray[np.float32] | None
    outline: Mask
    shadow: Mask

    def cropped(self, rows: slice, columns: slice) -> _Ink:
        box = (rows, columns)
        return _Ink(
            tuple(part[box] for part in self.parts),
            None if self.emoji is None else self.emoji[box],
            self.outline[box],
            self.shadow[box],
        )


class PagePainter:
    """Draws one page, its lines centred on a canvas of (width, height) px.

    `color` is of the parts that are not bright. Pictures are (height, width, 4) uint8, RGBA
    with colours premultiplied by alpha, and cropped to the page's ink: `x` and `y` say where
    on the canvas, even as the pictures' sides are. A page without ink has pictures of no size.
    `emoji` is where they have pictures of their own, if anywhere.
    """

    def __init__(
        self,
        lines: Sequence[ShapedLine],
        *,
        em_px: float,
        size_px: tuple[int, int],
        color: tuple[int, int, int] = WHITE,
    ) -> None:
        ink = _ink(lines, em_px, size_px)
        rows, columns = _extent(np.maximum(ink.outline, ink.shadow) >= 1 / 255)
        self.x, self.y = columns.start, rows.start
        self._ink = ink.cropped(rows, columns)
        emoji = self._ink.emoji
        self.emoji = None if emoji is None else emoji[..., 3] > 0
        letters = sum(self._ink.parts, start=np.zeros_like(self._ink.outline))
        self._plain = _composed(self._ink, np.minimum(letters, 1), color)
        self._step = np.subtract(WARM_YELLOW, color).astype(np.float32)

    def picture(self, bright: Iterable[int] = ()) -> Picture:
        """With some parts of the page in the bright colour."""
        result = self._plain.copy()
        for index in bright:
            mask = self._ink.parts[index]
            rows, columns = _extent(mask)
            patch = result[rows, columns, :3]
            brighter = patch + mask[rows, columns, None] * self._step + np.float32(0.5)
            patch[:] = np.clip(brighter, 0, 255)
        return result


def _ink(lines: Sequence[ShapedLine], em_px: float, size_px: tuple[int, int]) -> _Ink:
    width, height = size_px
    owners = [g.part for line in lines for g in line.glyphs]
    count = 1 + max(owners + [e.part for line in lines for e in line.emoji], default=-1)
    rasters = [hb.RasterDraw() for _ in range(count)]
    has_emoji = any(line.emoji for line in lines)
    emoji = np.zeros((height, width, 4), np.float32) if has_emoji else None
    for index, line in enumerate(lines):
        left = (width - line.width * em_px) / 2
        middle = height / 2 + (index - (len(lines) - 1) / 2) * LINE_PITCH * em_px
        baseline = middle + MIDDLE_EM * em_px
        for glyph in line.glyphs:
            font, units = outline_font(glyph.font)
            zoom, raster = em_px / units, rasters[glyph.part]
            rise = height - baseline + glyph.y * em_px
            raster.transform = (zoom, 0, 0, zoom, left + glyph.x * em_px, rise)
            raster.draw_glyph(font, glyph.index)
        for placed in line.emoji:
            assert emoji is not None
            _paste(emoji, placed.key, left + placed.x * em_px, middle, EMOJI_EM * em_px)
    parts = tuple(_mask(raster, width, height) for raster in rasters)
    solid = np.zeros((height, width), np.float32) if emoji is None else emoji[..., 3].copy()
    outline = _grown(np.minimum(sum(parts, start=solid), 1), OUTLINE_EM * em_px)
    return _Ink(parts, emoji, outline, _shadow(outline, SHADOW_EM * em_px))


def _mask(raster: hb.RasterDraw, width: int, height: int) -> Mask:
    raster.extents = hb.RasterExtents(0, 0, width, height)
    image = raster.render()
    pixels = np.frombuffer(image.buffer, np.uint8).reshape(height, image.extents.stride)
    # HarfBuzz's first row is the lowest.
    return np.asarray(pixels[::-1, :width], np.float32) / np.float32(255)


def _paste(canvas: NDArray[np.float32], key: str, left: float, middle: float, size: float) -> None:
    picture = emoji_picture(key)
    side = round(size)
    high = round(side * picture.shape[0] / picture.shape[1])
    scaled = Image.fromarray(picture).resize((side, high), Image.Resampling.LANCZOS)
    rgba = np.asarray(scaled, np.float32) / np.float32(255)
    rgba[..., :3] *= rgba[..., 3:]
    x, y = round(left), round(middle - high / 2)
    box = canvas[max(y, 0) : y + high, max(x, 0) : x + side]
    shown = rgba[max(-y, 0) :, max(-x, 0) :][: box.shape[0], : box.shape[1]]
    box *= 1 - shown[..., 3:]
    box += shown


def _grown(mask: Mask, radius: float) -> Mask:
    """The mask and what lies within a radius of it, with a soft edge."""
    size = 2 * round(radius) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.GaussianBlur(cv2.dilate(mask, disc), (0, 0), 0.6), np.float32)


def _shadow(outline: Mask, distance: float) -> Mask:
    down = np.zeros_like(outline)
    offset = max(round(distance), 1)
    down[offset:] = outline[:-offset]
    return np.asarray(cv2.GaussianBlur(down, (0, 0), distance), np.float32) * SHADOW_OPACITY


def _composed(ink: _Ink, letters: Mask, color: tuple[int, int, int]) -> Picture:
    """Shadow, outline, emoji, letters, from below."""
    below = np.maximum(ink.outline, letters)
    result = below[..., None] * np.asarray((*DARK, 255), np.float32)
    result[..., 3] += 255 * ink.shadow * (1 - below)
    if ink.emoji is not None:
        result *= 1 - ink.emoji[..., 3:]
        result += ink.emoji * np.float32(255)
    result *= (1 - letters)[..., None]
    result += letters[..., None] * np.asarray((*color, 255), np.float32)
    return np.asarray(result + np.float32(0.5), np.uint8)


def _extent(mask: NDArray[Any]) -> tuple[slice, slice]:
    """The (rows, columns) that are not zero, from even to even."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return _evened(rows), _evened(columns)


def _evened(indices: NDArray[np.intp]) -> slice:
    return slice(int(indices[0]) & ~1, int(indices[-1]) + 2 & ~1)
