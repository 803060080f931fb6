"""The sound of a film: voices on their frames, music that makes room for them, effects.

Whatever a provider's files are like, each line has one loudness, the music lies below it and
an effect's loudest moment between them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.layout import MUSIC_VOLUME, SOUND_VOLUME, Layout
from rendering.audio import SAMPLE_RATE, Stereo, in_pieces, read_stereo, sound_parts
from rendering.errors import RenderingError
from rendering.loudness import STEP, integrated_lufs, momentary_lufs, step_powers
from rendering.mastering import write_mastered
from rendering.segments import Files

# Before the whole is mastered to -14 LUFS; music and effects at the layout's usual volumes.
VOICE_LUFS = -16.0
MUSIC_LUFS = -22.0
EFFECT_LUFS = -21.0
MAX_CORRECTION_DB = 18.0

DUCK_DB = -9.4
DUCK_STEP = SAMPLE_RATE // 100
# The music is down when a voice begins and rises after it has ended; a word's own gaps are
# shorter than this takes, so it does not pump.
GLIDE_STEPS = 26
HOLD_STEPS = 6
VOICE_THRESHOLD = 0.01

FADE_IN_SECONDS = 0.6
FADE_OUT_SECONDS = 1.4
CUT_FADE_SECONDS = 0.05

Mono = NDArray[np.float32]


def mix_short(layout: Layout, files: Files, out: Path, cancelled: Callable[[], bool]) -> None:
    """Write AAC, 48 kHz stereo, exactly as long as the film, at -14 LUFS; silence where the
    film has nothing to be heard.

    Raises `RenderingError` naming what cannot be read, and `RenderingCancelled`.
    """
    write_mastered(mixed(layout, files), out, cancelled)


def mixed(layout: Layout, files: Files) -> Stereo:
    """The whole film's sound, (2, samples), before it is mastered. Raises `RenderingError`."""
    track = np.zeros((2, sample_at(layout, layout.timeline.total_duration_ms)), np.float32)
    _add_voices(layout, files, track)
    levels = duck_levels(track)
    _add_effects(layout, files, track)
    _add_music(layout, files, track, levels)
    return track


def sample_at(layout: Layout, ms: int) -> int:
    """Where a sound that belongs to `ms` begins: with the frame nearest to it."""
    return layout.frame_at(ms) * SAMPLE_RATE // layout.timeline.fps


def duck_levels(voice: Stereo) -> Mono:
    """The music's level a hundred times a second: 1 where nobody speaks, lower elsewhere."""
    length = voice.shape[1]
    loudest = [
        np.abs(voice[:, first : first + DUCK_STEP]).max() for first in range(0, length, DUCK_STEP)
    ]
    speaking = np.asarray(loudest) > VOICE_THRESHOLD
    ahead, behind = GLIDE_STEPS // 2, GLIDE_STEPS // 2 + HOLD_STEPS
    near = np.convolve(speaking, np.ones(ahead + behind + 1), "full")[ahead : len(speaking) + ahead]
    wanted = np.pad(np.where(near > 0, DUCK_DB, 0.0), GLIDE_STEPS // 2, mode="edge")
    window = np.hanning(GLIDE_STEPS + 1)
    smooth = np.convolve(wanted, window / window.sum(), "valid")
    return np.asarray(10 ** (smooth / 20), np.float32)


def _add_voices(layout: Layout, files: Files, track: Stereo) -> None:
    for scene, begin_ms in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        for line in scene.dialogue:
            if line.audio is None:
                raise RenderingError(f"{line.line_id} has no voice")
            voice = read_stereo(files(line.audio))
            gain = _gain(integrated_lufs(_powers(voice)), VOICE_LUFS)
            _add(track, voice, sample_at(layout, begin_ms + line.start_ms), gain)


def _add_effects(layout: Layout, files: Files, track: Stereo) -> None:
    for scene, begin_ms in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        for sound in scene.sfx:
            if sound.audio is not None:
                effect = read_stereo(files(sound.audio))
                loudest = float(momentary_lufs(_powers(effect)).max())
                gain = _gain(loudest, EFFECT_LUFS) * sound.volume / SOUND_VOLUME
                _add(track, effect, sample_at(layout, begin_ms + sound.start_ms), gain)


def _add_music(layout: Layout, files: Files, track: Stereo, levels: Mono) -> None:
    """Looped to the film's length; read as it is needed, so a long piece is never held."""
    music = layout.global_bgm
    if music is None or music.audio is None:
        return
    path, length = files(music.audio), track.shape[1]
    gain = _gain(integrated_lufs(step_powers(sound_parts(path))), MUSIC_LUFS)
    gain *= music.volume / MUSIC_VOLUME
    middles, first = (np.arange(len(levels)) + 0.5) * DUCK_STEP, 0
    looped = chain.from_iterable(sound_parts(path) for _ in repeat(None))
    for part in in_pieces(looped, SAMPLE_RATE):
        places = np.arange(first, min(first + SAMPLE_RATE, length))
        envelope = gain * np.interp(places, middles, levels) * _fades(places, length)
        end = first + len(places)
        track[:, first:end] += part[:, : len(places)] * envelope.astype(np.float32)
        if end == length:
            return
        first = end


def _fades(places: NDArray[np.int_], length: int) -> NDArray[np.float64]:
    """From silence to silence; on a short film each fade takes at most a quarter of it."""
    fade_in = min(FADE_IN_SECONDS * SAMPLE_RATE, length / 4)
    fade_out = min(FADE_OUT_SECONDS * SAMPLE_RATE, length / 4)
    rising = np.clip(places / fade_in, 0, 1) ** 2
    falling = np.clip((length - 1 - places) / fade_out, 0, 1) ** 1.5
    return np.asarray(rising * falling)


def _powers(sound: Stereo) -> NDArray[np.float64]:
    """`step_powers`, of 400 ms at least, which is what loudness is defined for."""
    short = 4 * STEP - sound.shape[1]
    return step_powers(np.pad(sound, ((0, 0), (0, short))) if short > 0 else sound)


def _gain(measured: float, wanted: float) -> float:
    """Linear; silence is left alone."""
    if not np.isfinite(measured):
        return 1.0
    return float(10 ** (np.clip(wanted - measured, -MAX_CORRECTION_DB, MAX_CORRECTION_DB) / 20))


def _add(track: Stereo, sound: Stereo, begin: int, gain: float) -> None:
    """Where the film ends before the sound does, the sound fades instead of breaking off."""
    part = np.float32(gain) * sound[:, : max(track.shape[1] - begin, 0)]
    if part.shape[1] < sound.shape[1]:
        fade = min(int(CUT_FADE_SECONDS * SAMPLE_RATE), part.shape[1])
        part[:, part.shape[1] - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    track[:, begin : begin + part.shape[1]] += part
