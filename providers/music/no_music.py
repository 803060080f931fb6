"""The music of a short without any."""

from __future__ import annotations

import numpy as np

from domain.assets import NO_PROVIDER, MusicRequest
from providers.base import Call, Embedded, Media
from providers.tts.sound import wav

LICENCE = "CC0-1.0"
RATE = 8000


class NoMusic(Embedded):
    """Silence, which the film leaves out."""

    name = NO_PROVIDER
    model = "none-1"

    async def generate(self, request: MusicRequest, *, call: Call) -> Media:
        return Media(
            data=wav(np.zeros(request.duration_ms * RATE // 1000, np.float32), RATE),
            media_type="audio/wav",
            model=self.model,
            licence=LICENCE,
            duration_ms=request.duration_ms,
        )

    async def aclose(self) -> None:
        """Nothing is held."""
