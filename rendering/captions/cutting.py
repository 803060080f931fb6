"""Words that are wider than a line, cut where their language or their kind allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pyphen

from domain.words import may_break_between
from rendering.captions.fonts import clusters
from rendering.captions.shape import width_em

HYPHEN = "-"
# A part may fall short of its even share of the word by this much to end at a good place.
SLACK = 0.45

# An address is parted after a slash, else before a dot: a mark shows that it goes on.
_PATH = re.compile(r"(?<=[^:/]/)(?=.)|(?<=://)|(?<=.)(?=[?&#])")
_NAME = re.compile(r"(?<=\w)(?=[.@_=-])")
_IS_ADDRESS = re.compile(r"://|www\.|[\w.+-]+@[\w-]+\.|\w\.\w+/")
_LETTERS = re.compile(r"[^\W\d_]{8,}")
_JOINED = re.compile(r"(?<=[\w])[-–—/](?=\w)")


def cut_word(word: str, *, language: str, max_width_em: float) -> Iterator[tuple[bool, str, str]]:
    """(whether it is the first, part, hyphen to show where the part ends a line)."""
    begin = 0
    for end, hyphen in _cuts(word, language, max_width_em):
        yield begin == 0, word[begin:end], hyphen
        begin = end
    yield begin == 0, word[begin:], ""


@lru_cache(maxsize=512)
def _cuts(word: str, language: str, max_width_em: float) -> tuple[tuple[int, str], ...]:
    """(place, hyphen) of each cut, in order, so that no part is wider than allowed."""
    if width_em(word) <= max_width_em:
        return ()
    tiers = _places(word, language)
    cuts: list[tuple[int, str]] = []
    begin = 0
    while (rest := width_em(word[begin:])) > max_width_em:
        share = rest / -(-rest // max_width_em)
        found = (_nearest(word, begin, share, max_width_em, places) for places in tiers)
        cut = next(filter(None, found), None) or _next(begin, tiers[-1])
        if cut is None:
            break
        cuts.append(cut)
        begin = cut[0]
    return tuple(cuts)


def _nearest(
    word: str, begin: int, share: float, limit: float, places: dict[int, str]
) -> tuple[int, str] | None:
    """The place whose part is nearest to its share; None where all are too wide or too short."""
    found = []
    for place, hyphen in places.items():
        if place <= begin:
            continue
        width = width_em(word[begin:place] + hyphen)
        if width > limit:
            break
        if width >= share * (1 - SLACK):
            found.append((abs(width - share), place, hyphen))
    return min(found)[1:] if found else None


def _next(begin: int, places: dict[int, str]) -> tuple[int, str] | None:
    return next(((place, hyphen) for place, hyphen in places.items() if place > begin), None)


def _places(word: str, language: str) -> list[dict[int, str]]:
    """Where a word may be cut, with the hyphen to show there; the best first."""
    if not _IS_ADDRESS.search(word):
        return [_syllables(word, language), _possible_places(word)]
    paths = [_PATH, _NAME]
    return [
        *({match.start(): "" for match in kind.finditer(word)} for kind in paths),
        _everywhere(clusters(word)),
    ]


def _syllables(word: str, language: str) -> dict[int, str]:
    places = {match.end(): "" for match in _JOINED.finditer(word)}
    dictionary = _dictionary(language)
    for match in _LETTERS.finditer(word):
        if dictionary:
            places |= {match.start() + p: HYPHEN for p in dictionary.positions(match[0])}
    return dict(sorted(places.items()))


def _possible_places(word: str) -> dict[int, str]:
    """Between any two characters that may be parted; in alphabets with a hyphen."""
    places: dict[int, str] = {}
    parts = clusters(word)
    place = 0
    for before, after in zip(parts, parts[1:], strict=False):
        place += len(before)
        if may_break_between(before, after):
            both_letters = before[-1:].isalpha() and after[:1].isalpha()
            places[place] = HYPHEN if both_letters and _is_hyphenated(before) else ""
    # Where nothing may be parted, it has to be all the same.
    return places or _everywhere(parts)


def _everywhere(parts: list[str]) -> dict[int, str]:
    places, place = {}, 0
    for part in parts[:-1]:
        place += len(part)
        places[place] = ""
    return places


def _is_hyphenated(letter: str) -> bool:
    """Latin, Greek, Cyrillic and Armenian words are; others are parted as they are."""
    return letter[0] < "\u0590" or "\u1e00" <= letter[0] < "\u2000"


@lru_cache(maxsize=16)
def _dictionary(language: str) -> pyphen.Pyphen | None:
    name = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=name, left=3, right=3) if name else None
