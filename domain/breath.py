"""How long a reader rests after a line: by the mark it ends with, in any script."""

from __future__ import annotations

import unicodedata

LONG_MS = 420
SENTENCE_MS = 320
UNMARKED_MS = 240
CLAUSE_MS = 140

_TRAILING_OFF = frozenset("…‥⋯⋮")
_SENTENCE = frozenset(".!?。！？．｡؟۔।॥։՜՞።፧፨།༎။᙮។៕‼⁇⁈⁉‽¡¿")
_CLAUSE = frozenset(",;:、，；：､،؛·—–-~〜・፣፤፥၊")
# U+037E is Greek's question mark; most people type the semicolon that looks like it.
_GREEK_QUESTION = frozenset(";\u037e")
_CLOSING_CATEGORIES = frozenset({"Pe", "Pf", "Pi", "So", "Sk", "Cf", "Mn", "Zs"})
_QUOTES = frozenset("\"'”’»」』》〉")


def breath_ms(text: str, language: str) -> int:
    """The rest after `text`, in a BCP 47 `language`."""
    ending = _without_closing(text)
    if not ending:
        return UNMARKED_MS
    mark = ending[-1]
    if mark in _TRAILING_OFF or ending.endswith(("...", "。。。")):
        return LONG_MS
    if mark in _SENTENCE or (language.split("-")[0] == "el" and mark in _GREEK_QUESTION):
        return SENTENCE_MS
    return CLAUSE_MS if mark in _CLAUSE else UNMARKED_MS


def _without_closing(text: str) -> str:
    """Without the quotes, brackets and emoji that stand behind a sentence's own mark."""
    end = len(text)
    while end and (
        text[end - 1].isspace()
        or text[end - 1] in _QUOTES
        or unicodedata.category(text[end - 1]) in _CLOSING_CATEGORIES
    ):
        end -= 1
    return text[:end]
