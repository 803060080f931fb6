"""The embedded painter: a picture for every scene, without a key, by words and by seed."""

from __future__ import annotations

import asyncio
import io
import random
from collections.abc import Callable

from PIL import Image

from domain.assets import ImageRequest
from providers.base import Call, Embedded, Media
from providers.images.painter import interiors, landscapes
from providers.images.painter.canvas import Canvas
from providers.images.painter.lexicon import Subject, subject_of
from providers.images.painter.manners import finished, manner_of
from providers.images.painter.motifs import Tones, draw_motif, tones_of
from providers.images.painter.palettes import Palette, choose_palette, mix

LICENCE = "CC0-1.0"
PICTURES_AT_ONCE = 2

_WARMTH = {"happy": 0.6, "excited": 0.8, "sad": -0.8, "angry": 0.3, "surprised": 0.2, "calm": -0.1}

Family = Callable[[Canvas, Palette], float]

FAMILIES: dict[str, Family] = {
    "mountains": landscapes.mountains,
    "ocean": landscapes.ocean,
    "forest": landscapes.forest,
    "dunes": landscapes.dunes,
    "meadow": landscapes.meadow,
    "snow": landscapes.snow,
    "city": interiors.city,
    "space": interiors.space,
    "underwater": interiors.underwater,
    "window": interiors.window,
    "ribbons": interiors.ribbons,
    "papercut": interiors.papercut,
}
# Scenes that suit any subject, for words that name no place.
ANYWHERE = ("papercut", "ribbons", "mountains", "meadow", "ocean", "window", "dunes", "forest")
# How a motif stands in each family: half its width in short sides, or none.
_MOTIF_SIZES = {
    "papercut": 0.21,
    "ribbons": 0.16,
    "window": 0.13,
    "meadow": 0.14,
    "dunes": 0.11,
    "snow": 0.11,
    "mountains": 0.1,
    "ocean": 0.12,
    "forest": 0.11,
    "underwater": 0.14,
    "space": 0.1,
}
_OUTDOORS = ("mountains", "ocean", "forest", "dunes", "meadow", "snow", "space", "underwater")
# Emblems such as a clock belong on paper or on a sill; these may stand in the open.
_STANDING = ("boat", "cat", "dog", "bird", "house", "person", "bike", "umbrella", "rocket", "fish")


class Painter(Embedded):
    """Paints with Pillow and numpy; the same request gives the same picture."""

    name = "painter"
    model = "painter-2"

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(PICTURES_AT_ONCE)

    async def generate(self, request: ImageRequest, *, call: Call) -> Media:
        """PNG of exactly the asked size (lossless, lightly packed: it is encoded once more)."""
        async with self._turns:
            call.report(0.1, "painting")
            data = await asyncio.to_thread(_painted_png, request)
        return Media(
            data=data,
            media_type="image/png",
            model=self.model,
            licence=LICENCE,
            degraded="the embedded painter cannot draw from reference pictures"
            if request.reference_images
            else None,
        )

    async def aclose(self) -> None:
        """Nothing is held."""


def paint(request: ImageRequest) -> Image.Image:
    """The picture itself, RGB."""
    subject = subject_of(request.prompt)
    rng = random.Random(f"{request.seed}/{request.sequence}/{request.revision}")
    family = choose_family(request, subject)
    palette = choose_palette(
        request.look, rng, night=subject.night, warmth=_WARMTH.get(request.emotion, 0.0)
    )
    canvas = Canvas(request.width, request.height, rng.getrandbits(32))
    ground = FAMILIES[family](canvas, palette)
    _place_motif(canvas, palette, family, ground, _motif_of(request, subject, family))
    return finished(canvas, manner_of(request.style))


def choose_family(request: ImageRequest, subject: Subject) -> str:
    """What the words name; neighbours that name the same take turns with what suits them.

    A video's first picture shows its subject; every third one steps back to an emblem of it,
    so that no two in a row are composed alike.
    """
    turn = (request.sequence - 1) + request.revision
    if subject.families:
        options = [*subject.families[:3]]
        options += ["papercut"] if subject.motifs else ["ribbons"]
        return options[turn % len(options)]
    return ANYWHERE[(request.look + turn) % len(ANYWHERE)]


def _motif_of(request: ImageRequest, subject: Subject, family: str) -> str | None:
    if subject.motifs:
        return subject.motifs[(request.sequence - 1) % min(len(subject.motifs), 3)]
    if family in ("papercut", "window"):
        names = ("leaf", "star", "flower", "moon", "sun", "bird", "cup", "book", "heart")
        return names[(request.look + request.sequence) % len(names)]
    return None


def _place_motif(
    canvas: Canvas, palette: Palette, family: str, ground: float, motif: str | None
) -> None:
    """The motif stands in the middle ground, where the camera looks."""
    size = _MOTIF_SIZES.get(family)
    if motif is None or size is None:
        return
    if family in _OUTDOORS and motif not in _STANDING:
        return
    x = 0.5 if family == "papercut" else canvas.rng.uniform(0.42, 0.58)
    lift = 0.0 if family in ("papercut", "ribbons", "underwater") else size * 0.8
    _, y = canvas.offset(x, ground, 0, -lift)
    draw_motif(canvas, motif, x, y, size, _motif_tones(palette, family))


def _motif_tones(palette: Palette, family: str) -> Tones:
    """Tones that stand out from the ground: pale on dark, strong on pale."""
    light = mix(palette.light, (255, 255, 255), 0.4)
    if family == "papercut":
        return tones_of(palette.land[2], palette.accent, light)
    if palette.is_dark or family in ("underwater", "space"):
        return tones_of(mix(palette.light, palette.accent, 0.3), palette.accent, light)
    return tones_of(mix(palette.accent, palette.land[4], 0.35), palette.accent, light)


def _painted_png(request: ImageRequest) -> bytes:
    buffer = io.BytesIO()
    paint(request).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
