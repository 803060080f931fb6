"""Whether a script says only what its sources say: every number and every word stands in them.

Scripts taken from a page keep its words, so nothing cleverer is needed: a number or a name that
the page does not have was made up, or was damaged on the way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

# Written without spaces: neighbouring signs stand for words.
_RUNS = re.compile(
    r"[\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
# Vowel signs of Indic and Arabic scripts are no letters to `re`.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0900-\u0dff])*")
_NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c\u00a0\u202f ]\d+)*")
_POINT = re.compile(r"^\s*\d{1,2}[.)] ")
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")


class Known:
    """The numbers and words of some texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._numbers: set[str] = set()
        self._words: set[str] = set()
        for text in texts:
            plain = _plain(text)
            # What is left out stands in brackets: its neighbours then meet.
            for version in (plain, _without_brackets(plain)):
                self._numbers.update(_numbers(version))
                self._words.update(_words(version))

    def lacks(self, line: str) -> tuple[str, ...]:
        """What of a line stands in none of the texts, in order; a leading "3. " only counts."""
        plain = _plain(_POINT.sub("", line))
        odd = [number for number in _numbers(plain) if number not in self._numbers]
        odd += [word for word in _words(plain) if word not in self._words]
        return tuple(dict.fromkeys(odd))


def _plain(text: str) -> str:
    """In one form, with Western digits."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in normal
    )


def _without_brackets(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, _BRACKETS.sub("", text)
    return text


def _numbers(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        yield "".join(match[0].split())


def _words(text: str) -> Iterator[str]:
    for match in _RUNS.finditer(text):
        run = match[0]
        yield from (a + b for a, b in pairwise(run)) if len(run) > 1 else (run,)
    for match in _WORD.finditer(_RUNS.sub(" ", text)):
        yield match[0]
