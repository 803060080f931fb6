"""Is everything to be heard: each voice in its place, no hole, no clipping, one loudness."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.layout import DialogueLine, Layout
from domain.qa import Finding, Redo
from rendering.audio import SAMPLE_RATE, read_stereo
from rendering.loudness import integrated_lufs, step_powers, true_peak_dbtp
from rendering.mastering import TARGET_LUFS
from rendering.quality.verdict import Verdict
from rendering.segments import Files

LOUDNESS_TOLERANCE_LU = 1.0
MAX_TRUE_PEAK_DBTP = -1.0
MAX_SILENCE_SECONDS = 2.0
SILENCE = 0.001
CLIPPED = 0.999
MAX_CLIPPED_SAMPLES = 8
MIN_LIKENESS = 0.35
MAX_SHIFT_SECONDS = 0.08
# Speech is compared at a rate that keeps its energy and costs little.
STEP = 6

Mono = NDArray[np.float32]


def check_sound(
    video: Path,
    layout: Layout,
    files: Files,
    verdict: Verdict,
    *,
    cancelled: Callable[[], bool],
) -> None:
    """Raises `RenderingError` where the sound cannot be decoded, and `RenderingCancelled`."""
    film = read_stereo(video)
    _check_loudness(film, verdict)
    clipped = int((np.abs(film) >= CLIPPED).sum())
    verdict.check(
        "clipping",
        clipped <= MAX_CLIPPED_SAMPLES,
        measured=f"{clipped} samples at full scale",
        expected=f"at most {MAX_CLIPPED_SAMPLES}",
    )
    silence = _longest_silence(film)
    has_music = layout.global_bgm is not None and layout.global_bgm.audio is not None
    verdict.check(
        "silence",
        silence <= MAX_SILENCE_SECONDS or not has_music,
        measured=f"{silence:.1f} s of silence",
        expected=f"at most {MAX_SILENCE_SECONDS} s",
        redo=Redo.MUSIC,
    )
    findings = _voice_findings(layout, files, film.mean(axis=0))
    lines = sum(len(scene.dialogue) for scene in layout.scenes)
    verdict.check_all(
        "voices",
        findings,
        measured=f"{lines - len(findings)} of {lines} lines heard",
        expected="every line is heard in its place",
    )


def _check_loudness(film: NDArray[np.float32], verdict: Verdict) -> None:
    loudness, peak = integrated_lufs(step_powers(film)), true_peak_dbtp(film)
    verdict.check(
        "loudness",
        abs(loudness - TARGET_LUFS) <= LOUDNESS_TOLERANCE_LU,
        measured=f"{loudness:.1f} LUFS",
        expected=f"{TARGET_LUFS} LUFS ± {LOUDNESS_TOLERANCE_LU}",
    )
    verdict.check(
        "true peak",
        peak <= MAX_TRUE_PEAK_DBTP,
        measured=f"{peak:.1f} dBTP",
        expected=f"at most {MAX_TRUE_PEAK_DBTP} dBTP",
    )


def _longest_silence(film: NDArray[np.float32]) -> float:
    """Seconds."""
    block = SAMPLE_RATE // 20
    level = np.abs(film).max(axis=0)
    level = np.pad(level, (0, -len(level) % block)).reshape(-1, block).max(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], level < SILENCE, [0]])))
    return float(max(edges[1::2] - edges[::2], default=0)) * block / SAMPLE_RATE


def _voice_findings(layout: Layout, files: Files, film: Mono) -> list[Finding]:
    found = []
    for scene, begin_ms in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        for line in scene.dialogue:
            if fault := _fault(line, begin_ms + line.start_ms, files, film):
                message, redo = fault
                found.append(
                    Finding(
                        check="voices",
                        message=message,
                        redo=redo,
                        scene_id=scene.scene_id,
                        line_id=line.line_id,
                    )
                )
    return found


def _fault(line: DialogueLine, start_ms: int, files: Files, film: Mono) -> tuple[str, Redo] | None:
    """What is wrong with a line in the film, and what mends it."""
    if line.audio is None:
        return f"{line.line_id} has no voice", Redo.VOICE
    voice = read_stereo(files(line.audio)).mean(axis=0)
    if float(np.abs(voice).max(initial=0.0)) < SILENCE:
        can_be_said = any(character.isalnum() for character in line.text)
        return (f"the voice of {line.line_id} is silent", Redo.VOICE) if can_be_said else None
    likeness = _likeness(film, voice, start_ms * SAMPLE_RATE // 1000)
    if likeness < MIN_LIKENESS:
        return (
            f"{line.line_id} is not heard at {start_ms / 1000:.1f} s (likeness {likeness:.2f})",
            Redo.RENDER,
        )
    return None


def _likeness(film: Mono, voice: Mono, begin: int) -> float:
    """The best normalised cross-correlation of a voice and the film near its place, 0–1."""
    reach = round(MAX_SHIFT_SECONDS * SAMPLE_RATE)
    padded = np.pad(film, reach)
    window = padded[begin : begin + len(voice) + 2 * reach][::STEP].astype(np.float64)
    voice = voice[::STEP].astype(np.float64)
    if len(window) < len(voice):
        return 0.0
    size = 1 << (len(window) + len(voice)).bit_length()
    spectrum = np.fft.rfft(window, size) * np.conj(np.fft.rfft(voice, size))
    products = np.fft.irfft(spectrum, size)[: len(window) - len(voice) + 1]
    sums = np.cumsum(np.concatenate([[0.0], window**2]))
    energies = sums[len(voice) :] - sums[: len(sums) - len(voice)]
    norm = np.sqrt(np.maximum(energies[: len(products)], 1e-12) * float(voice @ voice))
    return float((products / norm).max(initial=0.0))
