"""Korean words → Kokoro's symbols.

Kokoro has learnt no Korean; of its symbols these were understood best by two recognisers:
lax consonants voiced between voiced sounds and at the start of a breath, tense ones as plain
stops, no stress.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from providers.tts.phonemes.korean_rules import LEADS, VOWELS, apart, pronounced
from providers.tts.phonemes.words import Piece

NATIVE = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")

_CONSONANTS = dict(
    zip(LEADS, "k k n t t ɾ m p p s s _ ʨ ʨ ʨʰ kʰ tʰ pʰ h".replace("_", "").split(" "), strict=True)
)
_VOICED = {"ㄱ": "ɡ", "ㄷ": "d", "ㅂ": "b", "ㅈ": "ʥ"}
_VOWELS = dict(
    zip(VOWELS, "a ɛ ja jɛ ʌ e jʌ je o wa wɛ we jo u wʌ we wi ju ɯ ɰi i".split(), strict=True)
)
_CODAS = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ŋ"}
_SONORANT = ("", "ㄴ", "ㄹ", "ㅁ", "ㅇ")
_SYLLABLE = re.compile("[가-힣]")
# Letters on their own, as in ㅋㅋ: a consonant with ㅡ, a vowel with ㅇ.
_LETTERS = {
    **{
        lead: chr(0xAC00 + (n * len(VOWELS) + VOWELS.index("ㅡ")) * 28)
        for n, lead in enumerate(LEADS)
    },
    **{
        vowel: chr(0xAC00 + (LEADS.index("ㅇ") * len(VOWELS) + n) * 28)
        for n, vowel in enumerate(VOWELS)
    },
}


def read(pieces: Sequence[Piece]) -> list[str]:
    """The symbols of each piece; "" for one without Hangul."""
    sounds = [""] * len(pieces)
    for breath in _breaths(pieces):
        words = ["".join(_SYLLABLE.findall(_spelled(pieces[place].text))) for place in breath]
        for place, sound in zip(breath, _symbols(pronounced(words)), strict=True):
            sounds[place] = sound
    return sounds


def _breaths(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """The places of pieces that are said without a pause or a word of another language between."""
    numbers = []
    breath = 0
    for piece in pieces:
        numbers.append(breath if piece.native else -1)
        breath += bool(piece.closing or not piece.native)
    for number, places in groupby(range(len(pieces)), key=numbers.__getitem__):
        if number >= 0:
            yield list(places)


def _spelled(text: str) -> str:
    return "".join(_LETTERS.get(character, character) for character in text)


def _symbols(words: list[str]) -> Iterator[str]:
    before = ""
    for word in words:
        symbols = []
        for syllable in word:
            lead, vowel, coda = apart(syllable)
            symbols.append(_onset(lead, vowel, before) + _nucleus(lead, vowel) + _CODAS[coda])
            before = coda
        yield "".join(symbols)


def _onset(lead: str, vowel: str, before: str) -> str:
    if lead == "ㄹ" and before == "ㄹ":
        return "l"
    if lead in _VOICED and before in _SONORANT:
        return _VOICED[lead]
    if lead in "ㅅㅆ" and vowel in "ㅣㅑㅕㅛㅠㅒㅖㅟ":
        return "ɕ"
    return _CONSONANTS[lead]


def _nucleus(lead: str, vowel: str) -> str:
    symbols = _VOWELS[vowel]
    return symbols.removeprefix("j") if lead in "ㅅㅆㅈㅉㅊ" else symbols
