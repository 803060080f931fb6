"""Sound effect tags."""

from __future__ import annotations

import pytest

from domain.plot import Emotion
from domain.sfx import EMOTION_TAGS, sfx_tags


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        pytest.param("문을 열었다", "door", id="door"),
        pytest.param("바람이 분다", "wind", id="wind"),
        pytest.param("강을 건넜다", "water", id="river"),
        pytest.param("아이가 뛰었다", "footsteps", id="ran"),
        pytest.param("The waves came in.", "water", id="waves"),
        pytest.param("She opened the DOOR!", "door", id="upper case"),
    ],
)
def test_what_the_words_name_comes_first(text: str, tag: str) -> None:
    assert sfx_tags(text, Emotion.NEUTRAL)[0] == tag


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("강아지가 선물을 물고 왔다", id="puppy and gift"),
        pytest.param("질문과 문제", id="question"),
        pytest.param("동물원", id="zoo"),
        pytest.param("The window seemed doorless", id="inside words"),
    ],
)
def test_letters_inside_other_words_do_not_count(text: str) -> None:
    assert sfx_tags(text, Emotion.NEUTRAL) == EMOTION_TAGS[Emotion.NEUTRAL]


def test_every_emotion_has_a_tag_and_the_order_is_stable() -> None:
    assert set(EMOTION_TAGS) == set(Emotion)
    text = "Wind, rain and a door by the sea"
    assert [sfx_tags(text, Emotion.HAPPY) for _ in range(3)] == [("wind", "rain", "door")] * 3
