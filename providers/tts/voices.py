"""Which espeak-ng voice speaks a line: by language, speaker, wish and emotion."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from domain.assets import SpeechRequest
from providers.errors import InvalidProviderRequest

# Measured with a recogniser: +f5 and +f2 are understood best, then edward2 and klatt5
# (reference: embedded.md, section 1.2).
SPEAKERS = ("f2", "edward2")
VARIANTS = (
    *(f"f{number}" for number in range(1, 6)),
    *(f"m{number}" for number in range(1, 9)),
    "edward2",
    "klatt5",
    "Annie",
    "Hugo",
)
_NAMES = {"en": "en-us", "zh": "cmn", "no": "nb", "pt": "pt-br", "tl": "en-us", "fil": "en-us"}
_LANGUAGES = frozenset(
    """
    af am ar as az ba be bg bn bs ca cmn cs cy da de el en en-gb en-us eo es es-419 et eu fa fi
    fr ga gl gu he hi hr ht hu hy id is it ja ka kk kn ko ku ky la lb lt lv mi mk ml mr ms mt my
    nb ne nl or pa pl pt pt-br ro ru si sk sl sq sr sv sw ta te th tk tr tt ug uk ur uz vi yue
    """.split()
)
_SCRIPTS = {
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
}


@dataclass(frozen=True)
class EspeakVoiceChoice:
    """The parameters of one voice: words per minute, and pitch and range from 0 to 99."""

    voice: str
    rate: int
    pitch: int
    range: int
    degraded: str | None = None


_RATE, _PITCH, _RANGE = 155, 52, 52
_EMOTIONS: dict[str, tuple[int, int, int]] = {
    "neutral": (0, 0, 0),
    "happy": (8, 6, 14),
    "excited": (16, 9, 20),
    "sad": (-16, -8, -18),
    "angry": (10, 0, 24),
    "surprised": (6, 10, 22),
    "calm": (-10, -3, -8),
}


def choose_voice(request: SpeechRequest) -> EspeakVoiceChoice:
    """Raises `InvalidProviderRequest` for a voice that there is not."""
    language, degraded = espeak_language(request.language, request.text)
    rate, pitch, span = _EMOTIONS.get(request.emotion, (0, 0, 0))
    return EspeakVoiceChoice(
        voice=f"{language}+{_variant(request)}",
        rate=_RATE + rate,
        pitch=_PITCH + pitch,
        range=_RANGE + span,
        degraded=degraded,
    )


def _variant(request: SpeechRequest) -> str:
    if request.voice_id in (None, "default"):
        return SPEAKERS[request.speaker % len(SPEAKERS)]
    if request.voice_id not in VARIANTS:
        raise InvalidProviderRequest(
            f"voice_id: espeak has no voice {request.voice_id!r}; it has {', '.join(VARIANTS)}"
        )
    return request.voice_id


def espeak_language(tag: str, text: str) -> tuple[str, str | None]:
    """The engine's name for a BCP 47 `tag`; for one it has not, the script's, and why."""
    lower = tag.lower()
    for candidate in (lower, lower.split("-")[0]):
        name = _NAMES.get(candidate, candidate)
        if name in _LANGUAGES:
            return name, None
    script = _language_of_script(text)
    name = _NAMES.get(script, script)
    return name, f"the embedded voice does not speak {tag!r}, so it reads the line as {script!r}"


def _language_of_script(text: str) -> str:
    for character in text:
        if character.isalpha():
            script = unicodedata.name(character, "").split(" ")[0]
            return _SCRIPTS.get(script, "en")
    return "en"
