"""Errors of what was understood, against what was to be said: both in words, without numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from providers.tts.spoken.japanese import in_kana
from providers.tts.spoken.parts import spoken_text

# Written without spaces, or with spaces that writers put where they like.
BY_CHARACTER = frozenset({"ko", "ja", "zh", "hi"})

# What writers may leave out.
_SAME = {"hi": (("\u093c", ""),), "ru": (("ё", "е"),)}


@dataclass(frozen=True)
class Errors:
    """Edits and length, in words and in characters."""

    words: int
    word_count: int
    characters: int
    character_count: int


def errors(said: str, understood: str, language: str) -> Errors:
    """At most all of a sentence is wrong: a recogniser that loops counts no more."""
    expected, found = _plain(said, language), _plain(understood, language)
    words, letters = expected.split(), expected.replace(" ", "")
    return Errors(
        words=min(_edits(words, found.split()), len(words)),
        word_count=len(words),
        characters=min(_edits(letters, found.replace(" ", "")), len(letters)),
        character_count=len(letters),
    )


def _plain(text: str, language: str) -> str:
    """Numbers as words, small letters, no marks; Japanese by its sounds, which spelling hides."""
    words = spoken_text(text, language)
    if language == "ja":
        words = in_kana(words)
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", words).casefold())
    for written, same in _SAME.get(language, ()):
        plain = plain.replace(written, same)
    kept = (letter if _is_letter(letter) else " " for letter in plain if letter not in "'’")
    return " ".join("".join(kept).split())


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _edits(expected: Sequence[str], found: Sequence[str]) -> int:
    """Levenshtein's distance."""
    row = list(range(len(found) + 1))
    for number, item in enumerate(expected, 1):
        before, row = row, [number]
        for place, other in enumerate(found, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (item != other)))
    return row[-1]
