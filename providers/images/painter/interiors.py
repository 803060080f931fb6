"""Scenes of the city, of space, of the deep, of a room, and of ideas."""

from __future__ import annotations

import math

import numpy as np

from providers.images.painter.canvas import Canvas, Point, toned
from providers.images.painter.palettes import Color, Palette, mix


def city(canvas: Canvas, palette: Palette) -> float:
    """Towers in three rows with lit windows, over their own reflection."""
    canvas.sky(palette.sky_top, palette.sky_bottom, bend=1.1)
    canvas.clouds(mix(palette.sky_bottom, (255, 255, 255), 0.4), cover=0.45, strength=0.4)
    x = canvas.rng.uniform(0.3, 0.7)
    canvas.glow(x, 0.5, 0.7, palette.light, 0.55)
    canvas.disc(x, canvas.rng.uniform(0.2, 0.3), 0.07, toned(palette.light, 0.1))
    water = 0.78
    for row in range(3):
        tone = mix(palette.land[row + 1], palette.sky_bottom, 0.42 - 0.2 * row)
        _towers(canvas, palette, tone, row, water)
    _reflection(canvas, palette, water)
    return 0.7


def space(canvas: Canvas, palette: Palette) -> float:
    """A nebula, stars, and a ringed planet."""
    deep = mix(palette.land[4], (8, 8, 26), 0.72)
    canvas.sky(toned(deep, -0.3), mix(deep, palette.land[3], 0.35))
    for color in (palette.land[1], palette.accent, palette.land[2], palette.sky_bottom):
        swirl = canvas.noise(stretch=1.2, octaves=5)
        wisps = np.clip(1.15 - np.abs(swirl - 0.5) * 5.5, 0, 1) * np.clip(
            canvas.noise() - 0.3, 0, 1
        )
        canvas.lay(color, wisps * 0.62)
    for radius, count in ((0.0011, 330), (0.002, 90), (0.0036, 16)):
        stars = [(canvas.rng.random(), canvas.rng.random(), radius) for _ in range(count)]
        canvas.dots(stars, toned(palette.light, 0.35))
    x, y = canvas.rng.uniform(0.35, 0.65), canvas.rng.uniform(0.3, 0.42)
    _planet(canvas, palette, x, y, canvas.rng.uniform(0.17, 0.25))
    mx, my = x + canvas.rng.choice((-0.3, 0.3)), y + canvas.rng.uniform(0.14, 0.2)
    canvas.disc(mx, my, 0.04, toned(palette.land[0], 0.1))
    canvas.disc(mx + 0.012, my + 0.004, 0.034, toned(palette.land[2], -0.25))
    return 0.66


def underwater(canvas: Canvas, palette: Palette) -> float:
    """Light from above, coral at the bottom, fish and bubbles between."""
    blue = mix(palette.land[1], (52, 160, 196), 0.75)
    deep = mix(palette.land[4], (12, 62, 108), 0.72)
    canvas.sky(mix(blue, palette.light, 0.5), deep, bend=0.75)
    for _ in range(6):
        top = canvas.rng.uniform(-0.1, 1.1)
        lean, wide = canvas.rng.uniform(-0.35, 0.35), canvas.rng.uniform(0.03, 0.09)
        ray = [
            (top, -0.02),
            (top + wide, -0.02),
            (top + wide * 2.6 + lean, 0.85),
            (top + lean, 0.85),
        ]
        canvas.polygon(ray, palette.light, alpha=0.13)
    for _ in range(13):
        _small_fish(
            canvas,
            canvas.rng.uniform(0.08, 0.92),
            canvas.rng.uniform(0.2, 0.66),
            canvas.rng.uniform(0.012, 0.028),
            palette,
        )
    for index, tone in enumerate((palette.land[2], palette.land[3], palette.land[4])):
        floor = mix(tone, deep, 0.55)
        canvas.below(canvas.ridge(0.84 + 0.055 * index, 0.03), floor, foot=toned(floor, -0.2))
        for _ in range(5):
            x = canvas.rng.choice((canvas.rng.uniform(-0.02, 0.34), canvas.rng.uniform(0.66, 1.02)))
            color = mix(
                canvas.rng.choice((palette.accent, palette.land[0], toned(palette.accent, 0.3))),
                deep,
                0.28,
            )
            _coral(canvas, x, 0.88 + 0.055 * index, canvas.rng.uniform(0.06, 0.12), color)
    bubbles = [
        (canvas.rng.random(), canvas.rng.random() * 0.8, canvas.rng.uniform(0.002, 0.007))
        for _ in range(46)
    ]
    canvas.dots(bubbles, mix(blue, (255, 255, 255), 0.5))
    return 0.5


def window(canvas: Canvas, palette: Palette) -> float:
    """A room by a window: the world outside, a sill to put things on."""
    wall = mix(palette.land[3], palette.land[2], 0.4)
    wall = mix(wall, palette.sky_bottom, 0.2)
    canvas.sky(palette.sky_top, palette.sky_bottom)
    canvas.clouds((255, 255, 255), cover=0.55, strength=0.5)
    canvas.glow(0.5, 0.4, 0.6, palette.light, 0.5)
    for index in range(3):
        tone = mix(palette.land[index], palette.sky_bottom, 0.35 - 0.1 * index)
        canvas.below(canvas.ridge(0.47 + 0.05 * index, 0.05), tone)
    if canvas.rng.random() < 0.5:
        for _ in range(90):
            x, y = canvas.rng.random(), canvas.rng.random() * 0.72
            length = canvas.rng.uniform(0.01, 0.03)
            drop = [
                (x, y),
                (x + 0.0016, y),
                (x + 0.0016 - 0.003, y + length),
                (x - 0.003, y + length),
            ]
            canvas.polygon(drop, mix(palette.sky_bottom, (255, 255, 255), 0.6))
    # Of a tall picture the captions take the middle: what is on the sill stands below them.
    sill = 0.81 if canvas.height > 1.5 * canvas.width else 0.72
    _frame(canvas, wall, palette, sill)
    return sill - 0.008


def ribbons(canvas: Canvas, palette: Palette) -> float:
    """Flowing bands of colour, for what has no shape."""
    canvas.sky(palette.sky_top, palette.sky_bottom)
    canvas.glow(canvas.rng.uniform(0.3, 0.7), 0.35, 0.8, palette.light, 0.7)
    phase, slope = canvas.rng.uniform(0, 6.28), canvas.rng.uniform(-0.12, 0.12)
    colors = [*palette.land[:4], palette.accent, palette.land[4]]
    for index, color in enumerate(colors):
        base = 0.4 + 0.085 * index
        line = canvas.wave(base, 0.07 - 0.005 * index, 0.55 + 0.11 * index, phase + 0.75 * index)
        tilted = [(x, y + slope * (x - 0.5)) for x, y in line]
        lower = [(x, y + 0.3 + 0.02 * math.sin(6 * x + index)) for x, y in tilted]
        canvas.polygon(
            [*tilted, *reversed(lower)], mix(color, palette.sky_bottom, 0.12), shadow=0.22
        )
        edge = [(x, y + 0.004) for x, y in tilted]
        canvas.polygon([*tilted, *reversed(edge)], toned(color, 0.4))
    canvas.below(
        canvas.wave(0.93, 0.03, 0.7, phase),
        palette.land[4],
        foot=toned(palette.land[4], -0.2),
        shadow=0.25,
    )
    _motes(canvas, palette)
    return 0.34


def papercut(canvas: Canvas, palette: Palette) -> float:
    """Sheets of paper with a round opening, one behind the other, and room for an emblem."""
    canvas.sky(palette.light, palette.sky_bottom)
    canvas.glow(0.5, 0.4, 0.5, toned(palette.light, 0.4), 0.9)
    tones: list[Color] = [palette.sky_bottom, *palette.land]
    for index, color in enumerate(tones):
        hole = _blob(canvas, 0.5, 0.41, 0.29 + 0.095 * index, wobble=0.05 + 0.012 * index)
        canvas.outside(hole, color, shadow=0.32)
    return 0.41


def _towers(canvas: Canvas, palette: Palette, tone: Color, row: int, water: float) -> None:
    x = -0.03
    while x < 1.03:
        wide = canvas.rng.uniform(0.06, 0.13) * (0.8 + 0.22 * row)
        center = 1 - abs(x + wide / 2 - 0.5)
        tall = canvas.rng.uniform(0.14, 0.34) * (1.25 - 0.26 * row) * (0.55 + 0.6 * center)
        top = water - tall - 0.05 * (2 - row)
        canvas.polygon(
            [(x, water + 0.002), (x, top), (x + wide, top), (x + wide, water + 0.002)], tone
        )
        if canvas.rng.random() < 0.35:
            mast = x + wide / 2
            canvas.polygon([(mast - 0.002, top), (mast, top - 0.045), (mast + 0.002, top)], tone)
        canvas.polygon(
            [(x, water), (x, top), (x + wide * 0.12, top), (x + wide * 0.12, water)],
            toned(tone, 0.1),
        )
        if row:
            _windows(canvas, palette, (x, top, wide), water, tone)
        x += wide * canvas.rng.uniform(0.95, 1.25)


def _windows(
    canvas: Canvas, palette: Palette, place: tuple[float, float, float], water: float, tone: Color
) -> None:
    from PIL import ImageDraw

    x, top, wide = place
    draw = ImageDraw.Draw(canvas.image)
    lit, dim = mix(palette.light, palette.accent, 0.25), toned(tone, 0.14)
    w, h = canvas.width, canvas.height
    columns = max(2, int(wide / 0.022))
    step_x, step_y = wide / columns, 0.026 * canvas.unit / h * 1.2
    rows = int((water - top - 0.02) / step_y)
    for r in range(max(rows, 0)):
        for c in range(columns):
            color = lit if canvas.rng.random() < 0.42 else dim
            left = (x + (c + 0.26) * step_x) * w
            upper = (top + 0.016 + r * step_y) * h
            draw.rectangle(
                (left, upper, left + step_x * 0.5 * w, upper + step_y * 0.5 * h), fill=color
            )


def _reflection(canvas: Canvas, palette: Palette, water: float) -> None:
    from PIL import Image, ImageFilter

    edge = int(water * canvas.height)
    depth = canvas.height - edge
    band = canvas.image.crop((0, max(edge - depth, 0), canvas.width, edge))
    mirror = band.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((canvas.width, depth))
    mirror = mirror.filter(ImageFilter.GaussianBlur(canvas.unit * 0.006))
    tint = Image.new("RGB", mirror.size, palette.land[3])
    canvas.image.paste(Image.blend(mirror, tint, 0.42), (0, edge))
    for step in range(24):
        y = water + 0.008 + (step / 24) ** 1.3 * (0.98 - water)
        x, half = canvas.rng.random(), canvas.rng.uniform(0.03, 0.12)
        canvas.polygon(
            [(x - half, y), (x, y - 0.0012), (x + half, y), (x, y + 0.0012)],
            mix(palette.light, palette.land[2], 0.45),
        )


def _planet(canvas: Canvas, palette: Palette, x: float, y: float, radius: float) -> None:
    canvas.glow(x, y, radius * 2.4, palette.land[0], 0.4)
    tilt = canvas.rng.uniform(-0.5, 0.5)
    _ring(canvas, x, y, radius, tilt, palette, back=True)
    canvas.disc(x, y, radius, palette.land[1])
    for index in range(6):
        offset = -0.8 + 0.3 * index + canvas.rng.uniform(-0.06, 0.06)
        half = math.sqrt(max(1 - offset**2, 0)) * radius
        thick = radius * canvas.rng.uniform(0.05, 0.11)
        stripe = []
        for px, py in (
            (-half, -thick),
            (half, -thick),
            (half * 0.98, thick),
            (-half * 0.98, thick),
        ):
            qy = py + offset * radius
            if px * px + qy * qy > radius * radius:
                scale = radius / math.hypot(px, qy)
                px, qy = px * scale, qy * scale
            stripe.append(canvas.offset(x, y, px, qy))
        canvas.polygon(stripe, mix(palette.land[0], palette.accent, 0.16 * index))
    shade = [(math.cos(a), math.sin(a)) for a in np.linspace(-math.pi / 2, math.pi / 2, 40)]
    inner = [(0.6 * math.cos(a), math.sin(a)) for a in np.linspace(math.pi / 2, -math.pi / 2, 40)]
    crescent = [canvas.offset(x, y, px * radius, py * radius) for px, py in [*shade, *inner]]
    canvas.polygon(crescent, (6, 6, 22), alpha=0.3)
    _ring(canvas, x, y, radius, tilt, palette, back=False)


def _ring(
    canvas: Canvas, x: float, y: float, radius: float, tilt: float, palette: Palette, *, back: bool
) -> None:
    begin, end = (math.pi, 2 * math.pi) if back else (0.0, math.pi)
    angles = np.linspace(begin, end, 60)
    cos, sin = math.cos(tilt), math.sin(tilt)
    for inner, outer, color in ((1.45, 1.62, palette.light), (1.68, 1.95, palette.land[0])):
        points = []
        for scale, order in ((outer, angles), (inner, angles[::-1])):
            for a in order:
                px, py = scale * radius * math.cos(a), scale * radius * 0.26 * math.sin(a)
                points.append(canvas.offset(x, y, px * cos - py * sin, px * sin + py * cos))
        canvas.polygon(points, color, alpha=0.75)


def _small_fish(canvas: Canvas, x: float, y: float, size: float, palette: Palette) -> None:
    color = canvas.rng.choice((palette.accent, palette.light, palette.land[0]))
    side = canvas.rng.choice((-1, 1))
    body = [(math.cos(a), 0.45 * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 30)]
    tail = [(0.85, 0.0), (1.6, -0.5), (1.4, 0.0), (1.6, 0.5)]
    for shape in (tail, body):
        canvas.polygon(
            [canvas.offset(x, y, side * px * size, py * size) for px, py in shape], color
        )


def _coral(canvas: Canvas, x: float, y: float, size: float, color: Color) -> None:
    def branch(bx: float, by: float, angle: float, length: float, depth: int) -> None:
        ex, ey = bx + length * math.cos(angle), by + length * math.sin(angle)
        wide = 0.018 * depth
        nx, ny = -math.sin(angle) * wide * size * 6, math.cos(angle) * wide * size * 6
        corners = [
            (bx + nx, by + ny),
            (ex + nx * 0.7, ey + ny * 0.7),
            (ex - nx * 0.7, ey - ny * 0.7),
            (bx - nx, by - ny),
        ]
        canvas.polygon([canvas.offset(x, y, px, py) for px, py in corners], color)
        tx, ty = canvas.offset(x, y, ex, ey)
        canvas.disc(tx, ty, wide * size * 4.4, color)
        if depth > 1:
            for turn in (-0.5, 0.45):
                branch(
                    ex, ey, angle + turn + canvas.rng.uniform(-0.15, 0.15), length * 0.72, depth - 1
                )

    branch(0.0, 0.0, -math.pi / 2 + canvas.rng.uniform(-0.2, 0.2), size * 0.55, 3)


def _frame(canvas: Canvas, wall: Color, palette: Palette, sill: float) -> None:
    left, right, top = 0.1, 0.9, 0.1
    for box in (
        (-0.02, -0.02, left, 1.02),
        (right, -0.02, 1.02, 1.02),
        (-0.02, -0.02, 1.02, top),
        (-0.02, sill, 1.02, 1.02),
    ):
        _rect(canvas, box, wall)
    wood = mix(palette.light, palette.sky_bottom, 0.3)
    bar = 0.012
    for x in (left, 0.5 - bar / 2, right - bar):
        _rect(canvas, (x, top, x + bar, sill), wood)
    for y in (top, 0.36):
        _rect(canvas, (left, y, right, y + bar * canvas.width / canvas.height), wood)
    _rect(canvas, (0.05, sill - 0.008, 0.95, sill + 0.022), toned(wood, 0.15), shadow=0.3)
    _rect(canvas, (0.05, sill + 0.022, 0.95, sill + 0.032), toned(wood, -0.25))
    for side in (-1, 1):
        edge = 0.5 + side * 0.56
        inner = [
            (0.5 + side * (0.36 + 0.035 * math.sin(step / 3)), -0.02 + step * (sill + 0.02) / 20)
            for step in range(21)
        ]
        canvas.polygon(
            [(edge, -0.02), *inner, (edge, sill + 0.02)],
            mix(palette.accent, palette.sky_bottom, 0.45),
            shadow=0.25,
        )


def _rect(
    canvas: Canvas, box: tuple[float, float, float, float], color: Color, *, shadow: float = 0.0
) -> None:
    left, top, right, bottom = box
    canvas.polygon(
        [(left, top), (right, top), (right, bottom), (left, bottom)], color, shadow=shadow
    )


def _motes(canvas: Canvas, palette: Palette) -> None:
    spots = [
        (canvas.rng.random(), canvas.rng.random() * 0.75, canvas.rng.choice((0.002, 0.0035, 0.006)))
        for _ in range(60)
    ]
    canvas.dots(spots, toned(palette.light, 0.25))


def _blob(canvas: Canvas, x: float, y: float, radius: float, *, wobble: float) -> list[Point]:
    phases = [canvas.rng.uniform(0, 2 * math.pi) for _ in range(4)]
    points = []
    for a in np.linspace(0, 2 * math.pi, 140, endpoint=False):
        r = radius * (
            1 + sum(wobble / (k + 1) * math.sin((k + 2) * a + p) for k, p in enumerate(phases))
        )
        points.append(canvas.offset(x, y, r * math.cos(a), r * math.sin(a)))
    return points
