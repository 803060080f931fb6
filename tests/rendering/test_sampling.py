"""A view of a still is where it is asked to be, to a small part of a pixel."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rendering.planar import Plane, new_planes, planes_of_rgb
from rendering.sampling import OVERSAMPLING, sample, still_of

TARGET = (216, 384)
LARGEST_ZOOM = 1.2
RMS_OF_ROUNDING = 0.289


def _texture(width: int, height: int) -> NDArray[np.uint8]:
    noise = np.random.default_rng(3).integers(0, 255, (height, width, 3)).astype(np.uint8)
    smooth = cv2.GaussianBlur(noise, (0, 0), 5)
    return cv2.normalize(smooth, smooth, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)


PLANES = planes_of_rgb(
    _texture(*(2 * round(side * OVERSAMPLING * LARGEST_ZOOM / 2) for side in TARGET))
)
STILL = still_of(PLANES)


def _ideal(
    plane: Plane, left: float, top: float, steps: tuple[float, float], shape: tuple[int, ...]
) -> NDArray[np.float64]:
    """Bilinear in floating point: the value at every pixel's own place."""
    rows = _along(plane.astype(np.float64), top, steps[1], shape[0])
    return _along(rows.T, left, steps[0], shape[1]).T


def _along(values: NDArray[np.float64], begin: float, step: float, count: int) -> NDArray[Any]:
    places = (begin + (np.arange(count) + 0.5) * step - 0.5).clip(0, len(values) - 1)
    low = np.minimum(places.astype(int), len(values) - 2)
    share = (places - low)[:, None]
    return np.asarray(values[low] * (1 - share) + values[low + 1] * share)


@given(zoom=st.floats(1, LARGEST_ZOOM), across=st.floats(0, 1), down=st.floats(0, 1))
@settings(deadline=None, max_examples=60)
def test_every_view_is_the_ideal_one_but_for_rounding(
    zoom: float, across: float, down: float
) -> None:
    width, height = STILL.width / zoom, STILL.height / zoom
    left, top = (STILL.width - width) * across, (STILL.height - height) * down
    target = new_planes(*TARGET)
    sample(STILL, target, left, top, width, height)
    steps = (width / TARGET[0], height / TARGET[1])
    places = ((left, top), *[(left / 2 - steps[0] / 4, top / 2)] * 2)
    for plane, source, (x, y) in zip(target, PLANES, places, strict=True):
        error = plane - _ideal(source, x, y, steps, plane.shape)
        assert float(np.sqrt((error**2).mean())) < RMS_OF_ROUNDING + 0.12


@pytest.mark.parametrize("shift", [0.0, 0.25, 0.5])
def test_a_view_at_the_still_s_own_size_is_placed_as_well(shift: float) -> None:
    """There every whole pixel is equally far away, so another resampler takes over."""
    target = new_planes(*TARGET)
    sample(STILL, target, 10 + shift, 8 + shift, *TARGET)
    error = target[0] - _ideal(PLANES[0], 10 + shift, 8 + shift, (1.0, 1.0), target[0].shape)
    assert float(np.sqrt((error**2).mean())) < 1.0
