"""Voices that need no key and no network, chosen by language and character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import groupby

import numpy as np

from domain.assets import SpeechRequest
from domain.voices import Voice
from domain.words import caption_units
from providers.base import Media
from providers.errors import InvalidProviderRequest, ProviderUnavailable
from providers.tts.aligner import aligned
from providers.tts.neural.engine import Engine, Speech
from providers.tts.neural.manner import manner_of
from providers.tts.neural.table import candidates
from providers.tts.sound import (
    finished,
    heard,
    is_silent,
    levelled,
    resampled,
    silence,
    wav,
)
from providers.tts.spoken.parts import SpokenPart, is_speakable, spoken_parts
from providers.tts.timing import timed

ALIGNED = "word times are found in the sound, not said by the voice"
LICENCE = "CC0-1.0"


class Family:
    """Engines behind one door. `speak` blocks: it is for threads."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = {engine.name: engine for engine in engines}
        self.voices = tuple(voice for engine in engines for voice in engine.voices())

    def lacking(self) -> dict[str, str]:
        """Engine → why it cannot be used here."""
        each = ((name, engine.lacks()) for name, engine in self._engines.items())
        return {name: lack for name, lack in each if lack}

    def cast(self, language: str) -> tuple[str, ...]:
        """The ids of those that two characters get, by engines that can be used here."""
        able = [
            [v for v in candidates(self.voices, language, speaker=speaker) if self._can(v)]
            for speaker in range(2)
        ]
        return tuple(voices[0].id for voices in able if voices)

    def _can(self, voice: Voice) -> bool:
        return not self._engines[voice.engine].lacks()

    def speak(self, request: SpeechRequest) -> Media:
        """WAV, 16 bit mono, cleaned; what cannot be spoken becomes silence that says so.

        Raises `InvalidProviderRequest` for a voice that there is not, and other `ProviderError`s.
        """
        named = self._named(request.voice_id)
        units = caption_units(request.text, request.language)
        parts = spoken_parts(units, request.language)
        if not any(is_speakable(part.text) for part in parts):
            return silence(units, model="silence", licence=LICENCE)
        whys: list[str] = []
        for voice in self._candidates(request, request.language, named):
            engine = self._engines[voice.engine]
            if not engine.says(request.language):
                whys.append(f"{voice.id} does not speak {request.language!r}")
            elif lack := engine.lacks():
                whys.append(f"{voice.id} cannot speak here: {lack}")
            else:
                try:
                    line = self._line(parts, voice, request)
                except ModuleNotFoundError as exc:
                    whys.append(f"{voice.id} cannot speak here: {exc}")
                    continue
                return _media(request, units, parts, line, voice=voice, whys=whys)
        raise ProviderUnavailable(f"no embedded voice can be used: {'; '.join(whys)}")

    def _candidates(
        self, request: SpeechRequest, language: str, named: Voice | None = None
    ) -> list[Voice]:
        speaker = request.speaker
        found = candidates(self.voices, language, speaker=speaker, named=named)
        if named and not self._engines[named.engine].says(language):
            found[1:] = candidates(self.voices, language, speaker=speaker)
        return found

    def _line(self, parts: Sequence[SpokenPart], voice: Voice, request: SpeechRequest) -> Speech:
        """All parts, each by the voice or, in a language that it cannot read, by one that can."""
        speakers: list[Voice] = []
        for part in parts:
            before = speakers[-1] if speakers else voice
            speakers.append(self._speaker(part, voice, request) if part.text else before)
        runs = [
            self._run([part for part, _ in run], speaker, request.emotion)
            for speaker, run in groupby(zip(parts, speakers, strict=True), key=lambda pair: pair[1])
        ]
        return runs[0] if len(runs) == 1 else _joined(runs)

    def _speaker(self, part: SpokenPart, voice: Voice, request: SpeechRequest) -> Voice:
        if self._engines[voice.engine].says(part.language):
            return voice
        return next(
            other
            for other in self._candidates(request, part.language)
            if not self._engines[other.engine].lacks()
        )

    def _run(self, parts: Sequence[SpokenPart], voice: Voice, emotion: str) -> Speech:
        """By one engine, with a start for each part."""
        speech = self._engines[voice.engine].speak(parts, voice, emotion=emotion)
        if speech.starts_ms is not None or is_silent(speech.samples):
            return speech
        begin, end = heard(speech.samples, speech.sample_rate)
        samples = speech.samples[begin:end]
        said = [part for part in parts if part.text]
        texts = [part.text for part in said]
        times = aligned(samples, speech.sample_rate, texts, said[0].language)
        found = iter([float(time.start_ms) for time in times])
        starts = tuple(next(found) if part.text else None for part in parts)
        return replace(speech, samples=samples, starts_ms=starts, note=ALIGNED)

    def _named(self, wish: str | None) -> Voice | None:
        """By its id, or by the end of it: `f2` for `espeak-f2`."""
        if wish in (None, "default"):
            return None
        found = [v for v in self.voices if wish in (v.id, v.id.partition("-")[2])]
        if found:
            return found[0]
        ids = list(dict.fromkeys(voice.id for voice in self.voices))
        near = get_close_matches(wish, ids, n=5, cutoff=0.4) or ids[:8]
        raise InvalidProviderRequest(
            f"voice_id: there is no voice {wish!r}; there are {', '.join(near)}; "
            "`autoshorts voices` lists all"
        )


def _joined(runs: Sequence[Speech]) -> Speech:
    """Runs of several voices, one after another, equally loud."""
    rate = max(run.sample_rate for run in runs)
    samples, starts = [np.zeros(0, np.float32)], list[float | None]()
    length = 0
    for run in runs:
        begin_ms = 1000 * length / rate
        starts += [None if start is None else begin_ms + start for start in run.starts_ms or ()]
        if not is_silent(run.samples):
            samples.append(levelled(resampled(run.samples, run.sample_rate, rate)))
            length += len(samples[-1])
    return Speech(
        samples=np.concatenate(samples),
        sample_rate=rate,
        starts_ms=tuple(starts),
        remark=next((run.remark for run in runs if run.remark), None),
        note=next((run.note for run in runs if run.note), None),
    )


def _media(
    request: SpeechRequest,
    units: tuple[str, ...],
    parts: Sequence[SpokenPart],
    line: Speech,
    *,
    voice: Voice,
    whys: Sequence[str],
) -> Media:
    licence = f"{LICENCE} (spoken by {voice.engine}, {voice.licence})"
    if is_silent(line.samples):
        return silence(units, model=voice.id, licence=licence)
    gain = manner_of(request.emotion).gain
    samples, cut_ms = finished(line.samples, line.sample_rate, gain=gain)
    duration_ms = int(1000 * len(samples) / line.sample_rate)
    starts = [None if start is None else start - cut_ms for start in line.starts_ms or ()]
    replaced = f"{'; '.join(whys)}: {voice.id} speaks instead" if whys else None
    return Media(
        data=wav(samples, line.sample_rate),
        media_type="audio/wav",
        model=voice.id,
        licence=licence,
        duration_ms=duration_ms,
        words=timed(units, parts, starts, duration_ms=duration_ms, language=request.language),
        degraded="; ".join(said for said in (replaced, line.remark) if said) or None,
        note=line.note or _manner(voice, request.language),
    )


def _manner(voice: Voice, language: str) -> str | None:
    """What to know of a voice that speaks another's language."""
    accent = f"with a {voice.accent} accent" if voice.accent else ""
    if voice.experimental:
        return (
            f"{voice.id} was never taught {language!r}: it speaks it by phonemes {accent}".strip()
        )
    return f"{voice.id} speaks {language!r} {accent}" if accent else None
