"""espeak-ng as text in and sound or phonemes out, through its own process (espeak/README.md)."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy as np

from providers.errors import ProviderUnavailable
from providers.tts.process import answer_of
from providers.tts.sound import Samples
from providers.tts.voices import EspeakVoiceChoice, espeak_language

DRIVER = Path(__file__).parent / "espeak" / "driver.py"


@dataclass(frozen=True)
class EspeakSpeech:
    """A text that was spoken; `words` are its events: (character from 0, milliseconds)."""

    samples: Samples
    sample_rate: int
    words: tuple[tuple[int, int], ...]
    phonemes: str


def spoken_by_espeak(text: str, choice: EspeakVoiceChoice) -> EspeakSpeech:
    """Raises `ProviderError`s."""
    request = {
        **_paths(),
        "text": text,
        "voice": choice.voice,
        "rate": choice.rate,
        "pitch": choice.pitch,
        "range": choice.range,
    }
    header, newline, pcm = answer_of(DRIVER, request).partition(b"\n")
    if not newline:
        raise ProviderUnavailable("the speech process ended in the middle of its answer")
    facts: dict[str, Any] = json.loads(header)
    return EspeakSpeech(
        samples=np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768),
        sample_rate=int(facts["sample_rate"]),
        words=tuple((int(position), int(ms)) for position, ms in facts["words"]),
        phonemes=str(facts["phonemes"]),
    )


def ipa(texts: Sequence[str], language: str) -> list[str]:
    """The IPA of each text in a BCP 47 language, "^" between tied letters.

    Raises `ProviderError`s.
    """
    voice, _ = espeak_language(language, " ".join(texts))
    answer = answer_of(DRIVER, {**_paths(), "voice": voice, "texts": list(texts)})
    return [str(said) for said in json.loads(answer)["ipa"]]


def espeak_version() -> str:
    """What speaks, for `doctor`. Raises `ProviderUnavailable` with what to install."""
    if lack := espeak_lacks():
        raise ProviderUnavailable(lack)
    package = importlib.metadata.version("espeakng-loader")
    return f"espeak-ng 1.52 (espeakng-loader {package}) at {_paths()['library']}"


@cache
def espeak_lacks() -> str | None:
    """Why it cannot speak here, with what to install."""
    library, data = espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    if Path(library).is_file() and Path(data).is_dir():
        return None
    return f"espeak-ng is not at {library}: run `pip install espeakng-loader` again"


def _paths() -> dict[str, str]:
    return {
        "library": str(espeakng_loader.get_library_path()),
        "data": str(espeakng_loader.get_data_path()),
    }
