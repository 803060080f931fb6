"""Every shown unit is spoken once, in order, in the language that can say it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.words import caption_units
from providers.tts.spoken.parts import spoken_by_unit, spoken_parts, spoken_text

LANGUAGES = (
    "en ko ja zh es de fr pt hi ar ru vi it tr id nl pl th uk he sv el cs ro hu fi fa da nb".split()
)
_SIGNS = "0123456789.,:/-–~%$€₩#@&+=×<>°§½²()'\" "
_LETTERS = "aZmkgXVIéßçñ한글명시かな月日円三年中文тридцатьмлوعدदोथ😀"


def _lines() -> st.SearchStrategy[str]:
    return st.text(alphabet=_SIGNS + _LETTERS, max_size=60)


@settings(max_examples=150, deadline=None)
@given(_lines(), st.sampled_from(LANGUAGES))
def test_every_unit_is_covered_once_and_in_order(line: str, language: str) -> None:
    units = caption_units(line, language)
    covered = [index for part in spoken_parts(units, language) for index in part.units]
    assert covered == list(range(len(units)))
    assert len(spoken_by_unit(units, language)) == len(units)


@settings(max_examples=300, deadline=None)
@given(_lines(), st.sampled_from(LANGUAGES))
def test_no_digit_is_left(line: str, language: str) -> None:
    said = spoken_text(line, language)
    assert not any(character.isdigit() for character in said), said


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The old lighthouse stood alone, waiting."),
        ("ko", "바다는 왜 짤까요?"),
        ("ja", "海はなぜ塩辛いのでしょうか。"),
        ("zh", "大海为什么是咸的？"),
        ("es", "¿Por qué es salado el mar?"),
        ("de", "Warum ist das Meer salzig?"),
        ("fr", "Pourquoi la mer est-elle salée ?"),
        ("hi", "समुद्र खारा क्यों है?"),
        ("ar", "لماذا البحر مالح؟"),
        ("ru", "Почему море солёное?"),
        ("th", "ทำไมทะเลถึงเค็ม"),
    ],
)
def test_plain_words_are_spoken_as_they_are_shown(language: str, line: str) -> None:
    said = spoken_text(line, language)
    assert said.replace(" ", "") == line.replace(" ", "")
    assert spoken_text(said, language) == said


@pytest.mark.parametrize(
    ("language", "line", "parts"),
    [
        (
            "en",
            "It made $5.5 million today",
            [(1, "It"), (1, "made"), (2, "five point five million dollars"), (1, "today")],
        ),
        ("ko", "iPhone은 비싸요", [(1, "iPhone"), (0, "은"), (1, "비싸요")]),
        ("ko", "AI는 똑똑해요", [(1, "에이아이는"), (1, "똑똑해요")]),
        ("en", "wow 😀 great", [(1, "wow"), (1, ""), (1, "great")]),
        ("en", "10 000 km away", [(3, "ten thousand kilometers"), (1, "away")]),
    ],
)
def test_a_part_names_its_units(language: str, line: str, parts: list[tuple[int, str]]) -> None:
    made = spoken_parts(caption_units(line, language), language)
    assert [(len(part.units), part.text) for part in made] == parts


def test_a_latin_name_in_another_script_is_english() -> None:
    for language, line in {
        "ko": "나는 iPhone 좋아",
        "ar": "شركة Apple هنا",
        "ru": "фирма Apple здесь",
    }.items():
        made = {part.text: part.language for part in spoken_parts(line.split(), language)}
        assert {"iPhone", "Apple"} & {text for text, name in made.items() if name == "en"}


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 20_000,
        "1," * 10_000,
        "1 " * 10_000,
        "a." * 10_000,
        "A" * 20_000,
        "10 000 " * 3_000,
        "www." * 5_000,
        "@" * 20_000,
        "#" * 20_000,
        "1-" * 10_000,
        "1:1" * 6_000,
        "I" * 20_000,
        "1/2" * 6_000,
        "$" * 20_000,
        "+1 " * 6_000,
        "x@" * 10_000,
        "XX " * 6_000,
        "- " * 10_000,
    ],
)
@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_hostile_input_takes_time_in_proportion(hostile: str, language: str) -> None:
    units = [hostile[begin : begin + 5_000] for begin in range(0, len(hostile), 5_000)]
    begin = time.process_time()
    spoken_parts(units, language)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_takes_a_millisecond(language: str) -> None:
    units = caption_units(
        "In 1999, $5.5 million for 25 km at 10:30 and NASA (1/2) 한글 中文 слово " * 5, language
    )
    spoken_parts(units, language)
    begin = time.process_time()
    for _ in range(3):
        spoken_parts(units, language)
    assert (time.process_time() - begin) / 3 / len(units) < 0.001
