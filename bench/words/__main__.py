"""What is understood of the voices: `python -m bench.words [--json]`.

Ten new sentences in each language, numbers among them, by the default voice and by espeak-ng, to
a recogniser (Whisper base): errors in words and characters, sound for each second of a processor,
and how far words light up from where they are heard. Needs the group `bench`:
`uv run --group bench python -m bench.words`. A recogniser says nothing of accent or charm, and
with ten sentences a difference under three points in English, six elsewhere, says nothing at all.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from dataclasses import astuple, dataclass, field

from bench.words.lights import late_ms, spoken_once
from bench.words.recogniser import understood
from bench.words.scores import BY_CHARACTER, Errors, errors
from bench.words.sentences import SENTENCES
from domain.assets import SpeechRequest
from providers.tts.neural.espeak import Espeak
from providers.tts.neural.family import Family
from providers.tts.neural.hibari import Hibari
from providers.tts.neural.kokoro import Kokoro
from providers.tts.neural.pico import Pico
from providers.tts.sound import decoded

ESPEAK = "espeak-f2"


@dataclass
class Heard:
    """One voice's sentences in one language."""

    voice: str
    errors: list[Errors] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def figures(self, language: str) -> dict[str, float | str | None]:
        words, count, characters, character_count = map(
            sum, zip(*map(astuple, self.errors), strict=True)
        )
        off = sorted(map(abs, self.late_ms))
        return {
            "language": language,
            "voice": self.voice,
            "word_errors": round(100 * words / count, 1) if language not in BY_CHARACTER else None,
            "character_errors": round(100 * characters / character_count, 1),
            "sound_per_cpu": round(self.seconds / self.cpu_seconds, 1),
            "light_median_ms": round(statistics.median(off)) if off else None,
            "light_p95_ms": round(off[int(0.95 * len(off))]) if off else None,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--languages", nargs="+", default=list(SENTENCES), choices=SENTENCES)
    parser.add_argument("--voices", nargs="+", default=["default", ESPEAK])
    parser.add_argument("--sentences", type=int, default=10, help="so many of each language")
    parser.add_argument("--each", action="store_true", help="say what was understood, too")
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    options = parser.parse_args()
    family = _Family(options.sentences)
    result = []
    for voice in options.voices:
        for language in options.languages:
            heard = family.heard(language, voice, each=options.each)
            result.append(heard.figures(language))
            print(*(f"{name} {value}" for name, value in result[-1].items()), sep="  ", flush=True)
    if options.json:
        print(json.dumps(result))


class _Family:
    def __init__(self, sentences: int) -> None:
        self._sentences = sentences
        self._engines = {engine.name: engine for engine in (Hibari(), Kokoro(), Pico(), Espeak())}
        self._family = Family(tuple(self._engines.values()))

    def heard(self, language: str, voice_id: str, *, each: bool) -> Heard:
        requests = [
            SpeechRequest(text=text, language=language, voice_id=voice_id)
            for text in SENTENCES[language][: self._sentences]
        ]
        # What is loaded once is not counted.
        result = Heard(voice=self._family.speak(requests[0]).model)
        for request in requests:
            with spoken_once():
                self._hear(request, result, each=each)
        return result

    def _hear(self, request: SpeechRequest, result: Heard, *, each: bool) -> None:
        begin = _cpu_seconds()
        media = self._family.speak(request)
        result.cpu_seconds += _cpu_seconds() - begin
        samples, rate = decoded("bench", media.data)
        result.seconds += len(samples) / rate
        text = understood(samples, rate, request.language)
        result.errors.append(errors(request.text, text, request.language))
        voice = next(voice for voice in self._family.voices if voice.id == media.model)
        result.late_ms += late_ms(request, media, self._engines[voice.engine], voice)
        if each:
            print(f"  {result.errors[-1].characters:3d}  {request.text}\n       {text}", flush=True)


def _cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
