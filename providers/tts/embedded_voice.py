"""The embedded voices: neural ones that come as packages, and espeak-ng for the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cached_property

from domain.assets import SpeechRequest
from domain.voices import Voice
from providers.base import Call, Embedded, Media
from providers.tts.neural.engine import Engine
from providers.tts.neural.espeak import Espeak
from providers.tts.neural.family import Family
from providers.tts.neural.hibari import Hibari
from providers.tts.neural.kokoro import Kokoro
from providers.tts.neural.pico import Pico

# More lines than a model and a processor can take would only hold threads.
LINES_AT_ONCE = 2


class EmbeddedVoice(Embedded):
    """Speaks every language without a key or a network, each by the best engine for it."""

    name = "neural"
    model = "family-1"

    def __init__(self, engines: Sequence[Engine] | None = None) -> None:
        own = (Hibari(), Kokoro(), Pico(), Espeak()) if engines is None else engines
        self._family = Family(own)
        self._turns = asyncio.Semaphore(LINES_AT_ONCE)

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All that `voice_id` can name, each once for each manner in which it speaks."""
        return self._family.voices

    def cast(self, language: str) -> tuple[str, ...]:
        """The ids of the voices that characters get in turn in a language, as it is here."""
        return self._family.cast(language)

    @cached_property
    def lacking(self) -> dict[str, str]:
        """Engine → why it cannot be used here; looked at once, and reads 100 MB for it."""
        return self._family.lacking()

    @property
    def fingerprint(self) -> str:  # type: ignore[override]
        """A line that another voice had to speak is not the same asset."""
        return " ".join(f"without {name}" for name in self.lacking)

    async def synthesize(self, request: SpeechRequest, *, call: Call) -> Media:
        """WAV, 16 bit mono at the engine's rate; what cannot be spoken becomes silence."""
        async with self._turns:
            return await asyncio.to_thread(self._family.speak, request)

    async def aclose(self) -> None:
        """A model gives its memory back by itself."""
