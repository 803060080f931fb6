"""Captions are parted where their language allows, in balanced lines and whole clauses."""

from __future__ import annotations

import pytest

from domain.words import caption_units
from rendering.captions.pages import Page, make_pages
from rendering.captions.shape import width_em
from rendering.captions.styles import style_named
from tests.rendering.captions.scenes import LINES, even_words

WIDTHS = (6.5, 8.0, 9.1, 12.0)
NOT_FIRST = "、。，！？：；」』）…ーっょゅゃァィッョ々%"
NOT_LAST = "「『（“"


def pages_of(text: str, language: str, width: float = 9.1) -> tuple[Page, ...]:
    return make_pages(text, even_words(text, language), language=language, duration_ms=6000,
                      max_width_em=width, style=style_named("karaoke"))  # fmt: skip


def lines_of(text: str, language: str, width: float = 9.1) -> list[str]:
    return [line for page in pages_of(text, language, width) for line in page.text.split("\n")]


@pytest.mark.parametrize("width", WIDTHS)
def test_korean_words_stay_whole(width: float) -> None:
    assert " ".join(lines_of(LINES["ko"], "ko", width)) == LINES["ko"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        (LINES["ja"], "ja"),
        (LINES["zh"], "zh"),
        ("「チョコレート」と、（ちょっと）『コーヒー』はいかがですか。人々は、きっと…喜ぶ！", "ja"),
        ("他说：“好！”（真的）。人们……都笑了。", "zh"),
    ],
)
def test_no_line_begins_or_ends_with_what_may_not(text: str, language: str, width: float) -> None:
    lines = lines_of(text, language, width)
    assert "".join(lines) == text
    assert [line for line in lines if line[0] in NOT_FIRST or line[-1] in NOT_LAST] == []


def test_thai_lines_begin_where_words_do() -> None:
    text = LINES["th"]
    units = list(caption_units(text, "th"))
    for line in lines_of(text, "th"):
        taken = ""
        while len(taken) < len(line.replace(" ", "")):
            taken += units.pop(0)
        assert taken == line.replace(" ", "")


@pytest.mark.parametrize("name", LINES)
def test_no_line_is_wider_than_allowed(name: str) -> None:
    for page in pages_of(LINES[name], name if len(name) == 2 else "en"):
        assert all(width_em(line) * page.scale <= 9.1 + 0.05 for line in page.text.split("\n"))


def test_long_compounds_are_hyphenated_at_syllables() -> None:
    lines = lines_of("Donaudampfschifffahrtsgesellschaftskapitän", "de")
    assert lines == ["Donaudampf-", "schifffahrtsge-", "sellschaftskapitän"]


def test_addresses_are_parted_at_their_marks_without_a_hyphen() -> None:
    address = "https://example.com/a/very/long/address?x=1&y=22"
    lines = lines_of(address, "en")
    assert "".join(lines) == address
    assert all(line[0] in ".?&#" or before[-1] == "/" for before, line in zip(lines, lines[1:],
               strict=False))  # fmt: skip


@pytest.mark.parametrize("number", ["1,234,567 km", "45 %", "35 kg"])
def test_numbers_stay_whole_and_beside_their_unit(number: str) -> None:
    for lead in ("It is", "All of it is", "They say it is about"):
        assert any(number in line for line in lines_of(f"{lead} {number} or a bit more", "en"))


def test_pages_end_where_sentences_do() -> None:
    text = "Salt is old. It comes from rock. Rain takes it along."
    assert [page.text.replace("\n", " ")[-1] for page in pages_of(text, "en")] == [".", "."]


def test_no_word_is_left_alone() -> None:
    for count in range(4, 14):
        text = " ".join(["salty"] * count)
        assert all(len(page.units) > 1 for page in pages_of(text, "en"))


def test_two_lines_are_nearly_equal() -> None:
    (page,) = pages_of("one two six ten four five", "en")
    first, second = (width_em(line) for line in page.text.split("\n"))
    assert abs(first - second) < 2


def test_a_word_a_little_too_wide_is_set_smaller_and_kept_whole() -> None:
    (page,) = pages_of("ab Verantwortung cd", "de", width=8.0)
    assert "Verantwortung" in page.text
