"""A sentence made fit to be spoken, by rules that leave what it claims as it is.

Brackets, appositions, openings such as "However," and trailing clauses go, where they hold no
number, negation, hedge or condition (`Cues.holds`). What cannot be said without one of those is
not said at all.
"""

from __future__ import annotations

import re

from domain.reading.length import weight
from providers.llm.wikipedia.cues.cues import Cues, pattern

# Twelve seconds of speech in any script; so much is said in two breaths.
BREATH = 150
LONGEST = 210
COMFORTABLE = 115
SHORTEST_LEFT = 24
_BRACKETS = re.compile(r"\s?(\(([^()]*)\)|（([^（）]*)）|\[([^\[\]]*)\])")
_SOUND = re.compile(
    r"[ɐ-ʯˈˌː]|\b(?:listen|pronounced|pronunciation|IPA|lit\.|escuchar|발음|音声|aussprache)\b",
    re.I,
)
_UNIT = re.compile(
    r"^[^\w]*(?:(?:about|approximately|around|some|c\.|約|약|حوالي)\s*)?[\d.,\s–-]+\s?(?:mi|ft|in|lb|oz|"
    r"°?\s?[FCK]|miles?|feet|inches|pounds|km|m|cm|kg|mm|sq mi|acres|gal|mph|millas|pies)\b",
    re.IGNORECASE,
)
_UNITS = re.compile(r"^(?:[~≈]?\s?[-−]?\d[\d.,–-]*\s?°?[A-Za-zµ][A-Za-z/²³·]{0,5}(?:[,;]\s*|$))+$")
_YEARS = re.compile(
    r"^(?:[^\d(]{0,40}\d{1,4}[^\d]{0,40}){0,3}(?:–|-|—|~)[^(]{0,60}$|^(?:born|b\.|died|d\.|nacid\w|生|태어남)",
    re.IGNORECASE,
)
_GAPS = re.compile(r"\s+([,.。，、،])")
_DOUBLED = re.compile(r"([,;:،、，])\s*(?=[,.;:،。、，])")
_QUOTED = re.compile(r"\([;,]?\s*\)|（[、;]?\s*）|\[\s*\]")
_MARKS = re.compile(r"[;:；：؛]\s*|[,،]\s+|[，、]")
_CONJUNCTIONS = re.compile(
    r"\s(?=(?:and|but|because|which|while|where|so|y|pero|porque|que|et|mais|und|aber|weil|وهو|حيث|مما)\s)"
    r"|(?<=[가-힣](?:고|며|나|서))\s|(?<=(?:지만|는데|으로))\s"
)


def spoken_form(sentence: str, cues: Cues, *, kept: str | None = None) -> str | None:
    """The sentence as it can be said; None where it would claim something else, or not fit.

    A clause with what is to be `kept` in it stays.
    """
    text = _without_brackets(_QUOTED.sub("", sentence), cues)
    if text is None:
        return None
    text = _without_opening(text, cues)
    if cues.apposition and weight(text) > COMFORTABLE:
        text = _without(text, cues.apposition, cues)
    for tail in cues.tails:
        if weight(text) > COMFORTABLE:
            text = _without_tail(text, tail, cues, kept)
    text = _tidy(text)
    return text if weight(text) <= LONGEST and re.search(r"\w", text) else None


def breaths(line: str) -> tuple[str, ...]:
    """The line in one piece, or in two that are said one after the other: the same words."""
    if weight(line) <= BREATH:
        return (line,)
    places = _places(line, _MARKS) or _places(line, _CONJUNCTIONS)
    if not places:
        return (line,)
    place = min(places, key=lambda at: abs(at - len(line) / 2))
    return (line[:place].strip(), line[place:].strip())


def _places(line: str, marks: re.Pattern[str]) -> list[int]:
    """Where the line can be parted, near its middle and never inside a number."""
    found = (match.end() for match in marks.finditer(line))
    return [
        place
        for place in found
        if 0.25 < place / len(line) < 0.75
        and not re.match(r"\d[,.]\d", line[place - 2 : place + 1])
    ]


def _without_brackets(text: str, cues: Cues) -> str | None:
    while match := _BRACKETS.search(text):
        inside = next((group for group in match.groups()[1:] if group is not None), "")
        if not _is_aside(inside, cues):
            return None
        text = text[: match.start()] + text[match.end() :]
    return None if re.search(r"[()（）\[\]{}]", text) else text


def _is_aside(inside: str, cues: Cues) -> bool:
    """Whether what stands in brackets can go: a sound, another unit, years of a life, a word."""
    if (
        not inside.strip()
        or _UNITS.match(inside)
        or _SOUND.search(inside)
        or _UNIT.match(inside)
        or _YEARS.match(inside)
    ):
        return True
    return not re.search(r"\d", inside) and not pattern(cues.holds).search(inside)


def _without_opening(text: str, cues: Cues) -> str:
    match = pattern(cues.drops).match(text)
    if not match:
        return text
    rest = text[match.end() :]
    return rest[:1].upper() + rest[1:]


def _without(text: str, part: str, cues: Cues) -> str:
    match = pattern(part).search(text)
    if not match or _holds(match[1], cues):
        return text
    return text[: match.start(1)] + text[match.end(1) :]


def _without_tail(text: str, tail: str, cues: Cues, kept_cue: str | None) -> str:
    found = list(pattern(tail).finditer(text))
    if not found or _holds(found[-1][0], cues):
        return text
    if kept_cue and pattern(kept_cue).search(found[-1][0]):
        return text
    kept = text[: found[-1].start()]
    return f"{kept}{text[found[-1].end() :]}" if weight(kept) >= SHORTEST_LEFT else text


def _holds(part: str, cues: Cues) -> bool:
    return bool(re.search(r"\d", part) or pattern(cues.holds).search(part))


def _tidy(text: str) -> str:
    text = _DOUBLED.sub("", _GAPS.sub(r"\1", re.sub(r"\s{2,}", " ", text)))
    return text.strip()
