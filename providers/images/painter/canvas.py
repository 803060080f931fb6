"""Brushes: gradients, noise, soft light, ridges and shapes on one RGB picture.

Lengths are fractions of the picture's short side, places fractions of width and height, so
that one composition serves every size and ratio.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from providers.images.painter.palettes import Color, mix

Point = tuple[float, float]

SHADOW_REDUCTION = 8


class Canvas:
    """A picture in the making."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        self.width, self.height = width, height
        self.unit = min(width, height)
        self.rng = random.Random(seed)
        self.noise_rng = np.random.default_rng(seed)
        self.image = Image.new("RGB", (width, height))

    # Fields

    def sky(self, top: Color, bottom: Color, *, bend: float = 1.0) -> None:
        """A vertical gradient; `bend` > 1 keeps the top colour longer."""
        share = (np.linspace(0, 1, self.height)[:, None] ** bend).astype(np.float32)
        column = np.asarray(top, np.float32) * (1 - share) + np.asarray(bottom, np.float32) * share
        dither = self.noise_rng.uniform(-0.5, 0.5, (self.height, 64, 1))
        strip = np.clip(column[:, None, :] + dither, 0, 255).astype(np.uint8)
        tile = np.tile(strip, (1, -(-self.width // 64), 1))[:, : self.width]
        self.image = Image.fromarray(tile)

    def glow(self, x: float, y: float, radius: float, color: Color, strength: float) -> None:
        """Light around a point, added softly."""
        width, height = self.width // 4, self.height // 4
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        distance = np.hypot(xs - x * width, ys - y * height) / (radius * self.unit / 4)
        self.lay(color, np.exp(-(distance**2) * 1.2) * strength)

    def clouds(self, color: Color, *, cover: float, strength: float, stretch: float = 3.0) -> None:
        """Drifting cloud over the upper part."""
        noise = self.noise(stretch=stretch, octaves=6)
        fade = np.clip(1.15 - np.linspace(0, 1.6, noise.shape[0])[:, None], 0, 1)
        self.lay(color, np.clip((noise - 1 + cover) * 2.6, 0, 1) * fade * strength)

    def haze(self, y: float, depth: float, color: Color, strength: float) -> None:
        """A band of mist around a height."""
        rows = np.linspace(0, 1, self.height // 4, dtype=np.float32)[:, None]
        band = np.exp(-(((rows - y) / depth) ** 2)) * strength
        self.lay(color, np.repeat(band, self.width // 4, axis=1))

    def noise(self, *, stretch: float = 1.0, octaves: int = 5) -> NDArray[np.float32]:
        """Fractal noise in 0..1 at a quarter of the size; `stretch` > 1 lays it down flat."""
        width, height = self.width // 4, self.height // 4
        total = np.zeros((height, width), np.float32)
        for octave in range(octaves):
            cells = 2 ** (octave + 1)
            shape = (int(cells * stretch * height / width) + 2, cells + 1)
            grid = self.noise_rng.random(shape, np.float32)
            layer = Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC)
            total += np.asarray(layer) / np.float32(2**octave)
        low, high = float(total.min()), float(total.max())
        return (total - low) / (high - low + 1e-6)

    # Shapes

    def ridge(
        self, base: float, rise: float, *, roughness: float = 0.5, start: float = 0.0
    ) -> list[Point]:
        """A fractal line across the picture: points (x, y) in fractions of the picture."""
        count = 257
        heights = np.zeros(count)
        step, swing = count - 1, rise
        heights[0], heights[-1] = self.rng.uniform(-rise, rise), self.rng.uniform(-rise, rise)
        while step > 1:
            half = step // 2
            for index in range(half, count - 1, step):
                middle = (heights[index - half] + heights[index + half]) / 2
                heights[index] = middle + self.rng.uniform(-swing, swing)
            step, swing = half, swing * roughness
        xs = np.linspace(-0.02, 1.02, count)
        return [(float(x), float(base - h)) for x, h in zip(xs, heights + start, strict=True)]

    def wave(self, base: float, rise: float, waves: float, phase: float) -> list[Point]:
        """A smooth line of a few sines."""
        xs = np.linspace(-0.02, 1.02, 160)
        ys = base + rise * np.sin(2 * np.pi * waves * xs + phase)
        ys += 0.35 * rise * np.sin(2 * np.pi * waves * 2.3 * xs + 1.7 * phase)
        return [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]

    def below(
        self,
        line: Sequence[Point],
        color: Color,
        *,
        foot: Color | None = None,
        shadow: float = 0.0,
    ) -> None:
        """Fill from a line down; the colour fades into `foot` towards the bottom."""
        mask = self.mask([*line, (1.02, 1.02), (-0.02, 1.02)])
        if shadow:
            self._shadow(mask, shadow)
        if foot is None:
            self.image.paste(color, (0, 0), mask)
            return
        top = min(y for _, y in line)
        span = max(1.0 - top, 0.05)
        share = np.clip((np.linspace(0, 1, self.height) - top) / span, 0, 1)[:, None]
        column = np.asarray(color) * (1 - share) + np.asarray(foot) * share
        strip = Image.fromarray(column.astype(np.uint8)[:, None, :]).resize(self.image.size)
        self.image.paste(strip, (0, 0), mask)

    def polygon(
        self, points: Sequence[Point], color: Color, *, shadow: float = 0.0, alpha: float = 1.0
    ) -> None:
        """A shape with a smooth edge; `alpha` < 1 lets what is below show through."""
        if shadow:
            self._shadow(self.mask(points), shadow)
        # Only the shape's own box is rasterised: a picture has hundreds of small shapes.
        xs = [min(max(x, -0.1), 1.1) * self.width for x, _ in points]
        ys = [min(max(y, -0.1), 1.1) * self.height for _, y in points]
        left, top = math.floor(min(xs)) - 1, math.floor(min(ys)) - 1
        right, bottom = math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1
        big = Image.new("L", ((right - left) * 2, (bottom - top) * 2))
        placed = [((x - left) * 2, (y - top) * 2) for x, y in zip(xs, ys, strict=True)]
        ImageDraw.Draw(big).polygon(placed, fill=round(255 * alpha))
        self.image.paste(color, (left, top), big.reduce(2))

    def outside(self, points: Sequence[Point], color: Color, *, shadow: float) -> None:
        """Everything but a shape, as a sheet of paper with a hole."""
        mask = ImageOps.invert(self.mask(points))
        self._shadow(mask, shadow)
        self.image.paste(color, (0, 0), mask)

    def disc(self, x: float, y: float, radius: float, color: Color, *, shadow: float = 0.0) -> None:
        angles = np.linspace(0, 2 * np.pi, 96, endpoint=False)
        self.polygon(
            [
                self.offset(x, y, radius * float(np.cos(a)), radius * float(np.sin(a)))
                for a in angles
            ],
            color,
            shadow=shadow,
        )

    def offset(self, x: float, y: float, dx: float, dy: float) -> Point:
        """A point `dx`, `dy` (in short sides) away from (x, y)."""
        return x + dx * self.unit / self.width, y + dy * self.unit / self.height

    def dots(self, points: Sequence[tuple[float, float, float]], color: Color) -> None:
        """Small round spots: (x, y, radius in short sides)."""
        draw = ImageDraw.Draw(self.image)
        for x, y, radius in points:
            r = max(radius * self.unit, 0.6)
            cx, cy = x * self.width, y * self.height
            draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=color)

    def mask(self, points: Sequence[Point]) -> Image.Image:
        """The inside of a polygon, smooth at its edge."""
        big = Image.new("L", (self.width * 2, self.height * 2))
        scaled = [(x * self.width * 2, y * self.height * 2) for x, y in points]
        ImageDraw.Draw(big).polygon(scaled, fill=255)
        return big.reduce(2)

    # How

    def _shadow(self, mask: Image.Image, strength: float) -> None:
        """A soft dark edge under what is laid on next, as of cut paper."""
        small = mask.reduce(SHADOW_REDUCTION)
        blurred = small.filter(ImageFilter.GaussianBlur(self.unit * 0.012 / SHADOW_REDUCTION))
        grown = blurred.resize(self.image.size, Image.Resampling.BILINEAR)
        moved = Image.new("L", self.image.size)
        moved.paste(grown, (0, int(-self.unit * 0.006)))
        dark = Image.eval(moved, lambda value: int(value * strength))
        self.image.paste((20, 16, 40), (0, 0), dark)

    def lay(self, color: Color, alpha: NDArray[np.floating]) -> None:
        """Lay a colour on by a field of 0..1 at a quarter of the size."""
        small = Image.fromarray((np.clip(alpha, 0, 1) * 255).astype(np.uint8))
        self.image.paste(color, (0, 0), small.resize(self.image.size, Image.Resampling.BILINEAR))


def toned(color: Color, amount: float) -> Color:
    """Lighter (`amount` > 0) or darker (< 0)."""
    return mix(color, (255, 255, 255) if amount > 0 else (12, 12, 30), abs(amount))
