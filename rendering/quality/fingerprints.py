"""What makes a scene's picture known again, however it was saved."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Resampling

from domain.layout import Layout
from rendering.decoding import read_picture
from rendering.segments import Files

HASH_SIDE = 16
READ_SIDE_PX = 270
FLAT_DEVIATION = 1.5

Fingerprint = NDArray[np.bool_]


def fingerprints(layout: Layout, files: Files) -> tuple[tuple[str, Fingerprint], ...]:
    """(scene id, difference hash: where its picture grows brighter to the right, 16 × 16).

    A picture in which nothing does says nothing, and is left out. Raises `RenderingError`.
    """
    return tuple(_all(layout, files))


def _all(layout: Layout, files: Files) -> Iterator[tuple[str, Fingerprint]]:
    for scene in layout.scenes:
        image = scene.images[0].image
        if image is None:
            continue
        gray = read_picture(files(image), side_px=READ_SIDE_PX).convert("L")
        small = np.asarray(gray.resize((HASH_SIDE + 1, HASH_SIDE), Resampling.BOX), np.int16)
        if small.std() >= FLAT_DEVIATION:
            yield scene.scene_id, np.asarray(small[:, 1:] > small[:, :-1], np.bool_)
