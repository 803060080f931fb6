"""A scene's picture, whatever it is, made ready for the camera."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rendering.decoding import read_picture
from rendering.fitting import fit
from rendering.planar import Planes, planes_of_rgb
from rendering.saliency import Focus, focus_of, saliency_map


@dataclass(frozen=True)
class Picture:
    """Planes to point the camera at, and where to point it."""

    planes: Planes
    focus: Focus


def load_picture(path: Path, width: int, height: int) -> Picture:
    """The picture at exactly (width, height), both even. Raises `RenderingError`."""
    fitted = fit(read_picture(path, side_px=max(width, height)), width, height)
    return Picture(planes_of_rgb(fitted), focus_of(saliency_map(fitted)))
