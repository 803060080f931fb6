"""In which language a run of letters is said, by its script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from providers.tts.spoken import cldr

LANGUAGE_OF_SCRIPT = {
    "LATIN": "en",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "ARABIC": "ar",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "ETHIOPIC": "am",
    "MYANMAR": "my",
    "LAO": "lo",
    "KHMER": "km",
    "SINHALA": "si",
    "ORIYA": "or",
}
_OWN = {
    "Kore": ("HANGUL",),
    "Jpan": ("HIRAGANA", "KATAKANA", "CJK"),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",),
    "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Deva": ("DEVANAGARI",),
    "Beng": ("BENGALI",),
    "Taml": ("TAMIL",),
    "Telu": ("TELUGU",),
    "Gujr": ("GUJARATI",),
    "Guru": ("GURMUKHI",),
    "Knda": ("KANNADA",),
    "Mlym": ("MALAYALAM",),
    "Armn": ("ARMENIAN",),
    "Geor": ("GEORGIAN",),
    "Ethi": ("ETHIOPIC",),
    "Mymr": ("MYANMAR",),
    "Laoo": ("LAO",),
    "Sinh": ("SINHALA",),
    "Orya": ("ORIYA",),
}
_LETTERS = re.compile(r"[^\W\d_]")


def runs(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The text in runs of one language each, as (run, language); joined they are the text.

    Signs between words go with the run before them, and those that open with the run after.
    """
    if text.isascii() and "LATIN" in own_scripts(language):
        yield text, language
        return
    begin, current = 0, ""
    for place, character in enumerate(text):
        spoken = _language_of(character, language)
        if not spoken or spoken == current:
            continue
        if current:
            end = _opening(text, place)
            yield text[begin:end], current
            begin = end
        current = spoken
    if text[begin:]:
        yield text[begin:], current or language


@cache
def own_scripts(language: str) -> frozenset[str]:
    """The scripts of a language, by their names in Unicode."""
    return frozenset(_OWN.get(cldr.script_of(language), ("LATIN",)))


def _opening(text: str, place: int) -> int:
    """Before the signs that open what begins at `place`."""
    while place and unicodedata.category(text[place - 1]) in ("Ps", "Pi"):
        place -= 1
    return place


def _language_of(character: str, language: str) -> str:
    script = _script(character)
    if not script:
        return ""
    if script in own_scripts(language):
        return language
    return LANGUAGE_OF_SCRIPT.get(script, language)


@lru_cache(maxsize=8192)
def _script(character: str) -> str:
    if character.isascii():
        return "LATIN" if character.isalpha() else ""
    if not _LETTERS.match(character):
        return ""
    name = unicodedata.name(character, "").split(" ")[0]
    return "CJK" if name == "IDEOGRAPHIC" else name
