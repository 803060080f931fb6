"""Notes and drum hits as samples: additive and noise synthesis, 48 kHz, mono float32."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48_000

Samples = NDArray[np.float32]

# Relative strength of the harmonics, then attack and decay (time constants, seconds), how
# much faster high harmonics decay, and the detuning of a second voice in cents.
_TIMBRES: dict[str, tuple[tuple[float, ...], float, float, float, float]] = {
    "warm": ((1, 0.45, 0.2, 0.1, 0.05), 0.5, 9.0, 0.0, 7),
    "strings": ((1, 0.6, 0.45, 0.3, 0.2, 0.14, 0.1), 0.25, 9.0, 0.0, 11),
    "saw": ((1, 0.5, 0.33, 0.25, 0.2, 0.16, 0.13), 0.02, 1.6, 0.25, 9),
    "soft": ((1, 0.18, 0.08), 0.03, 1.3, 0.3, 4),
    "bell": ((1, 0.0, 0.35, 0.0, 0.18, 0.0, 0.08), 0.004, 1.1, 0.6, 3),
    "piano": ((1, 0.55, 0.32, 0.2, 0.12, 0.08, 0.05), 0.004, 0.9, 0.55, 2),
    "epiano": ((1, 0.3, 0.05, 0.16, 0.03), 0.005, 0.8, 0.5, 3),
    "pluck": ((1, 0.5, 0.35, 0.22, 0.12), 0.003, 0.28, 0.5, 5),
    "guitar": ((1, 0.7, 0.5, 0.3, 0.2, 0.12), 0.003, 0.5, 0.7, 2),
    "sub": ((1, 0.12), 0.03, 2.5, 0.0, 0),
    "low": ((1, 0.5, 0.28, 0.14), 0.06, 2.0, 0.1, 5),
    "round": ((1, 0.35, 0.1), 0.006, 0.6, 0.4, 0),
}
_RELEASE_SECONDS = 0.12


@lru_cache(maxsize=512)
def note(instrument: str, midi: int, samples: int) -> Samples:
    """One note, `samples` long before its release; peak about 1."""
    partials, attack, decay, damping, detune = _TIMBRES[instrument]
    release = int(_RELEASE_SECONDS * SAMPLE_RATE)
    time = np.arange(samples + release, dtype=np.float32) / np.float32(SAMPLE_RATE)
    frequency = 440.0 * 2 ** ((midi - 69) / 12)
    sound = np.zeros_like(time)
    for shift in (-detune, detune) if detune else (0.0,):
        base = frequency * 2 ** (shift / 1200)
        for number, strength in enumerate(partials, start=1):
            if strength and base * number < SAMPLE_RATE / 2.5:
                rate = (1 + damping * (number - 1)) / decay
                wave = np.sin(2 * np.pi * base * number * time + 0.7 * number)
                sound += np.float32(strength) * wave * np.exp(-time * np.float32(rate))
    sound *= 1 - np.exp(-time / np.float32(attack / 3))
    sound[samples:] *= np.linspace(1, 0, release, dtype=np.float32) ** 2
    result = np.asarray(sound / max(float(np.abs(sound).max()), 1e-6), np.float32)
    result.setflags(write=False)
    return result


@lru_cache(maxsize=64)
def drum(name: str) -> Samples:
    """One hit of `kick`, `snare`, `hat`, `brush`, `tom` or `timpani`; peak 1."""
    rng = np.random.default_rng(sum(name.encode()))
    sound = _DRUMS[name](rng)
    result = np.asarray(sound / np.abs(sound).max(), np.float32)
    result.setflags(write=False)
    return result


def _times(seconds: float) -> NDArray[np.float64]:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _thump(seconds: float, high: float, low: float, fall: float) -> NDArray[np.float64]:
    time = _times(seconds)
    phase = 2 * np.pi * np.cumsum(low + (high - low) * np.exp(-time / fall)) / SAMPLE_RATE
    return np.asarray(np.sin(phase) * np.exp(-time / (seconds / 4)) * (1 - np.exp(-time / 0.001)))


def _hiss(
    rng: np.random.Generator, seconds: float, decay: float, low_hz: float
) -> NDArray[np.float64]:
    time = _times(seconds)
    spectrum = np.fft.rfft(rng.standard_normal(len(time)))
    frequency = np.fft.rfftfreq(len(time), 1 / SAMPLE_RATE)
    spectrum *= 1 / (1 + (low_hz / np.maximum(frequency, 1)) ** 4)
    spectrum *= 1 / (1 + (frequency / 12_000) ** 4)
    return np.asarray(np.fft.irfft(spectrum, len(time)) * np.exp(-time / decay))


def _snare(rng: np.random.Generator) -> NDArray[np.float64]:
    noise = _hiss(rng, 0.25, 0.06, 1200)
    body = _thump(0.25, 240, 180, 0.02)
    return np.asarray(0.7 * noise / np.abs(noise).max() + 0.5 * body)


_DRUMS: dict[str, Callable[[np.random.Generator], NDArray[np.float64]]] = {
    "kick": lambda rng: _thump(0.35, 150, 48, 0.03),
    "tom": lambda rng: _thump(0.45, 160, 90, 0.06),
    "timpani": lambda rng: _thump(1.4, 90, 62, 0.08),
    "snare": _snare,
    "hat": lambda rng: _hiss(rng, 0.09, 0.02, 7000),
    "brush": lambda rng: _hiss(rng, 0.2, 0.07, 3000),
}
