"""The units in which a line is spoken and its caption lights up.

Whitespace-separated words; in scripts without spaces the phrases that BudouX finds. Joined
in order, units give the text without its whitespace.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

import budoux

MAX_PHRASE_CHARACTERS = 12
MAX_THAI_CHARACTERS = 24

_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f\u0e80-\u0eff]")

# Kinsoku (JIS X 4051, JLREQ 3.1.7; UAX 14 classes CL, CP, EX, IS, NS, CJ, OP): what may not
# begin a line, and what may not end one.
_NOT_FIRST = frozenset(
    "!),.:;?]}¢°’”‰′″℃、。〃々〉》」』】〕〗〙〛〜〞〟〻・ー゛゜ゝゞヽヾ‐–—…‥%℉ๆฯ"
    "\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff60\uff61\uff63\uff64\uff65\uff9e\uff9f"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
)
_NOT_LAST = frozenset(
    "([{‘“〈《「『【〔〖〘〚〝$¥£€₩#@№\uff03\uff04\uff08\uff3b\uff5b\uff5f\uff62\uffe1\uffe5\uffe6"
)
# A sign of the number after it, or a mark inside of one.
_LEADS_ON = re.compile(r"(?:\d[.,:/]|[-−–+±~])$")


def caption_units(text: str, language: str) -> tuple[str, ...]:
    """The units of a line in a BCP 47 `language`; empty for blank text."""
    return tuple(unit for word in text.split() for unit in _units_of_word(word, language))


def is_unspaced(text: str) -> bool:
    """Whether it has characters of a script that is written without spaces between words."""
    return bool(_UNSPACED.search(text)) and not _HANGUL.search(text)


def may_break_between(before: str, after: str) -> bool:
    """Whether a line may end after `before` and the next begin with `after`, both not empty."""
    if after[0] in _NOT_FIRST or before[-1] in _NOT_LAST or unicodedata.combining(after[0]):
        return False
    if after[0].isdigit() and _LEADS_ON.search(before):
        return False
    # Numbers and names in other letters stay whole.
    return not (_is_western(before[-1]) and _is_western(after[0]))


def _is_western(character: str) -> bool:
    return character.isdigit() or (character.isalpha() and character < "\u0590")


def _units_of_word(word: str, language: str) -> list[str]:
    if not is_unspaced(word):
        return [word]
    phrases = _parser(_kind_of(word, language))(word)
    return [piece for phrase in _kept_together(phrases) for piece in _bounded(phrase)]


def _kept_together(phrases: list[str]) -> list[str]:
    """Phrases with what may not begin or end a line moved over to the other side."""
    result: list[str] = []
    for phrase in filter(None, phrases):
        before = result.pop() if result else ""
        while before and phrase and not may_break_between(before, phrase):
            if before[-1] in _NOT_LAST:
                before, phrase = before[:-1], before[-1] + phrase
            else:
                before, phrase = before + phrase[0], phrase[1:]
        result += [part for part in (before, phrase) if part]
    return result


def _kind_of(word: str, language: str) -> str:
    if _THAI.search(word):
        return "th"
    if _KANA.search(word) or language.startswith("ja"):
        return "ja"
    traditional = language.lower() in ("zh-hant", "zh-tw", "zh-hk", "yue")
    return "zh-hant" if traditional else "zh"


def _bounded(phrase: str) -> Iterator[str]:
    """A phrase that is too long to light up at once, in nearly equal parts."""
    limit = MAX_THAI_CHARACTERS if _THAI.search(phrase) else MAX_PHRASE_CHARACTERS
    count = -(-len(phrase) // limit)
    begin = 0
    for number in range(1, count):
        ideal = len(phrase) * number // count
        places = [p for p in range(begin + 1, len(phrase)) if _may_break_at(phrase, p)]
        if not places:
            break
        place = min(places, key=lambda p: (abs(p - ideal), p))
        yield phrase[begin:place]
        begin = place
    yield phrase[begin:]


def _may_break_at(text: str, place: int) -> bool:
    joins = unicodedata.category(text[place])[0] == "M" or "\u200d" in text[place - 1 : place + 1]
    # A Thai vowel that is written first, or one that is written after, stays with its consonant.
    joins = joins or text[place - 1] in "เแโใไ" or text[place] in "ะาำๅ"
    return not joins and may_break_between(text[:place], text[place:])


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
