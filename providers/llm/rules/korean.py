"""Korean particles: which of two forms follows a word, by the sound it ends in."""

from __future__ import annotations

import re

_FORMS: dict[str, tuple[str, str]] = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이라는": ("이라는", "라는"),
    "이에요": ("이에요", "예요"),
}
_CODA_DIGITS = "013678"
_CODA_LETTERS = "LMNR"
# Latin words are read as Koreans say them: a stop after a short vowel closes the syllable.
_CLOSED_ENDING = re.compile(r"(?:[mnl]|ng|[aeiou][pkbt]|[aeiou]ck)$", re.IGNORECASE)
_PLACE = re.compile(r"\{s:(\w+)\}")


def with_particle(word: str, particle: str) -> str:
    """The word and `particle` in the form that follows it; named as after a closed syllable."""
    closed, opened = _FORMS[particle]
    last = next((c for c in reversed(word) if c.isalnum()), "")
    if particle == "으로" and _ends_in_rieul(last):
        return word + opened
    return word + (closed if _is_closed(word, last) else opened)


def filled(template: str, subject: str) -> str:
    """`{s}` is the subject, `{s:은}` the subject with its particle."""
    said = _PLACE.sub(lambda match: with_particle(subject, match[1]), template)
    return said.replace("{s}", subject)


def _ends_in_rieul(last: str) -> bool:
    if "가" <= last <= "힣":
        return (ord(last) - 0xAC00) % 28 == 8
    return last in ("1", "7", "8", "L", "l", "R")


def _is_closed(word: str, last: str) -> bool:
    if "가" <= last <= "힣":
        return (ord(last) - 0xAC00) % 28 != 0
    if last.isdigit():
        return last in _CODA_DIGITS
    token = (re.findall(r"[A-Za-z]+", word) or [""])[-1]
    if not token or not last.isascii():
        return False
    if token.isupper():
        return last in _CODA_LETTERS
    return bool(_CLOSED_ENDING.search(token))
