"""Where the interesting part of a picture is: no faces, no model, two classic measures.

Spectral residual (Hou and Zhang, "Saliency Detection: A Spectral Residual Approach", CVPR
2007): what is left of the log spectrum without its local mean marks what breaks a pattern.
Frequency-tuned distance (Achanta et al., "Frequency-tuned Salient Region Detection", CVPR
2009): how far a slightly blurred pixel is from the mean colour, in Lab. Their product with a
mild liking for the middle is measured on 64 pixels a side, about a millisecond a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 64
_MIDDLE_SIGMA = 0.42
_STRONG = 0.45

Map = NDArray[np.float32]


@dataclass(frozen=True)
class Focus:
    """The interesting part: its middle and its extent, in shares of the picture's sides."""

    x: float = 0.5
    y: float = 0.5
    width: float = 0.3
    height: float = 0.3


def saliency_map(rgb: NDArray[np.uint8]) -> Map:
    """(`SIDE`, `SIDE`), 0–1, of an (height, width, 3) picture of any size."""
    # Averaging every pixel of a large picture would cost more than all the rest.
    down, across = (max(side // (4 * SIDE), 1) for side in rgb.shape[:2])
    rgb = np.ascontiguousarray(rgb[::down, ::across])
    height, width = rgb.shape[:2]
    # Where one side grows OpenCV does not average along the other, so growing comes last.
    less = cv2.resize(rgb, (min(width, SIDE), min(height, SIDE)), interpolation=cv2.INTER_AREA)
    small = np.asarray(cv2.resize(less, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
    marks, distance = _residual(small), _distance(small)
    both = np.asarray((0.15 + marks) * (0.1 + distance) * _middle(), np.float32)
    soft = cv2.GaussianBlur(both, (0, 0), SIDE / 16)
    soft -= soft.min()
    return np.asarray(soft / max(float(soft.max()), 1e-6), np.float32)


def focus_of(saliency: Map) -> Focus:
    """The strongest spot, and how far what is nearly as strong reaches around it."""
    peak_y, peak_x = np.unravel_index(int(saliency.argmax()), saliency.shape)
    places = np.asarray((np.arange(SIDE) + 0.5) / SIDE, np.float32)
    away = (places[None] - places[peak_x]) ** 2 + (places[:, None] - places[peak_y]) ** 2
    strong = np.where(saliency >= _STRONG, saliency, 0)
    weights = np.asarray(strong * np.exp(-away / 0.08), np.float32)
    total = float(weights.sum())
    if total <= 0:
        return Focus()
    weights /= np.float32(total)
    x, width = _spread(weights.sum(axis=0, dtype=np.float32), places)
    y, height = _spread(weights.sum(axis=1, dtype=np.float32), places)
    return Focus(x, y, width, height)


def _spread(shares: Map, places: Map) -> tuple[float, float]:
    middle = float((shares * places).sum())
    deviation = float(np.sqrt((shares * (places - middle) ** 2).sum()))
    return middle, min(max(3.5 * deviation, 0.05), 1.0)


def _residual(rgb: NDArray[np.uint8]) -> Map:
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    spectrum = np.fft.fft2(gray)
    log = np.log(np.abs(spectrum) + 1e-3).astype(np.float32)
    residual = log - cv2.blur(log, (3, 3), borderType=cv2.BORDER_REFLECT)
    marks = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
    return _normal(np.asarray(cv2.GaussianBlur(marks, (0, 0), 2.5)))


def _distance(rgb: NDArray[np.uint8]) -> Map:
    lab = cv2.cvtColor(rgb.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB)
    soft = np.asarray(cv2.GaussianBlur(lab, (0, 0), 1.0), np.float32)
    return _normal(np.linalg.norm(soft - lab.mean(axis=(0, 1)), axis=2).astype(np.float32))


def _middle() -> Map:
    away = (np.arange(SIDE, dtype=np.float32) + 0.5) / SIDE - 0.5
    return np.exp(-(away[None] ** 2 + away[:, None] ** 2) / (2 * _MIDDLE_SIGMA**2))


def _normal(values: NDArray[Any]) -> Map:
    low, high = float(values.min()), float(values.max())
    return np.asarray((values - low) / max(high - low, 1e-6), np.float32)
