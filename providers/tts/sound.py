"""Speech as samples: decoded, cleaned, freed of the silence around it, levelled, written as WAV."""

from __future__ import annotations

import io
import wave
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

from domain.assets import WordTiming
from domain.reading.length import spoken_ms
from providers.base import Media
from providers.errors import ProviderUnavailable
from providers.media import require_length, require_whole_wav

PEAK = 0.7
SILENCE = 0.004
MARGIN_MS = 30
FADE_MS = 4
# ffmpeg's filters, by name and options. Below a voice there is only rumble and a constant.
HIGH_PASS = (("highpass", "f=70"),)
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
    """Whether nothing can be heard: a constant is nothing."""
    return not len(samples) or float(np.abs(samples - samples.mean()).max()) < SILENCE


def finished(
    samples: Samples,
    rate: int,
    *,
    gain: float = 1.0,
    equaliser: tuple[tuple[str, str], ...] = (),
) -> tuple[Samples, int]:
    """(samples, cut_ms): what leaves a voice, and how much was cut from its beginning.

    High-passed at 70 Hz, without the silence around it, its peak at `PEAK` times `gain`, its
    edges faded so that none clicks. The sound must not be silent.
    """
    cleaned = filtered(samples, rate, *HIGH_PASS, *equaliser)
    begin, end = heard(cleaned, rate)
    return faded(levelled(cleaned[begin:end], gain=gain), rate), round(1000 * begin / rate)


def filtered(samples: Samples, rate: int, *filters: tuple[str, str]) -> Samples:
    """Mono samples through ffmpeg's audio filters, each a name and its options."""
    graph, tick = Graph(), Fraction(1, rate)
    source = graph.add_abuffer(sample_rate=rate, format="fltp", layout="mono", time_base=tick)
    nodes = [source, *(graph.add(*each) for each in filters), graph.add("abuffersink")]
    graph.link_nodes(*nodes).configure()
    frame = av.AudioFrame.from_ndarray(samples[None, :], format="fltp", layout="mono")
    frame.sample_rate, frame.time_base, frame.pts = rate, tick, 0
    graph.push(frame)
    graph.push(None)
    parts = []
    while True:
        try:
            parts.append(graph.pull().to_ndarray()[0])
        except (av.BlockingIOError, av.EOFError):
            return np.concatenate(parts).astype(np.float32)


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """The same sound at another rate."""
    if rate == wanted:
        return samples
    return filtered(samples, rate, ("aresample", str(wanted)))


def heard(samples: Samples, rate: int) -> tuple[int, int]:
    """(begin, end): the samples without the silence around them, with a small margin."""
    loud = np.flatnonzero(np.abs(samples) > SILENCE)
    if not len(loud):
        return 0, len(samples)
    margin = rate * MARGIN_MS // 1000
    return max(int(loud[0]) - margin, 0), min(int(loud[-1]) + margin, len(samples))


def levelled(samples: Samples, *, gain: float = 1.0) -> Samples:
    """As loud as every voice: its peak at `PEAK` times `gain`."""
    peak = float(np.abs(samples).max())
    return (samples * (PEAK * gain / peak)).astype(np.float32)


def faded(samples: Samples, rate: int) -> Samples:
    """With edges that rise and fall within `FADE_MS`."""
    length = min(rate * FADE_MS // 1000, len(samples) // 2)
    ramp = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    shape = np.ones(len(samples), np.float32)
    shape[:length], shape[len(shape) - length :] = ramp, ramp[::-1]
    return samples * shape


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
