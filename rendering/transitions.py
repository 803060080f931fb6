"""How one picture turns into the next, in planes: at share 0 the one, at share 1 the other."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from domain.staging import Transition
from rendering.errors import RenderingError
from rendering.planar import Plane, Planes, blend

# (the earlier picture, which becomes the result; the later one; share 0–1)
Mix = Callable[[Planes, Planes, float], None]

SOFT_EDGE = 0.22
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
    width = planes[0].shape[1]
    # Even, so that chroma moves along with luma.
    seen = 2 * round(_swung(share) * width / 2)
    for index, (below, above) in enumerate(zip(planes, later, strict=True)):
        part = seen if index == 0 else seen // 2
        if part:
            below[:, :-part] = below[:, part:].copy()
            below[:, -part:] = above[:, :part]


def push_from_left(planes: Planes, later: Planes, share: float) -> None:
    """The same for those who read from right to left."""
    push_from_right(_mirrored(planes), _mirrored(later), share)


def wipe_from_right(planes: Planes, later: Planes, share: float) -> None:
    """A soft edge runs from right to left and leaves the later picture behind it."""
    eased = _eased(share)
    for below, above in zip(planes, later, strict=True):
        width = below.shape[1]
        soft = round(width * SOFT_EDGE)
        edge = round((1 - eased) * (width + soft)) - soft
        _wipe_plane(below, above, edge, soft)


def wipe_from_left(planes: Planes, later: Planes, share: float) -> None:
    """The same for those who read from right to left."""
    wipe_from_right(_mirrored(planes), _mirrored(later), share)


def dip(planes: Planes, later: Planes, share: float) -> None:
    """Down to a dark tone of both pictures, and up again."""
    tone = _dark_tone(planes, later)
    sinking = share < 0.5
    strength = _eased(2 * share if sinking else 2 - 2 * share)
    for below, above, level in zip(planes, later, tone, strict=True):
        source = below if sinking else above
        cv2.convertScaleAbs(source, below, 1 - strength, strength * level)


def _wipe_plane(below: Plane, above: Plane, edge: int, soft: int) -> None:
    """`edge` is where the soft part begins; it may lie outside on either side."""
    width = below.shape[1]
    first, last = max(edge, 0), min(edge + soft, width)
    below[:, max(last, 0) :] = above[:, max(last, 0) :]
    if first < last:
        ramp = (np.arange(first, last, dtype=np.float32) - edge + 0.5) / soft
        weight = np.broadcast_to(ramp * ramp * (3 - 2 * ramp), (below.shape[0], last - first))
        rest = np.ascontiguousarray(1 - weight)
        part = cv2.blendLinear(
            np.ascontiguousarray(below[:, first:last]),
            np.ascontiguousarray(above[:, first:last]),
            rest,
            np.ascontiguousarray(weight),
        )
        below[:, first:last] = part


def _dark_tone(planes: Planes, later: Planes) -> tuple[float, float, float]:
    """A dark level of luma, and the chroma that both pictures have on the whole, muted."""
    blue, red = (
        128 + 0.5 * (float(cv2.mean(planes[i])[0] + cv2.mean(later[i])[0]) / 2 - 128)
        for i in (1, 2)
    )
    return DIP_LUMA, blue, red


def _mirrored(planes: Planes) -> Planes:
    luma, blue, red = (plane[:, ::-1] for plane in planes)
    return luma, blue, red


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def _swung(share: float) -> float:
    """Faster in the middle than a smoothstep: a push is a swing, not a slide."""
    return share**3 * (share * (6 * share - 15) + 10)
