"""How smoothly the camera moves, and how like the composed frames the film is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.layout import Layout
from rendering.camera import MAX_ZOOM, camera_shots
from rendering.clips import StillClip
from rendering.picture import load_picture
from rendering.planar import Plane, new_planes
from rendering.quality.film import frames
from rendering.sampling import OVERSAMPLING, still_of
from rendering.segments import Composer, plan_segments, shown_ms
from tests.shorts import Short

# The frame is registered in tiles: the camera's shift and its zoom show in them alike.
TILE_PX = 160
MARGIN_PX = 60
SSIM_EVERY = 30
_SIGMA = 1.5
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2

Values = NDArray[np.float64]


def jitter_px(short: Short) -> float:
    """RMS over all scenes of how much a tile's error of place changes from frame to frame.

    Composed frames are registered against the ideal ones: the same picture sampled in floating
    point at every pixel's own place.
    """
    changes = [np.diff(_errors_of_place(short, index), axis=0) for index in _scenes(short.layout)]
    return float(np.sqrt(np.mean(np.square(np.concatenate([c.ravel() for c in changes])))))


def ssim(short: Short, film: Path) -> float:
    """The mean structural similarity of decoded frames to composed ones (luma)."""
    wanted = range(SSIM_EVERY // 2, short.layout.frame_count, SSIM_EVERY)
    composed = _composed(short, set(wanted))
    found = [
        _ssim(composed[index], luma)
        for index, (_, luma) in enumerate(frames(film))
        if index in composed
    ]
    assert len(found) == len(wanted)
    return float(np.mean(found))


def _scenes(layout: Layout) -> range:
    return range(min(len(layout.scenes), 6))


def _errors_of_place(short: Short, index: int) -> Values:
    """(frames, tiles, 2): how far each tile lies from where it should be, in pixels."""
    layout = short.layout
    scene, size = layout.scenes[index], layout.timeline.size_px
    image = scene.images[0].image
    assert image is not None
    largest = MAX_ZOOM * OVERSAMPLING
    picture = load_picture(short.file(image), *(2 * round(side * largest / 2) for side in size))
    seconds = shown_ms(layout, scene) / 1000
    move = camera_shots(layout)[scene.scene_id].aimed(picture.focus, size, seconds)
    clip, target = StillClip(still_of(picture.planes), move, size, seconds), new_planes(*size)
    source = picture.planes[0].astype(np.float32)
    errors = []
    for frame in range(round(seconds * layout.timeline.fps)):
        now = frame / layout.timeline.fps
        clip.paint(target, now)
        zoom, across, down = move.view_at(now / seconds)
        view = (source.shape[1] / zoom, source.shape[0] / zoom)
        place = ((source.shape[1] - view[0]) * across, (source.shape[0] - view[1]) * down)
        errors.append(_tiles(source, target[0], place, (view[0] / size[0], view[1] / size[1])))
    return np.array(errors)


def _tiles(
    source: NDArray[np.float32],
    target: Plane,
    place: tuple[float, float],
    step: tuple[float, float],
) -> list[tuple[float, float]]:
    height, width = target.shape
    errors = []
    for top in (MARGIN_PX, (height - TILE_PX) // 2, height - TILE_PX - MARGIN_PX):
        for left in (MARGIN_PX, (width - TILE_PX) // 2, width - TILE_PX - MARGIN_PX):
            y = place[1] + (top + np.arange(TILE_PX) + 0.5) * step[1] - 0.5
            x = place[0] + (left + np.arange(TILE_PX) + 0.5) * step[0] - 0.5
            ideal = _along(_along(source, y).T, x).T
            errors.append(_shift(ideal, target[top : top + TILE_PX, left : left + TILE_PX]))
    return errors


def _along(values: NDArray[Any], places: NDArray[Any]) -> Values:
    """Rows of `values` between its rows, linearly."""
    low = np.clip(places.astype(int), 0, len(values) - 2)
    share = np.clip(places - low, 0, 1)[:, None]
    return np.asarray(values[low] * (1 - share) + values[low + 1] * share)


def _shift(ideal: Values, actual: Plane) -> tuple[float, float]:
    """The shift that explains most of the difference (Lucas and Kanade, 1981)."""
    down, across = np.gradient(ideal)
    slopes = np.stack([across.ravel(), down.ravel()], axis=1)
    shift, *_ = np.linalg.lstsq(slopes, (actual - ideal).ravel(), rcond=None)
    return float(shift[0]), float(shift[1])


def _composed(short: Short, wanted: set[int]) -> dict[int, Plane]:
    composer, found = Composer(short.layout, short.files), {}
    for segment in plan_segments(short.layout):
        inside = [f for f in sorted(wanted) if segment.first <= f < segment.last]
        if inside:
            clip, begin = composer.clip(segment)
            for frame in inside:
                planes = new_planes(*short.layout.timeline.size_px)
                clip.paint(planes, begin + (frame - segment.first) / short.layout.timeline.fps)
                found[frame] = planes[0]
    return found


def _ssim(one: Plane, other: Plane) -> float:
    """Wang et al., 2004, with a Gaussian window of 1.5 px."""
    a, b = one.astype(np.float64), other.astype(np.float64)
    mean_a, mean_b = _blurred(a), _blurred(b)
    var_a, var_b = _blurred(a * a) - mean_a**2, _blurred(b * b) - mean_b**2
    both = _blurred(a * b) - mean_a * mean_b
    likeness = ((2 * mean_a * mean_b + _C1) * (2 * both + _C2)) / (
        (mean_a**2 + mean_b**2 + _C1) * (var_a + var_b + _C2)
    )
    return float(likeness.mean())


def _blurred(values: Values) -> Values:
    return np.asarray(cv2.GaussianBlur(values, (11, 11), _SIGMA))
