"""A scene's picture, whatever it is, made ready for the camera."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from rendering.errors import RenderingError
from rendering.planar import Planes, planes_of_rgb
from rendering.saliency import Focus, focus_of, saliency_map

# A picture may lose this much of a side to be cropped; beyond, it is laid on a blurred fill.
MAX_CROP = 0.4
KEPT_PICTURES = 4
BLUR_SHARE = 0.02

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
    """The picture at exactly (width, height), both even.

    Any mode, orientation, depth, ratio, alpha; of an animation the first frame. Raises
    `RenderingError` where it cannot be read.
    """
    try:
        with Image.open(path) as opened:
            picture = _upright_rgb(opened)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as exc:
        raise RenderingError(f"{path.name} cannot be read as a picture: {exc}") from exc
    except Image.DecompressionBombError as exc:
        raise RenderingError(f"{path.name} is too large a picture: {exc}") from exc
    fitted = _fitted(picture, width, height)
    return Picture(planes_of_rgb(fitted), focus_of(saliency_map(fitted)))


def _upright_rgb(opened: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(opened)
    if upright.mode in ("I", "I;16", "I;16B", "F"):
        values = np.asarray(upright, np.float32)
        span = float(values.max()) if upright.mode == "F" else 65535.0
        upright = Image.fromarray((values * (255 / max(span, 1e-6))).clip(0, 255).astype(np.uint8))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        rgba = upright.convert("RGBA")
        ground = Image.new("RGB", rgba.size, _mean_color(rgba))
        ground.paste(rgba, mask=rgba.getchannel("A"))
        return ground
    return upright.convert("RGB")


def _mean_color(rgba: Image.Image) -> tuple[int, int, int]:
    pixels = np.asarray(rgba.resize((16, 16)), np.float32)
    alpha = pixels[..., 3:] + 1e-3
    red, green, blue = (pixels[..., :3] * alpha).sum(axis=(0, 1)) / alpha.sum()
    return int(red), int(green), int(blue)


def _fitted(picture: Image.Image, width: int, height: int) -> NDArray[np.uint8]:
    wide, tall = picture.width / picture.height, width / height
    if min(wide, tall) / max(wide, tall) >= 1 - MAX_CROP:
        return np.asarray(ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS))
    ground = ImageOps.fit(picture, (max(width // 8, 2), max(height // 8, 2)))
    ground = ground.filter(ImageFilter.GaussianBlur(max(width, height) * BLUR_SHARE / 8 * 2))
    filled = ground.resize((width, height), Image.Resampling.BICUBIC)
    whole = ImageOps.contain(picture, (width, height), Image.Resampling.LANCZOS)
    filled.paste(whole, ((width - whole.width) // 2, (height - whole.height) // 2))
    return np.asarray(filled)
