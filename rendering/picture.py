"""A scene's picture, whatever it is, made ready for the camera."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from rendering.decoding import read_picture
from rendering.fitting import fit
from rendering.planar import Planes, planes_of_rgb
from rendering.saliency import Focus, focus_of, saliency_map

KEPT_PICTURES = 4

T = TypeVar("T")


class BoundedCache(Generic[T]):
    """Keeps what was used last; one computation at a time, for many threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._order: OrderedDict[object, T] = OrderedDict()
        self._lock = threading.Lock()

    def get_or_make(self, key: object, make: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._order:
                value = make()
                while len(self._order) >= self._size:
                    self._order.popitem(last=False)
                self._order[key] = value
            self._order.move_to_end(key)
            return self._order[key]


@dataclass(frozen=True)
class Picture:
    """Planes to point the camera at, and where to point it."""

    planes: Planes
    focus: Focus


def load_picture(path: Path, width: int, height: int) -> Picture:
    """The picture at exactly (width, height), both even. Raises `RenderingError`."""
    fitted = fit(read_picture(path, side_px=max(width, height)), width, height)
    return Picture(planes_of_rgb(fitted), focus_of(saliency_map(fitted)))
