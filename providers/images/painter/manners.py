"""Manners: what the words of a style do to a finished composition."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from providers.images.painter.canvas import Canvas

_WORDS: tuple[tuple[str, str], ...] = (
    (r"수채|watercolou?r|aquarel|水彩|pastel|파스텔|パステル", "watercolour"),
    (r"수묵|먹|ink|sumi|水墨|墨|한국화|동양화|東洋", "ink"),
    (r"유화|oil|impasto|gogh|油画|油絵|인상파|impression", "oil"),
    (r"네온|neon|cyber|사이버|synthwave|ネオン|赛博", "neon"),
    (r"픽셀|pixel|8-?bit|도트|ドット|像素", "pixel"),
    (r"복고|레트로|빈티지|retro|vintage|poster|포스터|レトロ|复古", "retro"),
    (r"영화|시네마|cinema|film|사진|photo|real|실사|写真|映画|电影|照片", "cinematic"),
    (
        r"평면|플랫|flat|vector|paper|종이|minimal|미니멀|일러스트|illustrat|만화|cartoon|anime|애니",
        "flat",
    ),
)


def manner_of(style: str) -> str:
    """The nearest manner to a style in any words; watercolour where none is known."""
    for pattern, name in _WORDS:
        if re.search(pattern, style, re.IGNORECASE):
            return name
    return "watercolour"


def finished(canvas: Canvas, manner: str) -> Image.Image:
    """The picture in that manner."""
    return MANNERS[manner](canvas)


def _watercolour(canvas: Canvas) -> Image.Image:
    """Wandering edges, pigment that pools, and the tooth of paper."""
    wandering = _displaced(canvas, 0.0024)
    softened = wandering.filter(ImageFilter.GaussianBlur(canvas.unit * 0.0011))
    vivid = ImageEnhance.Color(softened).enhance(1.15)
    pooled = _multiplied(vivid, canvas.noise(octaves=6), 0.93, 1.14)
    light = Image.blend(pooled, Image.new("RGB", pooled.size, (255, 250, 242)), 0.05)
    edges = ImageOps.invert(
        wandering.convert("L")
        .reduce(4)
        .filter(ImageFilter.FIND_EDGES)
        .filter(ImageFilter.GaussianBlur(1))
    ).resize(canvas.image.size, Image.Resampling.BILINEAR)
    pigment = np.asarray(edges, np.float32)[..., None] / 255
    strength = 0.82 + 0.18 * pigment
    return Image.fromarray((np.asarray(light, np.float32) * strength).astype(np.uint8))


def _ink(canvas: Canvas) -> Image.Image:
    grey = ImageOps.autocontrast(_displaced(canvas, 0.006).convert("L"), cutoff=1)
    tinted = ImageOps.colorize(grey, (24, 24, 30), (248, 243, 230), mid=(128, 124, 118))
    washed = Image.blend(tinted, canvas.image, 0.16).filter(
        ImageFilter.GaussianBlur(canvas.unit * 0.001)
    )
    return _multiplied(washed, canvas.noise(octaves=6), 0.86, 1.08)


def _oil(canvas: Canvas) -> Image.Image:
    small = _displaced(canvas, 0.007).reduce(2)
    daubed = small.filter(ImageFilter.ModeFilter(9)).filter(ImageFilter.SMOOTH)
    rich = ImageEnhance.Color(daubed).enhance(1.3)
    strokes = rich.resize(canvas.image.size, Image.Resampling.BICUBIC)
    return _multiplied(strokes, canvas.noise(stretch=0.6, octaves=7), 0.9, 1.1)


def _neon(canvas: Canvas) -> Image.Image:
    dark = ImageEnhance.Brightness(ImageEnhance.Color(canvas.image).enhance(1.7)).enhance(0.5)
    dark = Image.blend(dark, Image.new("RGB", dark.size, (26, 8, 60)), 0.35)
    edges = canvas.image.reduce(2).filter(ImageFilter.FIND_EDGES)
    glow = ImageEnhance.Color(ImageEnhance.Brightness(edges).enhance(2.4)).enhance(2.6)
    glow = glow.filter(ImageFilter.GaussianBlur(2.0)).resize(dark.size, Image.Resampling.BILINEAR)
    halo = (
        glow.reduce(8)
        .filter(ImageFilter.GaussianBlur(3))
        .resize(dark.size, Image.Resampling.BILINEAR)
    )
    total = np.asarray(dark, np.int16) + np.asarray(glow, np.int16) + np.asarray(halo, np.int16)
    return Image.fromarray(np.clip(total, 0, 255).astype(np.uint8))


def _pixel(canvas: Canvas) -> Image.Image:
    cell = max(canvas.unit // 135, 2)
    size = (canvas.width // cell, canvas.height // cell)
    small = canvas.image.resize(size, Image.Resampling.BOX).quantize(28, dither=Image.Dither.NONE)
    return small.convert("RGB").resize(canvas.image.size, Image.Resampling.NEAREST)


def _retro(canvas: Canvas) -> Image.Image:
    posterised = ImageOps.posterize(canvas.image.filter(ImageFilter.MedianFilter(3)), 3)
    toned = Image.blend(ImageEnhance.Color(posterised).enhance(0.85), canvas.image, 0.45)
    warm = Image.blend(toned, Image.new("RGB", toned.size, (240, 214, 170)), 0.16)
    return _multiplied(
        ImageEnhance.Contrast(warm).enhance(1.12), canvas.noise(octaves=6), 0.92, 1.05
    )


def _cinematic(canvas: Canvas) -> Image.Image:
    graded = np.asarray(ImageEnhance.Contrast(canvas.image).enhance(1.12), np.float32)
    luma = graded.mean(axis=2, keepdims=True) / 255
    shadows, lights = np.array([-8, 2, 14], np.float32), np.array([12, 4, -10], np.float32)
    graded = graded + shadows * (1 - luma) + lights * luma
    ys, xs = np.mgrid[-1 : 1 : canvas.height * 1j, -1 : 1 : canvas.width * 1j].astype(np.float32)
    vignette = 1 - 0.28 * np.clip(xs**2 * 0.6 + ys**2 * 0.7, 0, 1)[..., None]
    return Image.fromarray(np.clip(graded * vignette, 0, 255).astype(np.uint8))


def _flat(canvas: Canvas) -> Image.Image:
    return ImageEnhance.Color(canvas.image).enhance(1.08)


def _displaced(canvas: Canvas, amount: float) -> Image.Image:
    """Every edge wanders by up to `amount` short sides."""
    shift = amount * canvas.unit
    size = (canvas.width // 4, canvas.height // 4)

    def field() -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
        cells = canvas.noise_rng.uniform(-1, 1, (size[1] // 5, size[0] // 5)).astype(np.float32)
        grid = Image.fromarray(cells).resize(canvas.image.size, Image.Resampling.BICUBIC)
        return np.rint(np.asarray(grid) * shift).astype(np.int32)

    ys, xs = np.ogrid[0 : canvas.height, 0 : canvas.width]
    rows = np.clip(ys + field(), 0, canvas.height - 1)
    columns = np.clip(xs + field(), 0, canvas.width - 1)
    return Image.fromarray(np.asarray(canvas.image)[rows, columns])


def _multiplied(
    image: Image.Image,
    field: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    low: float,
    high: float,
) -> Image.Image:
    """Lighter and darker by a quarter-size field in 0..1."""
    grown = Image.fromarray(field).resize(image.size, Image.Resampling.BILINEAR)
    factor = low + (high - low) * np.asarray(grown, np.float32)[..., None]
    return Image.fromarray(np.clip(np.asarray(image, np.float32) * factor, 0, 255).astype(np.uint8))


MANNERS: dict[str, Callable[[Canvas], Image.Image]] = {
    "watercolour": _watercolour,
    "ink": _ink,
    "oil": _oil,
    "neon": _neon,
    "pixel": _pixel,
    "retro": _retro,
    "cinematic": _cinematic,
    "flat": _flat,
}
