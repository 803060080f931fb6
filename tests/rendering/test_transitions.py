"""Transitions begin at the one picture, end at the other, and are cheap."""

from __future__ import annotations

import numpy as np
import pytest

from domain.staging import Transition
from rendering.errors import RenderingError
from rendering.planar import Planes, new_planes
from rendering.transitions import mix_of

MOVING = [kind for kind in Transition if kind is not Transition.CUT]


def _planes(luma: int, chroma: int) -> Planes:
    planes = new_planes(108, 192)
    for plane, level in zip(planes, (luma, chroma, 255 - chroma), strict=True):
        plane[:] = level
    return planes


def _mixed(kind: Transition, share: float, language: str = "en") -> Planes:
    earlier, later = _planes(60, 100), _planes(200, 160)
    mix_of(kind, language=language)(earlier, later, share)
    return earlier


@pytest.mark.parametrize("kind", MOVING)
def test_a_transition_goes_from_the_one_picture_to_the_other(kind: Transition) -> None:
    for share, expected in ((0.0, _planes(60, 100)), (1.0, _planes(200, 160))):
        for plane, level in zip(_mixed(kind, share), expected, strict=True):
            assert np.abs(plane.astype(int) - level).max() <= 1


@pytest.mark.parametrize("kind", [Transition.PUSH, Transition.WIPE])
@pytest.mark.parametrize(("language", "comes_from"), [("en", "right"), ("ar", "left")])
def test_it_moves_in_the_direction_of_reading(
    kind: Transition, language: str, comes_from: str
) -> None:
    luma = _mixed(kind, 0.45, language)[0].astype(int)
    left, right = luma[:, :10].mean(), luma[:, -10:].mean()
    assert bool(right > left) == (comes_from == "right")


def test_luma_and_chroma_move_together() -> None:
    luma, blue, _ = _mixed(Transition.PUSH, 0.4)
    edge = int((luma[0] > 130).argmax())
    assert edge % 2 == 0
    assert edge // 2 == int((blue[0] > 130).argmax())


def test_a_wipe_s_edge_is_soft() -> None:
    row = _mixed(Transition.WIPE, 0.5)[0][0].astype(int)
    assert np.abs(np.diff(row)).max() < 20
    assert row.min() == 60
    assert row.max() == 200


def test_a_dip_is_dark_and_not_black_in_the_middle() -> None:
    luma = _mixed(Transition.DIP, 0.5)[0]
    assert 32 <= luma.mean() < 50


def test_a_cut_has_nothing_to_compose() -> None:
    with pytest.raises(RenderingError, match="cut"):
        mix_of(Transition.CUT, language="en")
