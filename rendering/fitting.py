"""A picture of any size and ratio made to fill a frame: cropped round what is interesting, or
laid on a blurred fill of itself. Never stretched."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from rendering.saliency import SIDE, Map, focus_of, saliency_map

Resampling = Image.Resampling

# To fill a frame a picture may lose this much of a side; what would lose more is laid on a
# fill, losing less, so that the bands look meant.
MAX_CROP = 0.46
LAID_CROP = 0.3
# A strip is cropped until it takes this share of the frame.
MIN_SHARE = 0.3
# Beyond this enlargement a picture is softened, so that its pixels do not show.
SHARP_ENLARGEMENT = 2.0
FILL_LIGHT, FILL_COLOR = 0.6, 1.1
FILL_DIVISOR = 16
SHADOW = 0.55
CUTOUT_SHARE = 0.84
OPAQUE = 0.98


@dataclass(frozen=True)
class Window:
    """A part of a picture, in shares of its sides."""

    left: float
    top: float
    width: float
    height: float


def fit(picture: Image.Image, width: int, height: int) -> NDArray[np.uint8]:
    """RGB or RGBA to (height, width, 3)."""
    if picture.mode == "RGBA":
        alpha = np.asarray(picture.getchannel("A").resize((64, 64), Resampling.BOX), np.float32)
        if float(alpha.mean()) < OPAQUE * 255:
            return np.asarray(_cutout(picture, width, height))
        picture = picture.convert("RGB")
    frame, own = width / height, picture.width / picture.height
    kept = min(frame, own) / max(frame, own)
    if kept > 1 - 1 / max(width, height):
        return np.asarray(_enlarged(picture, width, height))
    saliency = saliency_map(np.asarray(picture))
    if kept >= 1 - MAX_CROP:
        return np.asarray(_enlarged(_cropped(picture, crop_window(saliency, own, frame)),
                                    width, height))  # fmt: skip
    return np.asarray(_laid(picture, saliency, width, height))


def crop_window(saliency: Map, own: float, wanted: float) -> Window:
    """The part of ratio `wanted`, of a picture of ratio `own`, that holds most of interest."""
    share = min(own, wanted) / max(own, wanted)
    if own > wanted:
        return Window(_best_start(saliency.sum(axis=0), share), 0.0, share, 1.0)
    return Window(0.0, _best_start(saliency.sum(axis=1), share), 1.0, share)


def _best_start(interest: Map, share: float) -> float:
    """Where a window of `share` sees most; among equals, the one nearest to the middle."""
    total = np.concatenate([[0.0], np.cumsum(interest)])
    places = np.linspace(0, 1 - share, 65)
    ends = np.interp((places + share) * SIDE, np.arange(SIDE + 1), total)
    starts = np.interp(places * SIDE, np.arange(SIDE + 1), total)
    away = np.abs(places - (1 - share) / 2)
    return float(places[np.argmax((ends - starts) / total[-1] - 0.05 * away)])


def _cropped(picture: Image.Image, window: Window) -> Image.Image:
    left, top = window.left * picture.width, window.top * picture.height
    right, bottom = left + window.width * picture.width, top + window.height * picture.height
    box = (round(left), round(top), max(round(right), round(left) + 1),
           max(round(bottom), round(top) + 1))  # fmt: skip
    return picture.crop(box)


def _enlarged(picture: Image.Image, width: int, height: int) -> Image.Image:
    """At exactly this size; the ratios agree but for a pixel."""
    scale = max(width / picture.width, height / picture.height)
    if scale == 1:
        return picture
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    resized = Image.fromarray(cv2.resize(np.asarray(picture), (width, height), interpolation=how))
    if scale <= SHARP_ENLARGEMENT:
        return resized
    return resized.filter(ImageFilter.GaussianBlur(0.35 * min(scale, 60)))


def _laid(picture: Image.Image, saliency: Map, width: int, height: int) -> Image.Image:
    """On a blurred fill, cropped towards the frame's ratio as far as its interest allows."""
    own, frame = picture.width / picture.height, width / height
    focus = focus_of(saliency)
    extent = focus.width if own > frame else focus.height
    share = max(1 - LAID_CROP, extent)
    ratio = own * share if own > frame else own / share
    # A strip that thin is no picture: what is beside its interesting part is left out.
    ratio = min(ratio, frame / MIN_SHARE) if own > frame else max(ratio, frame * MIN_SHARE)
    part = _cropped(picture, crop_window(saliency, own, ratio))
    if own > frame:
        size = (width, min(max(round(width / ratio), 2), height))
    else:
        size = (min(max(round(height * ratio), 2), width), height)
    return _over(_fill(picture, width, height), _enlarged(part, *size))


def _fill(picture: Image.Image, width: int, height: int) -> Image.Image:
    """The picture itself, far out of focus and darker."""
    small = (max(width // FILL_DIVISOR, 2), max(height // FILL_DIVISOR, 2))
    ground = ImageOps.fit(picture, small, Resampling.BOX)
    ground = ground.filter(ImageFilter.GaussianBlur(max(small) * 0.045))
    darker = ImageEnhance.Brightness(ground).enhance(FILL_LIGHT)
    vivid = ImageEnhance.Color(darker).enhance(FILL_COLOR)
    return vivid.resize((width, height), Resampling.BICUBIC)


def _over(ground: Image.Image, part: Image.Image, mask: Image.Image | None = None) -> Image.Image:
    """The part in the middle, with a soft shadow beneath."""
    left, top = (ground.width - part.width) // 2, (ground.height - part.height) // 2
    small = (max(ground.width // 8, 1), max(ground.height // 8, 1))
    shape = Image.new("L", ground.size)
    shape.paste(mask or 255, (left, top, left + part.width, top + part.height))
    shadow = shape.resize(small, Resampling.BOX)
    shadow = shadow.filter(ImageFilter.GaussianBlur(max(small) * 0.02))
    shadow = shadow.point(lambda value: round(255 - SHADOW * value))
    result = ImageChops.multiply(
        ground, Image.merge("RGB", [shadow.resize(ground.size, Resampling.BICUBIC)] * 3)
    )
    result.paste(part, (left, top), mask)
    return result


def _cutout(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Something with a shape of its own, whole, on a tone that it stands out from."""
    box = picture.getchannel("A").point(lambda value: 255 if value > 8 else 0).getbbox()
    shown = picture.crop(box) if box else picture
    room = (round(width * CUTOUT_SHARE), round(height * CUTOUT_SHARE))
    scale = min(room[0] / shown.width, room[1] / shown.height)
    size = (max(round(shown.width * scale), 1), max(round(shown.height * scale), 1))
    # Premultiplied, or the colours of what is not to be seen would bleed in at the edges.
    placed = shown.convert("RGBa").resize(size, Resampling.BICUBIC).convert("RGBA")
    return _over(_tone(shown, width, height), placed.convert("RGB"), placed.getchannel("A"))


def _tone(shown: Image.Image, width: int, height: int) -> Image.Image:
    """A vertical gradient of the thing's own hue: dark below something light, and light below
    something dark."""
    pixels = np.asarray(shown.convert("RGBa").resize((16, 16), Resampling.BOX), np.float32)
    alpha = float(pixels[..., 3].sum())
    mean = pixels[..., :3].sum(axis=(0, 1)) / max(alpha, 1.0) * 255
    light = float(mean @ np.array([0.2126, 0.7152, 0.0722]))
    base = mean * 0.22 + 14 if light > 110 else 255 - (255 - mean) * 0.22
    ramp = np.linspace(1.08, 0.86, height)[:, None]
    column = np.clip(base[None] * ramp, 0, 255).astype(np.uint8)
    return Image.fromarray(np.ascontiguousarray(np.repeat(column[:, None], width, axis=1)))
