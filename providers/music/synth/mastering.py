"""Room, width and loudness, all circular, so that a loop has no seam."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from providers.music.synth.instruments import SAMPLE_RATE

Stereo = NDArray[np.float32]

TARGET_LUFS = -18.0
PEAK = 0.6
REVERB_SECONDS = 1.8


def with_room(dry: Stereo, *, amount: float, seed: int) -> Stereo:
    """`dry` (2, n) with a decaying-noise room, wrapped round from its end to its start."""
    rng = np.random.default_rng(seed)
    length = int(REVERB_SECONDS * SAMPLE_RATE)
    time = np.arange(length) / SAMPLE_RATE
    envelope = np.exp(-time / (REVERB_SECONDS / 5)) * (time > 0.012)
    wet = np.empty_like(dry)
    for channel in range(2):
        response = rng.standard_normal(length) * envelope
        wet[channel] = _circular_convolution(dry[channel], response / np.linalg.norm(response))
    return (dry + np.float32(amount) * wet).astype(np.float32)


def mastered(mix: Stereo) -> Stereo:
    """At the target loudness, gently limited; nothing above `PEAK`."""
    mix = mix - mix.mean(axis=1, keepdims=True, dtype=np.float64).astype(np.float32)
    gain = 10 ** ((TARGET_LUFS - loudness(mix)) / 20)
    loud = mix * np.float32(gain)
    return np.asarray(PEAK * np.tanh(loud / PEAK), np.float32)


def loudness(stereo: Stereo) -> float:
    """Ungated loudness in LUFS, K-weighted as in ITU-R BS.1770-5, computed over the spectrum."""
    samples = stereo.shape[1]
    size = _smooth_length(samples)
    power = sum(np.abs(np.fft.rfft(channel, size)) ** 2 for channel in stereo)
    frequency = np.asarray(np.fft.rfftfreq(size, 1 / SAMPLE_RATE), np.float64)
    mean_square = 2 * float((power * _k_weight(frequency)).sum()) / size / samples
    return -0.691 + 10 * float(np.log10(max(mean_square, 1e-12)))


def _k_weight(frequency: NDArray[np.float64]) -> NDArray[np.float64]:
    """Power response of the two K-weighting biquads at 48 kHz (BS.1770-5, tables 1 and 2)."""
    z = np.exp(-2j * np.pi * frequency / SAMPLE_RATE)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    highpass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(np.abs(shelf * highpass) ** 2)


def _circular_convolution(
    signal: NDArray[np.float32], response: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Linear convolution at an FFT-friendly length, its tail added to the start."""
    samples, full = len(signal), len(signal) + len(response) - 1
    size = _smooth_length(full)
    linear = np.fft.irfft(np.fft.rfft(signal, size) * np.fft.rfft(response, size), size)[:full]
    result = linear[:samples].copy()
    for begin in range(samples, full, samples):
        tail = linear[begin : begin + samples]
        result[: len(tail)] += tail
    return np.asarray(result)


def _smooth_length(minimum: int) -> int:
    """The least 2-3-5-smooth length that is long enough: primes make an FFT ten times slower."""
    best = 1 << (minimum - 1).bit_length()
    fives = 1
    while fives < best:
        threes = fives
        while threes < best:
            length = threes
            while length < minimum:
                length *= 2
            best = min(best, length)
            threes *= 3
        fives *= 5
    return best
