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
# Nothing but quantities: the same in other units.
_UNITS = re.compile(
    r"^(?:(?:about|approximately|around|c\.|약|約|حوالي)?\s?[~≈]?[-−]?\d[\d.,–-]*\s?"
    r"(?:[kcmµn]?[gmlLWVs]|[kc]?m[23²³]|g/[lL]|mg/[lL]|kg/m[3³]|km/h|m/s|ppt|ppm|m?M|[hkM]?Pa|bar|ha|"
    r"mi|miles?|ft|feet|in|inch(?:es)?|lb|pounds?|oz|ounces?|mph|(?:long |short )?tons?|acres?|"
    r"sq (?:mi|ft)|gal|gallons?|°\s?[CF]|K)(?:[,;]?\s+|$))+$"
)
# Scripts that a bracket may name something in.
_SCRIPTS = tuple(
    re.compile(f"[{block}]")
    for block in ("\u0370-\u03ff", "\u0400-\u04ff", "\u0590-\u06ff", "\u0900-\u0dff",
                  "\u0e00-\u0eff", "\u3040-\u30ff\u3400-\u9fff", "\uac00-\ud7a3")
)  # fmt: skip
# Of a life or a reign: two dates, the last of them a year or a day of one.
_YEARS = re.compile(
    r"^[^(]*?\d[^(]*?[–—~-](?=[^–—~]*$)(?:[^\d(]{0,40}\d{1,2}(?!\d))?[^\d(]{0,40}"
    r"(?:[12]\d{3}|\d{3,4}\s?(?:م|년|年|BC|BCE|AD|CE))\s?(?:م|년|年)?(?:\s?\d{1,2}\s?[월月일日])*\W*$"
    r"|^(?:born|b\.|died|d\.|nacid\w)\s[^(]{0,40}$",
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
        outside = text[: match.start()] + text[match.end() :]
        if not _is_aside(inside, cues) and not _is_foreign(inside, outside):
            return None
        text = outside
    return None if re.search(r"[()（）\[\]{}]", text) else text


def _is_aside(inside: str, cues: Cues) -> bool:
    """Whether what stands in brackets can go: a sound, another unit, years of a life, a word."""
    if not inside.strip() or _UNITS.match(inside) or _SOUND.search(inside) or _YEARS.match(inside):
        return True
    return not re.search(r"\d", inside) and not pattern(cues.holds).search(inside)


def _is_foreign(inside: str, outside: str) -> bool:
    """Whether it is a name in a script that the sentence is not written in."""
    return any(s.search(inside) and not s.search(outside) for s in _SCRIPTS)


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
