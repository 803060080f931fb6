"""The sound of a film: voices in place, music ducked beneath them, effects, one loudness."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from domain.layout import Layout
from rendering.errors import RenderingError
from rendering.ffmpeg import run_ffmpeg
from rendering.segments import Files

SAMPLE_RATE = 48_000
TARGET_LUFS = -14.0
TOLERANCE_LU = 0.3
MAX_TRUE_PEAK_DBTP = -1.5
# AAC and the reconstruction between samples add about this much to a peak.
FIRST_LIMIT_DB = -2.4
PEAK_MARGIN_DB = 0.2
SILENCE_LUFS = -60.0
ATTEMPTS = 6
BITRATE = "192k"

MUSIC_GAIN = 1.9
DUCKED = 0.34
ATTACK_SECONDS = 0.12
RELEASE_SECONDS = 0.45
FADE_IN_SECONDS = 0.6
FADE_OUT_SECONDS = 1.4
ENVELOPE_STEP = 480
VOICE_THRESHOLD = 0.01

Mono = NDArray[np.float32]
Stereo = NDArray[np.float32]


def mix_short(layout: Layout, files: Files, out: Path, cancelled: Callable[[], bool]) -> None:
    """Write AAC, 48 kHz stereo, exactly as long as the film, at -14 LUFS.

    Raises `RenderingError` naming what cannot be read.
    """
    samples = layout.frame_count * SAMPLE_RATE // layout.timeline.fps
    voice = _voices(layout, files, samples)
    mix = _music(layout, files, voice, samples)
    mix += voice
    _add_sounds(layout, files, mix)
    _encode(mix, out, cancelled)


def read_stereo(path: Path) -> Stereo:
    """Any sound file as (2, samples) at 48 kHz. Raises `RenderingError`."""
    try:
        with av.open(str(path)) as container:
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
            parts = [
                resampled.to_ndarray()
                for frame in container.decode(audio=0)
                for resampled in resampler.resample(frame)
            ]
            parts += [resampled.to_ndarray() for resampled in resampler.resample(None)]
    except (av.FFmpegError, IndexError) as exc:
        raise RenderingError(f"{path.name} cannot be read as sound: {exc}") from exc
    if not parts:
        raise RenderingError(f"{path.name} has no sound in it")
    return np.concatenate(parts, axis=1).astype(np.float32, copy=False)


def _voices(layout: Layout, files: Files, samples: int) -> Stereo:
    track = np.zeros((2, samples), np.float32)
    for scene, begin_ms in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        for line in scene.dialogue:
            if line.audio is None:
                raise RenderingError(f"{line.line_id} has no voice")
            _add(track, read_stereo(files(line.audio)), begin_ms + line.start_ms, 1.0)
    return track


def _music(layout: Layout, files: Files, voice: Stereo, samples: int) -> Stereo:
    """The music, looped to length, quiet under the voice and swelling where it rests."""
    music = layout.global_bgm
    if music is None or music.audio is None:
        return np.zeros((2, samples), np.float32)
    piece = read_stereo(files(music.audio))
    repeats = -(-samples // piece.shape[1])
    track = np.tile(piece, repeats)[:, :samples]
    track *= (MUSIC_GAIN * music.volume * _duck(voice) * _fades(samples)).astype(np.float32)
    return track


def _duck(voice: Stereo) -> Mono:
    """1 where nobody speaks, `DUCKED` where somebody does; attack before, release after."""
    samples = voice.shape[1]
    padded = np.pad(np.abs(voice).max(axis=0), (0, -samples % ENVELOPE_STEP))
    speaking = padded.reshape(-1, ENVELOPE_STEP).max(axis=1) > VOICE_THRESHOLD
    step = ENVELOPE_STEP / SAMPLE_RATE
    attack, release = int(ATTACK_SECONDS / step), int(RELEASE_SECONDS / step)
    # A word's own gaps are shorter than the release, so the music does not pump between them.
    held = np.convolve(speaking, np.ones(release + attack), "full")[attack : attack + len(speaking)]
    level = np.where(held > 0, DUCKED, 1.0)
    window = np.hanning(2 * attack + 1)
    smooth = np.convolve(np.pad(level, attack, mode="edge"), window / window.sum(), "valid")
    places = (np.arange(len(smooth)) + 0.5) * ENVELOPE_STEP
    return np.interp(np.arange(samples), places, smooth).astype(np.float32)


def _fades(samples: int) -> Mono:
    fade_in = min(int(FADE_IN_SECONDS * SAMPLE_RATE), samples // 4)
    fade_out = min(int(FADE_OUT_SECONDS * SAMPLE_RATE), samples // 4)
    envelope = np.ones(samples, np.float32)
    envelope[:fade_in] = np.linspace(0, 1, fade_in, dtype=np.float32) ** 2
    envelope[samples - fade_out :] = np.linspace(1, 0, fade_out, dtype=np.float32) ** 1.5
    return envelope


def _add_sounds(layout: Layout, files: Files, mix: Stereo) -> None:
    for scene, begin_ms in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        for sound in scene.sfx:
            if sound.audio is not None:
                effect = read_stereo(files(sound.audio))
                _add(mix, effect, begin_ms + sound.start_ms, 0.6 * sound.volume)


def _add(track: Stereo, sound: Stereo, start_ms: int, gain: float) -> None:
    begin = start_ms * SAMPLE_RATE // 1000
    part = sound[:, : max(track.shape[1] - begin, 0)]
    track[:, begin : begin + part.shape[1]] += np.float32(gain) * part


def _encode(mix: Stereo, out: Path, cancelled: Callable[[], bool]) -> None:
    """Limit and encode, measure the file itself, and correct: limiting takes loudness away,
    and AAC adds peaks between the samples."""
    pcm = np.ascontiguousarray(mix.T).tobytes()
    source = ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "-"]
    loudness, _ = measure_loudness(source, cancelled, stdin=pcm)
    gain_db = TARGET_LUFS - loudness if loudness > SILENCE_LUFS else 0.0
    limit_db = FIRST_LIMIT_DB
    for _ in range(ATTEMPTS):
        limit = 10 ** (limit_db / 20)
        # Between samples there are peaks too: limiting at four times the rate finds them.
        chain = (
            f"volume={gain_db:.2f}dB,aresample={4 * SAMPLE_RATE},"
            f"alimiter=limit={limit:.4f}:level=false:attack=3:release=60,aresample={SAMPLE_RATE}"
        )
        encoder = ["-af", chain, "-c:a", "aac", "-b:a", BITRATE, "-f", "mp4", "-y", str(out)]
        run_ffmpeg([*source, *encoder], stdin=pcm, cancelled=cancelled)
        if loudness <= SILENCE_LUFS:
            return
        heard, peak_db = measure_loudness(["-i", str(out)], cancelled)
        if abs(heard - TARGET_LUFS) <= TOLERANCE_LU and peak_db <= MAX_TRUE_PEAK_DBTP:
            return
        gain_db += TARGET_LUFS - heard
        limit_db -= max(0.0, peak_db - MAX_TRUE_PEAK_DBTP + PEAK_MARGIN_DB)


def measure_loudness(
    source: list[str], cancelled: Callable[[], bool], *, stdin: bytes | None = None
) -> tuple[float, float]:
    """(integrated loudness in LUFS, true peak in dBTP) by EBU R 128 of ffmpeg's `source`.

    Both are -inf for silence. Raises `RenderingError`.
    """
    meter = ["-vn", "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    _, said = run_ffmpeg([*source, *meter], stdin=stdin, cancelled=cancelled)
    loudness = re.findall(r"I:\s+(-?[\d.]+|-?inf) LUFS", said)
    peaks = re.findall(r"Peak:\s+(-?[\d.]+|-?inf) dBFS", said)
    if not loudness or not peaks:
        raise RenderingError("ffmpeg did not say how loud the film is")
    return float(loudness[-1]), float(peaks[-1])
