"""The embedded sound effects: one small synthesis per tag of `domain.sfx`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from domain.assets import SoundRequest
from providers.base import Call, Embedded, Media
from providers.errors import InvalidProviderRequest
from providers.music.synth.instruments import SAMPLE_RATE, drum, note
from providers.music.synth.music import LICENCE, to_wav

PEAK = 0.5
FADE_SECONDS = 0.01

Sound = NDArray[np.float64]
Rng = np.random.Generator


class SoundSynth(Embedded):
    """Sound effects without a key."""

    name = "synth"
    model = "synth-1"

    async def generate(self, request: SoundRequest, *, call: Call) -> Media:
        """WAV, 16 bit stereo, 48 kHz, 0.2 to 3 s.

        Raises `InvalidProviderRequest` for a tag that has no sound.
        """
        stereo = await asyncio.to_thread(make_sound, request.tag, request.seed)
        return Media(
            data=to_wav(stereo),
            media_type="audio/wav",
            model=self.model,
            licence=LICENCE,
            duration_ms=1000 * stereo.shape[1] // SAMPLE_RATE,
        )

    async def aclose(self) -> None:
        """Nothing is held."""


def make_sound(tag: str, seed: int) -> NDArray[np.float32]:
    """(2, samples), faded at both ends. Raises `InvalidProviderRequest`."""
    if tag not in _SOUNDS:
        raise InvalidProviderRequest(
            f"tag: there is no sound called {tag!r}; there are {', '.join(sorted(_SOUNDS))}"
        )
    rng = np.random.default_rng(seed)
    left = _SOUNDS[tag](rng)
    right = np.roll(left, int(rng.integers(40, 160)))
    stereo = np.stack([left, right])
    fade = int(FADE_SECONDS * SAMPLE_RATE)
    ramp = np.linspace(0, 1, fade)
    stereo[:, :fade] *= ramp
    stereo[:, -fade * 4 :] *= np.linspace(1, 0, fade * 4)
    return np.asarray(PEAK * stereo / np.abs(stereo).max(), np.float32)


def _times(seconds: float) -> Sound:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _noise(rng: Rng, seconds: float, low_hz: float, high_hz: float) -> Sound:
    """Noise between two frequencies, unit standard deviation."""
    count = int(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(rng.standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    safe = np.maximum(frequency, 1.0)
    spectrum *= 1 / (1 + (low_hz / safe) ** 4) / (1 + (safe / high_hz) ** 4)
    sound = np.fft.irfft(spectrum, count)
    return np.asarray(sound / sound.std())


def _whoosh(rng: Rng, seconds: float, peak: float, center_hz: float) -> Sound:
    time = _times(seconds) / seconds
    shape = np.exp(-(((time - peak) / 0.16) ** 2))
    bright = _noise(rng, seconds, center_hz, 4 * center_hz)
    deep = _noise(rng, seconds, center_hz / 4, center_hz)
    return np.asarray((deep * (1 - time) + bright * time) * shape)


def _melody(rng: Rng, instrument: str, midis: list[int], gap: float, ring: float) -> Sound:
    shift = int(rng.integers(-2, 3))
    total = np.zeros(int((gap * len(midis) + ring + 0.3) * SAMPLE_RATE))
    for index, midi in enumerate(midis):
        sound = note(instrument, midi + shift, int(ring * SAMPLE_RATE))
        begin = int(index * gap * SAMPLE_RATE)
        total[begin : begin + len(sound)] += sound * 0.85**index
    return total


def _hits(rng: Rng, name: str, times: list[float], seconds: float) -> Sound:
    total, sound = np.zeros(int(seconds * SAMPLE_RATE)), drum(name)
    for time in times:
        begin = int((time + rng.uniform(-0.012, 0.012)) * SAMPLE_RATE)
        part = sound[: len(total) - max(begin, 0)]
        total[max(begin, 0) : max(begin, 0) + len(part)] += part * rng.uniform(0.75, 1)
    return total


def _swell(sound: Sound, attack: float) -> Sound:
    time = np.linspace(0, 1, len(sound))
    return np.asarray(sound * np.minimum(time / attack, 1) * (1 - time) ** 0.7)


def _weather(rng: Rng, low_hz: float, high_hz: float, wobble_hz: float, depth: float) -> Sound:
    sound = _noise(rng, 2.6, low_hz, high_hz)
    time = _times(2.6)
    phase = rng.uniform(0, 2 * np.pi)
    swing = 1 - depth + depth * np.sin(2 * np.pi * wobble_hz * time + phase) ** 2
    return _swell(sound[: len(swing)] * swing, 0.2)


def _rain(rng: Rng) -> Sound:
    bed = 0.4 * _noise(rng, 2.6, 1500, 9000)
    drops = np.zeros_like(bed)
    for begin in rng.integers(0, len(bed) - 1000, 260):
        length = int(rng.integers(150, 700))
        time = np.arange(length) / SAMPLE_RATE
        pitch = rng.uniform(1800, 5200)
        drops[begin : begin + length] += np.sin(2 * np.pi * pitch * time) * np.exp(-time * 900)
    return _swell(bed + 1.2 * drops, 0.15)


def _thunder(rng: Rng) -> Sound:
    crack = _noise(rng, 2.8, 40, 400) * np.exp(-_times(2.8) * 1.4)
    rumble = _noise(rng, 2.8, 25, 120) * np.exp(-((_times(2.8) - 0.7) ** 2) * 1.2)
    return np.asarray(crack + 1.4 * rumble)


def _door(rng: Rng) -> Sound:
    creak_time = _times(0.7)
    pitch = 180 + 90 * np.sin(2 * np.pi * 1.1 * creak_time) + rng.uniform(-20, 20)
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    grain = 0.5 + 0.5 * np.sign(np.sin(2 * np.pi * 34 * creak_time))
    creak = np.sin(phase + 2 * np.sin(2 * phase)) * grain * np.sin(np.pi * creak_time / 0.7)
    latch = _hits(rng, "tom", [0.78, 0.86], 1.3)
    latch[: len(creak)] += 0.35 * creak
    return latch


def _drone(rng: Rng) -> Sound:
    time = _times(2.4)
    base = rng.uniform(52, 62)
    voices = sum(
        np.sin(2 * np.pi * base * ratio * time) / (index + 1)
        for index, ratio in enumerate((1.0, 1.06, 1.5, 2.02))
    )
    return _swell(np.asarray(voices), 0.35)


def _riser(rng: Rng) -> Sound:
    time = _times(1.6)
    phase = 2 * np.pi * np.cumsum(220 * 2 ** (2 * time / 1.6)) / SAMPLE_RATE
    return np.asarray((np.sin(phase) + 0.4 * _noise(rng, 1.6, 800, 8000)) * (time / 1.6) ** 2)


def _pop(rng: Rng) -> Sound:
    time = _times(0.25)
    pitch = rng.uniform(380, 520) * (1 + 1.4 * np.minimum(time / 0.04, 1))
    return np.asarray(np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE) * np.exp(-time * 28))


_SOUNDS: dict[str, Callable[[Rng], Sound]] = {
    "subtle_whoosh": lambda rng: _whoosh(rng, 0.7, 0.5, 700),
    "energetic_swoosh": lambda rng: _whoosh(rng, 0.55, 0.6, 1400),
    "upbeat_chime": lambda rng: _melody(rng, "bell", [72, 76, 79, 84], 0.09, 0.9),
    "sparkle": lambda rng: _melody(rng, "bell", [84, 91, 88, 96, 93], 0.07, 0.6),
    "gentle_bell": lambda rng: _melody(rng, "bell", [76], 0.0, 1.8),
    "soft_piano": lambda rng: _melody(rng, "piano", [57, 64, 60], 0.32, 1.3),
    "ambient_pad": lambda rng: _swell(_melody(rng, "warm", [48, 55, 64], 0.02, 2.2), 0.3),
    "pop": _pop,
    "impact": lambda rng: (
        _hits(rng, "timpani", [0.02], 1.6)
        + 0.15 * _noise(rng, 1.6, 60, 500) * np.exp(-_times(1.6) * 5)
    ),
    "rise": _riser,
    "tense_drone": _drone,
    "door": _door,
    "footsteps": lambda rng: (
        _hits(rng, "brush", [0.05, 0.5, 0.95, 1.4], 1.8)
        + 0.5 * _hits(rng, "tom", [0.05, 0.5, 0.95, 1.4], 1.8)
    ),
    "wind": lambda rng: _weather(rng, 250, 900, 0.45, 0.7),
    "water": lambda rng: _weather(rng, 300, 2400, 0.6, 0.85),
    "rain": _rain,
    "thunder": _thunder,
    "heartbeat": lambda rng: _hits(rng, "kick", [0.05, 0.3, 1.0, 1.25], 1.9),
    "typing": lambda rng: _hits(rng, "hat", [0.05, 0.17, 0.26, 0.41, 0.52, 0.66, 0.74], 1.0),
}
