"""hibari: American English, a hundred times quicker than it is heard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from domain.voices import Voice
from providers.tts.neural.engine import Speech
from providers.tts.neural.manner import manner_of
from providers.tts.neural.model import Model, file_in
from providers.tts.neural.speaking import Frames, Ids, speak_symbols
from providers.tts.sound import Samples
from providers.tts.spoken.parts import SpokenPart

SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
# Frames of each symbol, inside the graph.
FRAMES = "/Clip_output_0"
LICENCE = "Apache-2.0"


class Hibari:
    """The voice `heart`, whose weights are in the package; others would be fetched from afar."""

    name = "hibari"
    licence = LICENCE

    def voices(self) -> tuple[Voice, ...]:
        return (
            Voice(
                id="hibari-heart",
                name="Heart",
                languages=("en",),
                sex="female",
                engine=self.name,
                licence=self.licence,
            ),
        )

    def lacks(self) -> str | None:
        return _model().lacks()

    def says(self, language: str) -> bool:
        return language.split("-")[0].lower() == "en"

    def speak(self, parts: Sequence[SpokenPart], voice: Voice, *, emotion: str) -> Speech:
        return speak_symbols(parts, _say, manner=manner_of(emotion))


@cache
def _model() -> Model:
    def files() -> tuple[Path, ...]:
        return (file_in("hibari", "assets", "hibari.onnx"),)

    return Model(files, sha256=SHA256, output=FRAMES, threads=1)


def _say(ids: Ids, speed: float) -> tuple[Samples, Frames]:
    from hibari import dsp

    *spectrum, frames = _model().run({"ids": ids, "speed": np.array([speed], np.float32)})
    # The breath in a voice is noise: always the same, so that the same text is the same sound.
    noise = np.random.default_rng(0)
    samples: Samples = dsp.synth(*(value[0] for value in spectrum), noise)
    return samples, frames.ravel()
