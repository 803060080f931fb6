"""Mandarin tones, as they are said beside one another."""

from __future__ import annotations

import pytest

from domain.words import caption_units
from providers.tts.espeak_process import ipa
from providers.tts.phonemes.line import phonemes

ARROWS = "→↗↓↘"


@pytest.mark.parametrize(
    ("line", "tones"),
    [
        # a third before a third
        ("你好", "↗↓"),
        ("洗手", "↗↓"),
        ("展览馆", "↗↗↓"),
        ("小雨伞", "↗↗↓"),
        ("我很好", "↗↓↓"),
        ("雨水", "↗↓"),
        # 不
        ("不对", "↗↘"),
        ("不好", "↘↓"),
        ("不来", "↘↗"),
        # 一
        ("一起", "↘↓"),
        ("一定", "↗↘"),
        ("一天", "↘→"),
        ("一百", "↘↓"),
        ("第一次", "↘→↘"),
        ("统一", "↓→"),
        ("五月一日", "↓↘→↘"),
        ("二零一六", "↘↗→↘"),
        ("二十一", "↘↗→"),
    ],
)
def test_tones_change_one_another(line: str, tones: str) -> None:
    said = "".join(phonemes(caption_units(line, "zh"), "zh", ipa=ipa))
    assert "".join(symbol for symbol in said if symbol in ARROWS) == tones


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("知识", "ꭧɨ→ʂɨ"),
        ("北京", "pei↓ʨi→ŋ"),
        ("月亮", "ɥe↘lja↘ŋ"),
        ("水", "ʂwei↓"),
        ("女儿", "ny↓ɚ↗"),
        ("云", "y↗n"),
        ("我", "wo↓"),
        ("有", "jou↓"),
        ("学", "ɕɥe↗"),
        ("日", "ɻɨ↘"),
    ],
)
def test_syllables_are_written_as_the_voice_learnt_them(line: str, said: str) -> None:
    assert phonemes([line], "zh", ipa=ipa)[0].startswith(said)
