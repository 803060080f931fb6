"""A word as the front ends get it: its letters, by script, and the punctuation that closes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from re import Pattern

_CLOSING = {mark: mark for mark in ",.!?…;:—"} | {
    **dict.fromkeys("。．｡।॥۔።", "."),
    **dict.fromkeys("、，،､", ","),
    "！": "!",
    **dict.fromkeys("？؟\u037e", "?"),
    **dict.fromkeys("；؛", ";"),
    "：": ":",
    **dict.fromkeys("–―", "—"),
}
# Half and full width, and ligatures.
_FORMS = re.compile("[\uff01-\uffef\ufb00-\ufb06]+")
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Piece:
    """A part of the word at `place`, in letters that its front end reads (`native`) or not."""

    place: int
    text: str
    native: bool
    closing: str = ""


def parted(word: str) -> tuple[str, str]:
    """(letters, closing): a word without the signs around it, and its closing mark as Kokoro's."""
    text = unicodedata.normalize("NFC", _FORMS.sub(_plain, word)).replace("...", "…")
    text = "".join(character for character in text if _is_said(character))
    inner = [place for place, character in enumerate(text) if _is_letter(character)]
    begin, end = (inner[0], inner[-1] + 1) if inner else (0, 0)
    closing = next((_CLOSING[mark] for mark in text[end:] if mark in _CLOSING), "")
    return text[begin:end], closing


def pieces(place: int, word: str, native: Pattern[str]) -> Iterator[Piece]:
    """The word at a place of a line in runs of letters that are `native`, and of others."""
    letters, closing = parted(word)
    runs = [
        (is_native, "".join(character for character, _ in run))
        for is_native, run in groupby(_marked(letters, native), key=lambda pair: pair[1])
    ] or [(True, "")]
    for number, (is_native, text) in enumerate(runs, 1):
        yield Piece(place, text, is_native, closing if number == len(runs) else "")


def _marked(letters: str, native: Pattern[str]) -> Iterator[tuple[str, bool]]:
    """Each character, and whether it is native; what is no letter goes with the one before."""
    is_native = True
    for character in letters:
        if unicodedata.category(character)[0] in "LN":
            is_native = bool(native.match(character))
        yield character, is_native


def _plain(forms: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", forms[0])


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" or character in "%&@€£¥$₩₹°"


def _is_said(character: str) -> bool:
    """Not emoji, controls, private use; joiners shape the letters beside them."""
    category = unicodedata.category(character)
    return category not in ("So", "Sk", "Cc", "Cf", "Co", "Cn", "Cs") or character in _JOINERS
