"""Curated palettes: a sky, its light, five tones of land from far to near, and an accent."""

from __future__ import annotations

import random
from dataclasses import dataclass

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """Colours of one picture. `land` runs from the farthest, palest layer to the nearest."""

    name: str
    sky_top: Color
    sky_bottom: Color
    light: Color
    land: tuple[Color, Color, Color, Color, Color]
    accent: Color
    is_dark: bool = False


def _palette(name: str, top: str, bottom: str, light: str, land: str, accent: str) -> Palette:
    near_to_far = [_hex(tone) for tone in land.split()]
    one, two, three, four, five = near_to_far
    dark = sum(_hex(top)) < 240
    return Palette(
        name,
        _hex(top),
        _hex(bottom),
        _hex(light),
        (one, two, three, four, five),
        _hex(accent),
        dark,
    )


def _hex(code: str) -> Color:
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


PALETTES = (
    _palette("dawn", "9ec9e2", "fde3cf", "fff3d6", "c9b8d8 9fb2d0 7b9cb8 4f7a8c 2f4f5f", "e8735a"),
    _palette("coral", "5b6fa8", "ffb48a", "ffe1a8", "e0a0a0 b9779a 86568a 553a6b 2f2447", "ffd166"),
    _palette("mint", "bfe3dc", "fdf6e3", "fffbe6", "b5d4c0 86b59b 5c947b 396f5d 214740", "f2a65a"),
    _palette("lilac", "8e9be0", "f6d5ec", "fff0f5", "c7b6e6 a28fd1 7a69b4 54488c 332c5c", "ffb4a2"),
    _palette("teal", "4fa3c4", "d8f3f0", "fff8dc", "9fd3d6 64aebb 37879d 1f6079 123e54", "ff8a5b"),
    _palette("amber", "f6c667", "fff1cf", "fffae0", "ecc48a d69a58 b0713c 7d4b2c 4a2c20", "3d7ea6"),
    _palette("night", "0f1b3d", "3c5a8f", "fff4cf", "4d6799 354f80 233a66 16284b 0c1730", "ffc857"),
    _palette("rose", "f2a7b5", "fff0e5", "fff7e8", "e7b3b8 cf8a99 a8657d 7a4662 492c44", "5aa9a3"),
    _palette(
        "autumn", "86a8b8", "f9e3c0", "fff2cc", "d9b08c c1824f 9d5b35 6e3f2b 40271f", "d1495b"
    ),
    _palette("ice", "9cc3e8", "f4f9ff", "ffffff", "d5e4f2 afcbe4 83abcf 5784ae 335a80", "f08a5d"),
)
NIGHT = PALETTES[6]


def choose_palette(look: int, rng: random.Random, *, night: bool, warmth: float) -> Palette:
    """The video's palette, with the hour of the day moved a little for each picture.

    `warmth` from -1 (colder, greyer) to 1 (warmer, brighter), by the emotion.
    """
    base = PALETTES[look % len(PALETTES)]
    if night and not base.is_dark:
        base = _blended(base, NIGHT, 0.82)
    hour = rng.uniform(-0.5, 0.5)
    tint: Color = (255, 196, 140) if hour + warmth > 0 else (120, 150, 205)
    amount = min(0.2, 0.16 * abs(hour) + 0.1 * abs(warmth))
    return Palette(
        base.name,
        mix(base.sky_top, tint, amount * 0.7),
        mix(base.sky_bottom, tint, amount),
        base.light,
        tuple(mix(tone, tint, amount * 0.5) for tone in base.land),  # type: ignore[arg-type]
        base.accent,
        base.is_dark,
    )


def mix(first: Color, second: Color, share: float) -> Color:
    """`share` 0 gives the first colour, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _blended(first: Palette, second: Palette, share: float) -> Palette:
    return Palette(
        f"{first.name} at night",
        mix(first.sky_top, second.sky_top, share),
        mix(first.sky_bottom, second.sky_bottom, share),
        second.light,
        tuple(mix(a, b, share) for a, b in zip(first.land, second.land, strict=True)),  # type: ignore[arg-type]
        second.accent,
        True,
    )
