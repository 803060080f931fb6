"""A line's symbols in phrases: none too long for memory, none too short to be spoken well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.tts.neural.phrases import MOST_SYMBOLS, Phrase, Word, phrases

SYMBOLS = st.text("abcdefɡʃː", min_size=0, max_size=40)
MARKS = st.sampled_from(["", "", "", ",", ".", "!", "?", "…", ";", "—"])
WORDS = st.lists(st.builds(lambda s, m: s + m, SYMBOLS, MARKS), max_size=60)


def of(text: str) -> list[Word]:
    return [Word(symbols, part) for part, symbols in enumerate(text.split())]


def read(found: list[Phrase]) -> list[str]:
    return [phrase.symbols for phrase in found]


@given(WORDS)
def test_every_word_is_spoken_once_in_order_and_no_phrase_is_long(symbols: list[str]) -> None:
    words = [Word(text, part) for part, text in enumerate(symbols)]
    found = phrases(words)
    assert "".join(read(found)).replace(" ", "") == "".join(symbols)
    assert all(len(phrase.symbols) <= MOST_SYMBOLS for phrase in found)
    for phrase in found:
        text = phrase.symbols
        places = list(phrase.begins())
        assert [part for part, _ in places] == sorted({word.part for word in phrase.words})
        for part, place in places:
            first = next(word for word in phrase.words if word.part == part)
            assert text[place:].startswith(first.symbols)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "ðə sˈi ɪz sˈɔlti. bˌʌt wˈI ðˌO tɹˈu?",
            ["ðə sˈi ɪz sˈɔlti.", "bˌʌt wˈI ðˌO tɹˈu?"],
            id="sentences",
        ),
        pytest.param("nˈO. ðə sˈi ɪz sˈɔlti.", ["nˈO. ðə sˈi ɪz sˈɔlti."], id="short first"),
        pytest.param("ðə sˈi ɪz sˈɔlti. wˈI?", ["ðə sˈi ɪz sˈɔlti. wˈI?"], id="short last"),
        pytest.param("wˈI?", ["wˈI?"], id="short alone"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_phrase_is_a_sentence_and_a_short_one_goes_with_a_neighbour(
    text: str, expected: list[str]
) -> None:
    assert read(phrases(of(text))) == expected


def test_a_long_sentence_is_cut_at_its_commas_and_a_breathless_one_in_the_middle() -> None:
    clause = " ".join(["salti"] * 8)
    found = read(phrases(of(f"{clause}, {clause}, {clause}, {clause}.")))
    assert len(found) == 2
    assert found[0].endswith(",")
    breathless = read(phrases(of(" ".join(["salti"] * 60))))
    assert max(map(len, breathless)) < 2 * min(map(len, breathless))


def test_a_word_without_end_is_cut_and_still_one_part() -> None:
    found = phrases([Word("a" * 1000, 0)])
    assert "".join(read(found)) == "a" * 1000
    assert max(map(len, read(found))) <= MOST_SYMBOLS
