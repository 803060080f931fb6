"""A film in segments: all frames, once, and the same however it is cut."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from domain.arrangement import build_layout
from domain.layout import Card, Layout
from domain.plot import Plot, PlotRow
from domain.run import RunSpec
from domain.staging import Transition
from rendering import segments
from rendering.planar import new_planes
from rendering.segments import Composer, Segment, plan_segments, segment_key
from rendering.workers import working_order
from tests.shorts import Short

# (duration of a scene, how much of it is a transition), ms
Times = tuple[int, int]


def _layout(times: list[Times], *, title_ms: int = 0, end_ms: int = 0) -> Layout:
    rows = tuple(
        PlotRow(scene_id=f"scene_{n}", char_id="char_1", char_name="A", text=f"Line {n}.")
        for n in range(1, len(times) + 1)
    )
    visuals = {row.scene_id: "a hill" for row in rows}
    plot = Plot(title="test", language="en", source="script", rows=rows, visuals=visuals)
    built = build_layout("test", RunSpec(prompt="x"), plot, seed=5, revisions={})
    return _retimed(built, times, title_ms=title_ms, end_ms=end_ms)


def _retimed(layout: Layout, times: list[Times], *, title_ms: int, end_ms: int) -> Layout:
    scenes: list[dict[str, Any]] = []
    for scene, (duration_ms, transition_ms) in zip(layout.scenes, times, strict=True):
        if scene.sequence == len(times):
            transition_ms = 0
        data = scene.model_dump()
        data |= {"duration_ms": duration_ms, "transition_ms": transition_ms, "sfx": ()}
        data["transition"] = Transition.FADE if transition_ms else Transition.CUT
        for timed in (*data["dialogue"], *data["subtitles"]):
            timed |= {"start_ms": 0, "duration_ms": duration_ms - transition_ms}
        scenes.append(data)
    data = layout.model_dump() | {"scenes": scenes}
    data["title_card"] = Card(text="Title", duration_ms=title_ms) if title_ms else None
    data["end_card"] = Card(text="End", duration_ms=end_ms) if end_ms else None
    data["timeline"]["total_duration_ms"] = title_ms + end_ms + sum(ms for ms, _ in times)
    return Layout.model_validate(data)


@st.composite
def _times(draw: st.DrawFn) -> Times:
    duration_ms = draw(st.integers(2, 20_000))
    return duration_ms, draw(st.integers(0, min(duration_ms - 1, 1500)))


_ANY_TIMES = st.lists(_times(), min_size=1, max_size=12)
_CARD = st.integers(0, 4000)


@given(times=_ANY_TIMES, title_ms=_CARD, end_ms=_CARD)
def test_segments_cover_every_frame_once_and_in_order(
    times: list[Times], title_ms: int, end_ms: int
) -> None:
    layout = _layout(times, title_ms=title_ms, end_ms=end_ms)
    now = 0
    for segment in plan_segments(layout):
        assert segment.first == now
        assert segment.frames > 0
        now = segment.last
    assert now == layout.frame_count


@given(times=_ANY_TIMES, workers=st.integers(1, 8))
def test_workers_get_every_segment_and_long_ones_before_short_ones_at_the_end(
    times: list[Times], workers: int
) -> None:
    planned = plan_segments(_layout(times))
    order = working_order(planned, workers)
    assert sorted(order, key=lambda s: s.first) == list(planned)
    tail = [segment.frames for segment in order[-3 * workers :]]
    assert tail == sorted(tail, reverse=True)


@given(data=st.data())
def test_a_line_that_gets_longer_changes_its_own_segments_and_only_moves_the_later_ones(
    data: st.DataObject,
) -> None:
    tenths = st.integers(12, 90)
    times = [(100 * n, 400) for n in data.draw(st.lists(tenths, min_size=3, max_size=8))]
    changed = data.draw(st.integers(1, len(times) - 1))
    longer = [
        (ms + 700 * (number == changed), fade) for number, (ms, fade) in enumerate(times, start=1)
    ]
    before, after = _layout(times), _layout(longer)
    known = {segment_key(before, segment) for segment in plan_segments(before)}
    for segment in plan_segments(after):
        assert (segment_key(after, segment) in known) is not _shows(segment, f"scene_{changed}")


def _shows(segment: Segment, scene_id: str) -> bool:
    return scene_id in (
        segment.scene.scene_id,
        segment.following.scene_id if segment.following else None,
    )


@pytest.mark.parametrize("longest", [1, 7, 40])
def test_the_frames_of_any_segments_are_those_of_one_render(
    short: Short, monkeypatch: pytest.MonkeyPatch, longest: int
) -> None:
    """Each segment by a composer of its own, which knows no other, backwards; frame by frame."""
    layout = _small(short)
    whole = _frames(Composer(layout, short.files), layout, plan_segments(layout))
    monkeypatch.setattr(segments, "MAX_SEGMENT_FRAMES", longest)
    monkeypatch.setattr(segments, "MAX_LAST_FRAMES", longest)
    pieces = plan_segments(layout)
    assert len(pieces) > 2 + layout.frame_count // (longest + 1) // 2
    for piece in reversed(pieces[:: max(len(pieces) // 12, 1)]):
        parts = _frames(Composer(layout, short.files), layout, (piece,))
        for index, frame in parts.items():
            assert np.array_equal(frame, whole[index])


def _small(short: Short) -> Layout:
    timeline = short.layout.timeline.model_copy(update={"resolution": "90x160"})
    return short.layout.model_copy(update={"timeline": timeline})


def _frames(
    composer: Composer, layout: Layout, planned: tuple[Segment, ...]
) -> dict[int, NDArray[np.uint8]]:
    result = {}
    for segment in planned:
        clip, begin = composer.clip(segment)
        for index in range(segment.frames):
            planes = new_planes(*layout.timeline.size_px)
            clip.paint(planes, begin + index / layout.timeline.fps)
            result[segment.first + index] = np.concatenate([plane.ravel() for plane in planes])
    return result


@given(shift=st.integers(0, 33))
@settings(max_examples=8, deadline=None)
def test_a_segment_of_the_same_key_has_the_same_frames(short: Short, shift: int) -> None:
    """Wherever rounding to whole frames puts it."""
    one, other = (
        _retimed(_small(short), [(1217 + ms, 400), (1500, 0)], title_ms=0, end_ms=0)
        for ms in (0, shift)
    )
    keyed = {segment_key(one, segment): segment for segment in plan_segments(one)}
    shared = [s for s in plan_segments(other) if segment_key(other, s) in keyed]
    assert shared
    for segment in shared:
        same = keyed[segment_key(other, segment)]
        here = _frames(Composer(other, short.files), other, (segment,))
        there = _frames(Composer(one, short.files), one, (same,))
        for a, b in zip(here.values(), there.values(), strict=True):
            assert np.array_equal(a, b)
