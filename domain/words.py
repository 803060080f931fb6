"""The units in which a line is spoken and its caption lights up.

Whitespace-separated words; in scripts without spaces the phrases that BudouX finds. Joined
in order, units give the text without its whitespace.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import budoux

MAX_PHRASE_CHARACTERS = 12

_HIRAGANA_KATAKANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_CLOSING = "?!.,:;)]}%…?!。、,.:;)】」』》〉’”"
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f\u0e80-\u0eff]")


def caption_units(text: str, language: str) -> tuple[str, ...]:
    """The units of a line in a BCP 47 `language`; empty for blank text."""
    return tuple(unit for word in text.split() for unit in _units_of_word(word, language))


def _units_of_word(word: str, language: str) -> list[str]:
    if not _UNSPACED.search(word):
        return [word]
    phrases = _parser(_kind_of(word, language))(word)
    return [piece for phrase in _with_closing_marks(phrases) for piece in _bounded(phrase)]


def _with_closing_marks(phrases: list[str]) -> list[str]:
    """No phrase begins with a mark that closes the one before."""
    result: list[str] = []
    for phrase in phrases:
        rest = phrase.lstrip(_CLOSING)
        if result and rest != phrase:
            result[-1] += phrase[: len(phrase) - len(rest)]
        if rest or not result:
            result.append(rest or phrase)
    return result


def _kind_of(word: str, language: str) -> str:
    if _THAI.search(word):
        return "th"
    if _HIRAGANA_KATAKANA.search(word) or language.startswith("ja"):
        return "ja"
    traditional = language.lower() in ("zh-hant", "zh-tw", "zh-hk", "yue")
    return "zh-hant" if traditional else "zh"


def _bounded(phrase: str) -> list[str]:
    """A phrase that is too long to light up at once, in equal parts."""
    count = -(-len(phrase) // MAX_PHRASE_CHARACTERS)
    size = -(-len(phrase) // count) if count else 0
    return [phrase[i : i + size] for i in range(0, len(phrase), size)] if size else []


@cache
def _parser(kind: str) -> Callable[[str], list[str]]:
    loaders = {
        "ja": budoux.load_default_japanese_parser,
        "zh": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
        "th": budoux.load_default_thai_parser,
    }
    parse: Callable[[str], list[str]] = loaders[kind]().parse
    return parse
