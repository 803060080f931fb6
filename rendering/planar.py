"""Frames as three planes of 4:2:0 video: BT.709, limited range, chroma sited left.

Composing in the encoder's own format costs a third of composing in RGB (bench/README.md).
Matrices: ITU-R BT.709-6, section 3.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
Planes = tuple[Plane, Plane, Plane]

_KR, _KB = 0.2126, 0.0722
_KG = 1 - _KR - _KB
_Y, _C = 219 / 255, 224 / 255
RGB_TO_YUV = np.array(
    [
        [_KR * _Y, _KG * _Y, _KB * _Y],
        [-_KR / (1 - _KB) / 2 * _C, -_KG / (1 - _KB) / 2 * _C, 0.5 * _C],
        [0.5 * _C, -_KG / (1 - _KR) / 2 * _C, -_KB / (1 - _KR) / 2 * _C],
    ],
    np.float32,
)
OFFSET = np.array([16, 128, 128], np.float32)
YUV_TO_RGB = np.linalg.inv(RGB_TO_YUV.astype(np.float64)).astype(np.float32)


def new_planes(width: int, height: int) -> Planes:
    """Unwritten planes of an even-sided picture."""
    half = (height // 2, width // 2)
    return np.empty((height, width), np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8)


def planes_of_rgb(rgb: NDArray[np.uint8]) -> Planes:
    """(height, width, 3) with even sides, to planes. Chroma is the 2 × 2 mean, so sited in the
    middle; `sampling.sample` moves it to the left while it samples."""
    yuv = cv2.transform(rgb, np.hstack([RGB_TO_YUV, OFFSET[:, None]]))
    luma, blue, red = cv2.split(yuv)
    half = (rgb.shape[1] // 2, rgb.shape[0] // 2)
    return (
        _plane(luma),
        _plane(cv2.resize(blue, half, interpolation=cv2.INTER_AREA)),
        _plane(cv2.resize(red, half, interpolation=cv2.INTER_AREA)),
    )


def rgb_of_planes(planes: Planes) -> NDArray[np.uint8]:
    """Back to (height, width, 3), for previews and checks."""
    height, width = planes[0].shape

    def grown(chroma: Plane) -> NDArray[np.float32]:
        matrix = np.array([[0.5, 0, 0], [0, 0.5, -0.25]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(
            cv2.warpAffine(
                chroma.astype(np.float32),
                matrix,
                (width, height),
                flags=flags,
                borderMode=cv2.BORDER_REPLICATE,
            ),
            np.float32,
        )

    yuv = np.dstack([planes[0].astype(np.float32), grown(planes[1]), grown(planes[2])]) - OFFSET
    return _plane(np.clip(cv2.transform(yuv, YUV_TO_RGB) + 0.5, 0, 255))


def shrunk(planes: Planes, width: int, height: int) -> Planes:
    """A smaller copy, of even sides."""
    sizes = ((width, height), (width // 2, height // 2), (width // 2, height // 2))
    luma, blue, red = (
        _plane(cv2.resize(plane, size, interpolation=cv2.INTER_AREA))
        for plane, size in zip(planes, sizes, strict=True)
    )
    return luma, blue, red


def blend(target: Planes, over: Planes, share: float) -> None:
    """Mix `share` of `over` into `target`."""
    for below, above in zip(target, over, strict=True):
        cv2.addWeighted(below, 1 - share, above, share, 0, dst=below)


def _plane(values: object) -> Plane:
    return np.ascontiguousarray(values, dtype=np.uint8)
