"""QA's ears: the film's own sound, measured, and each voice looked for in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.layout import DialogueLine, Layout, Scene
from rendering.audio import SAMPLE_RATE, in_pieces, read_stereo, sound_parts
from rendering.errors import RenderingCancelled
from rendering.loudness import integrated_lufs, step_powers, true_peak_dbtp
from rendering.mix import sample_at
from rendering.quality.film import sound_begins
from rendering.segments import Files

SILENCE = 0.001
CLIPPED = 0.999
REACH_SECONDS = 0.5
TAIL_SECONDS = 0.4
# Speech is compared at a rate that keeps its energy and costs little.
STEP = 6
RATE = SAMPLE_RATE // STEP

Mono = NDArray[np.float32]


@dataclass(frozen=True)
class Voice:
    """A line, looked for around its place.

    Likeness: normalised correlation, 0–1. `level_dbfs`: what the film has of it, RMS.
    `tail_level_db`: what it has of the line's end, against the whole line.
    """

    scene_id: str
    line: DialogueLine
    silent: bool
    likeness: float = 0.0
    level_dbfs: float = -np.inf
    tail_likeness: float = 0.0
    tail_level_db: float = 0.0
    late_seconds: float = 0.0
    beyond_scene_seconds: float = 0.0


@dataclass(frozen=True)
class Heard:
    """The film's sound. Loudness and peak are -inf where all is silent."""

    loudness: float
    true_peak: float
    clipped_samples: int
    longest_silence_seconds: float
    voices: tuple[Voice, ...]


def listen(video: Path, layout: Layout, files: Files, *, cancelled: Callable[[], bool]) -> Heard:
    """Raises `RenderingError` where the sound cannot be decoded, and `RenderingCancelled`."""
    film = np.concatenate([part.mean(axis=0) for part in sound_parts(video)])
    placed = _from_the_start(film, sound_begins(video))
    voices = []
    for scene, begin_ms in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        for line in filter(lambda line: line.voiced, scene.dialogue):
            if cancelled():
                raise RenderingCancelled
            start = sample_at(layout, begin_ms + line.start_ms)
            voices.append(_voice(scene, line, start, files, placed))
    return Heard(
        loudness=integrated_lufs(step_powers(sound_parts(video))),
        true_peak=true_peak_dbtp(sound_parts(video)),
        clipped_samples=sum(int((np.abs(p) >= CLIPPED).sum()) for p in sound_parts(video)),
        longest_silence_seconds=_longest_silence(video),
        voices=tuple(voices),
    )


def _from_the_start(film: Mono, begins_seconds: float) -> Mono:
    """A track that begins late, or early, moved to where a player plays it."""
    shift = round(begins_seconds * SAMPLE_RATE)
    return np.pad(film, (shift, 0)) if shift > 0 else film[-shift:]


def _longest_silence(video: Path) -> float:
    """Seconds."""
    block = SAMPLE_RATE // 20
    levels = [float(np.abs(piece).max()) for piece in in_pieces(sound_parts(video), block)]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.asarray(levels) < SILENCE, [0]])))
    return float(max(edges[1::2] - edges[::2], default=0)) * block / SAMPLE_RATE


def _voice(scene: Scene, line: DialogueLine, start: int, files: Files, film: Mono) -> Voice:
    if line.audio is None:
        return Voice(scene.scene_id, line, silent=True)
    voice = read_stereo(files(line.audio)).mean(axis=0)
    if float(np.abs(voice).max(initial=0.0)) < SILENCE:
        return Voice(scene.scene_id, line, silent=True)
    likeness, late = _best_place(film, voice, start)
    tail, place = _tail(voice), max(start + late, 0)
    heard = _part(film, place, len(voice))
    end, gain = heard[tail], _gain(heard, voice)
    return Voice(
        scene_id=scene.scene_id,
        line=line,
        silent=False,
        likeness=likeness,
        level_dbfs=_decibels(gain * float(np.sqrt(np.mean(voice**2)))),
        tail_likeness=_likeness(end, voice[tail]),
        tail_level_db=_decibels(_gain(end, voice[tail]) / gain) if gain > 0 else 0.0,
        late_seconds=late / SAMPLE_RATE,
        beyond_scene_seconds=line.start_ms / 1000
        + len(voice) / SAMPLE_RATE
        - scene.duration_ms / 1000,
    )


def _tail(voice: Mono) -> slice:
    """The last part that is loud enough to be known again."""
    loud = np.flatnonzero(np.abs(voice) > 0.1 * np.abs(voice).max())
    end = int(loud[-1]) + 1
    return slice(max(end - min(int(TAIL_SECONDS * SAMPLE_RATE), len(voice) // 2), 0), end)


def _best_place(film: Mono, voice: Mono, start: int) -> tuple[float, int]:
    """(likeness where it is highest, samples later than `start`), within half a second."""
    reach = int(REACH_SECONDS * RATE)
    window = np.zeros(-(-len(voice) // STEP) + 2 * reach, np.float64)
    first = start - reach * STEP
    part = film[max(first, 0) : first + len(window) * STEP : STEP]
    begin = -(min(first, 0) // STEP)
    window[begin : begin + len(part)] = part[: len(window) - begin]
    spoken = voice[::STEP].astype(np.float64)
    products = _correlation(window, spoken)
    norms = _energies(window, len(spoken)) * float(spoken @ spoken)
    likeness = products / np.sqrt(np.maximum(norms, 1e-12))
    best = int(likeness.argmax())
    return float(likeness[best]), (best - reach) * STEP


def _correlation(window: NDArray[np.float64], spoken: NDArray[np.float64]) -> NDArray[np.float64]:
    size = 1 << (len(window) + len(spoken)).bit_length()
    spectrum = np.fft.rfft(window, size) * np.conj(np.fft.rfft(spoken, size))
    return np.asarray(np.fft.irfft(spectrum, size)[: len(window) - len(spoken) + 1])


def _energies(window: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    sums = np.cumsum(np.concatenate([[0.0], window**2]))
    return np.asarray(sums[length:] - sums[: len(sums) - length])


def _part(film: Mono, first: int, length: int) -> Mono:
    """Where the film has ended it is silent."""
    part = film[first : first + length]
    return np.pad(part, (0, length - len(part)))


def _likeness(film: Mono, voice: Mono) -> float:
    """The normalised correlation of two sounds as they lie."""
    norm = float(np.sqrt((film @ film) * (voice @ voice)))
    return float(film @ voice) / norm if norm else 0.0


def _gain(film: Mono, voice: Mono) -> float:
    """How much of the voice the film has."""
    energy = float(voice @ voice)
    return float(film @ voice) / energy if energy else 0.0


def _decibels(amplitude: float) -> float:
    return float(20 * np.log10(amplitude)) if amplitude > 0 else -np.inf


def audible_lines(heard: Heard) -> Iterator[Voice]:
    """The lines that have a voice."""
    return (voice for voice in heard.voices if not voice.silent)
