"""Loudness and true peak as ITU-R BS.1770-4 defines them, in NumPy; agrees with ffmpeg's meter.

Sound is (2, samples) float32 at 48 kHz. It is read in pieces, so a long film needs no more
memory than a short one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.audio import SAMPLE_RATE, Stereo

STEP = SAMPLE_RATE // 10
STEPS_PER_BLOCK = 4
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
OFFSET_LU = -0.691

# BS.1770-4, tables 1 and 2: a shelf for the head, then a high-pass.
_FILTERS = (
    (
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (1.0, -1.69065929318241, 0.73248077421585),
    ),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)
# Overlap-save: the high-pass has rung out (below -140 dB) after so many samples.
_FFT_SIZE = 1 << 16
_PIECE = 12 * STEP
_OVERLAP = _FFT_SIZE - _PIECE

_OVERSAMPLING = 4
_TAPS = 24
_KAISER_BETA = 8.0

Steps = NDArray[np.float64]


def step_powers(sound: Stereo, *, step: int = STEP) -> Steps:
    """The K-weighted power, both channels added, of every `step` samples; a divisor of 4800."""
    powers = [
        np.square(piece).reshape(2, -1, step).sum(axis=(0, 2), dtype=np.float64) / step
        for piece in _weighted(sound)
    ]
    return np.concatenate(powers)[: sound.shape[1] // step] if powers else np.zeros(0)


def integrated_lufs(powers: Steps) -> float:
    """Gated loudness of a whole programme from its `step_powers`; -inf for silence."""
    blocks = _blocks(powers)
    loud = blocks[_lufs(blocks) > ABSOLUTE_GATE_LUFS]
    if not len(loud):
        return -np.inf
    gate = float(_lufs(loud.mean())) + RELATIVE_GATE_LU
    return float(_lufs(loud[_lufs(loud) > gate].mean()))


def momentary_lufs(powers: Steps) -> Steps:
    """The loudness of each 400 ms, ten times a second."""
    return _lufs(_blocks(powers))


def peaks(sound: Stereo, *, hop: int) -> NDArray[np.float32]:
    """The highest true peak (linear, of both channels) in every `hop` samples; the last
    hop may be short."""
    length = sound.shape[1]
    highest = np.zeros(-(-length // hop), np.float32)
    piece = hop * max(1, 4 * SAMPLE_RATE // hop)
    for first in range(0, length, piece):
        last = min(first + piece, length)
        before, after = min(first, _TAPS), min(length - last, _TAPS)
        around = np.ascontiguousarray(sound[:, first - before : last + after])
        level = np.abs(around).max(axis=0)
        for taps in _interpolators():
            between = cv2.filter2D(around, -1, taps, borderType=cv2.BORDER_CONSTANT)
            np.maximum(level, np.abs(between).max(axis=0), out=level)
        level = np.pad(level[before : before + last - first], (0, -(last - first) % hop))
        highest[first // hop : -(-last // hop)] = level.reshape(-1, hop).max(axis=1)
    return highest


def true_peak_dbtp(sound: Stereo) -> float:
    """-inf for silence."""
    highest = float(peaks(sound, hop=STEP).max(initial=0.0))
    return float(20 * np.log10(highest)) if highest else -np.inf


def _weighted(sound: Stereo) -> Iterator[NDArray[np.float32]]:
    """The K-weighted sound in pieces of (2, 57600), the last one filled up with silence."""
    response = _response()
    length = sound.shape[1]
    for first in range(0, length, _PIECE):
        begin, end = max(first - _OVERLAP, 0), min(first + _PIECE, length)
        piece = np.zeros((2, _FFT_SIZE), np.float32)
        place = _OVERLAP - (first - begin)
        piece[:, place : place + end - begin] = sound[:, begin:end]
        heard = np.fft.irfft(np.fft.rfft(piece) * response, _FFT_SIZE)
        yield np.asarray(heard[:, _OVERLAP:], np.float32)


@cache
def _response() -> NDArray[np.complex64]:
    delay = np.exp(-2j * np.pi * np.arange(_FFT_SIZE // 2 + 1) / _FFT_SIZE)
    response = np.ones_like(delay)
    for numerator, denominator in _FILTERS:
        response *= np.polyval(numerator[::-1], delay) / np.polyval(denominator[::-1], delay)
    return np.asarray(response, np.complex64)


@cache
def _interpolators() -> tuple[NDArray[np.float32], ...]:
    """Windowed sincs that give the values a quarter, a half and three quarters further on."""
    places = np.arange(_TAPS) - _TAPS // 2
    return tuple(
        (np.sinc(places - phase / _OVERSAMPLING) * np.kaiser(_TAPS + 1, _KAISER_BETA)[:-1])
        .astype(np.float32)
        .reshape(1, -1)
        for phase in range(1, _OVERSAMPLING)
    )


def _blocks(powers: Steps) -> Steps:
    """The mean power of every 400 ms, 100 ms apart."""
    if len(powers) < STEPS_PER_BLOCK:
        return np.zeros(0)
    return np.convolve(powers, np.full(STEPS_PER_BLOCK, 1 / STEPS_PER_BLOCK), "valid")


def _lufs(power: Steps | float) -> Steps:
    return np.asarray(OFFSET_LU + 10 * np.log10(np.maximum(power, 1e-20)), np.float64)
