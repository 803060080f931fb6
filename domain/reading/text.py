"""A text without what can be neither read nor said, its styled letters as plain ones."""

from __future__ import annotations

import re
import unicodedata

_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_FORMATTING = re.compile(r"[\u00ad\u200b\u2060\ufeff\ufffc\u202a-\u202e\u2066-\u2069]")
_UNREADABLE = ("Cc", "Cs", "Co", "Cn")
# Decompositions that only change a letter's dress; a fraction, a power or a unit is another sign.
_STYLES = frozenset(
    "<font> <circle> <square> <super> <narrow> <isolated> <initial> <medial> <final>".split()
)
_WIDE_SIGNS = frozenset("％＄＃＆＋＝＠＊／￠￡￥￦＿＜＞")
_LIGATURES = re.compile(r"[\ufb00-\ufb06\u2f00-\u2fd5]")
# Letters in black circles and squares have no decomposition.
_NEGATIVE = ((0x1F150, 0x1F169), (0x1F170, 0x1F189))
_ORDINAL_SIGNS = "ªº"
_WIDE_IN_NUMBER = re.compile(r"(?<=\d)[：．，](?=\d)")


def cleaned(text: str) -> str:
    """The text in NFC, one space between words; lines stay lines, empty ones go."""
    return "\n".join(line for line in cleaned_lines(text) if line)


def cleaned_lines(text: str) -> list[str]:
    """The same, with empty lines where there were any."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub("[\u2028\u2029\u0085\x0b\x0c]", "\n", _ESCAPE_SEQUENCE.sub("", text))
    text = _FORMATTING.sub("", text.replace("\t", " "))
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in _UNREADABLE)
    return [" ".join(line.split()) for line in unstyled("".join(kept)).split("\n")]


def unstyled(text: str) -> str:
    """`𝗕𝗶𝗴`, `ＡＩ`, `１００％`, `ⓣⓔⓐ`, `ｶﾀｶﾅ` in plain letters; `½`, `㎏`, `①`, `！` stay."""
    plain = "".join(_plain(c) for c in text)
    if plain != text:
        plain = unicodedata.normalize("NFC", plain)
    return _WIDE_IN_NUMBER.sub(lambda m: unicodedata.normalize("NFKC", m[0]), plain)


def _plain(c: str) -> str:
    if c < "\u00b2":
        return c
    for first, last in _NEGATIVE:
        if first <= ord(c) <= last:
            return chr(ord("A") + ord(c) - first)
    style = unicodedata.decomposition(c).partition(" ")[0]
    if style == "<wide>":
        is_sign = unicodedata.category(c)[0] not in "LN" and c not in _WIDE_SIGNS
        return c if is_sign else unicodedata.normalize("NFKC", c)
    if style in _STYLES or _LIGATURES.match(c):
        letters = unicodedata.normalize("NFKC", c)
        return letters if _is_letter(c, letters, style) else c
    return c


def _is_letter(sign: str, letters: str, style: str) -> bool:
    """Whether a styled sign says no more than a letter: `㎏`, `①`, `²` and `ª` say more."""
    if style in ("<circle>", "<square>", "<super>"):
        return len(letters) == 1 and letters.isalpha() and sign not in _ORDINAL_SIGNS
    return len(letters) <= 3
