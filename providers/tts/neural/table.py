"""Which voices speak a language: those that characters get in turn, and what speaks instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.voices import Sex, Voice


@dataclass(frozen=True)
class Cast:
    """Ids of voices: the first character's, the second's and so on, and those that stand in."""

    speakers: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


_TABLE = {
    "en": Cast(
        ("hibari-heart", "kokoro-am_michael", "kokoro-bf_emma", "kokoro-bm_george"),
        ("pico-en-US",),
    ),
    "en-gb": Cast(("kokoro-bf_emma", "kokoro-bm_george", "hibari-heart"), ("pico-en-GB",)),
    "es": Cast(("kokoro-ef_dora", "kokoro-em_alex"), ("pico-es-ES",)),
    "fr": Cast(("kokoro-ff_siwis", "kokoro-em_alex"), ("pico-fr-FR",)),
    "it": Cast(("kokoro-if_sara", "kokoro-em_alex"), ("pico-it-IT",)),
    "pt": Cast(("kokoro-pf_dora", "kokoro-pm_alex")),
    "hi": Cast(("kokoro-hf_alpha", "kokoro-hm_omega")),
    "ja": Cast(("kokoro-jf_alpha", "kokoro-jm_kumo", "kokoro-jf_gongitsune")),
    "zh": Cast(("kokoro-zf_xiaoxiao", "kokoro-zm_yunxi")),
    "ko": Cast(("kokoro-jf_gongitsune", "kokoro-jm_kumo")),
    "de": Cast(("pico-de-DE", "kokoro-em_alex"), ("kokoro-ff_siwis",)),
    "ru": Cast(("kokoro-ef_dora", "kokoro-em_alex")),
    "tr": Cast(("kokoro-if_sara", "kokoro-pm_alex")),
    "id": Cast(("kokoro-if_sara", "kokoro-pm_alex")),
    "nl": Cast(("kokoro-ff_siwis", "kokoro-em_alex")),
    "pl": Cast(("kokoro-if_sara", "kokoro-pm_alex")),
}
# Of espeak's variants, +f5 and +f2 were understood best by a recogniser, then these two men.
_LAST: dict[Sex, tuple[str, ...]] = {"female": ("f2", "f5"), "male": ("edward2", "klatt5")}
_SEXES: tuple[Sex, Sex] = ("female", "male")


def cast_of(language: str) -> Cast:
    """By a BCP 47 tag; empty for a language that espeak speaks alone."""
    tag = language.lower()
    return _TABLE.get(tag) or _TABLE.get(tag.split("-")[0]) or Cast()


def candidates(
    voices: Sequence[Voice], language: str, *, speaker: int, named: Voice | None = None
) -> list[Voice]:
    """Who may speak, best first, of the voices there are; the last is espeak's, if it is there.

    Who stands in is of the same sex, so that two characters stay apart.
    """
    cast = cast_of(language)
    turn = [v for id_ in cast.speakers if (v := _in(voices, id_, language))]
    first = named or (turn[speaker % len(turn)] if turn else None)
    sex = first.sex if first else _SEXES[speaker % 2]
    stand_ins = (_in(voices, id_, language) for id_ in cast.instead)
    last = _in(voices, f"espeak-{_LAST[sex][speaker // 2 % 2]}", language)
    found = [first, *(v for v in stand_ins if v and v.sex == sex), last]
    return list(dict.fromkeys(voice for voice in found if voice))


def _in(voices: Sequence[Voice], id_: str, language: str) -> Voice | None:
    """The voice of an id, in the manner in which it speaks the language if it does."""
    same = [voice for voice in voices if voice.id == id_]
    return next((voice for voice in same if voice.speaks(language)), same[0] if same else None)
