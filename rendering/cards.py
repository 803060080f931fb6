"""Title card and end card: words over the first or the last picture, which goes on moving."""

from __future__ import annotations

import cv2
import numpy as np

from rendering.captions.placement import caption_safe_area
from rendering.captions.raster import CaptionState
from rendering.captions.titles import draw_title
from rendering.clips import CaptionClip, PlanarClip, StillClip
from rendering.planar import Planes, blend, new_planes

FADE_SECONDS = 0.4
# What the words stand on: how much of the picture's light and of its colour stays.
LIGHT_KEPT, COLOR_KEPT = 0.42, 0.7
EM_OF_SHORT_SIDE = (0.062, 0.13)
# The middle of the words, in shares of the height: a little above the centre looks centred.
MIDDLE = 0.45
BAR_EM = (2.2, 0.1)
BAR_GAP_EM = 0.45
BAR_RGB = (255, 214, 58)


def draw_card(text: str, *, size_px: tuple[int, int], language: str) -> CaptionState:
    """The words of a card with a short bar beneath."""
    width, height = size_px
    area = caption_safe_area(size_px)
    smallest, largest = (share * min(size_px) for share in EM_OF_SHORT_SIDE)
    title = draw_title(
        text,
        language=language,
        width_px=area.width & ~1,
        em_px=(smallest, largest),
    )
    bar_width, bar_height, gap = (
        2 * round(share * title.em_px / 2) for share in (*BAR_EM, BAR_GAP_EM)
    )
    words_height, words_width = title.rgba.shape[:2]
    whole = np.zeros((words_height + gap + bar_height, max(words_width, bar_width), 4), np.uint8)
    left = (whole.shape[1] - words_width) // 2
    whole[:words_height, left : left + words_width] = title.rgba
    left = (whole.shape[1] - bar_width) // 2
    whole[-bar_height:, left : left + bar_width] = (*BAR_RGB, 255)
    x, y = (width - whole.shape[1]) // 2 & ~1, round(height * MIDDLE - whole.shape[0] / 2) & ~1
    return CaptionState(0, 0, x, max(y, area.top & ~1), whole)


class CardClip(PlanarClip):
    """A card over a still, in the still's own time. A title fades out before the scene begins,
    an end card fades in after it."""

    def __init__(
        self, still: StillClip, words: CaptionState, seconds: float, *, leads: bool
    ) -> None:
        super().__init__(still.size, still.duration)
        self._still = still
        self._words = CaptionClip(words, still.size)
        self._leads = leads
        self._seconds = seconds
        self._covered = new_planes(*still.size)

    def paint(self, planes: Planes, seconds: float) -> None:
        self._still.paint(planes, seconds)
        strength = self._strength(seconds)
        if strength >= 1:
            self._cover(planes)
        elif strength > 0:
            for copy, plane in zip(self._covered, planes, strict=True):
                np.copyto(copy, plane)
            self._cover(self._covered)
            blend(planes, self._covered, strength)

    def _strength(self, seconds: float) -> float:
        inside = self._seconds - seconds if self._leads else seconds - self._begin
        share = min(max(inside / FADE_SECONDS, 0.0), 1.0)
        return share * share * (3 - 2 * share)

    @property
    def _begin(self) -> float:
        return float(self.duration) - self._seconds

    def _cover(self, planes: Planes) -> None:
        for plane, kept, base in zip(
            planes, (LIGHT_KEPT, COLOR_KEPT, COLOR_KEPT), (16, 128, 128), strict=True
        ):
            cv2.convertScaleAbs(plane, plane, kept, base * (1 - kept))
        self._words.paint(planes, 0.0)
