"""Speech as samples: decoded, freed of the silence around it, levelled, written as WAV."""

from __future__ import annotations

import io
import wave

import av
import numpy as np
from numpy.typing import NDArray

from domain.assets import WordTiming
from providers.base import Media
from providers.errors import ProviderUnavailable
from providers.llm.rules.script import spoken_ms
from providers.media import require_length, require_whole_wav

PEAK = 0.7
SILENCE = 0.004
MARGIN_MS = 30
SILENT_RATE = 22_050
SILENT_MS_PER_UNIT = 450
# A voice is at most twice as fast as expected; one that goes on for longer reads something else.
FASTEST, SLOWEST, SLOW_START_MS = 0.5, 4.0, 3000

Samples = NDArray[np.float32]


def decoded(service: str, data: bytes) -> tuple[Samples, int]:
    """A sound file as mono samples from -1 to 1, and its rate; every packet is decoded.

    Raises `ProviderUnavailable` for anything that is no whole sound.
    """
    require_whole_wav(service, data)
    try:
        with av.open(io.BytesIO(data), "r") as container:
            stream = container.streams.audio[0]
            rate = stream.codec_context.sample_rate
            resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
            frames = [*container.decode(stream), None]
            parts = [out.to_ndarray()[0] for frame in frames for out in resampler.resample(frame)]
    except (av.FFmpegError, IndexError, ValueError) as exc:
        described = f"{len(data)} bytes" if data else "an empty file"
        raise ProviderUnavailable(
            f"{service} sent {described} that is no whole sound: {exc}", may_have_charged=True
        ) from exc
    if not parts:
        raise ProviderUnavailable(f"{service} sent a sound of no length", may_have_charged=True)
    return np.concatenate(parts).astype(np.float32), rate


def require_speech(service: str, samples: Samples, rate: int, *, text: str) -> None:
    """Raises `ProviderUnavailable` where a sound cannot be the text, said aloud."""
    length_ms, expected_ms = 1000 * len(samples) // rate, spoken_ms(text)
    if is_silent(samples):
        raise ProviderUnavailable(f"{service} sent silence for a line", may_have_charged=True)
    require_length(service, length_ms, round(FASTEST * expected_ms))
    if length_ms > SLOWEST * expected_ms + SLOW_START_MS:
        raise ProviderUnavailable(
            f"{service} sent {length_ms / 1000:.1f} s of sound for a line of about "
            f"{expected_ms / 1000:.1f} s",
            may_have_charged=True,
        )


def is_silent(samples: Samples) -> bool:
    """Whether nothing can be heard."""
    return not len(samples) or float(np.abs(samples).max()) < SILENCE


def heard(samples: Samples, rate: int) -> tuple[int, int]:
    """(begin, end): the samples without the silence around them, with a small margin."""
    loud = np.flatnonzero(np.abs(samples) > SILENCE)
    margin = rate * MARGIN_MS // 1000
    return max(int(loud[0]) - margin, 0), min(int(loud[-1]) + margin, len(samples))


def levelled(samples: Samples) -> Samples:
    """As loud as every voice: its peak at `PEAK`."""
    peak = float(np.abs(samples).max())
    return (samples * (PEAK / peak)).astype(np.float32)


def wav(samples: Samples, rate: int) -> bytes:
    """WAV, 16 bit mono."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def silence(units: tuple[str, ...], *, model: str, licence: str) -> Media:
    """A line that has nothing to say, long enough to be read, and marked as such."""
    duration_ms = max(1200, SILENT_MS_PER_UNIT * len(units))
    samples = np.zeros(SILENT_RATE * duration_ms // 1000, np.float32)
    step = duration_ms / max(len(units), 1)
    return Media(
        data=wav(samples, SILENT_RATE),
        media_type="audio/wav",
        model=model,
        licence=licence,
        duration_ms=duration_ms,
        words=tuple(
            WordTiming(text=unit, start_ms=round(i * step), end_ms=round((i + 1) * step))
            for i, unit in enumerate(units)
        ),
        degraded="a line has no words to speak, so it is shown in silence",
    )
