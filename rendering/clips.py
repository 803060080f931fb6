"""MoviePy clips whose frame functions do only the work that a frame needs.

Each can paint itself into planes, which is what rendering uses; `get_frame`, previews and
`save_frame` give RGB as with any MoviePy clip.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.camera import CameraMove
from rendering.captions.raster import CaptionState
from rendering.moviepy_clip import VideoClip
from rendering.planar import (
    OFFSET,
    RGB_TO_YUV,
    Plane,
    Planes,
    new_planes,
    rgb_of_planes,
)
from rendering.sampling import Still, sample
from rendering.transitions import Mix


class PlanarClip(VideoClip, ABC):  # type: ignore[misc]
    """A clip that paints planes."""

    def __init__(self, size: tuple[int, int], duration: float) -> None:
        super().__init__(duration=duration)
        self.size = size
        self.frame_function = self._rgb

    @abstractmethod
    def paint(self, planes: Planes, seconds: float) -> None:
        """Paint the frame at `seconds` from the clip's start over `planes`."""

    def _rgb(self, seconds: float) -> NDArray[np.uint8]:
        planes = new_planes(*self.size)
        for plane, value in zip(planes, (16, 128, 128), strict=True):
            plane.fill(value)
        self.paint(planes, seconds)
        return rgb_of_planes(planes)


class StillClip(PlanarClip):
    """A still under a moving camera. `source` is larger than `size` by the largest zoom."""

    def __init__(
        self, source: Still, move: CameraMove, size: tuple[int, int], duration: float
    ) -> None:
        super().__init__(size, duration)
        self._source = source
        self._move = move

    def paint(self, planes: Planes, seconds: float) -> None:
        zoom, across, down = self._move.view_at(seconds / self.duration)
        width, height = self._source.width, self._source.height
        view_width, view_height = width / zoom, height / zoom
        left, top = (width - view_width) * across, (height - view_height) * down
        sample(self._source, planes, left, top, view_width, view_height)


class CaptionClip(PlanarClip):
    """One caption picture, blended in its own box only."""

    def __init__(self, state: CaptionState, size: tuple[int, int]) -> None:
        super().__init__(size, (state.end_ms - state.start_ms) / 1000)
        self._layers = _layers(state)

    def paint(self, planes: Planes, seconds: float) -> None:
        for plane, layer in zip(planes, self._layers, strict=True):
            height, width = layer.color.shape
            box = plane[layer.y : layer.y + height, layer.x : layer.x + width]
            below = cv2.multiply(box, layer.below, scale=1 / 255)
            np.copyto(box, cv2.add(below, layer.color))


class SceneClip(PlanarClip):
    """A still with its captions. `captions` are (first, last, clip), frames of the scene."""

    def __init__(
        self, still: StillClip, captions: Sequence[tuple[int, int, CaptionClip]], fps: int
    ) -> None:
        super().__init__(still.size, still.duration)
        self.still = still
        self._captions = tuple(captions)
        self.fps = fps

    def paint(self, planes: Planes, seconds: float) -> None:
        self.still.paint(planes, seconds)
        frame = round(seconds * self.fps)
        for first, last, caption in self._captions:
            if first <= frame < last:
                caption.paint(planes, seconds)


class TransitionClip(PlanarClip):
    """The last part of one still, turning into the first part of the next."""

    def __init__(
        self,
        before: StillClip,
        before_from: float,
        after: StillClip,
        duration: float,
        *,
        mix: Mix,
    ) -> None:
        super().__init__(before.size, duration)
        self._before, self._before_from, self._after = before, before_from, after
        self._mix = mix
        self._other = new_planes(*before.size)

    def paint(self, planes: Planes, seconds: float) -> None:
        self._before.paint(planes, self._before_from + seconds)
        self._after.paint(self._other, seconds)
        # Rounded to whole frames, a transition may last a little longer than its duration.
        self._mix(planes, self._other, min(seconds / self.duration, 1.0))


@dataclass(frozen=True)
class _Layer:
    """What a caption adds to one plane, and how much of what is below stays (0–255)."""

    x: int
    y: int
    color: Plane
    below: Plane


# RGBA, premultiplied, to YUV and alpha: the offset of YUV counts by alpha too.
_FROM_RGBA = np.zeros((4, 4), np.float32)
_FROM_RGBA[:3, :3], _FROM_RGBA[:3, 3], _FROM_RGBA[3, 3] = RGB_TO_YUV, OFFSET / 255, 1


def _layers(state: CaptionState) -> tuple[_Layer, _Layer, _Layer]:
    yuva = np.asarray(cv2.transform(state.rgba.astype(np.float32), _FROM_RGBA), np.float32)
    half = _left_sited(yuva)
    below, below_half = 255 - state.rgba[..., 3], _bytes(255 - half[..., 3])
    x, y = state.x // 2, state.y // 2
    return (
        _Layer(state.x, state.y, _bytes(yuva[..., 0]), np.ascontiguousarray(below)),
        _Layer(x, y, _bytes(half[..., 1]), below_half),
        _Layer(x, y, _bytes(half[..., 2]), below_half),
    )


def _left_sited(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Half the size; each value centred on the left of its two columns, between its rows."""
    kernel = np.array([0.25, 0.5, 0.25], np.float32)
    mixed = cv2.sepFilter2D(
        values, -1, kernel, np.ones(1, np.float32), borderType=cv2.BORDER_REPLICATE
    )
    columns = mixed[:, ::2]
    return np.asarray((columns[0::2] + columns[1::2]) / 2, np.float32)


def _bytes(values: NDArray[Any]) -> Plane:
    return np.ascontiguousarray(np.clip(values + 0.5, 0, 255).astype(np.uint8))
