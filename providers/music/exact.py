"""A service's piece of music, made exactly as long as asked, so that it loops without a seam.

Too long a piece is cut, too short a one repeated, in both cases at a bar, found in the sound:
the beat is the strongest period of its onsets. Over the seam what would have followed fades into
what begins.
"""

from __future__ import annotations

import io
import wave

import av
import numpy as np
from numpy.typing import NDArray

from providers.errors import ProviderUnavailable
from providers.media import require_length

RATE = 48_000
# Asked for beyond the length, for the seam.
SEAM_MS = 1000
HOP = 480
BEATS_PER_BAR = 4
MIN_BPM, MAX_BPM = 60, 180
RMS, PEAK = 0.12, 0.9

Stereo = NDArray[np.float32]


def exact_music(service: str, data: bytes, duration_ms: int) -> bytes:
    """WAV, 16 bit stereo, 48 kHz. Raises `ProviderUnavailable` where it is no whole music."""
    sound = _decoded(service, data)
    require_length(service, 1000 * sound.shape[1] // RATE, duration_ms)
    looped = _looped(sound, duration_ms * RATE // 1000)
    return _wav(_levelled(looped))


def bar_samples(sound: Stereo) -> int:
    """A bar's length, from the onsets' autocorrelation."""
    mono = sound.mean(axis=0)
    frames = len(mono) // HOP
    energy = np.log1p(100 * np.square(mono[: frames * HOP].reshape(frames, HOP)).mean(axis=1))
    onsets = np.maximum(np.diff(energy), 0)
    onsets -= onsets.mean()
    spectrum = np.fft.rfft(onsets, 2 * len(onsets))
    likeness = np.fft.irfft(np.abs(spectrum) ** 2)
    slow, fast = (round(60 * RATE / HOP / bpm) for bpm in (MIN_BPM, MAX_BPM))
    window = likeness[fast : min(slow + 1, len(onsets))]
    beat = fast + int(window.argmax()) if len(window) else slow
    return beat * HOP * BEATS_PER_BAR


def _looped(sound: Stereo, samples: int) -> Stereo:
    seam = min(SEAM_MS * RATE // 1000, samples // 4, sound.shape[1] // 4)
    while sound.shape[1] < samples + seam:
        sound = _repeated(sound, seam)
    result = sound[:, :samples].copy()
    # What would have come after the end leads over into the beginning.
    fade = np.sin(np.linspace(0, np.pi / 2, seam, dtype=np.float32))
    result[:, :seam] = result[:, :seam] * fade + sound[:, samples : samples + seam] * fade[::-1]
    return result


def _repeated(sound: Stereo, seam: int) -> Stereo:
    """Twice as long or nearly so: the second time begins on a bar of the first."""
    length, bar = sound.shape[1], bar_samples(sound)
    bars = (length - seam) // bar
    begin = bars * bar if bars else length - seam
    fade = np.sin(np.linspace(0, np.pi / 2, seam, dtype=np.float32))
    joined = sound[:, begin : begin + seam] * fade[::-1] + sound[:, :seam] * fade
    return np.concatenate([sound[:, :begin], joined, sound[:, seam:]], axis=1)


def _decoded(service: str, data: bytes) -> Stereo:
    try:
        with av.open(io.BytesIO(data), "r") as container:
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
            frames = [*container.decode(audio=0), None]
            parts = [out.to_ndarray() for frame in frames for out in resampler.resample(frame)]
    except (av.FFmpegError, IndexError, ValueError) as exc:
        described = f"{len(data)} bytes" if data else "an empty file"
        raise ProviderUnavailable(
            f"{service} sent {described} that is no whole music: {exc}", may_have_charged=True
        ) from exc
    sound = np.concatenate(parts, axis=1) if parts else np.zeros((2, 0), np.float32)
    if not sound.size or float(np.abs(sound).max()) < 0.01:
        raise ProviderUnavailable(f"{service} sent silence for music", may_have_charged=True)
    return np.asarray(sound, np.float32)


def _levelled(sound: Stereo) -> Stereo:
    gain = min(RMS / float(np.sqrt(np.mean(sound**2))), PEAK / float(np.abs(sound).max()))
    return np.asarray(sound * np.float32(gain), np.float32)


def _wav(sound: Stereo) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((sound.T * 32767).astype("<i2").tobytes())
    return buffer.getvalue()
