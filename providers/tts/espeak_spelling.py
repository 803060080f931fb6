"""Spellings that lead espeak-ng to the right sounds: kana for kanji, Korean as it sounds.

Korean sound changes: Standard Pronunciation of Korean (표준 발음법), articles 18 to 20.
"""

from __future__ import annotations

from providers.tts.spoken.japanese import in_kana

_FIRST, _LAST = 0xAC00, 0xD7A3
_LEADS, _CODAS = 19, 28
_LEAD_N, _LEAD_R, _LEAD_M = 2, 5, 6
_CODA_N, _CODA_L, _CODA_M, _CODA_NG = 4, 8, 16, 21

# Codas by the nasal they become before ㄴ and ㅁ.
_NASALS = {
    **dict.fromkeys((1, 2, 3, 9, 24), _CODA_NG),
    **dict.fromkeys((5, 6, 7, 19, 20, 22, 23, 25, 27), _CODA_N),
    **dict.fromkeys((11, 14, 17, 18, 26), _CODA_M),
}
_LATERALS = frozenset({8, 13, 15})


def spelled_for_espeak(text: str, language: str) -> str:
    """The spoken form of a unit in letters that the engine knows the sound of."""
    if language.startswith("ko"):
        return assimilated(text)
    return in_kana(text) if language.startswith("ja") else text


def assimilated(text: str) -> str:
    """Nasal and lateral assimilation between syllables; the length stays the same.

    합니다 → 함니다, 신라 → 실라, 독립 → 동닙.
    """
    syllables = list(text)
    for index in range(len(syllables) - 1):
        pair = _assimilated_pair(syllables[index], syllables[index + 1])
        syllables[index], syllables[index + 1] = pair
    return "".join(syllables)


def _assimilated_pair(first: str, second: str) -> tuple[str, str]:
    if not (_is_syllable(first) and _is_syllable(second)):
        return first, second
    coda, lead = _coda(first), _lead(second)
    if lead == _LEAD_R:
        if coda in (_CODA_N, *_LATERALS):
            return _with_coda(first, _CODA_L), second
        if coda in (_CODA_M, _CODA_NG) or coda in _NASALS:
            return _with_coda(first, _NASALS.get(coda, coda)), _with_lead(second, _LEAD_N)
    if lead == _LEAD_N and coda in _LATERALS:
        return _with_coda(first, _CODA_L), _with_lead(second, _LEAD_R)
    if lead in (_LEAD_N, _LEAD_M) and coda in _NASALS:
        return _with_coda(first, _NASALS[coda]), second
    return first, second


def _is_syllable(character: str) -> bool:
    return _FIRST <= ord(character) <= _LAST


def _coda(syllable: str) -> int:
    return (ord(syllable) - _FIRST) % _CODAS


def _lead(syllable: str) -> int:
    return (ord(syllable) - _FIRST) // (21 * _CODAS)


def _with_coda(syllable: str, coda: int) -> str:
    return chr(ord(syllable) - _coda(syllable) + coda)


def _with_lead(syllable: str, lead: int) -> str:
    return chr(ord(syllable) + (lead - _lead(syllable)) * 21 * _CODAS)
