"""A film's title: a whole phrase of its words, quotation marks in pairs, no mark at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.reading.length import weight
from domain.reading.said import is_something

MAX_TITLE = 80
_ENDING = " .,;:·-–—。．，、；：।॥؛،۔"
_CLAUSE = re.compile(r"[,;:](?=\s)|[，、；：،؛]|\s[—–-]\s")
_PAIRS = (
    ("“", "”"),
    ("„", "“"),
    ("«", "»"),
    ("「", "」"),
    ("『", "』"),
    ("(", ")"),
    ("（", "）"),
    ("[", "]"),
)
_LEAST = 3


def title_of(phrases: Iterable[str]) -> str | None:
    """The first phrase that can be one; None where none can."""
    titles = [title for phrase in phrases if (title := _title(phrase))]
    return next((t for t in titles if weight(t) >= _LEAST), titles[0] if titles else None)


def _title(phrase: str) -> str | None:
    text = " ".join(phrase.split()).lstrip(_ENDING + "…")
    text = _paired(_unquoted(text)).strip().lstrip(_ENDING + "…").rstrip(_ENDING)
    text = text.removesuffix("…").removesuffix("...").rstrip(_ENDING) if text[:-1] else text
    if not is_something(text):
        return None
    text = _shortened(text)
    # `iPhone` is written as its maker writes it.
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def _unquoted(text: str) -> str:
    """Without the marks of a quotation that is all of it."""
    bare = text.rstrip(_ENDING)
    for opening, closing in (*_PAIRS[:5], ('"', '"'), ("‘", "’")):
        inner = bare[1:-1]
        if bare[:1] == opening and bare[-1:] == closing and not {opening, closing} & set(inner):
            return inner
    return text


def _paired(text: str) -> str:
    """Without marks that open or close nothing."""
    is_german = 0 < text.count("„") == text.count("“")
    for opening, closing in _PAIRS:
        is_other = opening in "„“" and is_german
        if text.count(opening) != text.count(closing) and not is_other:
            text = text.replace(opening, "").replace(closing, "")
    return text.replace('"', "") if text.count('"') % 2 else text


def _shortened(text: str) -> str:
    """The longest run of whole clauses that fits, else of whole words."""
    if weight(text) <= MAX_TITLE:
        return text
    fits = [
        m.start() for m in _CLAUSE.finditer(text) if 12 <= weight(text[: m.start()]) <= MAX_TITLE
    ]
    if fits:
        return _paired(text[: fits[-1]]).strip(_ENDING)
    cut = text
    while weight(cut) > MAX_TITLE - 1:
        at = cut.rfind(" ")
        cut = cut[:at] if at > 0 else cut[: MAX_TITLE // 2 - 1]
    return f"{_paired(cut).rstrip(_ENDING)}…"
