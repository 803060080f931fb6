"""Letters and digits that are only styled become plain ones; everything else stays."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MIXED_FRACTION = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
# Kept as they are: superscripts are powers and ordinals, and these have words of their own.
_KEPT = frozenset("…№™℠℡‥´¨¸˘˙˚˜˝！？，；：（）\u0e33\u0eb3")
# Separators of numbers.
_ARABIC = {"٫": ".", "٬": ","}
_STYLES = frozenset(
    ("<font>", "<wide>", "<narrow>", "<circle>", "<square>", "<fraction>", "<compat>", "<sub>")
    + ("<initial>", "<medial>", "<final>", "<isolated>", "<noBreak>", "<vertical>", "<small>")
)


def plain(text: str) -> str:
    """`𝗕𝗶𝗴 ＡＩ ３½` as `Big AI 3 1/2`: NFKC where the sign is only a styled letter or digit."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(map(_plain, _MIXED_FRACTION.sub(" ", text))))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _ARABIC:
        return _ARABIC[character]
    if character in _KEPT:
        return character
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "No" and not unicodedata.decomposition(character):
        return str(unicodedata.digit(character, character))
    if "\u3130" <= character <= "\u318f":  # single letters of Hangul
        return character
    style = unicodedata.decomposition(character).split(" ", 1)[0]
    if style not in _STYLES:
        return character
    return unicodedata.normalize("NFKC", character).replace("\u2044", "/")
