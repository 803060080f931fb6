"""Text → phonemes: what a neural voice is given to say, one string for each word.

Each language has its front end; a run of letters that it does not read goes to the one that
does (an English name in a Korean word).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from re import Pattern

from providers.tts.phonemes import chinese, english, japanese, korean, latin
from providers.tts.phonemes.latin import EspeakIPA
from providers.tts.phonemes.symbols import in_alphabet
from providers.tts.phonemes.words import Piece, pieces

_LANGUAGES = {"LATIN": "en", "HANGUL": "ko", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja"}
_Read = Callable[[Sequence[Piece]], list[str]]


def phonemes(words: Sequence[str], language: str, *, ipa: EspeakIPA) -> list[str]:
    """Each word of a line in Kokoro's symbols, with the mark (,.!?…;:—) that closes it.

    `words` are in their spoken form, in a BCP 47 `language`. "" is a word without a sound. A
    word of several spoken ones ("AI", a Japanese phrase) has spaces inside. Sounds that the
    alphabet lacks become the nearest it has; what has none is logged. Raises what `ipa` raises.
    """
    native, read = _front_end(language, ipa)
    parts = [piece for place, word in enumerate(words) for piece in pieces(place, word, native)]
    sounds = read(parts)
    for place, piece in enumerate(parts):
        if not piece.native:
            sounds[place] = _foreign(piece, language, ipa)
    result = [""] * len(words)
    for piece, sound in zip(parts, sounds, strict=True):
        result[piece.place] += in_alphabet(sound, word=piece.text) + piece.closing
    return result


def _front_end(language: str, ipa: EspeakIPA) -> tuple[Pattern[str], _Read]:
    match language.lower().split("-"):
        case ["en", *regions]:
            british = not {"gb", "au", "nz", "ie", "za"}.isdisjoint(regions)
            return english.NATIVE, partial(english.read, british=british)
        case ["ko", *_]:
            return korean.NATIVE, korean.read
        case ["ja", *_]:
            return japanese.NATIVE, japanese.read
        case ["zh" | "cmn", *_]:
            return chinese.NATIVE, chinese.read
    return latin.NATIVE, partial(latin.read, language=language, ipa=ipa)


def _foreign(piece: Piece, language: str, ipa: EspeakIPA) -> str:
    """A run of other letters, read by the front end of their script."""
    alone = [Piece(0, piece.text, native=True)]
    script = unicodedata.name(piece.text[0], "").split(" ")[0]
    if script in _LANGUAGES:
        _, read = _front_end(_LANGUAGES[script], ipa)
        return "".join(read(alone))
    is_number = unicodedata.category(piece.text[0])[0] == "N"
    return "".join(latin.read(alone, language if is_number else "und", ipa))
