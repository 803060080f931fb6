"""How well a caption stands out from what really surrounds it in a frame."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.captions.draw import OUTLINE_EM, WARM_YELLOW, WHITE
from rendering.captions.placement import em_px
from rendering.captions.raster import CaptionState

# WCAG 2.2, success criterion 1.4.3.
MIN_CONTRAST = 4.5
# The edge of a letter is neither letter nor surroundings. Beyond it the eye compares, about as
# far as a stroke's own outline reaches.
EDGE_PX = 1
AROUND_EM = 0.6 * OUTLINE_EM


def caption_contrast(frame: NDArray[np.uint8], state: CaptionState) -> float | None:
    """WCAG's contrast ratio, 1 to 21, of a caption's letters in a drawn frame of RGB.

    Letters count as bright as their darkest tenth, what is around them as its brightest tenth.
    None where the caption has no letters: emoji are pictures.
    """
    letters = _letters(state)
    if not letters.any():
        return None
    box = state.box
    luminance = relative_luminance(frame[box.top : box.bottom, box.left : box.right])
    height, width = frame.shape[:2]
    reach = max(EDGE_PX + 1, round(AROUND_EM * em_px((width, height))))
    around = _within(letters, reach) & ~_within(letters, EDGE_PX)
    if state.emoji is not None:
        around &= ~_within(state.emoji, EDGE_PX)
    if not around.any():
        return None
    bright = np.percentile(luminance[letters], 10)
    dark = np.percentile(luminance[around], 90)
    return float((max(bright, dark) + 0.05) / (min(bright, dark) + 0.05))


def relative_luminance(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """WCAG 2.2's relative luminance of sRGB colours, 0–1; (height, width, 3) in."""
    levels = np.arange(256) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear[rgb] @ np.array([0.2126, 0.7152, 0.0722]), np.float32)


def _letters(state: CaptionState) -> NDArray[np.bool_]:
    """The letters without their soft edges; emoji have their colours too."""
    solid = [(state.rgba == (*color, 255)).all(axis=-1) for color in (WHITE, WARM_YELLOW)]
    letters = solid[0] | solid[1]
    return np.asarray(letters if state.emoji is None else letters & ~state.emoji, np.bool_)


def _within(mask: NDArray[np.bool_], radius: int) -> NDArray[np.bool_]:
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disc), np.bool_)
