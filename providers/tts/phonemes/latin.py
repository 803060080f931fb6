"""Words of the languages that espeak-ng pronounces → Kokoro's symbols, through its IPA.

The affricates and diphthongs that Kokoro writes with one symbol are those of misaki's table,
which Kokoro learnt Spanish, French, Italian, Portuguese and Hindi with. espeak-ng marks them
with a tie.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from providers.tts.phonemes.words import Piece

EspeakIPA = Callable[[Sequence[str], str], list[str]]
"""Texts and their BCP 47 language → the IPA of each, words apart, "^" between tied letters."""

# Whatever has a front end of its own is not for espeak.
NATIVE = re.compile(
    "[^\u1100-\u11ff\u3040-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
)

_TIED = {
    **{"a^ɪ": "I", "a^ʊ": "W", "d^z": "ʣ", "d^ʒ": "ʤ", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q"},
    **{"s^s": "S", "t^s": "ʦ", "t^ʃ": "ʧ", "ɔ^ɪ": "Y", "t^ɕ": "ʨ", "d^ʑ": "ʥ"},
}
_TIE = re.compile("|".join(map(re.escape, _TIED)))
_SWITCH = re.compile(r"\([a-z-]+\)")


def read(pieces: Sequence[Piece], language: str, ipa: EspeakIPA) -> list[str]:
    """The symbols and IPA of each piece, read in its clause; "" for one in other letters.

    Where espeak-ng runs words of a clause together ("of the" in English), they are read alone.
    """
    clauses = _clauses(pieces)
    alone = [place for clause in clauses for place in clause]
    texts = [" ".join(_written(pieces[place]) for place in clause) for clause in clauses]
    texts += [_written(pieces[place]) for place in alone]
    said = [_SWITCH.sub("", sound) for sound in ipa(texts, language)] if texts else []
    lonely = dict(zip(alone, said[len(clauses) :], strict=True))
    sounds = [""] * len(pieces)
    for clause, sound in zip(clauses, said, strict=False):
        words = sound.split()
        if len(words) != len(clause):
            words = [lonely[place] for place in clause]
        for place, word in zip(clause, words, strict=True):
            sounds[place] = _TIE.sub(lambda tied: _TIED[tied[0]], word)
    return sounds


def _clauses(pieces: Sequence[Piece]) -> list[list[int]]:
    clauses: list[list[int]] = [[]]
    for place, piece in enumerate(pieces):
        if piece.native and piece.text:
            clauses[-1].append(place)
        if piece.closing:
            clauses.append([])
    return [clause for clause in clauses if clause]


def _written(piece: Piece) -> str:
    """A piece as one word: a sign inside would end espeak-ng's clause."""
    return re.sub(r"[\s;:,.!?—…()\[\]{}\"“”«»]+", "", piece.text)
