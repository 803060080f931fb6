"""Layouts whose sounds are signals that a test can tell apart, and ffmpeg's own meter."""

from __future__ import annotations

import io
import re
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.arrangement import build_layout, with_assets
from domain.assets import ArtifactRef, Provenance, SoundAsset
from domain.layout import Layout
from domain.plot import Plot, PlotRow
from domain.run import RunSpec
from rendering.audio import SAMPLE_RATE, Stereo
from tests.ffmpeg import run_ffmpeg
from tests.shorts import Short, keep

Signal = NDArray[np.floating]


def tone(hertz: float, seconds: float, *, level: float = 0.3) -> Stereo:
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.tile(level * np.sin(2 * np.pi * hertz * times), (2, 1)).astype(np.float32)


def speech(seconds: float, *, seed: int = 0, level: float = 0.3) -> Stereo:
    """Noise in the band of speech, in syllables; no two seeds are alike."""
    count = round(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    voice = np.fft.irfft(spectrum * ((hertz > 150) & (hertz < 3500)), count)
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * np.arange(count) / SAMPLE_RATE)
    voice *= syllables * level / np.abs(voice).max()
    return np.tile(voice, (2, 1)).astype(np.float32)


def silence(seconds: float) -> Stereo:
    return np.zeros((2, round(seconds * SAMPLE_RATE)), np.float32)


def wav(sound: Signal, sample_rate: int = SAMPLE_RATE) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes((np.clip(sound.T, -1, 1) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def sounding(
    folder: Path,
    *voices: Stereo,
    music: Stereo | None = None,
    effect: Stereo | None = None,
    texts: tuple[str, ...] = (),
    lines_per_scene: int = 1,
) -> Short:
    """A layout with these voices, one line each, and no picture that can be seen."""
    rows = tuple(
        PlotRow(
            scene_id=f"scene_{index // lines_per_scene + 1}",
            char_id="char_1",
            char_name="A",
            text=texts[index] if texts else f"Line {index}.",
        )
        for index in range(len(voices))
    )
    scenes = {row.scene_id: "sea" for row in rows}
    plot = Plot(title="t", language="en", source="script", rows=rows, visuals=scenes)
    planned = build_layout("sounds", RunSpec(prompt="x"), plot, seed=1, revisions={})
    lines = [line.line_id for scene in planned.scenes for line in scene.dialogue]
    picture = keep(folder, b"no picture", "image/png")
    files = [keep(folder, wav(voice), "audio/wav") for voice in voices]
    provenance = Provenance(provider="test", model="test", licence="CC0-1.0")
    assets = {
        name: SoundAsset(
            artifact=file,
            provenance=provenance,
            duration_ms=1000 * voice.shape[1] // SAMPLE_RATE,
        )
        for name, file, voice in zip(lines, files, voices, strict=True)
    }
    sound = keep(folder, wav(silence(0.2) if effect is None else effect), "audio/wav")
    layout = with_assets(
        planned,
        images=dict.fromkeys(scenes, picture),
        voices=assets,
        music=keep(folder, wav(silence(4) if music is None else music), "audio/wav"),
        sounds={sound_effect.tag: sound for scene in planned.scenes for sound_effect in scene.sfx},
    )
    return Short(folder, _without(layout, music=music is None, effects=effect is None))


def _without(layout: Layout, *, music: bool, effects: bool) -> Layout:
    scenes = tuple(s.model_copy(update={"sfx": ()}) if effects else s for s in layout.scenes)
    bgm = None if music else layout.global_bgm
    return layout.model_copy(update={"scenes": scenes, "global_bgm": bgm})


def ebur128(source: Path | Stereo) -> tuple[float, float]:
    """(integrated LUFS, true peak dBTP) as ffmpeg hears a file or (2, n) samples."""
    if isinstance(source, Path):
        arguments, data = ["-i", str(source)], b""
    else:
        arguments = ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "-"]
        data = np.ascontiguousarray(source.T, np.float32).tobytes()
    meter = ["-vn", "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    said = run_ffmpeg([*arguments, *meter], stdin=data)
    loudness = re.findall(r"I:\s+(-?[\d.]+|-?inf) LUFS", said)
    peak = re.findall(r"Peak:\s+(-?[\d.]+|-?inf) dBFS", said)
    return float(loudness[-1]), float(peak[-1])


def ref_of(short: Short, line: int = 0) -> ArtifactRef:
    """The voice of a line, counted over the whole film."""
    audio = [entry.audio for scene in short.layout.scenes for entry in scene.dialogue][line]
    assert audio is not None
    return audio
