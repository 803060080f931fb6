"""English words → Kokoro's symbols, by hibari's lexicon, tagger and net for unknown words."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from providers.tts.phonemes.english_names import NAMES
from providers.tts.phonemes.words import Piece

NATIVE = re.compile("[0-9A-Za-zªµºÀ-ÖØ-öø-\u024f\u1e00-\u1eff\ufb00-\ufb06]")

_LOCK = threading.Lock()
# How sure the reader is of what it was given.
_SURE = 5
_POSSESSIVES = {**dict.fromkeys("ptkfθ", "s"), **dict.fromkeys("szʃʒʧʤ", "ᵻz")}
_SENTENCE_END = ".!?…"
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"})
# Letters that are no base with a mark, as an English speaker reads them.
_ENGLISH = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ə": "a", "Ə": "A"})


def read(pieces: Sequence[Piece], *, british: bool = False) -> list[str]:
    """The symbols of each piece; "" for one in other letters.

    Sentence by sentence: the words around one decide its reading ("to read", "has read").
    """
    sounds = [""] * len(pieces)
    places = [place for place, piece in enumerate(pieces) if piece.native and piece.text]
    with _LOCK:
        reader = _reader(british)
        for sentence in _sentences(pieces, places):
            words = [_written(pieces[place], reader) for place in sentence]
            for place, sound in zip(sentence, _spoken(reader, words), strict=True):
                sounds[place] = sound.removesuffix(pieces[place].closing)
    return sounds


def _sentences(pieces: Sequence[Piece], places: list[int]) -> list[list[int]]:
    numbers, number = {}, 0
    for place in places:
        numbers[place] = number
        number += pieces[place].closing in tuple(_SENTENCE_END)
    return [list(group) for _, group in groupby(places, key=numbers.__getitem__)]


def _spoken(reader: Any, words: list[str]) -> list[str]:
    """Each word's symbols: the reader's tokens, gathered where the text has a space."""
    sounds = [""]
    tokens = reader.tokenize(" ".join(words))
    _name(tokens)
    for token in reader.phonemize_tokens(tokens):
        sounds[-1] += token.phonemes or ""
        if token.whitespace:
            sounds.append("")
    return sounds


def _name(tokens: list[Any]) -> None:
    """Names of the table get their symbols, and a possessive its sound after them."""
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        symbols = NAMES.get(token.text.casefold())
        if symbols is None:
            continue
        token.phonemes, token.rating = symbols, _SURE
        if following is not None and following.text == "'s" and not token.whitespace:
            following.phonemes, following.rating = _POSSESSIVES.get(symbols[-1], "z"), _SURE


def _written(piece: Piece, reader: Any) -> str:
    """A piece as one token of the reader's text: no spaces, links, or letters it does not know."""
    text = unicodedata.normalize("NFKC", piece.text).translate(_STRAIGHT).translate(_ENGLISH)
    known = reader.oov.cin
    letters = (
        letter
        if letter in known or not letter.isalpha()
        else unicodedata.normalize("NFD", letter)[0]
        for letter in text
    )
    return re.sub(r"[\s\[\]()_\u0300-\u036f]", "", "".join(letters)) + piece.closing


@cache
def _reader(british: bool) -> Any:
    from hibari.g2p import G2P

    return G2P(british=british)
