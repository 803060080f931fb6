"""Camera moves: chosen by content, aimed at what is interesting, neither creeping nor racing."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from domain.arrangement import build_layout
from domain.layout import Layout
from domain.plot import Emotion, Plot, PlotRow, SubtitlePosition
from domain.run import AspectRatio, RunSpec
from domain.staging import Slot
from rendering.camera import CREEP_PX_PER_SECOND, RACE_PX_PER_SECOND, Move, Shot, camera_shots
from rendering.saliency import Focus, focus_of, saliency_map

SHARES = st.floats(0.03, 0.97)
SIZES = st.sampled_from([ratio.size_px for ratio in AspectRatio])


def _layout(rows: list[PlotRow], seed: int = 3) -> Layout:
    plot = Plot(
        title="t",
        language="en",
        source="script",
        rows=tuple(rows),
        visuals={row.scene_id: "x" for row in rows},
    )
    return build_layout("run", RunSpec(prompt="x"), plot, seed=seed, revisions={})


def _rows(emotions: list[Emotion]) -> list[PlotRow]:
    return [
        PlotRow(scene_id=f"scene_{n}", text="Some words.", emotion=emotion)
        for n, emotion in enumerate(emotions, start=1)
    ]


def _window(view: tuple[float, float, float]) -> tuple[float, float, float]:
    """(left, top, share seen), all in shares of the picture."""
    zoom, across, down = view
    seen = 1 / zoom
    return (1 - seen) * across, (1 - seen) * down, seen


@given(st.lists(st.sampled_from(list(Emotion)), min_size=2, max_size=12), st.integers(0, 2**31))
def test_a_move_never_comes_twice_in_a_row(emotions: list[Emotion], seed: int) -> None:
    shots = list(camera_shots(_layout(_rows(emotions), seed)).values())
    assert all(one.move is not two.move for one, two in pairwise(shots))


def test_a_changed_line_changes_no_other_scene_s_move() -> None:
    rows = _rows([Emotion.NEUTRAL] * 6)
    before = camera_shots(_layout(rows))
    rows[2] = rows[2].model_copy(update={"emotion": Emotion.SURPRISED})
    after = camera_shots(_layout(rows))
    assert [name for name in before if before[name] != after[name]] == ["scene_3"]


@given(
    st.sampled_from(list(Move)),
    st.sampled_from(list(Slot)),
    st.sampled_from([None, *SubtitlePosition]),
    SHARES, SHARES, SHARES, SHARES, SIZES,
    st.floats(1.2, 90),
)  # fmt: skip
def test_the_interesting_part_stays_in_frame_at_a_pleasant_speed(
    move: Move,
    slot: Slot,
    caption: SubtitlePosition | None,
    x: float,
    y: float,
    width: float,
    height: float,
    size_px: tuple[int, int],
    seconds: float,
) -> None:
    camera = Shot(move, slot, caption).aimed(Focus(x, y, width, height), size_px, seconds)
    views = [camera.view_at(step / 60) for step in range(61)]
    unit = min(size_px) / 1080
    fastest, travelled = 0.0, 0.0
    for one, two in pairwise(views):
        moved = _moved(_window(one), _window(two), size_px) / unit
        fastest = max(fastest, moved * 60 / seconds)
        travelled += moved
    for view in views:
        left, top, seen = _window(view)
        assert view[0] >= 1
        assert 0.02 <= (x - left) / seen <= 0.98
        assert 0.02 <= (y - top) / seen <= 0.98
    assert fastest <= RACE_PX_PER_SECOND
    assert travelled / seconds >= CREEP_PX_PER_SECOND


def _moved(
    one: tuple[float, float, float], two: tuple[float, float, float], size_px: tuple[int, int]
) -> float:
    """How far what is seen in a corner moves on the screen, px, where that is farthest."""
    corners = [(u, v) for u in (0.0, 1.0) for v in (0.0, 1.0)]
    seen = one[2] / two[2]
    return max(
        math.hypot(
            ((one[0] - two[0]) / two[2] + u * (seen - 1)) * size_px[0],
            ((one[1] - two[1]) / two[2] + v * (seen - 1)) * size_px[1],
        )
        for u, v in corners
    )


def test_a_move_ends_on_the_subject_or_holds_it() -> None:
    subject = Focus(0.3, 0.35)
    for move in Move:
        camera = Shot(move).aimed(subject, (1080, 1920), 5.0)
        begin, end = _window(camera.view_at(0)), _window(camera.view_at(1))
        away = [abs(0.3 - (left + seen / 2)) + abs(0.35 - (top + seen / 2))
                for left, top, seen in (begin, end)]  # fmt: skip
        holds = move in (Move.PULL_OUT, Move.GLIDE)
        assert holds or away[1] <= away[0] + 1e-6


def test_the_subject_is_lifted_above_a_caption() -> None:
    def seen_at(caption: SubtitlePosition | None) -> float:
        camera = Shot(Move.PUSH_IN, Slot.CENTER, caption).aimed(Focus(), (1080, 1920), 5.0)
        _, top, seen = _window(camera.view_at(1))
        return (0.5 - top) / seen

    assert seen_at(SubtitlePosition.BOTTOM) < seen_at(None) < seen_at(SubtitlePosition.TOP)


def test_the_camera_leans_to_who_begins_to_speak() -> None:
    rows = [
        PlotRow(scene_id="scene_1", char_id="char_1", char_name="Mina", text="Hello."),
        PlotRow(scene_id="scene_2", char_id="char_2", char_name="Leo", text="Hello to you."),
        PlotRow(scene_id="scene_3", char_id="char_1", char_name="Mina", text="It rains."),
    ]
    shots = camera_shots(_layout(rows))
    assert [shot.toward for shot in shots.values()] == [Slot.LEFT, Slot.RIGHT, Slot.LEFT]
    ends = [_window(shot.aimed(Focus(), (1080, 1920), 4.0).view_at(1)) for shot in shots.values()]
    middles = [left + seen / 2 for left, _, seen in ends]
    assert middles[0] < 0.5 < middles[1]


@pytest.mark.parametrize("place", [(0.2, 0.3), (0.75, 0.6), (0.5, 0.5), (0.3, 0.8)])
def test_the_focus_is_where_the_odd_thing_is(place: tuple[float, float]) -> None:
    picture = _ground(480, 270)
    x, y = round(place[0] * 270), round(place[1] * 480)
    picture[y - 20 : y + 20, x - 20 : x + 20] = (230, 60, 40)
    focus = focus_of(saliency_map(picture))
    assert abs(focus.x - place[0]) < 0.08
    assert abs(focus.y - place[1]) < 0.08


def test_a_picture_of_nothing_has_a_focus_too() -> None:
    focus = focus_of(saliency_map(np.full((40, 30, 3), 128, np.uint8)))
    assert 0 <= focus.x <= 1
    assert 0 <= focus.y <= 1


def _ground(height: int, width: int) -> NDArray[np.uint8]:
    """A soft sky over a rough sea."""
    rows = np.linspace(200, 90, height)[:, None, None] * np.array([0.6, 0.8, 1.0])
    noise = np.random.default_rng(1).normal(0, 6, (height, width, 1))
    return np.clip(np.broadcast_to(rows, (height, width, 3)) + noise, 0, 255).astype(np.uint8)
