"""espeak-ng as the family's last member: thin and clear, in about a hundred languages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, groupby

import numpy as np

from domain.voices import ANY_LANGUAGE, Sex, Voice
from providers.tts.espeak_process import EspeakSpeech, espeak_lacks, spoken_by_espeak
from providers.tts.espeak_spelling import spelled_for_espeak
from providers.tts.neural.engine import Speech
from providers.tts.sound import filtered, heard, is_silent
from providers.tts.spoken.parts import SpokenPart, is_speakable
from providers.tts.voices import VARIANTS, choose_voice

# The engine marks a word before its first sound: by 0 to 75 ms, over nine languages.
ANNOUNCED_MS = 40.0
SAMPLE_RATE = 22_050
LICENCE = "GPL-3.0-or-later"
# Against the long-term spectrum of speech it lacks 8 to 13 dB at 315 Hz and has 8 more at 4 kHz.
EQUALISER = (("equalizer", "f=300:t=q:w=1:g=4"), ("equalizer", "f=4000:t=q:w=1:g=-5"))
_FEMALE = ("f", "Annie")


class Espeak:
    """Says everything that has letters."""

    name = "espeak"
    licence = LICENCE

    def voices(self) -> tuple[Voice, ...]:
        return tuple(
            Voice(
                id=f"{self.name}-{variant}",
                name=f"espeak {variant}",
                languages=(ANY_LANGUAGE,),
                sex=_sex(variant),
                engine=self.name,
                licence=self.licence,
            )
            for variant in VARIANTS
        )

    def lacks(self) -> str | None:
        return espeak_lacks()

    def says(self, language: str) -> bool:
        return True

    def speak(self, parts: Sequence[SpokenPart], voice: Voice, *, emotion: str) -> Speech:
        variant = voice.id.partition("-")[2]
        spoken = [
            _spoken(list(run), language, variant, emotion)
            for language, run in groupby(parts, key=lambda part: part.language)
        ]
        starts: list[float | None] = []
        length_ms = 0.0
        for each in spoken:
            starts += [None if s is None else length_ms + s for s in each.starts_ms or ()]
            length_ms += 1000 * len(each.samples) / each.sample_rate
        return Speech(
            samples=np.concatenate([each.samples for each in spoken]),
            sample_rate=spoken[0].sample_rate,
            starts_ms=tuple(starts),
            remark=next((each.remark for each in spoken if each.remark), None),
        )


def _sex(variant: str) -> Sex:
    return "female" if variant.startswith(_FEMALE) else "male"


def _spoken(run: Sequence[SpokenPart], language: str, variant: str, emotion: str) -> Speech:
    """Parts of one language, with what is silent around them cut off."""
    texts = [spelled_for_espeak(part.text, language) for part in run]
    whole = " ".join(texts)
    choice = choose_voice(language, whole, variant=variant, emotion=emotion)
    if not is_speakable(whole):
        return Speech(np.zeros(0, np.float32), SAMPLE_RATE, tuple(None for _ in run))
    speech = spoken_by_espeak(whole, choice)
    starts = _starts(texts, speech)
    if is_silent(speech.samples):
        return Speech(speech.samples[:0], speech.sample_rate, tuple(None for _ in run))
    samples = filtered(speech.samples, speech.sample_rate, *EQUALISER)
    begin, end = heard(samples, speech.sample_rate)
    cut_ms = 1000 * begin / speech.sample_rate
    return Speech(
        samples=samples[begin:end],
        sample_rate=speech.sample_rate,
        starts_ms=tuple(None if start is None else max(start - cut_ms, 0.0) for start in starts),
        remark=choice.degraded,
    )


def _starts(texts: Sequence[str], speech: EspeakSpeech) -> list[float | None]:
    """The first event inside a text is its start: events carry a place in what was spoken."""
    offsets = [0, *accumulate(len(text) + 1 for text in texts)]
    starts: list[float | None] = [None] * len(texts)
    for position, ms in speech.words:
        index = min(bisect_right(offsets, position) - 1, len(texts) - 1)
        if starts[index] is None and texts[index]:
            starts[index] = ms + ANNOUNCED_MS
    return starts
