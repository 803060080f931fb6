"""The embedded voice: espeak-ng in a short-lived process of its own, with word timings."""

from __future__ import annotations

import asyncio
import importlib.metadata
import json
import os
import signal
import sys
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy as np

from domain.assets import SpeechRequest, WordTiming
from domain.words import caption_units
from providers.base import Call, Embedded, Media
from providers.errors import InvalidProviderRequest, ProviderTimeout, ProviderUnavailable
from providers.tts.espeak_spelling import spelled_for_espeak
from providers.tts.sound import Samples, heard, is_silent, levelled, silence, wav
from providers.tts.spoken import is_speakable, spoken_by_unit
from providers.tts.voices import EspeakVoiceChoice, choose_voice

DRIVER = Path(__file__).parent / "espeak" / "driver.py"
TIMEOUT_SECONDS = 60.0
PROCESSES = 2
# The engine marks a word before its first sound: by 0 to 75 ms, over nine languages.
ANNOUNCED_MS = 40
LICENCE = "CC0-1.0 (spoken by espeak-ng, GPL-3.0-or-later)"


@dataclass(frozen=True)
class _Speech:
    samples: Samples
    sample_rate: int
    words: list[tuple[int, int]]
    phonemes: str

    @property
    def duration_ms(self) -> int:
        return int(1000 * len(self.samples) / self.sample_rate)


class EspeakVoice(Embedded):
    """Speaks about a hundred languages without a key or a network."""

    name = "espeak"
    model = "espeak-ng-1.52"

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(PROCESSES)

    async def synthesize(self, request: SpeechRequest, *, call: Call) -> Media:
        """WAV, 16 bit mono at the engine's rate; what cannot be spoken becomes silence."""
        choice = choose_voice(request)
        units = caption_units(request.text, request.language)
        spoken = await asyncio.to_thread(_spoken_units, units, request.language)
        text = " ".join(spoken)
        if not is_speakable(text):
            return silence(units, model=self.model, licence=LICENCE)
        async with self._slots:
            speech = await _speak(text, choice)
        if is_silent(speech.samples):
            return silence(units, model=self.model, licence=LICENCE)
        speech = _trimmed(speech)
        return Media(
            data=wav(levelled(speech.samples), speech.sample_rate),
            media_type="audio/wav",
            model=self.model,
            licence=LICENCE,
            duration_ms=speech.duration_ms,
            words=_timings(units, spoken, speech),
            degraded=choice.degraded,
        )

    async def aclose(self) -> None:
        """Nothing is held open between lines."""


def espeak_version() -> str:
    """What speaks, for `doctor`. Raises `ProviderUnavailable` with what to install."""
    library, data = Path(espeakng_loader.get_library_path()), espeakng_loader.get_data_path()
    if not library.is_file() or not Path(data).is_dir():
        raise ProviderUnavailable(
            f"espeak-ng is not at {library}: run `pip install espeakng-loader` again"
        )
    package = importlib.metadata.version("espeakng-loader")
    return f"espeak-ng 1.52 (espeakng-loader {package}) at {library}"


async def phonemes(text: str, language: str) -> str:
    """The IPA of a text as the embedded voice says it."""
    request = SpeechRequest(text=text, language=language)
    spoken = _spoken_units(caption_units(text, language), language)
    return (await _speak(" ".join(spoken), choose_voice(request))).phonemes


def _spoken_units(units: tuple[str, ...], language: str) -> list[str]:
    said = spoken_by_unit(units, language)
    return [spelled_for_espeak(words, language) for words in said]


async def _speak(text: str, choice: EspeakVoiceChoice) -> _Speech:
    request = {
        "library": str(espeakng_loader.get_library_path()),
        "data": str(espeakng_loader.get_data_path()),
        "text": text,
        "voice": choice.voice,
        "rate": choice.rate,
        "pitch": choice.pitch,
        "range": choice.range,
    }
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(DRIVER),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as exc:
        raise ProviderUnavailable(f"the speech process could not be started: {exc}") from exc
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            out, err = await process.communicate(json.dumps(request).encode())
    except TimeoutError as exc:
        raise ProviderTimeout(
            f"the speech process said nothing for {TIMEOUT_SECONDS:.0f} s"
        ) from exc
    finally:
        await _ended(process)
    return _parsed(process.returncode, out, err)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        await process.wait()


def _parsed(code: int | None, out: bytes, err: bytes) -> _Speech:
    if code == 2:
        raise InvalidProviderRequest(err.decode(errors="replace").strip())
    header, newline, pcm = out.partition(b"\n")
    if code or not newline:
        last = err.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        raise ProviderUnavailable(f"the speech process ended with {code}: {last[0]}")
    facts: dict[str, Any] = json.loads(header)
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32768)
    words = [(int(position), int(ms)) for position, ms in facts["words"]]
    return _Speech(samples, int(facts["sample_rate"]), words, str(facts["phonemes"]))


def _trimmed(speech: _Speech) -> _Speech:
    """Without the silence around it, and the word times moved to match."""
    begin, end = heard(speech.samples, speech.sample_rate)
    shift_ms = 1000 * begin // speech.sample_rate
    words = [(position, max(ms - shift_ms, 0)) for position, ms in speech.words]
    return _Speech(speech.samples[begin:end], speech.sample_rate, words, speech.phonemes)


def _timings(units: tuple[str, ...], spoken: list[str], speech: _Speech) -> tuple[WordTiming, ...]:
    """The engine's word events, one start per unit; units without one share the gap.

    Events carry a position in the spoken text; the first inside a unit is that unit's start.
    """
    offsets = [0, *accumulate(len(word) + 1 for word in spoken)]
    starts: list[float | None] = [None] * len(units)
    for position, ms in speech.words:
        index = min(bisect_right(offsets, position) - 1, len(units) - 1)
        if starts[index] is None and spoken[index]:
            starts[index] = float(ms + ANNOUNCED_MS)
    starts[0] = 0.0
    edges = _filled(starts, [max(len(word), 1) for word in spoken], float(speech.duration_ms))
    return tuple(
        WordTiming(text=unit, start_ms=round(begin), end_ms=round(end))
        for unit, begin, end in zip(units, edges, edges[1:], strict=False)
    )


def _filled(starts: list[float | None], weights: list[int], end: float) -> list[float]:
    """Rising edges: unknown starts lie between their neighbours, by the weights between."""
    edges: list[float] = []
    known: list[float | None] = [*starts, end]
    for index, start in enumerate(known):
        floor = edges[-1] if edges else 0.0
        if start is not None:
            edges.append(min(max(start, floor), end))
            continue
        later = next(i for i in range(index, len(known)) if known[i] is not None)
        rest = sum(weights[index - 1 : later])
        target = max(known[later] or 0.0, floor)
        edges.append(floor + (target - floor) * weights[index - 1] / rest)
    return edges
