"""SVOX Pico: one voice for each of six languages, quick and small, from an older time.

It speaks in a process of its own: a process repeats itself only the first time it speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from domain.voices import Voice
from providers.tts.neural.engine import Speech
from providers.tts.neural.manner import manner_of
from providers.tts.process import answer_of
from providers.tts.spoken.parts import SpokenPart

DRIVER = Path(__file__).parent / "pico_driver.py"
SAMPLE_RATE = 16_000
LICENCE = "Apache-2.0"
_VOICES = ("de-DE", "en-GB", "en-US", "es-ES", "fr-FR", "it-IT")
_OWN = {"en-GB": "en-GB"}
_LANGUAGES = frozenset(voice.split("-")[0] for voice in _VOICES)


class Pico:
    """Says no times of its words."""

    name = "pico"
    licence = LICENCE

    def voices(self) -> tuple[Voice, ...]:
        return tuple(
            Voice(
                id=f"{self.name}-{tag}",
                name=f"Pico {tag}",
                languages=(_OWN.get(tag, tag.split("-")[0]),),
                sex="female",
                engine=self.name,
                licence=self.licence,
            )
            for tag in _VOICES
        )

    def lacks(self) -> str | None:
        return _lacks()

    def says(self, language: str) -> bool:
        return language.split("-")[0].lower() in _LANGUAGES

    def speak(self, parts: Sequence[SpokenPart], voice: Voice, *, emotion: str) -> Speech:
        text = " ".join(part.text for part in parts if part.text)
        request = {
            "text": text,
            "voice": voice.id.partition("-")[2],
            "speed": manner_of(emotion).speed,
        }
        pcm = np.frombuffer(answer_of(DRIVER, request), "<i2")
        return Speech(pcm.astype(np.float32) / np.float32(32768), SAMPLE_RATE, None)


@cache
def _lacks() -> str | None:
    if find_spec("py_nanotts") is None:
        return "No module named 'py_nanotts'"
    return None
