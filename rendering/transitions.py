"""How one picture turns into the next, in planes: at share 0 the one, at share 1 the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import cv2
import numpy as np

from domain.staging import Transition
from rendering.errors import RenderingError
from rendering.planar import Plane, Planes, blend

# (the earlier picture, which becomes the result; the later one; share 0–1)
Mix = Callable[[Planes, Planes, float], None]

SOFT_EDGE = 0.16
# Dark, but lighter than what counts as a black frame.
DIP_LUMA = 36
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "yi", "dv", "sd", "ug", "ckb")


def mix_of(transition: Transition, *, language: str) -> Mix:
    """The function that paints a transition; it moves in the direction of reading.

    Raises `RenderingError` for a straight cut, which has no frames of its own.
    """
    from_left = language.split("-")[0].lower() in RIGHT_TO_LEFT
    match transition:
        case Transition.FADE:
            return fade
        case Transition.PUSH:
            return push_from_left if from_left else push_from_right
        case Transition.WIPE:
            return wipe_from_left if from_left else wipe_from_right
        case Transition.DIP:
            return dip
        case Transition.CUT:
            raise RenderingError("a straight cut has no frames to compose")


def fade(planes: Planes, later: Planes, share: float) -> None:
    """A crossfade."""
    blend(planes, later, _eased(share))


def push_from_right(planes: Planes, later: Planes, share: float) -> None:
    """The later picture comes in from the right and moves the earlier one out."""
    for below, above, part in _entered(planes, later, share):
        below[:, :-part] = below[:, part:].copy()
        below[:, -part:] = above[:, :part]


def push_from_left(planes: Planes, later: Planes, share: float) -> None:
    """The same for those who read from right to left."""
    for below, above, part in _entered(planes, later, share):
        below[:, part:] = below[:, :-part].copy()
        below[:, :part] = above[:, -part:]


def wipe_from_right(planes: Planes, later: Planes, share: float) -> None:
    """A soft edge runs from right to left and leaves the later picture behind it."""
    for below, above in zip(planes, later, strict=True):
        edge, soft = _edge(below.shape[1], 1 - _eased(share))
        _wipe(below, above, edge, edge + soft, _ramp(below.shape[0], soft))
        solid = max(edge + soft, 0)
        below[:, solid:] = above[:, solid:]


def wipe_from_left(planes: Planes, later: Planes, share: float) -> None:
    """The same for those who read from right to left."""
    for below, above in zip(planes, later, strict=True):
        edge, soft = _edge(below.shape[1], _eased(share))
        _wipe(below, above, edge, edge + soft, 255 - _ramp(below.shape[0], soft))
        solid = max(edge, 0)
        below[:, :solid] = above[:, :solid]


def dip(planes: Planes, later: Planes, share: float) -> None:
    """Down to a dark tone of both pictures, and up again."""
    tone = _dark_tone(planes, later)
    sinking = share < 0.5
    strength = _eased(2 * share if sinking else 2 - 2 * share)
    for below, above, level in zip(planes, later, tone, strict=True):
        source = below if sinking else above
        cv2.convertScaleAbs(source, below, 1 - strength, strength * level)


def _entered(planes: Planes, later: Planes, share: float) -> Iterator[tuple[Plane, Plane, int]]:
    """Each plane with how many of its columns the later picture has entered; none at first."""
    # Even, so that chroma moves along with luma.
    seen = 2 * round(_swung(share) * planes[0].shape[1] / 2)
    for index, (below, above) in enumerate(zip(planes, later, strict=True)):
        if seen:
            yield below, above, seen if index == 0 else seen // 2


def _edge(width: int, place: float) -> tuple[int, int]:
    """(where the soft part begins, its width); it comes from outside and leaves the frame."""
    soft = round(width * SOFT_EDGE)
    return round(place * (width + soft)) - soft, soft


def _wipe(below: Plane, above: Plane, begin: int, end: int, weight: Plane) -> None:
    """Mix by `weight`, 0–255 of the later picture, between two columns that may lie outside."""
    first, last = max(begin, 0), min(end, below.shape[1])
    if first >= last:
        return
    part, share = below[:, first:last], weight[:, first - begin : last - begin]
    kept = cv2.multiply(part, 255 - share, scale=1 / 255)
    entered = cv2.multiply(above[:, first:last], share, scale=1 / 255)
    cv2.add(kept, entered, dst=part)


@lru_cache(maxsize=8)
def _ramp(height: int, width: int) -> Plane:
    """From 0 at the left to 255 at the right, eased at both ends."""
    ramp = (np.arange(width, dtype=np.float32) + 0.5) / width
    row = np.round(255 * ramp * ramp * (3 - 2 * ramp)).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(row, (height, width)))


def _dark_tone(planes: Planes, later: Planes) -> tuple[float, float, float]:
    """A dark level of luma, and the chroma that both pictures have on the whole, muted."""
    blue, red = (
        128 + 0.5 * (float(cv2.mean(planes[i])[0] + cv2.mean(later[i])[0]) / 2 - 128)
        for i in (1, 2)
    )
    return DIP_LUMA, blue, red


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def _swung(share: float) -> float:
    """Faster in the middle than a smoothstep: a push is a swing, not a slide."""
    return share**3 * (share * (6 * share - 15) + 10)
