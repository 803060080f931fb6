"""The scores of `python -m bench.words`, without its recogniser."""

from __future__ import annotations

import pytest

from bench.words.scores import errors
from bench.words.sentences import SENTENCES


@pytest.mark.parametrize(
    ("language", "said", "understood", "words", "characters"),
    [
        ("en", "It cost $3.5 million!", "it cost three point five million dollars", 0, 0),
        ("en", "Eight cats sleep.", "8 rats sleep", 1, 1),
        ("de", "Über 20 Straßen", "über zwanzig Strassen", 0, 0),
        ("ko", "고양이 세 마리", "고양이 세마리", 2, 0),
        ("ja", "猫は眠る。", "ねこは眠る", 0, 0),
        ("hi", "ज़मीन", "जमीन", 0, 0),
    ],
)
def test_the_same_words_are_no_error_however_they_are_written(
    language: str, said: str, understood: str, words: int, characters: int
) -> None:
    found = errors(said, understood, language)
    assert (found.words, found.characters) == (words, characters)


def test_a_recogniser_that_loops_counts_as_all_wrong_at_most() -> None:
    found = errors("One small step", "one " * 50, "en")
    assert (found.words, found.word_count) == (3, 3)


@pytest.mark.parametrize("language", SENTENCES)
def test_each_language_has_ten_sentences_with_numbers_among_them(language: str) -> None:
    sentences = SENTENCES[language]
    assert len(set(sentences)) == 10
    assert sum(any(c.isdigit() for c in sentence) for sentence in sentences) >= 6
