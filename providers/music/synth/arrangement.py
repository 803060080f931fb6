"""One loop of music: chords, bass, accompaniment, melody and drums, bar by bar."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from providers.music.synth.instruments import Samples, drum, note
from providers.music.synth.theory import MOODS, Band, Mood, degree_to_midi, voiced_chord

BEATS = 4
STEPS = 16

_KITS: dict[str, dict[str, str]] = {
    "club": {"kick": "x...x...x...x...", "snare": "....x.......x...", "hat": "..x...x...x...x."},
    "kit": {"kick": "x.....x.x.......", "snare": "....x.......x...", "hat": "x.x.x.x.x.x.x.x."},
    "lofi": {"kick": "x......x..x.....", "snare": "....x.......x...", "hat": "x.x.x.x.x.x.x.x."},
    "brushes": {"kick": "x.......x.......", "brush": "..x.x.x...x.x.x."},
    "timpani": {"timpani": "x...............", "tom": "............x.x."},
}
_DRUM_GAIN = {"kick": 0.6, "snare": 0.28, "hat": 0.08, "brush": 0.1, "tom": 0.3, "timpani": 0.55}


@dataclass(frozen=True)
class Score:
    """What is decided before a sound is made."""

    band: Band
    mood: Mood
    root: int
    progression: tuple[int, ...]
    motif: tuple[tuple[int, int, int], ...]
    comp_steps: tuple[int, ...]
    bars: int


def compose(mood_name: str, band: Band, bars: int, rng: random.Random) -> Score:
    """All musical choices, from the seed."""
    mood = MOODS.get(mood_name, MOODS["calm"])
    return Score(
        band=band,
        mood=mood,
        root=rng.choice(mood.roots),
        progression=rng.choice(mood.progressions),
        motif=_motif(rng),
        comp_steps=rng.choice(
            ((0, 4, 8, 12), (0, 6, 8, 14), (0, 3, 6, 10, 12), (0, 2, 4, 6, 8, 10, 12, 14))
        ),
        bars=bars,
    )


def play(score: Score, samples: int) -> NDArray[np.float32]:
    """The loop, (2, samples); notes that ring over its end go on at its start."""
    stage = _Stage(samples, samples / score.bars)
    previous: tuple[int, ...] = ()
    for bar in range(score.bars):
        degree = score.progression[bar % len(score.progression)]
        chord = voiced_chord(
            score.root, score.mood.mode, degree, previous, sevenths=score.band.sevenths
        )
        previous = chord
        _play_bar(stage, score, bar, degree, chord)
    return stage.mix


class _Stage:
    """Where notes are put: by bar and step, panned, wrapped at the end."""

    def __init__(self, samples: int, bar: float) -> None:
        self.mix = np.zeros((2, samples), np.float32)
        self.bar = bar

    def length(self, steps: float) -> int:
        return max(int(self.bar * steps / STEPS), 1)

    def put(self, sound: Samples, bar: int, step: float, gain: float, pan: float = 0.0) -> None:
        """`pan` from -1 (left) to 1 (right), constant power."""
        total = self.mix.shape[1]
        begin = int(self.bar * (bar + step / STEPS)) % total
        angle = (pan + 1) * np.pi / 4
        for channel, share in enumerate((np.cos(angle), np.sin(angle))):
            scaled = sound * np.float32(gain * share)
            offset = begin
            while len(scaled):
                part = scaled[: total - offset]
                self.mix[channel, offset : offset + len(part)] += part
                scaled, offset = scaled[len(part) :], 0


def _play_bar(stage: _Stage, score: Score, bar: int, degree: int, chord: tuple[int, ...]) -> None:
    band, intensity = score.band, _intensity(bar, score.bars)
    for index, midi in enumerate(chord):
        pan = -0.5 + index / max(len(chord) - 1, 1)
        stage.put(note(band.pad, midi, stage.length(STEPS)), bar, 0, 0.11, pan)
    _play_bass(stage, score, bar, degree)
    if intensity > 0.2:
        _play_comp(stage, score, bar, chord, intensity)
    if intensity > 0.45:
        _play_motif(stage, score, bar, degree)
    if band.drums and (score.mood.drums or intensity > 0.6) and intensity > 0.3:
        _play_drums(stage, band, bar, intensity)


def _intensity(bar: int, bars: int) -> float:
    """A light first bar, a rise over each four, a breath before the loop begins again."""
    if bars < 4:
        return 0.8
    if bar >= bars - 1:
        return 0.4
    phrase = bar // 4
    return min(1.0, 0.25 + 0.25 * phrase + 0.12 * (bar % 4) + (0.15 if bar else 0))


def _play_bass(stage: _Stage, score: Score, bar: int, degree: int) -> None:
    midi = degree_to_midi(score.root - 12, score.mood.mode, degree)
    midi = midi - 12 if midi > score.root - 3 else midi
    pattern = ((0, 8), (8, 8)) if score.mood.drums else ((0, 16),)
    for step, steps in pattern:
        stage.put(note(score.band.bass, midi, stage.length(steps)), bar, step, 0.26)


def _play_comp(
    stage: _Stage, score: Score, bar: int, chord: tuple[int, ...], intensity: float
) -> None:
    for order, step in enumerate(score.comp_steps):
        midi = chord[order % len(chord)] + (12 if order >= len(chord) else 0)
        swung = step + (score.band.swing * 4 if step % 4 == 2 else 0)
        gain = 0.1 * (0.6 + 0.4 * intensity) * (1.0 if step % 8 == 0 else 0.8)
        pan = 0.45 if order % 2 else -0.45
        stage.put(note(score.band.comp, midi, stage.length(3)), bar, swung, gain, pan)


def _play_motif(stage: _Stage, score: Score, bar: int, degree: int) -> None:
    if bar % 4 == 3:
        return
    for step, steps, offset in score.motif:
        answer = offset - 1 if bar % 2 else offset
        midi = degree_to_midi(score.root + 24, score.mood.mode, degree % 7 + answer)
        midi -= 12 if midi > score.root + 36 else 0
        stage.put(note(score.band.lead, midi, stage.length(steps)), bar, step, 0.085, 0.15)


def _play_drums(stage: _Stage, band: Band, bar: int, intensity: float) -> None:
    for name, pattern in _KITS[band.drums or "kit"].items():
        for step, mark in enumerate(pattern):
            if mark == "x":
                swung = step + (band.swing * 4 if step % 4 == 2 else 0)
                accent = 1.0 if step % 4 == 0 else 0.75
                gain = _DRUM_GAIN[name] * accent * (0.55 + 0.45 * intensity) * 0.5
                stage.put(drum(name), bar, swung, gain, 0.25 if name == "hat" else 0.0)


def _motif(rng: random.Random) -> tuple[tuple[int, int, int], ...]:
    """(step, length, scale steps from the chord's root): mostly chord tones, with rests."""
    rhythm = rng.choice(((0, 6, 8), (0, 4, 6, 12), (2, 6, 10), (0, 3, 6, 12), (4, 8, 12)))
    tones = [rng.choice((0, 2, 4, 4, 2, 5, 7)) for _ in rhythm]
    tones[0] = rng.choice((0, 2, 4))
    ends = (*rhythm[1:], STEPS)
    return tuple(
        (step, min(end - step, 6), tone)
        for step, end, tone in zip(rhythm, ends, tones, strict=True)
    )
