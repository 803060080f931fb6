"""Words light up when they are heard: measured in the samples, against the frame that shows it."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.assets import SpeechRequest
from domain.layout import FPS
from providers.base import Uncounted
from providers.tts.espeak_voice import EspeakVoice
from rendering.captions.raster import plan_states
from tests.rendering.captions.scenes import START_MS, scene_with

MAX_APART_MS = 80
STEP_SECONDS = 0.005
# Of the loudest moment.
SILENT = 0.03

# Words with a pause before each: where one begins is where the silence ends.
APART = {
    "en": "Seven, captains, took, twenty, potatoes, to, Cape, Town.",
    "ko": "바다, 하늘, 사람, 커피, 토요일, 기차, 공원.",
    "ja": "さかな、 カメラ、 きっぷ、 たまご、 くるま、 ことり。",
    "zh": "大海， 天空， 老虎， 朋友， 太阳， 苹果。",
    "de": "Katze, Tasche, Packung, Topf, Kutsche, Tag.",
    "es": "Casa, perro, tomate, cama, pelota, taza.",
    "ar": "كتاب، تفاح، قلم، باب، طاولة.",
    "hi": "किताब, पानी, तारा, कमल, पहाड़.",
    "ru": "Книга, поезд, трава, камень, собака.",
}
# Said in one breath; each word begins with a stop, and so with a short silence of its own.
FLUENT = {
    "ko": "토끼 코끼리 타조 커피 파도 토마토",
    "en": "Ten cats take pots to town",
    "de": "Paul kauft teure Tassen",
}


async def spoken(text: str, language: str) -> tuple[list[int], list[float]]:
    """(when each unit of the caption lights up, when sound sets in), ms of the video."""
    media = await EspeakVoice().synthesize(
        SpeechRequest(text=text, language=language), call=Uncounted()
    )
    with wave.open(io.BytesIO(media.data)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32)
        rate = file.getframerate()
    scene = scene_with(text, language, words=media.words)
    planned = plan_states(
        scene.subtitles[0], scene.dialogue[0], size_px=(1080, 1920), language=language
    )
    frames = [(state.start_ms * FPS + 500) // 1000 for state in planned]
    return [frame * 1000 // FPS for frame in frames], loud_steps(samples, rate)


def loud_steps(samples: NDArray[np.float32], rate: int) -> list[float]:
    size = round(rate * STEP_SECONDS)
    peaks = np.abs(samples[: len(samples) // size * size]).reshape(-1, size).max(axis=1)
    loud = np.flatnonzero(peaks > SILENT * peaks.max())
    return [START_MS + 1000 * STEP_SECONDS * float(step) for step in loud]


def onsets(loud: list[float], silence_ms: float) -> list[float]:
    """When sound sets in after at least so much silence."""
    gaps = np.diff(loud, prepend=-np.inf)
    return [time for time, gap in zip(loud, gaps, strict=True) if gap > silence_ms]


def farthest(lit: list[int], heard: list[float]) -> float:
    """From each word's light to the sound that sets in nearest to it; no sound serves twice."""
    nearest = [min(heard, key=lambda time: abs(time - light)) for light in lit]
    assert len(set(nearest)) == len(lit)
    return max(abs(time - light) for time, light in zip(nearest, lit, strict=True))


@pytest.mark.parametrize("language", APART)
async def test_words_light_up_when_they_are_heard(language: str) -> None:
    lit, loud = await spoken(APART[language], language)
    assert len(lit) == len(APART[language].split())
    assert farthest(lit, onsets(loud, silence_ms=55)) <= MAX_APART_MS


@pytest.mark.parametrize("language", FLUENT)
async def test_words_said_in_one_breath_too(language: str) -> None:
    lit, loud = await spoken(FLUENT[language], language)
    assert len(lit) == len(FLUENT[language].split())
    assert farthest(lit, onsets(loud, silence_ms=18)) <= MAX_APART_MS
