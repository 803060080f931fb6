"""An emotion is heard: measured in the sound of the embedded voice itself."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.assets import SpeechRequest
from domain.plot import Emotion
from providers.base import Uncounted
from providers.tts.espeak_voice import EspeakVoice

WINDOW_SECONDS = 0.08
VOICED = 0.45


@dataclass(frozen=True)
class _Heard:
    seconds: float
    pitch_hz: float
    range_hz: float


async def _say(emotion: Emotion, language: str, text: str, speaker: int) -> _Heard:
    request = SpeechRequest(text=text, language=language, emotion=emotion, speaker=speaker)
    media = await EspeakVoice().synthesize(request, call=Uncounted())
    with wave.open(io.BytesIO(media.data)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    pitches = _pitches(samples, rate)
    low, middle, high = np.percentile(pitches, [10, 50, 90])
    return _Heard(len(samples) / rate, float(middle), float(high - low))


def _pitches(samples: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """The pitch of each voiced window between 80 and 420 Hz, by autocorrelation."""
    size = int(WINDOW_SECONDS * rate)
    shortest, longest = rate // 420, rate // 80
    found = []
    for begin in range(0, len(samples) - size, size // 4):
        window = samples[begin : begin + size]
        if np.sqrt(np.mean(window**2)) < 0.03:
            continue
        spectrum = np.fft.rfft((window - window.mean()) * np.hanning(size), 2 * size)
        likeness = np.fft.irfft(np.abs(spectrum) ** 2)
        lag = shortest + int(likeness[shortest:longest].argmax())
        if likeness[lag] > VOICED * likeness[0]:
            found.append(rate / lag)
    return np.asarray(found)


@pytest.mark.parametrize("speaker", [0, 1])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The river carries the salt to the sea every single day."),
        ("ko", "강물은 그 소금을 날마다 바다로 나릅니다."),
    ],
)
async def test_emotions_change_rate_pitch_and_range(language: str, text: str, speaker: int) -> None:
    heard = {emotion: await _say(emotion, language, text, speaker) for emotion in Emotion}
    plain = heard[Emotion.NEUTRAL]
    for emotion in (Emotion.HAPPY, Emotion.EXCITED, Emotion.ANGRY, Emotion.SURPRISED):
        assert heard[emotion].seconds < 0.98 * plain.seconds, emotion
        assert heard[emotion].range_hz > 1.1 * plain.range_hz, emotion
    for emotion in (Emotion.SAD, Emotion.CALM):
        assert heard[emotion].seconds > 1.05 * plain.seconds, emotion
        assert heard[emotion].range_hz < 0.95 * plain.range_hz, emotion
    for emotion in (Emotion.HAPPY, Emotion.EXCITED, Emotion.SURPRISED):
        assert heard[emotion].pitch_hz > 1.05 * plain.pitch_hz, emotion
    assert heard[Emotion.SAD].pitch_hz < 0.95 * plain.pitch_hz
    assert heard[Emotion.EXCITED].seconds == min(voice.seconds for voice in heard.values())
    assert heard[Emotion.SAD].seconds == max(voice.seconds for voice in heard.values())
