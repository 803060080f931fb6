"""Loudness and true peak as ITU-R BS.1770-4 defines them, in NumPy; agrees with ffmpeg's meter.

Sound is (2, samples) float32 at 48 kHz, or parts of it one after another: it is measured in
pieces, so a long film needs no more memory than a short one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.audio import SAMPLE_RATE, Stereo, in_pieces

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
Sound = Stereo | Iterable[Stereo]

_NOTHING = np.zeros((2, 0), np.float32)


def step_powers(sound: Sound, *, step: int = STEP) -> Steps:
    """The K-weighted power, both channels added, of every `step` samples; a divisor of 4800.
    What is left at the end is left out."""
    powers = []
    for piece, length in _weighted(sound):
        whole = piece[:, : length - length % step]
        steps = np.square(whole).reshape(2, -1, step)
        powers.append(steps.sum(axis=(0, 2), dtype=np.float64) / step)
    return np.concatenate(powers) if powers else np.zeros(0)


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


def peaks(sound: Sound, *, hop: int) -> NDArray[np.float32]:
    """The highest true peak (linear, of both channels) in every `hop` samples; the last
    hop may be short."""
    pieces = chain(in_pieces(sound, hop * max(1, 4 * SAMPLE_RATE // hop)), [_NOTHING])
    before, current, highest = _NOTHING, next(pieces), list[NDArray[np.float32]]()
    for following in pieces:
        around = np.concatenate([before[:, -_TAPS:], current, following[:, :_TAPS]], axis=1)
        first, length = min(before.shape[1], _TAPS), current.shape[1]
        level = _oversampled(around)[first : first + length]
        highest.append(np.pad(level, (0, -length % hop)).reshape(-1, hop).max(axis=1))
        before, current = current, following
    return np.concatenate(highest) if highest else np.zeros(0, np.float32)


def true_peak_dbtp(sound: Sound) -> float:
    """-inf for silence."""
    highest = float(peaks(sound, hop=STEP).max(initial=0.0))
    return float(20 * np.log10(highest)) if highest else -np.inf


def _weighted(sound: Sound) -> Iterator[tuple[NDArray[np.float32], int]]:
    """(K-weighted piece of (2, 57600), how much of it there is), one after another."""
    response = _response()
    window = np.zeros((2, _FFT_SIZE), np.float32)
    for piece in in_pieces(sound, _PIECE):
        length = piece.shape[1]
        window[:, :_OVERLAP] = window[:, _PIECE:]
        window[:, _OVERLAP : _OVERLAP + length] = piece
        window[:, _OVERLAP + length :] = 0
        heard = np.fft.irfft(np.fft.rfft(window) * response, _FFT_SIZE)
        yield np.asarray(heard[:, _OVERLAP:], np.float32), length


def _oversampled(sound: Stereo) -> NDArray[np.float32]:
    """At each sample the highest of it and the three values between it and the next."""
    level = np.abs(sound).max(axis=0)
    for taps in _interpolators():
        between = cv2.filter2D(sound, -1, taps, borderType=cv2.BORDER_CONSTANT)
        np.maximum(level, np.abs(between).max(axis=0), out=level)
    return np.asarray(level, np.float32)


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
