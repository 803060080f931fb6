"""Spellings that lead espeak-ng to the right sounds: kana for kanji, Korean as it sounds."""

from __future__ import annotations

import re

from providers.tts.phonemes.korean_rules import pronounced
from providers.tts.spoken.japanese import in_kana

_HANGUL = re.compile("[가-힣]+(?: [가-힣]+)*")


def spelled_for_espeak(text: str, language: str) -> str:
    """The spoken form of a unit in letters that the engine knows the sound of."""
    if language.startswith("ko"):
        return _HANGUL.sub(lambda breath: " ".join(pronounced(breath[0].split())), text)
    return in_kana(text) if language.startswith("ja") else text
