"""When words light up, against when the voice says them.

The truth is the model's own lengths of its symbols: the same line spoken again with every word
a part of its own is the same sound, and tells where each word begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from numpy.typing import NDArray

from domain.assets import SpeechRequest
from domain.voices import Voice
from domain.words import caption_units
from providers.base import Media
from providers.tts.neural.engine import Engine
from providers.tts.neural.manner import manner_of
from providers.tts.neural.model import Arrays, Model
from providers.tts.neural.speaking import EARLY_MS
from providers.tts.sound import finished
from providers.tts.spoken.parts import SpokenPart, spoken_parts


@contextmanager
def spoken_once() -> Iterator[None]:
    """Within it a model that is asked the same again gives what it gave."""
    run, answers = Model.run, dict[tuple[object, ...], Arrays]()

    def remembered(self: Model, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        key = (id(self), *((name, value.tobytes()) for name, value in inputs.items()))
        if key not in answers:
            answers[key] = run(self, inputs)
        return answers[key]

    with patch.object(Model, "run", remembered):
        yield


def late_ms(request: SpeechRequest, media: Media, engine: Engine, voice: Voice) -> list[float]:
    """How much later than its word each unit lights up, where the voice says when that is.

    Of units that are said together ("$3.5 million") the first is measured, and each other that
    is itself among the words.
    """
    units = caption_units(request.text, request.language)
    parts = spoken_parts(units, request.language)
    words = list(_word_by_word(parts))
    speech = engine.speak([word for _, word in words], voice, emotion=request.emotion)
    if speech.starts_ms is None:
        return []
    gain = manner_of(request.emotion).gain
    _, cut_ms = finished(speech.samples, speech.sample_rate, gain=gain)
    begins: dict[int, list[tuple[str, float]]] = {}
    for (part, word), start in zip(words, speech.starts_ms, strict=True):
        if start is not None:
            begins.setdefault(part, []).append((word.text, start + EARLY_MS - cut_ms))
    return [
        media.words[unit].start_ms - truth for unit, truth in _truths(units, parts, begins) if unit
    ]


def _word_by_word(parts: Sequence[SpokenPart]) -> Iterator[tuple[int, SpokenPart]]:
    """(part, one word of it): what goes on with the word before still does."""
    for number, part in enumerate(parts):
        for place, word in enumerate(part.text.split()):
            goes_on = place == 0 and not part.units
            yield number, SpokenPart(range(0, 0 if goes_on else 1), word, part.language)


def _truths(
    units: Sequence[str],
    parts: Sequence[SpokenPart],
    begins: dict[int, list[tuple[str, float]]],
) -> Iterator[tuple[int, float]]:
    for number, part in enumerate(parts):
        said = begins.get(number, [])
        for place, unit in enumerate(part.units):
            found = [start for word, start in said if _same(word, units[unit])]
            if place == 0 and said:
                yield unit, said[0][1]
            elif found:
                yield unit, found[0]


def _same(word: str, unit: str) -> bool:
    return word.strip(".,;:!?…").casefold() == unit.strip(".,;:!?…").casefold()
