"""What is told back to a model: lines and pictures that are none."""

from __future__ import annotations

import pytest

from domain.plot import Emotion
from providers.llm.cast import Cast
from providers.llm.draft import Character, Line
from providers.llm.echoes import cut_off, echoes, old_words, repetitions, whole_sentences
from providers.llm.faults import cast_faults, picture_faults, scene_faults


def _scenes(*lines: str) -> list[tuple[str, list[Line]]]:
    said = [Line(speaker="a", text=text, emotion=Emotion.CALM) for text in lines]
    return [(f"A sea with {n} ships", [line]) for n, line in enumerate(said)]


@pytest.mark.parametrize(
    "lines",
    [
        ("The sea is salty, a place where people find their way.",
         "So the sea is salty, a place where people find their way too."),
        ("바다는 강이 실어 온 소금 때문에 짠맛이 나요.",
         "그래서 바다는 강이 실어 온 소금 때문에 짠맛이 나죠."),
        ("海がしょっぱいのは川が運ぶ塩のせいです。",
         "つまり海がしょっぱいのは川が運ぶ塩のせいですね。"),
    ],
    ids=["en", "ko", "ja"],
)  # fmt: skip
def test_a_line_of_old_words_is_told(lines: tuple[str, str]) -> None:
    (fault,) = old_words(_scenes(*lines))
    assert "for the most part what was said before" in fault


@pytest.mark.parametrize(
    "lines",
    [
        ("Why is the sea salty, when every river tastes sweet?",
         "Each drop of rain nibbles salt out of the rocks.",
         "The sea keeps it: the sun lifts the water, and leaves the salt behind."),
        ("바다는 왜 짤까요?", "비가 바위를 두드리면 소금이 녹아요.", "바다는 그 소금을 남겨 두죠."),
        ("Nein!", "Nein!", "Doch, sagt der Müller, und lacht."),
    ],
    ids=["en", "ko", "short ones"],
)  # fmt: skip
def test_lines_that_go_on_are_no_repetition(lines: tuple[str, ...]) -> None:
    assert [*repetitions(_scenes(*lines)), *old_words(_scenes(*lines))] == []


def test_a_model_that_repeats_its_instructions_is_told() -> None:
    told = "Now scene 2 of 5, in English: how it comes about, or why."
    (fault,) = echoes(["How it comes about or why, the sea is salty"], told)
    assert "repeats your instructions ('how it comes about or')" in fault
    assert list(echoes(["How it comes that rivers are sweet"], told)) == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The sea is salty. Rivers carry", "The sea is salty."),
        ("바다는 강 때문에 짜요. 강은 소금을 싣고 바다로 가는", "바다는 강 때문에 짜요."),
        ("海は川のせいで塩辛い。川は塩を運ん", "海は川のせいで塩辛い。"),
        ("नदियाँ समुद्र में नमक लाती हैं। सूरज पानी को ले", "नदियाँ समुद्र में नमक लाती हैं।"),
        ("One long sentence without any end", None),
        ("The sea is salty, and so it is!", None),
        ("Hm. What a beginning of something", None),
    ],
    ids=["en", "ko", "ja", "hi", "one sentence", "whole", "next to nothing"],
)  # fmt: skip
def test_what_a_bound_has_cut_off_is_left_out(text: str, whole: str | None) -> None:
    assert whole_sentences(text, len(text)) == (whole or text)
    assert whole_sentences(text, len(text) + 20) == text


def test_a_line_that_its_bound_has_ended_is_told() -> None:
    texts = [
        "A line without an e",
        "A line, “and an end.”",
        "Short",
        "바다는 강 때문에 짜고 소금은 강",
    ]
    assert len(list(cut_off(texts, 16))) == 2


@pytest.mark.parametrize("text", ["The sea, a place,", "海は、", "바다는 —", "The sea:"])
def test_a_line_that_breaks_off_is_told(text: str) -> None:
    line = Line(speaker="a", text=text, emotion=Emotion.CALM)
    cast = Cast({"a": "char_1"}, {}, dialogue=False)
    faults = list(scene_faults({1: ("A sea with some ships", [line])}, cast))
    assert any("breaks off" in fault for fault in faults)


DRAWN = {
    "a link": ("https://i.imgur.com/130163D.png", "has 'https://i.imgur.com/130163D.png' in it"),
    "a file": ("A sea, see picture_1.png at sunset", "in it"),
    "an address": ("The sea at www.sea.example in summer", "has 'www.sea.example' in it"),
    "markup": ("A **sea** in the evening light", "has '*' in it"),
    "brackets": ("][ ][ ][", "has no picture"),
    "a placeholder": ("A picture of {subject} at night", "has '{' in it"),
    "two words": ("The sea", "say in a few English words"),
    "Korean": ("바다에 배가 한 척 떠 있어요", "not in English"),
    "Japanese": ("海 に 浮かぶ 船", "not in English"),
    "Cyrillic": ("Море на закате, чайки", "not in English"),
    "nothing": ("...", "has no picture"),
    "the line": ("Rivers carry salt, down to the sea!", "repeats what is said"),
}


@pytest.mark.parametrize(("picture", "words"), DRAWN.values(), ids=DRAWN)
def test_what_is_no_picture_is_told(picture: str, words: str) -> None:
    said = ["Rivers carry salt down to the sea."]
    assert any(words in fault for fault in picture_faults("scene 1", picture, said))


@pytest.mark.parametrize(
    "picture",
    [
        "A lighthouse at night, its beam over a black sea; low angle.",
        "민수 stands on a pier beside 할머니, both in yellow raincoats, at dawn",
        "Crème brûlée on a café table in Lisbon, at 5 a.m.",
        "A jar (half full) of salt - close-up, morning light",
    ],
)
def test_a_picture_in_plain_words_is_good(picture: str) -> None:
    assert list(picture_faults("scene 1", picture, ["It is salty."], {"민수", "할머니"})) == []


def test_looks_have_the_same_rules_and_may_be_blank() -> None:
    good = [
        Character(name="민수", looks="a boy of ten, 민수 has a red cap"),
        Character(name="x", looks=""),
    ]
    assert list(cast_faults(good)) == []
    markup, words = cast_faults([Character(name="Mina", looks="][")])
    assert markup.startswith("the looks of 'Mina' has ']' in it")
    assert words.startswith("the looks of 'Mina' is '][': say in a few English words")
