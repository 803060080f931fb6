"""Which espeak-ng voice speaks a text, and how: by language, variant and emotion."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from providers.tts.spoken.scripts import LANGUAGE_OF_SCRIPT

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


def choose_voice(language: str, text: str, *, variant: str, emotion: str) -> EspeakVoiceChoice:
    """The voice of a BCP 47 language in one of `VARIANTS`."""
    name, degraded = espeak_language(language, text)
    rate, pitch, span = _EMOTIONS.get(emotion, (0, 0, 0))
    return EspeakVoiceChoice(
        voice=f"{name}+{variant}",
        rate=_RATE + rate,
        pitch=_PITCH + pitch,
        range=_RANGE + span,
        degraded=degraded,
    )


def espeak_language(tag: str, text: str) -> tuple[str, str | None]:
    """(espeak-ng's name, None) of a BCP 47 language; where it has none, that of the text's
    script, and a sentence that says so.
    """
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
            tag = LANGUAGE_OF_SCRIPT.get(script, "en")
            return tag if _NAMES.get(tag, tag) in _LANGUAGES else "en"
    return "en"
