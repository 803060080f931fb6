"""The thumbnail: a real frame, the best of a few, with the title set on it."""

from __future__ import annotations

import threading

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.layout import Layout
from rendering.captions.titles import Title, draw_title
from rendering.errors import RenderingError
from rendering.planar import Planes, new_planes, rgb_of_planes, shrunk
from rendering.saliency import SIDE, saliency_map
from rendering.segments import Composer, Segment, plan_segments

CANDIDATES = 4
QUALITY = 90
SMALL_WIDTH = 180
# Type sizes in shares of the width: the smallest is 10 px high where the picture is shown
# 120 px wide.
EM_OF_WIDTH = (0.085, 0.17)
TITLE_WIDTH = 0.86
MAX_LINES = 4
# Where the middle of the title may be, in shares of the height.
PLACES = (0.22, 0.76)
SCRIM = 0.62

Rgb = NDArray[np.uint8]


class Thumbnail:
    """Considers its candidates while the film is composed, and keeps the best so far."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._candidates = frozenset(segment.first for segment in _candidates(layout))
        self._best: tuple[float, int, Planes] | None = None
        self._lock = threading.Lock()

    def consider(self, composer: Composer, segment: Segment) -> None:
        """Look at the middle of a segment, where it is a candidate. Raises `RenderingError`."""
        if segment.first not in self._candidates:
            return
        planes = _middle_frame(composer, self._layout, segment)
        appeal = _appeal(planes)
        with self._lock:
            # The earlier of equals, whichever came first.
            if self._best is None or (appeal, -segment.first) > self._best[:2]:
                self._best = appeal, -segment.first, planes

    def jpeg(self) -> bytes:
        """The best of them, of the film's size, with the title. Raises `RenderingError`."""
        if self._best is None:
            raise RenderingError("no frame was considered for the thumbnail")
        return _drawn(self._layout, rgb_of_planes(self._best[2]))


def _drawn(layout: Layout, best: Rgb) -> bytes:
    height, width = best.shape[:2]
    smallest, largest = (share * width for share in EM_OF_WIDTH)
    title = draw_title(
        layout.title,
        language=layout.metadata.language,
        width_px=round(width * TITLE_WIDTH) & ~1,
        # In a wide frame type is limited by the height.
        em_px=(min(smallest, height * 0.12), min(largest, height * 0.2)),
        max_lines=MAX_LINES,
    )
    bgr = cv2.cvtColor(_titled(best, title), cv2.COLOR_RGB2BGR)
    _, jpeg = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return bytes(jpeg)


def _candidates(layout: Layout) -> list[Segment]:
    """The longest body of a few scenes, spread over the film; the first is among them."""
    bodies: dict[str, Segment] = {}
    for segment in plan_segments(layout):
        scene_id = segment.scene.scene_id
        known = bodies.get(scene_id)
        if segment.is_body and (known is None or segment.frames > known.frames):
            bodies[scene_id] = segment
    found = list(bodies.values())
    step = max(len(found) / CANDIDATES, 1.0)
    return [found[int(index * step)] for index in range(min(CANDIDATES, len(found)))]


def _middle_frame(composer: Composer, layout: Layout, segment: Segment) -> Planes:
    clip, begin = composer.without_captions().clip(segment)
    planes = new_planes(*layout.timeline.size_px)
    clip.paint(planes, begin + segment.frames // 2 / layout.timeline.fps)
    return planes


def _appeal(planes: Planes) -> float:
    """Sharpness, contrast and colour together, as they are at a thumbnail's size."""
    height, width = planes[0].shape
    luma, blue, red = shrunk(planes, SMALL_WIDTH, 2 * round(SMALL_WIDTH * height / width / 2))
    sharpness = float(cv2.Laplacian(luma, cv2.CV_32F).std())
    color = float(np.hypot(blue.astype(np.float32) - 128, red.astype(np.float32) - 128).mean())
    return sharpness * (20 + float(luma.std())) * (30 + color)


def _titled(rgb: Rgb, title: Title) -> Rgb:
    """The title over a soft shade, above or below: where it hides least."""
    height, width = rgb.shape[:2]
    high, wide = title.rgba.shape[:2]
    middle = min(PLACES, key=lambda place: _hidden(rgb, place, high / height))
    top = min(max(round(middle * height - high / 2), round(0.04 * height)), height - high)
    left = (width - wide) // 2
    rows = (np.arange(height) + 0.5 - (top + high / 2)) / (high / 2 + 0.12 * height)
    shade = (SCRIM * np.exp(-2.2 * np.abs(rows) ** 3)).astype(np.float32)[:, None, None]
    result = np.asarray(rgb * (1 - shade) + _deep_tone(rgb) * shade, np.float32)
    box = result[top : top + high, left : left + wide]
    box *= 1 - title.rgba[..., 3:] / np.float32(255)
    box += title.rgba[..., :3]
    return np.asarray(np.clip(result + 0.5, 0, 255), np.uint8)


def _deep_tone(rgb: Rgb) -> NDArray[np.float32]:
    """The picture's own hue, dark and a little stronger: shade that looks lit, not dirty."""
    mean = np.asarray(rgb[::16, ::16].mean(axis=(0, 1)), np.float64)
    return np.asarray(np.clip(0.3 * (mean + 0.6 * (mean - mean.mean())), 0, 255), np.float32)


def _hidden(rgb: Rgb, place: float, share: float) -> float:
    """How much of what is interesting a title of this height would stand on."""
    saliency = saliency_map(rgb) ** 2
    top, bottom = (place - share / 2) * SIDE, (place + share / 2) * SIDE
    return float(saliency[max(round(top), 0) : max(round(bottom), 1)].sum())
