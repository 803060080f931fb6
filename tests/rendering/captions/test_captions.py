"""Captions in any script, shape and style: inside the safe area, in order, every sign drawn."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.assets import WordTiming
from domain.plot import SubtitlePosition
from domain.run import AspectRatio, CaptionStyle
from rendering.captions.fonts import missing_glyphs
from rendering.captions.placement import band_of, caption_safe_area
from rendering.captions.raster import CaptionState, caption_states
from tests.rendering.captions.scenes import LINES, SHOWN_MS, START_MS, scene_with, tag_of

PORTRAIT = AspectRatio.PORTRAIT.size_px


@pytest.mark.parametrize("style", get_args(CaptionStyle))
@pytest.mark.parametrize("name", LINES)
def test_every_state_is_inside_the_safe_area_and_in_order(name: str, style: CaptionStyle) -> None:
    scene = scene_with(LINES[name], tag_of(name), style=style)
    for size in (ratio.size_px for ratio in AspectRatio):
        states = caption_states(scene, size_px=size, language=tag_of(name))
        area = caption_safe_area(size)
        assert all(area.contains(state.box) for state in states)
        assert all(before.end_ms == after.start_ms for before, after in pairwise(states))
        assert states[0].start_ms == START_MS
        assert states[-1].end_ms == START_MS + SHOWN_MS
        assert all(v % 2 == 0 for s in states for v in (s.x, s.y, s.box.width, s.box.height))


@pytest.mark.parametrize("name", LINES)
def test_the_fonts_draw_it_all(name: str) -> None:
    assert missing_glyphs(LINES[name]) == ()


def test_what_no_font_draws_is_named() -> None:
    assert missing_glyphs("바다 \U00012000 \U00012000 \ue000") == ("\U00012000", "\ue000")


@pytest.mark.parametrize(
    ("position", "middle"),
    [
        (SubtitlePosition.TOP, 0.19),
        (SubtitlePosition.CENTER, 0.4),
        (SubtitlePosition.BOTTOM, 0.6),
    ],
)
def test_positions_share_out_what_the_apps_leave_free(
    position: SubtitlePosition, middle: float
) -> None:
    scene = scene_with(LINES["en"], "en", position=position)
    box = caption_states(scene, size_px=PORTRAIT, language="en")[0].box
    assert (box.top + box.bottom) / 2 / 1920 == pytest.approx(middle, abs=0.02)


def test_the_apps_buttons_are_clear_of_captions() -> None:
    area = caption_safe_area(PORTRAIT)
    assert area.top >= 288
    assert area.bottom <= 1920 - 672
    assert area.right <= 1080 - 192
    assert area.left == 1080 - area.right
    assert all(area.contains(band_of(position, 2, PORTRAIT, 73.0)) for position in SubtitlePosition)


def bright_columns(state: CaptionState) -> NDArray[np.intp]:
    """Where the yellow of bright words is: nothing else has much less blue than red."""
    levels = state.rgba.astype(np.int16)
    return np.flatnonzero((levels[..., 0] > levels[..., 2] + 100).any(axis=0))


def test_a_word_lights_up_when_it_is_said() -> None:
    scene = scene_with("one two three", "en")
    states = caption_states(scene, size_px=PORTRAIT, language="en")
    assert [state.start_ms for state in states] == [150, 2150, 4150]
    bright = [bright_columns(state) for state in states]
    assert bright[0].max() < bright[1].min() < bright[1].max() < bright[2].min()


def test_words_light_up_from_right_to_left_in_arabic() -> None:
    scene = scene_with("واحد اثنان ثلاثة", "ar")
    states = caption_states(scene, size_px=PORTRAIT, language="ar")
    bright = [bright_columns(state) for state in states]
    assert bright[0].min() > bright[1].max() > bright[1].min() > bright[2].max()


def test_a_plain_caption_has_one_picture_a_page() -> None:
    states = caption_states(
        scene_with(LINES["en"], "en", style="plain"), size_px=PORTRAIT, language="en"
    )
    assert len({state.rgba.tobytes() for state in states}) == len(states)
    assert not len(bright_columns(states[0]))


def test_popping_words_are_large_and_few() -> None:
    pop = caption_states(scene_with("one two three four", "en", style="pop"),
                         size_px=PORTRAIT, language="en")  # fmt: skip
    assert len(pop) == 2
    usual = caption_states(scene_with("one two", "en"), size_px=PORTRAIT, language="en")
    assert pop[0].box.height > 1.2 * usual[0].box.height


def test_a_word_heard_for_less_than_a_frame_lights_up_with_its_neighbour() -> None:
    words = tuple(
        WordTiming(text=text, start_ms=start, end_ms=end)
        for text, start, end in (("one", 0, 1000), ("two", 1000, 1010), ("three", 1010, 2000))
    )
    scene = scene_with("one two three", "en", words=words)
    states = caption_states(scene, size_px=PORTRAIT, language="en")
    assert [state.start_ms for state in states] == [150, 1150]


def test_the_same_scene_gives_the_same_bytes() -> None:
    scene = scene_with(LINES["hi"], "hi")
    first, second = (caption_states(scene, size_px=PORTRAIT, language="hi") for _ in range(2))
    assert [s.rgba.tobytes() for s in first] == [s.rgba.tobytes() for s in second]
