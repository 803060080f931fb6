"""A moving view of a still, at sub-pixel precision, by OpenCV's fastest resampler.

`cv2.resize` is four times as fast as `cv2.warpAffine` but knows a scale only, no place: output
pixel d shows source pixel (d + ½) · scale - ½. So the view is taken from a larger resize: of
all whole source pixels before the view's edge, one lies nearly a whole number of output pixels
away from it. From there is resized, those output pixels are dropped, and what is still missing
(0.014 px RMS) goes into the scale, so that the view's middle is exact and its edges are as far
off as that. It works for every scale but those next to 1, where all whole pixels are equally
far off; stills are therefore kept `OVERSAMPLING` larger than they are ever shown.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import cv2
import numpy as np

from rendering.planar import Plane, Planes

OVERSAMPLING = 1.06
# Room around a still for the pixels that are dropped; even, so that chroma has half of it.
MARGIN = 96
_REACH = 40
_STEPS = np.arange(_REACH)
_MAX_REST_PX = 0.1


@dataclass(frozen=True)
class Still:
    """Planes of a picture with a margin of its own edge around them."""

    planes: Planes
    width: int
    height: int


def still_of(planes: Planes) -> Still:
    """A picture made ready for `sample`."""
    luma, blue, red = (
        cv2.copyMakeBorder(plane, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
        for plane, margin in zip(planes, (MARGIN, MARGIN // 2, MARGIN // 2), strict=True)
    )
    height, width = planes[0].shape
    return Still((_plane(luma), _plane(blue), _plane(red)), width, height)


def sample(
    source: Still, target: Planes, left: float, top: float, width: float, height: float
) -> None:
    """Fill `target` with the view [left, left + width) × [top, top + height) of `source`, in
    luma pixels of it."""
    across, down = width / target[0].shape[1], height / target[0].shape[0]
    _sample_plane(source.planes[0], target[0], left + MARGIN, top + MARGIN, across, down)
    # Source chroma sits in the middle of its 2 × 2 pixels, target chroma at their left.
    chroma_left, chroma_top = (left + MARGIN) / 2 - across / 4, (top + MARGIN) / 2
    for plane in (1, 2):
        _sample_plane(source.planes[plane], target[plane], chroma_left, chroma_top, across, down)


@dataclass(frozen=True)
class _Axis:
    """Resize from source pixel `first` by `scale`, drop `skipped` pixels, keep the next."""

    first: int
    last: int
    skipped: int
    scale: float
    resized: int
    rest_px: float


def _axis(begin: float, scale: float, kept: int, available: int) -> _Axis:
    firsts = int(begin) - _STEPS
    skipped = np.rint((begin - firsts) / scale)
    rests = np.abs(begin - firsts - skipped * scale)
    best = int(rests.argmin())
    first, skip = int(firsts[best]), int(skipped[best])
    exact = (begin - first + kept / 2 * scale) / (skip + kept / 2)
    last = min(first + int((skip + kept + 1) * exact) + 1, available)
    return _Axis(first, last, skip, exact, round((last - first) / exact), float(rests[best]))


def _sample_plane(
    source: Plane, target: Plane, left: float, top: float, across: float, down: float
) -> None:
    height, width = target.shape
    x = _axis(left, across, width, source.shape[1])
    y = _axis(top, down, height, source.shape[0])
    if max(x.rest_px, y.rest_px) > _MAX_REST_PX:
        _warp(source, target, left, top, across, down)
        return
    resized = _scratch(y.resized, x.resized)
    cv2.resize(
        source[y.first : y.last, x.first : x.last],
        None,
        dst=resized,
        fx=1 / x.scale,
        fy=1 / y.scale,
        interpolation=cv2.INTER_LINEAR,
    )
    kept = resized[y.skipped : y.skipped + height, x.skipped : x.skipped + width]
    np.copyto(target, kept)


def _warp(
    source: Plane, target: Plane, left: float, top: float, across: float, down: float
) -> None:
    matrix = np.array(
        [[across, 0, left + across / 2 - 0.5], [0, down, top + down / 2 - 0.5]], np.float64
    )
    cv2.warpAffine(
        source,
        matrix,
        (target.shape[1], target.shape[0]),
        dst=target,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )


_OWN = threading.local()


def _scratch(height: int, width: int) -> Plane:
    """A thread's own buffer: new memory for every frame would cost more than the resize."""
    size = height * width
    buffer: Plane | None = getattr(_OWN, "buffer", None)
    if buffer is None or buffer.size < size:
        buffer = _OWN.buffer = np.empty(size, np.uint8)
    return buffer[:size].reshape(height, width)


def _plane(values: object) -> Plane:
    return np.ascontiguousarray(values, dtype=np.uint8)
