"""Title card and end card: seen before and after the scenes, and part of every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.layout import Card, Layout
from rendering.captions.placement import caption_safe_area
from rendering.captions.titles import draw_title
from rendering.cards import draw_card
from rendering.planar import new_planes
from rendering.quality.inspect import inspect_short
from rendering.render import render_short
from rendering.segments import Composer, plan_segments, segment_key
from tests.shorts import Short

TITLE, END = Card(text="바다는 왜 짤까?", duration_ms=1500), Card(text="@sea", duration_ms=1200)


def with_cards(layout: Layout, title: Card | None = TITLE, end: Card | None = END) -> Layout:
    total = sum(scene.duration_ms for scene in layout.scenes)
    total += sum(card.duration_ms for card in (title, end) if card)
    timeline = layout.timeline.model_copy(update={"total_duration_ms": total})
    cards = {"title_card": title, "end_card": end, "timeline": timeline}
    return Layout.model_validate(layout.model_copy(update=cards).model_dump())


def _lumas(short: Short, layout: Layout, frames: list[int]) -> list[NDArray[np.int16]]:
    composer, found = Composer(layout, short.files), {}
    for segment in plan_segments(layout):
        for frame in frames:
            if segment.first <= frame < segment.last:
                clip, begin = composer.clip(segment)
                planes = new_planes(*layout.timeline.size_px)
                clip.paint(planes, begin + (frame - segment.first) / layout.timeline.fps)
                found[frame] = planes[0].astype(np.int16)
    return [found[frame] for frame in frames]


def test_cards_are_seen_and_leave_before_and_after_the_scenes(short: Short) -> None:
    layout = with_cards(short.layout)
    start = layout.frame_at(layout.scene_starts_ms()[0])
    end = layout.frame_count - layout.frame_at(END.duration_ms)
    first, fading, opening, closing, last = _lumas(
        short, layout, [0, start - 1, start, end, layout.frame_count - 1]
    )
    assert start == 45
    # Words stay bright on what the card darkens.
    assert first.max() > 220 > 0.75 * first.mean()
    assert first.mean() < 0.7 * opening.mean()
    assert np.abs(fading - opening).mean() < 3
    assert last.mean() < 0.7 * closing.mean()


def test_segments_cover_the_cards_too(short: Short) -> None:
    layout = with_cards(short.layout)
    segments = plan_segments(layout)
    frames = [f for s in segments for f in range(s.first, s.last)]
    assert frames == list(range(layout.frame_count))
    assert [bool(s.card) for s in segments] == [True, *[False] * (len(segments) - 2), True]


def test_another_title_changes_the_card_only(short: Short) -> None:
    one = with_cards(short.layout)
    two = with_cards(short.layout, TITLE.model_copy(update={"text": "바다"}))
    changed = [
        segment.card
        for segment, other in zip(plan_segments(one), plan_segments(two), strict=True)
        if segment_key(one, segment) != segment_key(two, other)
    ]
    assert changed == [TITLE]


def test_a_film_with_cards_passes_qa(short: Short, tmp_path: Path) -> None:
    layout = with_cards(short.layout)
    render_short(layout, files=short.files, segments=tmp_path / "s", out=tmp_path / "out")
    report = inspect_short(tmp_path / "out" / "final_video.mp4", layout, files=short.files)
    assert report.findings == ()


@pytest.mark.parametrize("size_px", [(270, 480), (480, 270), (270, 270), (270, 338)])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Why the sea is salty", "en"),
        ("لماذا البحر مالح", "ar"),
        ("海はなぜ塩辛いのか、その長い長い物語のすべて", "ja"),
        ("W" * 120, "en"),
        (" ".join(["words"] * 24), "en"),
        ("🌊", "en"),
    ],
)
def test_any_title_fits_any_shape(size_px: tuple[int, int], text: str, language: str) -> None:
    card = draw_card(text, size_px=size_px, language=language)
    area = caption_safe_area(size_px)
    assert card.rgba[..., 3].any()
    assert area.left - 2 <= card.box.left
    assert card.box.right <= area.right + 2
    assert area.top - 2 <= card.box.top
    assert card.box.bottom <= area.bottom


def test_few_words_are_larger_than_many() -> None:
    few, many = (
        draw_title(text, language="en", width_px=400, em_px=(20, 60))
        for text in ("Salt", "Why is the sea as salty as it is, and the river not at all?")
    )
    assert few.em_px > many.em_px
