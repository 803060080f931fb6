"""espeak-ng alone: every line by the quickest of the embedded voices."""

from __future__ import annotations

from providers.tts.embedded_voice import EmbeddedVoice
from providers.tts.neural.espeak import Espeak


class EspeakVoice(EmbeddedVoice):
    """Speaks about a hundred languages without a key or a network."""

    name = "espeak"
    model = "espeak-ng-1.52-2"

    def __init__(self) -> None:
        super().__init__((Espeak(),))
