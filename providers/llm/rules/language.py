"""In which language a prompt is written: by its script, else by its words."""

from __future__ import annotations

import re
import threading
from collections import Counter
from functools import cache
from typing import Any

# Kana decides for Japanese and Hangul for Korean even among many Latin or Chinese letters.
_SCRIPTS: tuple[tuple[str, str, float], ...] = (
    ("ja", r"[\u3040-\u30ff]", 0.05),
    ("ko", r"[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]", 0.15),
    ("zh", r"[\u3400-\u9fff\uf900-\ufaff]", 0.3),
    ("th", r"[\u0e00-\u0e7f]", 0.3),
    ("hi", r"[\u0900-\u097f]", 0.3),
    ("he", r"[\u0590-\u05ff]", 0.3),
    ("el", r"[\u0370-\u03ff]", 0.3),
    ("bn", r"[\u0980-\u09ff]", 0.3),
    ("ta", r"[\u0b80-\u0bff]", 0.3),
    ("te", r"[\u0c00-\u0c7f]", 0.3),
    ("ka", r"[\u10a0-\u10ff]", 0.3),
    ("hy", r"[\u0530-\u058f]", 0.3),
    ("lo", r"[\u0e80-\u0eff]", 0.3),
    ("my", r"[\u1000-\u109f]", 0.3),
    ("am", r"[\u1200-\u137f]", 0.3),
)
_ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_URDU = re.compile(r"[ٹڈڑےں]")
_PERSIAN = re.compile(r"[پچژگ]")
_CYRILLIC_SCRIPT = re.compile(r"[\u0400-\u04ff]")
_LATIN_LANGUAGES = "en es fr de pt it nl pl tr vi id sv da no fi cs ro hu".split()
_CYRILLIC_LETTERS = (("uk", "[іїєґ]"), ("sr", "[ђјљњћџ]"), ("ru", "[ыэё]"), ("bg", "ъ"))
# Long enough to judge by; reading more only costs time.
_SAMPLE_CHARACTERS = 2000
_LOCK = threading.Lock()


def detect_language(text: str) -> str:
    """A BCP 47 tag; `en` where there is no letter to judge by."""
    sample = text[:_SAMPLE_CHARACTERS]
    letters = sum(character.isalpha() for character in sample)
    if not letters:
        return "en"
    for tag, pattern, share in _SCRIPTS:
        if len(re.findall(pattern, sample)) >= share * letters:
            return tag
    if len(_ARABIC_SCRIPT.findall(sample)) >= 0.3 * letters:
        return "ur" if _URDU.search(sample) else "fa" if _PERSIAN.search(sample) else "ar"
    if len(_CYRILLIC_SCRIPT.findall(sample)) >= 0.3 * letters:
        lower = sample.lower()
        return next((tag for tag, own in _CYRILLIC_LETTERS if re.search(own, lower)), "ru")
    return _by_words(sample)


def _by_words(text: str) -> str:
    plain = re.sub(r"\S*(?:://|[@/\\])\S*", " ", text).lower()
    words = re.findall(r"[^\W\d_]+", plain)
    if hint := _by_common_words(words):
        return hint
    if (len(words) < 2 or len("".join(words)) < 6) and plain.isascii():
        return "en"
    with _LOCK:
        identifier = _identifier()
        identifier.set_languages(_LATIN_LANGUAGES)
        tag, _ = identifier.classify(" ".join(words) or text)
    return str(tag)


def _by_common_words(words: list[str]) -> str | None:
    """The language whose commonest words are there, where one leads clearly."""
    votes = Counter(tag for word in words for tag, own in _COMMON_WORDS.items() if word in own)
    leaders = votes.most_common(2)
    if not leaders or (len(leaders) == 2 and leaders[0][1] == leaders[1][1]):
        return None
    return leaders[0][0]


_COMMON_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset("the is are of and how why what your about with for my who you make".split()),
    "es": frozenset("el los las por qué cómo una es del sobre para y mi por".split()),
    "fr": frozenset("le les des du pourquoi comment est une sur et la mon est-ce".split()),
    "de": frozenset("der die das und warum wie ist ein eine über mit von im für den".split()),
    "pt": frozenset("o os as por que como uma é do da sobre para e meu são".split()),
    "it": frozenset("il gli perché come una è della di sulla per e che del".split()),
    "id": frozenset("yang dan mengapa bagaimana adalah dengan untuk kenapa cara di".split()),
    "tr": frozenset("ve neden nasıl bir için ile bu nedir".split()),
    "nl": frozenset("het de een waarom hoe en van zijn voor".split()),
}


@cache
def _identifier() -> Any:
    # Loading takes a second and is needed only for scripts that many languages share.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
