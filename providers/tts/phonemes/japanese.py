"""Japanese → Kokoro's symbols: words and readings by janome, mora by mora."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

from providers.tts.phonemes.words import Piece
from providers.tts.spoken.japanese import dictionary_words

NATIVE = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]"
)

_log = logging.getLogger(__name__)
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff]")
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)} | dict(
    zip(range(0x31F0, 0x3200), "クシストヌハヒフヘホムラリルレロ", strict=True)
)
_MORA = re.compile("([ア-ンヴ])([ァィゥェォャュョヮ]?)|[ーァィゥェォャュョヮヵヶ]")

_VOWELS = "aiɯeo"
_ROWS = {
    **{"アイウエオ": "a i ɯ e o", "カキクケコ": "ka kʲi kɯ ke ko", "ガギグゲゴ": "ɡa ɡʲi ɡɯ ɡe ɡo"},
    **{"サシスセソ": "sa ɕi sɨ se so", "ザジズゼゾ": "ʣa ʥi zɨ ʣe ʣo"},
    **{"タチツテト": "ta ʨi ʦɨ te to", "ダヂヅデド": "da ʥi zɨ de do"},
    **{"ナニヌネノ": "na ɲi nɯ ne no", "ハヒフヘホ": "ha çi ɸɯ he ho"},
    **{"バビブベボ": "ba bʲi bɯ be bo", "パピプペポ": "pa pʲi pɯ pe po"},
    **{"マミムメモ": "ma mʲi mɯ me mo", "ラリルレロ": "ɾa ɾʲi ɾɯ ɾe ɾo"},
    **{"ヤユヨ": "ja jɯ jo", "ワヰヱヲ": "βa i e o", "ヴ": "vɯ"},
    **{"ァィゥェォ": "a i ɯ e o", "ャュョヮヵヶ": "ja jɯ jo βa ka ke"},
}
_PLAIN = {
    kana: symbols
    for row, sounds in _ROWS.items()
    for kana, symbols in zip(row, sounds.split(), strict=True)
} | {"ー": "ː", "ッ": "ʔ", "ン": "ɴ"}
_SMALL = {
    "ァ": "a",
    "ィ": "i",
    "ゥ": "ɯ",
    "ェ": "e",
    "ォ": "o",
    "ャ": "a",
    "ュ": "ɨ",
    "ョ": "o",
    "ヮ": "a",
}
_PALATAL = "ɕʥʨɲçʲj"
# ん takes the place of the sound after it.
_NASALS = {
    **dict.fromkeys("mpb", "m"),
    **dict.fromkeys("kɡ", "ŋ"),
    **dict.fromkeys("ɲʨʥ", "ɲ"),
    **dict.fromkeys("ntdɾz", "n"),
}
# What is said in one go with the word before it.
_SUFFIXES = ("助動詞", "助詞,接続助詞", "動詞,接尾", "動詞,非自立", "名詞,接尾")


def read(pieces: Sequence[Piece]) -> list[str]:
    """The symbols of each piece, words apart; "" for one in other letters.

    A word that lies over two pieces is shared out by its morae.
    """
    line, owners = _line(pieces)
    sounds = [""] * len(pieces)
    for phrase in _phrases(line):
        symbols = _symbols([mora for mora, _ in phrase])
        for number, ((_, place), symbol) in enumerate(zip(phrase, symbols, strict=True)):
            owner = owners[place]
            if owner is not None:
                sounds[owner] += (" " if number == 0 else "") + symbol
    return [sound.strip() for sound in sounds]


def _line(pieces: Sequence[Piece]) -> tuple[str, list[int | None]]:
    """The whole line, and for each character the native piece that it belongs to."""
    line, owners = "", list[int | None]()
    for place, piece in enumerate(pieces):
        text = piece.text + ("、" if piece.closing else "")
        line += text
        owners += [place if piece.native else None] * len(piece.text) + [None] * bool(piece.closing)
    return line, owners


def _phrases(line: str) -> Iterator[list[tuple[str, int]]]:
    """The morae of each word with what leans on it, and the character that each is heard at."""
    phrase: list[tuple[str, int]] = []
    begin = 0
    for token in dictionary_words(line):
        reading = _reading(token)
        moras = list(_MORA.finditer(reading))
        if not token.part_of_speech.startswith(_SUFFIXES) or not moras:
            yield phrase
            phrase = []
        size = len(token.surface)
        for number, mora in enumerate(moras):
            # Kana are heard where they stand.
            place = mora.start() if len(reading) == size else number * size // len(moras)
            phrase.append((mora[0], begin + place))
        begin += size
    yield phrase


def _reading(token: Any) -> str:
    """A word in katakana as it is said: トーキョー, and ワ for the particle は."""
    if token.phonetic != "*":
        return str(token.phonetic)
    unread = [c for c in token.surface if NATIVE.match(c) and not _KANA.match(c)]
    if unread:
        _log.warning("there is no reading for %r, so it is left out", "".join(unread))
    return str(token.surface).translate(_TO_KATAKANA)


def _symbols(moras: list[str]) -> list[str]:
    symbols = [_mora(mora) for mora in moras]
    for place, mora in enumerate(moras):
        if mora == "ン":
            after = symbols[place + 1] if place + 1 < len(moras) else ""
            symbols[place] = _NASALS.get(after[:1], "ɴ")
        elif mora == "ウ" and place and symbols[place - 1].endswith("o"):
            symbols[place] = "ː"
    return symbols


def _mora(mora: str) -> str:
    if len(mora) == 1:
        return _PLAIN[mora]
    first, small = mora[0], mora[1]
    consonant = _PLAIN[first].rstrip(_VOWELS + "ɨ")
    if first in "ウイ":
        consonant = {"ウ": "β", "イ": "j"}[first]
    elif first in "クグ":
        consonant += "ᵝ"
    elif small in "ャュョィ" and consonant[-1:] not in _PALATAL:
        consonant += "ʲ"
    return consonant + _SMALL[small]
