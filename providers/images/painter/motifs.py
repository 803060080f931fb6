"""Motifs: small emblems of what a scene is about, drawn as flat shapes in two or three tones.

Coordinates are in a square from -1 to 1 around the motif's middle, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from providers.images.painter.canvas import Canvas, Point, toned
from providers.images.painter.palettes import Color

Shape = tuple[list[Point], str]


@dataclass(frozen=True)
class Tones:
    """The colours a motif is drawn with."""

    main: Color
    dark: Color
    light: Color
    accent: Color


def draw_motif(canvas: Canvas, name: str, x: float, y: float, size: float, tones: Tones) -> None:
    """Draw around (x, y); `size` is half its width in short sides of the picture."""
    for index, (points, tone) in enumerate(MOTIFS[name]()):
        placed = [canvas.offset(x, y, px * size, py * size) for px, py in points]
        canvas.polygon(placed, getattr(tones, tone), shadow=0.35 if index == 0 else 0.0)


def tones_of(main: Color, accent: Color, light: Color) -> Tones:
    return Tones(main, toned(main, -0.4), light, accent)


def circle(
    cx: float, cy: float, rx: float, ry: float | None = None, *, turn: float = 0
) -> list[Point]:
    ry = rx if ry is None else ry
    angles = [2 * math.pi * i / 72 for i in range(72)]
    cos, sin = math.cos(turn), math.sin(turn)
    points = []
    for a in angles:
        px, py = rx * math.cos(a), ry * math.sin(a)
        points.append((cx + px * cos - py * sin, cy + px * sin + py * cos))
    return points


def box(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> list[Point]:
    if not radius:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    corners = ((right, top, -90), (right, bottom, 0), (left, bottom, 90), (left, top, 180))
    points = []
    for cx, cy, begin in corners:
        ox = cx - radius if cx == right else cx + radius
        oy = cy + radius if cy == top else cy - radius
        for step in range(9):
            angle = math.radians(begin + step * 90 / 8)
            points.append((ox + radius * math.cos(angle), oy + radius * math.sin(angle)))
    return points


def band(points: list[Point], width: float) -> list[Point]:
    """A stroke of constant width along a line."""
    left, right = [], []
    for index, (x, y) in enumerate(points):
        x0, y0 = points[max(index - 1, 0)]
        x1, y1 = points[min(index + 1, len(points) - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        nx, ny = -(y1 - y0) / length * width, (x1 - x0) / length * width
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def _arc(
    cx: float, cy: float, radius: float, begin: float, end: float, steps: int = 30
) -> list[Point]:
    return [
        (
            cx + radius * math.cos(math.radians(begin + (end - begin) * i / steps)),
            cy + radius * math.sin(math.radians(begin + (end - begin) * i / steps)),
        )
        for i in range(steps + 1)
    ]


def _star(points: int, inner: float, outer: float = 1.0) -> list[Point]:
    result = []
    for i in range(points * 2):
        radius = inner if i % 2 else outer
        angle = math.pi * i / points - math.pi / 2
        result.append((radius * math.cos(angle), radius * math.sin(angle)))
    return result


def _heart() -> list[Shape]:
    points = []
    for i in range(80):
        t = 2 * math.pi * i / 80
        x = 16 * math.sin(t) ** 3
        y = -(13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t))
        points.append((x / 17, y / 17))
    return [(points, "accent"), (circle(-0.42, -0.38, 0.16, 0.1, turn=-0.6), "light")]


def _bulb() -> list[Shape]:
    glass = _arc(0, -0.25, 0.72, 130, 410)
    glass += [(0.3, 0.5), (-0.3, 0.5)]
    wire = band([(-0.25, 0.42), (-0.2, -0.15), (0, 0.05), (0.2, -0.15), (0.25, 0.42)], 0.035)
    return [
        (glass, "accent"),
        (wire, "dark"),
        (box(-0.3, 0.52, 0.3, 0.68, 0.06), "dark"),
        (box(-0.26, 0.7, 0.26, 0.84, 0.06), "dark"),
        (circle(-0.32, -0.5, 0.14, 0.2, turn=0.5), "light"),
    ]


def _coin() -> list[Shape]:
    return [
        (circle(0.1, 0.1, 0.9), "dark"),
        (circle(0, 0, 0.9), "accent"),
        (circle(0, 0, 0.7), "light"),
        (circle(0, 0, 0.64), "accent"),
        (_star(5, 0.18, 0.42), "light"),
    ]


def _clock() -> list[Shape]:
    return [
        (circle(0, 0, 0.95), "dark"),
        (circle(0, 0, 0.82), "light"),
        (band([(0, 0.05), (0, -0.6)], 0.045), "dark"),
        (band([(-0.04, 0), (0.42, 0.2)], 0.055), "accent"),
        (circle(0, 0, 0.08), "dark"),
    ]


def _rocket() -> list[Shape]:
    body = [
        (0, -1),
        (0.22, -0.7),
        (0.32, -0.3),
        (0.3, 0.35),
        (-0.3, 0.35),
        (-0.32, -0.3),
        (-0.22, -0.7),
    ]
    return [
        ([(-0.3, -0.05), (-0.62, 0.45), (-0.3, 0.38)], "accent"),
        ([(0.3, -0.05), (0.62, 0.45), (0.3, 0.38)], "accent"),
        (body, "light"),
        (circle(0, -0.35, 0.15), "dark"),
        (circle(0, -0.35, 0.1), "main"),
        ([(-0.18, 0.38), (0.18, 0.38), (0, 1)], "accent"),
        ([(-0.09, 0.38), (0.09, 0.38), (0, 0.72)], "light"),
    ]


def _leaf() -> list[Shape]:
    side = [(0.62 * math.sin(math.pi * i / 24) ** 0.9, 0.9 - 1.8 * i / 24) for i in range(25)]
    outline = side + [(-x, y) for x, y in reversed(side)]
    veins: list[Shape] = [(band([(0, 1.05), (0, -0.75)], 0.03), "dark")]
    for y in (0.45, 0.1, -0.25):
        veins.append((band([(0, y), (0.32, y - 0.25)], 0.018), "dark"))
        veins.append((band([(0, y), (-0.32, y - 0.25)], 0.018), "dark"))
    return [(outline, "main"), *veins]


def _book() -> list[Shape]:
    left = [(0, -0.45), (-0.5, -0.62), (-1, -0.5), (-1, 0.5), (-0.5, 0.4), (0, 0.6)]
    right = [(-x, y) for x, y in left]
    lines: list[Shape] = []
    for y in (-0.25, -0.02, 0.21):
        lines.append((band([(-0.82, y - 0.05), (-0.5, y - 0.1), (-0.16, y + 0.04)], 0.025), "dark"))
        lines.append((band([(0.82, y - 0.05), (0.5, y - 0.1), (0.16, y + 0.04)], 0.025), "dark"))
    cover = [(-1.08, -0.42), (1.08, -0.42), (1.08, 0.62), (0, 0.74), (-1.08, 0.62)]
    return [(cover, "accent"), (left, "light"), (right, "light"), *lines]


def _chart() -> list[Shape]:
    bars: list[Shape] = [
        (box(-0.9 + 0.48 * i, 0.8 - height, -0.56 + 0.48 * i, 0.8, 0.04), tone)
        for i, (height, tone) in enumerate(
            ((0.5, "main"), (0.8, "main"), (1.1, "light"), (1.55, "accent"))
        )
    ]
    return [*bars, (box(-1.0, 0.82, 1.0, 0.9), "dark")]


def _question() -> list[Shape]:
    hook = _arc(0, -0.42, 0.42, 180, 400) + [(0.12, 0.12), (0, 0.28), (0, 0.42)]
    return [(band(hook, 0.14), "accent"), (circle(0, 0.78, 0.17), "accent")]


def _cat() -> list[Shape]:
    tail = band([(0.45, 0.75), (0.85, 0.6), (0.85, 0.15), (0.7, -0.05)], 0.08)
    return [
        (tail, "dark"),
        (circle(0, 0.45, 0.52, 0.55), "main"),
        ([(-0.42, -0.35), (-0.4, -0.95), (-0.05, -0.62)], "main"),
        ([(0.42, -0.35), (0.4, -0.95), (0.05, -0.62)], "main"),
        (circle(0, -0.3, 0.45, 0.4), "main"),
        (circle(-0.17, -0.32, 0.06, 0.09), "dark"),
        (circle(0.17, -0.32, 0.06, 0.09), "dark"),
        ([(-0.05, -0.16), (0.05, -0.16), (0, -0.1)], "accent"),
        (circle(0, 0.55, 0.28, 0.38), "light"),
    ]


def _dog() -> list[Shape]:
    tail = band([(0.4, 0.5), (0.75, 0.25), (0.8, -0.05)], 0.07)
    return [
        (tail, "main"),
        (circle(0, 0.48, 0.5, 0.5), "main"),
        (circle(0, -0.3, 0.44, 0.42), "main"),
        (circle(-0.42, -0.3, 0.15, 0.36, turn=0.3), "dark"),
        (circle(0.42, -0.3, 0.15, 0.36, turn=-0.3), "dark"),
        (circle(0, -0.12, 0.24, 0.19), "light"),
        (circle(-0.16, -0.38, 0.055, 0.07), "dark"),
        (circle(0.16, -0.38, 0.055, 0.07), "dark"),
        (circle(0, -0.2, 0.09, 0.065), "dark"),
        (circle(0, 0.55, 0.26, 0.34), "light"),
    ]


def _bird() -> list[Shape]:
    return [
        ([(0.5, 0.05), (1.05, -0.2), (0.95, 0.25)], "dark"),
        (circle(0, 0.1, 0.62, 0.42, turn=-0.15), "main"),
        (circle(-0.5, -0.22, 0.3), "main"),
        ([(-0.76, -0.28), (-1.05, -0.16), (-0.76, -0.1)], "accent"),
        (circle(-0.58, -0.28, 0.05), "dark"),
        (circle(0.12, 0.05, 0.38, 0.22, turn=0.35), "dark"),
        (circle(-0.1, 0.3, 0.4, 0.18), "light"),
    ]


def _fish() -> list[Shape]:
    return [
        ([(0.5, 0), (1.05, -0.45), (0.9, 0), (1.05, 0.45)], "accent"),
        ([(-0.1, -0.3), (0.25, -0.75), (0.4, -0.2)], "accent"),
        (circle(-0.1, 0, 0.75, 0.42), "main"),
        (circle(-0.1, 0.14, 0.6, 0.22), "light"),
        (circle(-0.52, -0.1, 0.09), "light"),
        (circle(-0.54, -0.1, 0.05), "dark"),
    ]


def _house() -> list[Shape]:
    return [
        (box(0.35, -0.8, 0.58, -0.2), "dark"),
        (box(-0.68, -0.1, 0.68, 0.85), "light"),
        ([(-0.92, -0.05), (0, -0.9), (0.92, -0.05)], "accent"),
        (box(-0.16, 0.3, 0.2, 0.85, 0.05), "dark"),
        (box(-0.52, 0.15, -0.26, 0.45, 0.03), "main"),
        (box(0.32, 0.15, 0.58, 0.45, 0.03), "main"),
    ]


def _cup() -> list[Shape]:
    handle = band(_arc(0.62, 0.18, 0.28, -80, 80), 0.07)
    shapes: list[Shape] = [
        (handle, "light"),
        (
            [(-0.7, -0.2), (0.65, -0.2), (0.5, 0.62), (0.32, 0.72), (-0.38, 0.72), (-0.56, 0.62)],
            "light",
        ),
        (circle(-0.025, -0.2, 0.67, 0.13), "dark"),
        (circle(0, 0.85, 0.9, 0.1), "main"),
    ]
    for x in (-0.3, 0.0, 0.3):
        steam = [(x + 0.07 * math.sin(i / 2), -0.45 - 0.06 * i) for i in range(9)]
        shapes.append((band(steam, 0.03), "light"))
    return shapes


def _phone() -> list[Shape]:
    return [
        (box(-0.5, -0.95, 0.5, 0.95, 0.14), "dark"),
        (box(-0.42, -0.8, 0.42, 0.74, 0.05), "light"),
        (circle(0, -0.2, 0.24), "accent"),
        ([(-0.07, -0.32), (-0.07, -0.08), (0.14, -0.2)], "light"),
        (box(-0.3, 0.2, 0.3, 0.28, 0.04), "main"),
        (box(-0.3, 0.36, 0.12, 0.44, 0.04), "main"),
    ]


def _music() -> list[Shape]:
    return [
        (box(-0.42, -0.7, -0.32, 0.55), "main"),
        (box(0.48, -0.9, 0.58, 0.35), "main"),
        ([(-0.42, -0.7), (0.58, -0.92), (0.58, -0.62), (-0.42, -0.4)], "main"),
        (circle(-0.56, 0.58, 0.26, 0.19, turn=-0.35), "accent"),
        (circle(0.34, 0.38, 0.26, 0.19, turn=-0.35), "accent"),
    ]


def _moon() -> list[Shape]:
    outer = _arc(0, 0, 0.9, 60, 300, 48)
    inner = _arc(0.36, 0, 0.78, 285, 75, 48)
    return [(outer + inner, "light")]


def _sun() -> list[Shape]:
    return [(_star(16, 0.7, 1.0), "accent"), (circle(0, 0, 0.62), "light")]


def _flower() -> list[Shape]:
    shapes: list[Shape] = [
        (band([(0, 0.1), (0.06, 0.6), (0, 1.15)], 0.04), "dark"),
        (circle(0.25, 0.75, 0.26, 0.1, turn=-0.5), "dark"),
    ]
    for i in range(7):
        angle = 2 * math.pi * i / 7
        cx, cy = 0.42 * math.cos(angle), -0.2 + 0.42 * math.sin(angle)
        shapes.append((circle(cx, cy, 0.3, 0.2, turn=angle), "accent"))
    return [*shapes, (circle(0, -0.2, 0.22), "light")]


def _tree() -> list[Shape]:
    return [
        ([(-0.1, 1), (0.1, 1), (0.07, 0.1), (-0.07, 0.1)], "dark"),
        (circle(-0.38, -0.05, 0.45), "main"),
        (circle(0.38, -0.02, 0.45), "main"),
        (circle(0, -0.45, 0.55), "main"),
        (circle(-0.15, -0.6, 0.26, 0.2), "light"),
    ]


def _boat() -> list[Shape]:
    return [
        (box(-0.04, -0.95, 0.04, 0.35), "dark"),
        ([(0.08, -0.9), (0.08, 0.2), (0.78, 0.2)], "light"),
        ([(-0.08, -0.7), (-0.08, 0.2), (-0.55, 0.2)], "accent"),
        ([(-0.9, 0.32), (0.95, 0.32), (0.62, 0.75), (-0.6, 0.75)], "dark"),
    ]


def _umbrella() -> list[Shape]:
    dome = _arc(0, 0.05, 0.95, 180, 360, 40)
    scallops = [
        (0.95 - 0.475 * i / 8, 0.05 - 0.12 * math.sin(math.pi * ((i % 8) / 8))) for i in range(33)
    ]
    return [
        (band([(0, -0.95), (0, 0.7), (0.1, 0.85), (0.25, 0.78)], 0.035), "dark"),
        (dome + scallops, "accent"),
        (_arc(0, 0.05, 0.95, 255, 285, 10) + [(0.3, 0.0), (-0.3, 0.0)], "light"),
    ]


def _person() -> list[Shape]:
    return [
        (
            [(-0.14, 0.3), (-0.3, 1), (-0.14, 1), (0, 0.45), (0.16, 1), (0.32, 1), (0.14, 0.3)],
            "dark",
        ),
        ([(-0.26, -0.42), (0.26, -0.42), (0.32, 0.38), (-0.32, 0.38)], "accent"),
        (band([(-0.22, -0.35), (-0.46, 0.05), (-0.38, 0.35)], 0.06), "accent"),
        (band([(0.22, -0.35), (0.46, 0.05), (0.4, 0.35)], 0.06), "accent"),
        (circle(0, -0.68, 0.22), "light"),
        (_arc(0, -0.7, 0.23, 180, 360), "dark"),
    ]


def _drop() -> list[Shape]:
    body = [(0, -1), *_arc(0, 0.3, 0.6, -30, 210, 40)]
    return [(body, "main"), (circle(-0.22, 0.38, 0.1, 0.22, turn=0.3), "light")]


def _gift() -> list[Shape]:
    return [
        (box(-0.8, -0.1, 0.8, 0.9, 0.05), "accent"),
        (box(-0.92, -0.4, 0.92, -0.06, 0.05), "main"),
        (box(-0.13, -0.4, 0.13, 0.9), "light"),
        (circle(-0.32, -0.6, 0.34, 0.18, turn=0.5), "light"),
        (circle(0.32, -0.6, 0.34, 0.18, turn=-0.5), "light"),
        (circle(0, -0.45, 0.12), "dark"),
    ]


def _mountain() -> list[Shape]:
    return [
        ([(-1, 0.8), (-0.2, -0.6), (0.5, 0.8)], "dark"),
        ([(-0.35, 0.8), (0.4, -0.9), (1.1, 0.8)], "main"),
        ([(0.4, -0.9), (0.62, -0.38), (0.45, -0.45), (0.32, -0.3), (0.17, -0.38)], "light"),
    ]


def _bike() -> list[Shape]:
    def wheel(x: float) -> list[Shape]:
        rim = _arc(x, 0.4, 0.42, 0, 360, 60)
        return [(band(rim, 0.045), "dark")]

    frame = band([(-0.55, 0.4), (-0.2, -0.25), (0.4, -0.25), (0.0, 0.4), (-0.55, 0.4)], 0.045)
    return [
        *wheel(-0.55),
        *wheel(0.58),
        (frame, "accent"),
        (band([(0.58, 0.4), (0.38, -0.4), (0.55, -0.5)], 0.045), "accent"),
        (band([(-0.2, -0.25), (-0.26, -0.42)], 0.04), "dark"),
        (box(-0.42, -0.52, -0.08, -0.42, 0.04), "dark"),
    ]


MOTIFS: dict[str, Callable[[], list[Shape]]] = {
    "heart": _heart,
    "bulb": _bulb,
    "coin": _coin,
    "clock": _clock,
    "rocket": _rocket,
    "leaf": _leaf,
    "book": _book,
    "chart": _chart,
    "question": _question,
    "cat": _cat,
    "dog": _dog,
    "bird": _bird,
    "fish": _fish,
    "house": _house,
    "cup": _cup,
    "phone": _phone,
    "music": _music,
    "moon": _moon,
    "sun": _sun,
    "star": lambda: [(_star(5, 0.45), "accent"), (_star(5, 0.22, 0.5), "light")],
    "flower": _flower,
    "tree": _tree,
    "boat": _boat,
    "umbrella": _umbrella,
    "person": _person,
    "drop": _drop,
    "gift": _gift,
    "mountain": _mountain,
    "bike": _bike,
}
