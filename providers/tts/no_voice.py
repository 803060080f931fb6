"""The voice of a short without one: captions alone, each line for as long as it takes to read."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from domain.assets import NO_PROVIDER, SpeechRequest, WordTiming
from domain.reading.length import spoken_ms
from domain.words import caption_units
from providers.base import Call, Embedded, Media
from providers.tts.aligner import speech_weights
from providers.tts.sound import wav

LICENCE = "CC0-1.0"
RATE = 8000


class NoVoice(Embedded):
    """Silence, with a time for every word by the length of what would be said."""

    name = NO_PROVIDER
    model = "none-1"

    async def synthesize(self, request: SpeechRequest, *, call: Call) -> Media:
        duration_ms = spoken_ms(request.text)
        return Media(
            data=wav(np.zeros(duration_ms * RATE // 1000, np.float32), RATE),
            media_type="audio/wav",
            model=self.model,
            licence=LICENCE,
            duration_ms=duration_ms,
            words=_timed(caption_units(request.text, request.language), request, duration_ms),
        )

    async def aclose(self) -> None:
        """Nothing is held."""


def _timed(
    units: tuple[str, ...], request: SpeechRequest, duration_ms: int
) -> tuple[WordTiming, ...]:
    ends = list(accumulate(speech_weights(units, request.language)))
    edges = [0, *(round(duration_ms * end / ends[-1]) for end in ends)]
    return tuple(
        WordTiming(text=unit, start_ms=begin, end_ms=end)
        for unit, begin, end in zip(units, edges, edges[1:], strict=False)
    )
