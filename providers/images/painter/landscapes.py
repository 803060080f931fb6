"""Scenes outdoors: layers of land under a lit sky."""

from __future__ import annotations

import math

from providers.images.painter.canvas import Canvas, Point, toned
from providers.images.painter.palettes import Color, Palette, mix

SEA: Color = (47, 127, 160)


def mountains(canvas: Canvas, palette: Palette) -> float:
    """Ranges behind one another in haze. Returns the height where the middle ground stands."""
    _open_sky(canvas, palette, horizon=0.42)
    base = canvas.rng.uniform(0.42, 0.5)
    for index, tone in enumerate(palette.land):
        far = 1 - index / 4
        line = canvas.ridge(
            base + 0.115 * index, 0.115 * (0.5 + far) * canvas.rng.uniform(0.8, 1.2),
            roughness=0.5 - 0.03 * index, start=0.05 * far,
        )  # fmt: skip
        canvas.below(line, tone, foot=mix(tone, palette.sky_bottom, 0.32 * far + 0.06))
        if index < 3:
            canvas.haze(base + 0.115 * index + 0.1, 0.05, palette.sky_bottom, 0.35)
    pines(canvas, palette, 0.9, count=16, size=0.085)
    return 0.56


def ocean(canvas: Canvas, palette: Palette) -> float:
    """A wide sea with a path of light, an island, and a shore."""
    horizon = canvas.rng.uniform(0.42, 0.5)
    x = _open_sky(canvas, palette, horizon=horizon - 0.06)
    water = [mix(tone, SEA, 0.45) for tone in palette.land]
    begin = canvas.rng.uniform(0.5, 0.65)
    island = [
        (px, horizon - max(horizon - py, 0) * min((px - begin) / 0.2, 1))
        for px, py in canvas.ridge(horizon, 0.04, start=0.03)
        if px > begin
    ]
    canvas.polygon([*island, (1.02, horizon + 0.002), (begin, horizon + 0.002)], palette.land[1])
    canvas.below(
        [(-0.02, horizon), (1.02, horizon)], mix(water[0], palette.sky_bottom, 0.35), foot=water[3]
    )
    for index in range(7):
        depth = (index / 6) ** 1.6
        y = horizon + 0.03 + depth * (0.86 - horizon)
        line = canvas.wave(
            y, 0.003 + 0.011 * depth, 1.2 + 2.5 / (index + 1), canvas.rng.uniform(0, 6)
        )
        canvas.below(line, mix(water[1], water[4], depth), foot=mix(water[2], water[4], depth))
        crest = [(px, py + 0.0016 + 0.003 * depth) for px, py in line]
        canvas.polygon([*line, *reversed(crest)], mix(water[0], palette.light, 0.55))
    _light_path(canvas, palette, x, horizon)
    shore = canvas.wave(0.9, 0.02, 0.6, canvas.rng.uniform(0, 6))
    sand = mix((244, 222, 184), palette.sky_bottom, 0.35)
    sand = mix(sand, palette.land[3], 0.6) if palette.is_dark else sand
    canvas.below([(px, py - 0.016) for px, py in shore], toned(palette.light, 0.2))
    canvas.below(shore, sand, foot=toned(sand, -0.12))
    return horizon + 0.1


def forest(canvas: Canvas, palette: Palette) -> float:
    """Trunks and crowns in rows, with light between and a stream."""
    _open_sky(canvas, palette, horizon=0.4)
    greens = [mix(tone, (58, 125, 92), 0.3) for tone in palette.land]
    for index in range(4):
        far = 1 - index / 3
        y = 0.56 + 0.085 * index
        color = mix(greens[index], palette.sky_bottom, 0.45 * far)
        for step in range(15 - 2 * index):
            x = (step + canvas.rng.uniform(0.1, 0.9)) / (15 - 2 * index) * 1.16 - 0.08
            if index == 3 and 0.25 < x < 0.75:
                continue
            _round_tree(canvas, x, y + canvas.rng.uniform(0, 0.02), 0.075 + 0.045 * index, color)
        canvas.below(
            canvas.wave(y, 0.012, 1.1, canvas.rng.uniform(0, 6)), color, foot=toned(color, -0.1)
        )
        canvas.haze(y - 0.02, 0.045, palette.light, 0.34 * far)
    _stream(canvas, palette)
    return 0.72


def dunes(canvas: Canvas, palette: Palette) -> float:
    """Curved ridges of sand, each with a lit crest."""
    _open_sky(canvas, palette, horizon=0.45)
    warm = [mix(tone, (214, 150, 92), 0.45) for tone in palette.land]
    for index in range(4):
        y = 0.52 + 0.115 * index
        phase = canvas.rng.uniform(0, 6.28)
        line = canvas.wave(y, 0.035 + 0.008 * index, 0.55 + 0.12 * index, phase)
        canvas.below(line, warm[index], foot=toned(warm[index], -0.22), shadow=0.12)
        lit = [(px, py + 0.003) for px, py in line]
        canvas.polygon([*line, *reversed(lit)], toned(mix(warm[index], palette.light, 0.5), 0.2))
    return 0.6


def meadow(canvas: Canvas, palette: Palette) -> float:
    """Rolling green with flowers that grow towards the viewer."""
    _open_sky(canvas, palette, horizon=0.45)
    greens = [mix(tone, (120, 172, 96), 0.5) for tone in palette.land]
    for index in range(4):
        y = 0.5 + 0.11 * index
        line = canvas.wave(y, 0.026, 0.7 + 0.2 * index, canvas.rng.uniform(0, 6))
        canvas.below(line, greens[index], foot=mix(greens[index], greens[min(index + 1, 4)], 0.6))
        if index == 0:
            for _ in range(6):
                _round_tree(canvas, canvas.rng.uniform(0, 1), y + 0.01, 0.05, greens[2])
    petals = [
        palette.accent,
        palette.light,
        toned(palette.accent, 0.4),
        mix(palette.accent, (190, 110, 220), 0.5),
    ]
    for color in petals:
        spots = []
        for _ in range(130):
            depth = canvas.rng.random() ** 0.75
            spots.append(
                (canvas.rng.uniform(-0.02, 1.02), 0.63 + 0.38 * depth, 0.0022 + 0.0105 * depth**2)
            )
        canvas.dots(spots, color)
        canvas.dots([(x, y, r * 0.35) for x, y, r in spots if r > 0.006], toned(palette.light, 0.3))
    return 0.62


def snow(canvas: Canvas, palette: Palette) -> float:
    """Winter: white hills, dark firs, falling flakes."""
    _open_sky(canvas, palette, horizon=0.45)
    whites = [mix(tone, (244, 248, 255), 0.72 - 0.04 * i) for i, tone in enumerate(palette.land)]
    whites = [mix(tone, palette.land[2], 0.45) for tone in whites] if palette.is_dark else whites
    canvas.below(
        canvas.ridge(0.48, 0.12, start=0.06), mix(whites[1], palette.land[1], 0.45), foot=whites[0]
    )
    for index in range(3):
        y = 0.56 + 0.13 * index
        line = canvas.wave(y, 0.03, 0.6 + 0.25 * index, canvas.rng.uniform(0, 6))
        canvas.below(line, toned(whites[index], 0.15), foot=whites[min(index + 1, 4)], shadow=0.1)
        for _ in range(9):
            x = canvas.rng.uniform(-0.02, 1.02)
            if index < 2 or not 0.3 < x < 0.7:
                size = 0.035 + 0.03 * index
                fir(
                    canvas,
                    x,
                    y + 0.012,
                    size * canvas.rng.uniform(0.8, 1.3),
                    palette.land[3],
                    whites[0],
                )
    flakes = [
        (canvas.rng.random(), canvas.rng.random(), canvas.rng.choice((0.002, 0.003, 0.006)))
        for _ in range(150)
    ]
    canvas.dots(flakes, (250, 252, 255))
    return 0.68


def pines(canvas: Canvas, palette: Palette, y: float, *, count: int, size: float) -> None:
    """A dark row of firs at the foot of the picture."""
    color = toned(palette.land[4], -0.15)
    for step in range(count):
        x = (step + canvas.rng.uniform(0, 1)) / count * 1.1 - 0.05
        edge = abs(x - 0.5) * 2
        fir(canvas, x, y + 0.08, size * (0.45 + 0.9 * edge) * canvas.rng.uniform(0.8, 1.2), color)
    canvas.below(canvas.wave(y + 0.06, 0.012, 0.8, 1.0), color)


def fir(
    canvas: Canvas, x: float, y: float, size: float, color: Color, cap: Color | None = None
) -> None:
    """One fir whose foot is at (x, y); `cap` lies on its top as snow."""
    right: list[Point] = []
    for tier in range(5):
        top, bottom = -2.2 + 0.42 * tier, -2.2 + 0.42 * (tier + 1)
        right += [(0.07 + 0.06 * tier, top + 0.08), (0.16 + 0.125 * tier, bottom)]
    outline = [(0.0, -2.4), *right, *((-px, py) for px, py in reversed(right))]
    canvas.polygon([canvas.offset(x, y, px * size, py * size) for px, py in outline], color)
    if cap:
        snow_cap = [(0.0, -2.4), (0.14, -1.92), (0.0, -2.02), (-0.14, -1.92)]
        canvas.polygon([canvas.offset(x, y, px * size, py * size) for px, py in snow_cap], cap)


def _open_sky(canvas: Canvas, palette: Palette, *, horizon: float) -> float:
    """Sky, clouds, and a sun or moon; returns where it stands across."""
    canvas.sky(palette.sky_top, palette.sky_bottom, bend=1.25)
    x = canvas.rng.uniform(0.28, 0.72)
    y = horizon - canvas.rng.uniform(0.08, 0.2)
    if palette.is_dark:
        stars = [
            (
                canvas.rng.random(),
                canvas.rng.random() * horizon * 1.2,
                canvas.rng.choice((0.001, 0.0016, 0.0026)),
            )
            for _ in range(160)
        ]
        canvas.dots(stars, toned(palette.light, 0.3))
    canvas.clouds(
        mix(palette.sky_bottom, (255, 255, 255), 0.5),
        cover=0.5,
        strength=0.55 if not palette.is_dark else 0.16,
    )
    canvas.glow(x, y, 0.55, palette.light, 0.6 if not palette.is_dark else 0.35)
    radius = canvas.rng.uniform(0.055, 0.085)
    canvas.disc(x, y, radius, toned(palette.light, 0.15))
    _birds(canvas, palette, x, y)
    return x


def _birds(canvas: Canvas, palette: Palette, x: float, y: float) -> None:
    if palette.is_dark or canvas.rng.random() < 0.4:
        return
    for _ in range(canvas.rng.randint(3, 6)):
        bx, by = x + canvas.rng.uniform(-0.25, 0.25), y + canvas.rng.uniform(-0.1, 0.04)
        size = canvas.rng.uniform(0.008, 0.016)
        wings = [
            (-1.6, -0.5),
            (-0.7, -0.65),
            (0, 0),
            (0.7, -0.65),
            (1.6, -0.5),
            (0.7, -0.42),
            (0, 0.25),
            (-0.7, -0.42),
        ]
        canvas.polygon(
            [canvas.offset(bx, by, px * size, py * size) for px, py in wings], palette.land[3]
        )


def _light_path(canvas: Canvas, palette: Palette, x: float, horizon: float) -> None:
    """The sun on the water: short strokes that widen towards the viewer."""
    color = mix(palette.light, palette.sky_bottom, 0.3)
    for step in range(26):
        depth = (step / 25) ** 1.5
        y = horizon + 0.006 + depth * 0.3
        half = (0.02 + 0.09 * depth) * canvas.rng.uniform(0.4, 1.0)
        cx = x + canvas.rng.uniform(-0.03, 0.03) * (0.4 + depth)
        thin = 0.0011 + 0.0022 * depth
        canvas.polygon([(cx - half, y), (cx, y - thin), (cx + half, y), (cx, y + thin)], color)


def _round_tree(canvas: Canvas, x: float, y: float, size: float, color: Color) -> None:
    trunk = [(-0.07, 0.15), (0.07, 0.15), (0.045, -1.0), (-0.045, -1.0)]
    canvas.polygon(
        [canvas.offset(x, y, px * size, py * size) for px, py in trunk], toned(color, -0.3)
    )
    for dx, dy, r in ((-0.3, -1.15, 0.42), (0.3, -1.1, 0.4), (0.0, -1.5, 0.5)):
        px, py = canvas.offset(x, y, dx * size, dy * size)
        canvas.disc(px, py, r * size, color)
    px, py = canvas.offset(x, y, -0.12 * size, -1.62 * size)
    canvas.disc(px, py, 0.26 * size, toned(color, 0.12))


def _stream(canvas: Canvas, palette: Palette) -> None:
    left: list[Point] = []
    right: list[Point] = []
    phase = canvas.rng.uniform(0, 6)
    for step in range(30):
        depth = step / 29
        y = 0.74 + 0.28 * depth
        x = 0.5 + 0.09 * math.sin(phase + 4 * depth) * (0.3 + depth)
        half = 0.012 + 0.16 * depth**1.8
        left.append((x - half, y))
        right.append((x + half, y))
    water = mix(palette.sky_top, palette.light, 0.45)
    canvas.polygon([*left, *reversed(right)], water)
    for _ in range(10):
        index = canvas.rng.randrange(5, 29)
        x = left[index][0] + (right[index][0] - left[index][0]) * canvas.rng.uniform(0.2, 0.8)
        y, half = left[index][1], (right[index][0] - left[index][0]) * 0.14
        canvas.polygon(
            [(x - half, y), (x, y - 0.0016), (x + half, y), (x, y + 0.0016)],
            toned(palette.light, 0.3),
        )
