"""Who says a caption is named beside it, at the speaker's side and in the speaker's colour."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.layout import DialogueLine, Scene, Speaker, Subtitle
from domain.plot import SubtitlePosition
from domain.run import AspectRatio
from domain.staging import Slot
from rendering.captions.placement import caption_safe_area
from rendering.captions.raster import CaptionState, caption_states
from tests.shorts import Short

TEXT = "The rivers bring it, grain by grain, for millions of years."


def _states(
    short: Short, speaker: Speaker | None, size_px: tuple[int, int], position: SubtitlePosition
) -> tuple[CaptionState, ...]:
    line = DialogueLine(line_id="a", char_id="", text=TEXT, start_ms=100, duration_ms=4000)
    subtitle = Subtitle(
        line_id="a", text=TEXT, position=position, speaker=speaker, start_ms=100, duration_ms=4500
    )
    changes = {"dialogue": (line,), "subtitles": (subtitle,), "duration_ms": 5000}
    scene: Scene = short.layout.scenes[0].model_copy(update=changes)
    return caption_states(scene, size_px=size_px, language="en")


@pytest.mark.parametrize("position", list(SubtitlePosition))
@pytest.mark.parametrize("ratio", list(AspectRatio))
@pytest.mark.parametrize("name", ["Leo", "محمد", "하늘", "An extraordinarily long name " * 5])
def test_the_name_is_inside_the_safe_area_and_never_on_the_words(
    short: Short, ratio: AspectRatio, position: SubtitlePosition, name: str
) -> None:
    area = caption_safe_area(ratio.size_px)
    for slot in Slot:
        *words, tag = _states(short, Speaker(name=name, slot=slot), ratio.size_px, position)
        assert area.contains(tag.box)
        assert (tag.start_ms, tag.end_ms) == (words[0].start_ms, words[-1].end_ms)
        for state in words:
            assert tag.box.bottom <= state.box.top or state.box.bottom <= tag.box.top


def test_two_who_speak_are_told_apart_by_side_and_colour(short: Short) -> None:
    tags = {
        slot: _states(short, Speaker(name="Leo", slot=slot), (1080, 1920), SubtitlePosition.BOTTOM)[
            -1
        ]
        for slot in (Slot.LEFT, Slot.RIGHT)
    }
    assert tags[Slot.LEFT].box.right < tags[Slot.RIGHT].box.left
    colors = [_brightest(tag) for tag in tags.values()]
    assert np.abs(colors[0] - colors[1]).max() > 60


def _brightest(state: CaptionState) -> NDArray[np.int64]:
    pixels = state.rgba[..., :3].reshape(-1, 3).astype(np.int64)
    return np.asarray(pixels[pixels.sum(axis=1).argmax()])


def test_nobody_is_named_where_nobody_need_be(short: Short) -> None:
    named = _states(short, Speaker(name="Leo"), (1080, 1920), SubtitlePosition.BOTTOM)
    plain = _states(short, None, (1080, 1920), SubtitlePosition.BOTTOM)
    assert len(named) == len(plain) + 1
