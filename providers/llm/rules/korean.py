"""Korean particles: which of two forms follows a word, by the sound it ends in."""

from __future__ import annotations

import re
from typing import Literal

Sound = Literal["open", "closed", "rieul", "unknown"]

_FORMS: dict[str, tuple[str, str]] = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이라는": ("이라는", "라는"),
    "이라면": ("이라면", "라면"),
    "이에요": ("이에요", "예요"),
    "이란": ("이란", "란"),
    "이야": ("이야", "야"),
}
# 0 is 영, 공, 십, 백, 천 or 만, and all of them are closed.
_DIGITS: dict[str, Sound] = {
    **dict.fromkeys("036", "closed"),
    **dict.fromkeys("178", "rieul"),
    **dict.fromkeys("2459", "open"),
}
_LETTERS: dict[str, Sound] = {"L": "rieul", "R": "rieul", "M": "closed", "N": "closed"}
_SIGNS: dict[str, Sound] = {
    **dict.fromkeys("%％‰°℃$€£@&+©®™", "open"),
    **dict.fromkeys("#¥₩²³", "closed"),
    "₩": "closed",
}
_MONEY = "$€£¥₩"
_UNITS: dict[str, Sound] = {
    **dict.fromkeys(
        "km m cm mm l ml kl gb mb tb kb hz khz mhz ghz kwh s h b cal kcal mph kph".split(), "open"
    ),
    **dict.fromkeys("kg g mg".split(), "closed"),
}
# Latin words are read as Koreans say them: a stop after one short vowel closes the syllable,
# and a silent e leaves the nasal or the l before it at the end.
_ENDS_IN_L = re.compile(r"(?:l|le)$", re.IGNORECASE)
_ENDS_CLOSED = re.compile(
    r"(?:[mn]|ng|[aeiou][mn]e|(?<![aeiou])[aeiou][pkbt]|ook|oup|[aeiou]ck)$", re.IGNORECASE
)
_ENDS_OPEN = frozenset("anime chile sesame ukulele zimbabwe finale tamale".split())
_PARENTHESIS = re.compile(r"(?<=\S)\s*[(（\[][^()（）\[\]]*[)）\]]\s*$")
_FRACTION = re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,3})$")
_MEASURE = re.compile(r"\d\s*([A-Za-z]{1,4})$")
_PRICE = re.compile(rf"([{_MONEY}])\s*[\d.,]+$")
_CLOSING = " \t\"'”’»」』)）]】〉》.,!?…~-–—"


def sound_of(word: str) -> Sound:
    """What its last syllable ends in, read aloud in Korean; `unknown` for Hanja and others."""
    said = _PARENTHESIS.sub("", word).rstrip(_CLOSING)
    if price := _PRICE.search(said):
        return _SIGNS[price[1]]
    if (fraction := _FRACTION.search(said)) and int(fraction[1]) < int(fraction[2]):
        return _DIGITS[fraction[1][-1]]
    if (measure := _MEASURE.search(said)) and measure[1].lower() in _UNITS:
        return _UNITS[measure[1].lower()]
    last = said[-1:]
    if "가" <= last <= "힣":
        coda = (ord(last) - 0xAC00) % 28
        return "open" if coda == 0 else "rieul" if coda == 8 else "closed"
    if last in _DIGITS or last in _SIGNS:
        return _DIGITS.get(last) or _SIGNS[last]
    if "ぁ" <= last <= "ー":
        return "closed" if last in "んン" else "open"
    return _sound_of_latin(said) if last.isascii() and last.isalpha() else "unknown"


def with_particle(word: str, particle: str) -> str:
    """The word and `particle` in the form that follows it; in both where its sound is unknown."""
    closed, opened = _FORMS[particle]
    sound = sound_of(word)
    if sound == "unknown":
        return f"{word}{closed}({opened})"
    is_open = sound == "open" or (particle == "으로" and sound == "rieul")
    return word + (opened if is_open else closed)


def _sound_of_latin(word: str) -> Sound:
    token = re.findall(r"[A-Za-z]+", word)[-1]
    if token.isupper():
        return _LETTERS.get(token[-1], "open")
    if token.lower() in _ENDS_OPEN:
        return "open"
    if _ENDS_IN_L.search(token):
        return "rieul"
    return "closed" if _ENDS_CLOSED.search(token) else "open"
