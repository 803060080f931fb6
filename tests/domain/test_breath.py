"""Between lines there is a breath, as long as the mark before it asks for."""

from __future__ import annotations

import pytest

from domain.breath import CLAUSE_MS, LONG_MS, SENTENCE_MS, UNMARKED_MS, breath_ms


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The sea is salty.", "en", SENTENCE_MS),
        ("Why is that?", "en", SENTENCE_MS),
        ("“Why is that?”", "en", SENTENCE_MS),
        ("Look out! 🌊🌊", "en", SENTENCE_MS),
        ("And then …", "en", LONG_MS),
        ("And then...", "en", LONG_MS),
        ("First the rain,", "en", CLAUSE_MS),
        ("only one thing:", "en", CLAUSE_MS),
        ("the wind —", "en", CLAUSE_MS),
        ("Chapter one", "en", UNMARKED_MS),
        ("바다는 왜 짤까요?", "ko", SENTENCE_MS),
        ("비가 내리고,", "ko", CLAUSE_MS),
        ("海はなぜ塩辛い？」", "ja", SENTENCE_MS),
        ("雨が降り、", "ja", CLAUSE_MS),
        ("海水是咸的。", "zh", SENTENCE_MS),
        ("然后……", "zh", LONG_MS),
        ("لماذا البحر مالح؟", "ar", SENTENCE_MS),
        ("المطر،", "ar", CLAUSE_MS),
        ("یہ سمندر ہے۔", "ur", SENTENCE_MS),
        ("समुद्र खारा है।", "hi", SENTENCE_MS),
        ("ทำไมทะเลถึงเค็ม", "th", UNMARKED_MS),
        ("ሰላም።", "am", SENTENCE_MS),
        ("Γιατί;", "el", SENTENCE_MS),
        ("rain; wind;", "en", CLAUSE_MS),
        ("🐳🐳", "ko", UNMARKED_MS),
        ("   ", "en", UNMARKED_MS),
    ],
)
def test_the_mark_decides_the_breath(text: str, language: str, expected: int) -> None:
    assert breath_ms(text, language) == expected


def test_longer_marks_are_longer_breaths() -> None:
    assert CLAUSE_MS < UNMARKED_MS < SENTENCE_MS < LONG_MS
