"""The words of a language as patterns, looked for in a sentence that asks for a film."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from unicode_rbnf import RbnfEngine

from domain.reading.commands import END, WORD, commands
from domain.reading.model import Asks
from domain.reading.vocabulary import (
    MORE_NUMBERS,
    PLAIN_FACTS,
    VOCABULARY,
    Vocabulary,
)

# Nouns of advice: what a list in Japanese or Chinese is of, behind its number.
_LISTED = "方法|理由|コツ|法|点|习惯|秘密|技巧|步骤|原因|建议|ポイント|習慣|選"
_ARTICLE = r"(?:(?:the|les|los|las|die|i|le)\s+)?"
_BEFORE_CUTS = r"\b(?:in|with|of|mit|con|com|en|avec|di|z|в|из|met|dengan|với|من)\s+"


@dataclass(frozen=True)
class Patterns:
    """A language's words, as the patterns that are looked for."""

    commands: tuple[re.Pattern[str], ...]
    lengths: tuple[re.Pattern[str], ...]
    last_length: re.Pattern[str]
    cuts: re.Pattern[str]
    count: re.Pattern[str]
    about_plain: tuple[re.Pattern[str], ...]
    asks: tuple[tuple[Asks, re.Pattern[str]], ...]
    instruction: re.Pattern[str] | None
    introduction: re.Pattern[str]
    minute: re.Pattern[str]
    story: re.Pattern[str]
    ad: re.Pattern[str]
    genres: tuple[tuple[Asks, re.Pattern[str]], ...]


@cache
def numbers(tag: str) -> dict[str, int]:
    """Words for numbers, as CLDR spells them, and the forms that only counting has."""
    engine = RbnfEngine.for_language(tag)
    words = {engine.format_number(n).text.replace("\u200b", ""): n for n in range(2, 13)}
    more = re.findall(r"(\S+?)(\d+)(?:\s|$)", MORE_NUMBERS.get(tag, ""))
    return {**words, **{word: int(number) for word, number in more}}


@cache
def patterns_of(tag: str) -> Patterns:
    words = VOCABULARY[tag]
    number = "|".join([r"\d{1,3}", *sorted(map(re.escape, numbers(tag)), key=len, reverse=True)])
    gap = r"\s+" if words.spaced else r"\s*"
    unit = f"(?P<unit>{words.seconds}|{words.minutes})"
    edge = r"(?![^\W\d_])" if words.spaced else ""
    length = rf"(?<!\d)(?P<n>\d{{1,3}})\s?-?\s?{unit}{edge}(?:{words.long})?"
    film = f"(?:{words.video}|{words.story}|{words.ad})"
    before = rf"(?:(?:{words.before_length})\s+)?" if words.before_length else ""
    between = rf"(?:[\s-]+{WORD}){{0,3}}?[\s-]+" if words.spaced else r"\s*(?:\S{1,6}\s?){0,2}?"
    story, ad = (
        _compiled(rf"(?<!\w)(?:{w})(?!\w)" if words.spaced else w) for w in (words.story, words.ad)
    )
    return Patterns(
        commands=tuple(_compiled(pattern) for pattern in commands(tag, words)),
        lengths=(
            _compiled(rf"(?P<len>{length}){between}(?={film})"),
            _compiled(rf"{film}(?:\s+{WORD}){{0,2}}?[\s,]*(?P<len>{before}{length})"),
        ),
        last_length=_compiled(rf"(?P<len>[\s,，(（]*{before}{length}\s*[)）]?){END}"),
        cuts=_compiled(
            rf"(?:{_BEFORE_CUTS if words.spaced else ' '})?(?P<n>{number})\s*-?\s*"
            rf"(?:{words.scenes}){edge}(?:으로|로|で)?"
        ),
        count=_compiled(_count_pattern(tag, words, number)),
        about_plain=tuple(_compiled(pattern) for pattern in _about_plain(tag, words, gap)),
        asks=tuple(_asked(words)),
        introduction=_compiled(_introduction(words, film)),
        instruction=_compiled(rf"(?:{words.instruction})\b") if words.instruction else None,
        minute=_compiled(words.minutes),
        story=story,
        ad=ad,
        genres=tuple(_genres(tag, words)),
    )


def _genres(tag: str, words: Vocabulary) -> Iterator[tuple[Asks, re.Pattern[str]]]:
    """Where a kind of film ends the phrase: not where it begins one, as in `story of …`."""
    if tag in ("ko", "ja", "zh", "tr", "hi"):
        space = r"\s+" if tag in ("ko", "tr", "hi") else r"\s*"
        genitive = r"(?:의|の|的|की|का|ın|in|nın|nin)?"
        # 話 is any talk.
        story = "物語|童話|昔話|ストーリー" if tag == "ja" else words.story
        yield "story", _compiled(rf"^(?P<x>\S.+?){genitive}{space}(?:{story})$")
        yield "ad", _compiled(rf"^(?P<x>\S.+?){genitive}{space}(?:{words.ad})$")
    elif tag == "en":
        named = r"^(?:an? |the )?(?:\w+ )?(?:story|tale|fairy tale) (?:about|of) "
        yield "story", _compiled(rf"{named}(?P<x>an? .+|the .+)$")


def _introduction(words: Vocabulary, film: str) -> str:
    verbs = "|".join(verb for verb in (words.make, words.ending) if verb)
    begin, end = (r"(?<!\w)", r"(?!\w)") if words.spaced else ("", "")
    return rf"{begin}(?:{verbs}){end}.*{begin}{film}|{begin}{film}.*(?:{verbs})"


def _count_pattern(tag: str, words: Vocabulary, number: str) -> str:
    """A `number` before what is listed; a number before anything else is a name's or a price's."""
    counted = rf"(?P<number>(?<!\d)(?P<n>{number})\s*"
    if tag == "ko":
        return rf"{counted}(?:가지|개의|개|선))(?![가-힣])"
    if tag in ("ja", "zh"):
        listed = rf"(?:{PLAIN_FACTS[tag]}|{_LISTED}|$)"
        return rf"{counted}(?:{words.facts})(?:の)?)(?=.{{0,8}}{listed})"
    if tag == "th":
        return rf"{counted})(?=(?:{words.facts}))"
    listed = rf"(?=(?:{WORD}\s+){{0,2}}?(?:{words.facts})(?!\w))"
    return rf"(?<!\w)(?P<number>{_ARTICLE}(?P<n>{number}))\s+{listed}"


def _about_plain(tag: str, words: Vocabulary, gap: str) -> Iterator[str]:
    plain = PLAIN_FACTS[tag]
    if tag in ("ko", "ja", "tr", "hi"):
        space = r"\s+" if words.spaced else r"\s*"
        yield rf"^(?P<x>\S.*?){space}(?:{words.about}){space}(?:{plain})(?:을|를)?$"
        yield rf"^(?:{plain})[:：\s]+(?P<x>\S.*)$"
    elif tag == "zh":
        yield rf"^(?:{words.about})(?P<x>.+?)的?(?:{plain})$"
        yield rf"^(?P<x>.+?)的(?:{plain})$"
    else:
        yield rf"^(?:{words.facts})[,\s]+(?P<x>(?:{words.why})(?![^\W\d_]).*)$"
        yield rf"^(?:{plain}){gap}(?:{words.about})(?:{gap}|(?<=['’]))(?P<x>\S.*)$"
        yield rf"^(?:{plain})\s*[:：]\s*(?P<x>\S.*)$"


def _asked(words: Vocabulary) -> Iterator[tuple[Asks, re.Pattern[str]]]:
    kinds: tuple[tuple[Asks, str], ...] = (
        ("why", words.why),
        ("how", words.how),
        ("who", words.who),
        ("when", words.when),
        ("what", words.what),
    )
    anywhere = not words.spaced or words.tells_at_end
    for kind, question in kinds:
        if words.spaced:
            begin = r"(?:^|\s)" if anywhere else r"^[¿«\"“]?\s*"
            yield kind, _compiled(rf"{begin}(?:{question})(?![^\W\d_])")
        else:
            yield kind, _compiled(question)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
