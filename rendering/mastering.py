"""One loudness for every film, and no peak above what players allow.

A look-ahead limiter: its gain is known before a peak comes and moves without a corner, so it
is not heard. Loudness under that gain is estimated from the K-weighted power that was measured
once; the file itself is measured afterwards, and corrected where AAC added to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.audio import Stereo, sound_parts, write_aac
from rendering.loudness import STEP, integrated_lufs, peaks, step_powers, true_peak_dbtp

# What YouTube, TikTok and Instagram play at; louder is turned down, quieter stays quiet.
TARGET_LUFS = -14.0
TOLERANCE_LU = 0.3
MAX_TRUE_PEAK_DBTP = -1.5
# AAC adds about this much to a limited peak.
FIRST_LIMIT_DBTP = -2.3
LIMIT_STEP_DB = 0.2
ATTEMPTS = 4
# A film of a few short effects is not blown up to the loudness of speech.
MAX_GAIN_DB = 24.0
GUESSES = 8

HOP = 16
LOOKAHEAD_HOPS = 45

Hops = NDArray[np.float32]


@dataclass(frozen=True)
class _Measured:
    """A mix before it is mastered; arrays count hops of 16 samples."""

    sound: Stereo
    peaks: Hops
    powers: NDArray[np.float64]


def write_mastered(mix: Stereo, out: Path, cancelled: Callable[[], bool]) -> None:
    """Write `mix` as AAC at -14 LUFS and at most -1.5 dBTP; silence stays silence.

    Raises `RenderingCancelled`.
    """
    measured = _Measured(mix, peaks(mix, hop=HOP), step_powers(mix, step=HOP))
    target, limit = TARGET_LUFS, FIRST_LIMIT_DBTP
    for _ in range(ATTEMPTS):
        gain = _gain_for(measured, target, limit)
        curve = gain * _limiting(gain * measured.peaks, limit)
        write_aac(mix.shape[1], lambda a, b, c=curve: _applied(mix, c, a, b), out, cancelled)  # type: ignore[misc]
        if not measured.powers.any():
            return
        off = TARGET_LUFS - integrated_lufs(step_powers(sound_parts(out)))
        over = true_peak_dbtp(sound_parts(out)) - MAX_TRUE_PEAK_DBTP
        if over <= 0 and (abs(off) <= TOLERANCE_LU or gain >= _linear(MAX_GAIN_DB)):
            return
        target += off if np.isfinite(off) else 0.0
        limit -= over + LIMIT_STEP_DB if over > 0 else 0.0


def _gain_for(mix: _Measured, target: float, limit: float) -> float:
    """The gain before the limiter with which the limited mix has the target's loudness."""
    gain = 1.0
    for _ in range(GUESSES):
        curve = gain * _limiting(gain * mix.peaks, limit)[: len(mix.powers)]
        powers = mix.powers * np.square(curve)
        whole = len(powers) - len(powers) % (STEP // HOP)
        loudness = integrated_lufs(powers[:whole].reshape(-1, STEP // HOP).mean(axis=1))
        if not np.isfinite(loudness):
            return gain
        gain = min(gain * _linear(target - loudness), _linear(MAX_GAIN_DB))
    return gain


def _limiting(levels: Hops, limit_dbtp: float) -> Hops:
    """The limiter's gain at the middle of each hop; nowhere more than that hop allows, nor
    its neighbours, so a straight line between them is safe too."""
    allowed = _linear(limit_dbtp) / np.maximum(levels, _linear(limit_dbtp))
    kernel = np.ones((1, 2 * LOOKAHEAD_HOPS + 1), np.uint8)
    lowest = cv2.erode(allowed.reshape(1, -1).astype(np.float32), kernel)
    window = np.hanning(2 * LOOKAHEAD_HOPS + 1)[1:-1].astype(np.float32).reshape(1, -1)
    smooth = cv2.filter2D(lowest, -1, window / window.sum(), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(smooth[0], np.float32)


def _applied(mix: Stereo, curve: Hops, first: int, last: int) -> Stereo:
    middles = (np.arange(first // HOP - 1, -(-last // HOP) + 1) + 0.5) * HOP
    nearby = curve[np.clip(np.arange(first // HOP - 1, -(-last // HOP) + 1), 0, len(curve) - 1)]
    gain = np.interp(np.arange(first, last) + 0.5, middles, nearby).astype(np.float32)
    return np.asarray(mix[:, first:last] * gain, np.float32)


def _linear(decibels: float) -> float:
    return float(10 ** (decibels / 20))
