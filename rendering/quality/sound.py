"""Checks of the sound: loudness, peaks, holes, and every voice whole and in its place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from domain.qa import Redo
from rendering.mastering import MAX_TRUE_PEAK_DBTP, TARGET_LUFS
from rendering.quality.judgement import Evidence, Fault, Judgement, each, whole
from rendering.quality.listening import Heard, Voice, audible_lines

LOUDNESS_TOLERANCE_LU = 0.5
MAX_CLIPPED_SAMPLES = 8
MAX_SILENCE_SECONDS = 2.0
MIN_LIKENESS = 0.35
# Speech lies at about -17 dBFS; its last sound may fade, and the limiter holds some.
MIN_VOICE_DBFS = -35.0
MIN_TAIL_DB = -12.0
MAX_APART_SECONDS = 0.08
MAX_OFFSET_SECONDS = 0.04
MAX_BEYOND_SECONDS = 0.02


def loudness(evidence: Evidence) -> Judgement | None:
    """A film in which nothing is to be heard is right when it is silent."""
    if not (heard := evidence.heard):
        return None
    measured = f"{heard.loudness:.1f} LUFS"
    if not _has_sound(evidence, heard):
        return whole(not np.isfinite(heard.loudness), measured, expected="silence")
    return whole(abs(heard.loudness - TARGET_LUFS) <= LOUDNESS_TOLERANCE_LU, measured)


def true_peak(evidence: Evidence) -> Judgement | None:
    if not (heard := evidence.heard):
        return None
    return whole(heard.true_peak <= MAX_TRUE_PEAK_DBTP, f"{heard.true_peak:.1f} dBTP")


def clipping(evidence: Evidence) -> Judgement | None:
    if not (heard := evidence.heard):
        return None
    count = heard.clipped_samples
    return whole(count <= MAX_CLIPPED_SAMPLES, f"{count} samples at full scale")


def silence(evidence: Evidence) -> Judgement | None:
    heard, music = evidence.heard, evidence.layout.global_bgm
    if not heard or music is None or music.audio is None:
        return None
    seconds = heard.longest_silence_seconds
    return whole(seconds <= MAX_SILENCE_SECONDS, f"{seconds:.1f} s of silence")


def voices(evidence: Evidence) -> Judgement | None:
    if not (heard := evidence.heard):
        return None
    faults = [fault for voice in heard.voices if (fault := _voice_fault(voice, heard))]
    count = len(heard.voices)
    return each(faults, f"{count - len(faults)} of {count} lines heard in their place")


def cut_off(evidence: Evidence) -> Judgement | None:
    """Of the lines that are heard: one that is missing altogether is another's finding."""
    if not (heard := evidence.heard):
        return None
    faults = [f for v in _heard(heard) if (f := _cut_fault(v))]
    least = min((v.tail_likeness for v in _heard(heard)), default=1.0)
    return each(faults, f"every line's last sound is there (likeness {least:.2f} at least)")


def sync(evidence: Evidence) -> Judgement | None:
    if not (heard := evidence.heard):
        return None
    late = _offset(heard)
    return whole(abs(late) <= MAX_OFFSET_SECONDS, f"{1000 * late:+.0f} ms")


def _voice_fault(voice: Voice, heard: Heard) -> Fault | None:
    line, where = voice.line, (voice.scene_id, voice.line.line_id)
    if voice.silent:
        if any(character.isalnum() for character in line.text):
            return Fault(f"the voice of {line.line_id} is silent", *where, Redo.VOICE)
        return None
    if not _is_heard(voice):
        measured = f"likeness {voice.likeness:.2f}, {voice.level_dbfs:.0f} dBFS"
        return Fault(f"{line.line_id} is not heard ({measured})", *where)
    apart = voice.late_seconds - _offset(heard)
    if abs(apart) > MAX_APART_SECONDS:
        return Fault(f"{line.line_id} is heard {1000 * apart:+.0f} ms from its place", *where)
    return None


def _cut_fault(voice: Voice) -> Fault | None:
    line_id, beyond = voice.line.line_id, voice.beyond_scene_seconds
    if beyond > MAX_BEYOND_SECONDS:
        return Fault(f"{line_id} ends {beyond:.2f} s after its scene", voice.scene_id, line_id)
    if voice.tail_likeness < MIN_LIKENESS or voice.tail_level_db < MIN_TAIL_DB:
        measured = f"likeness {voice.tail_likeness:.2f}, {voice.tail_level_db:+.0f} dB"
        return Fault(f"the end of {line_id} is not heard ({measured})", voice.scene_id, line_id)
    return None


def _is_heard(voice: Voice) -> bool:
    return voice.likeness >= MIN_LIKENESS and voice.level_dbfs >= MIN_VOICE_DBFS


def _heard(heard: Heard) -> Iterator[Voice]:
    return (voice for voice in audible_lines(heard) if _is_heard(voice))


def _offset(heard: Heard) -> float:
    """How late the sound as a whole is, seconds."""
    late = [voice.late_seconds for voice in _heard(heard)]
    return float(np.median(late)) if late else 0.0


def _has_sound(evidence: Evidence, heard: Heard) -> bool:
    layout = evidence.layout
    effects = any(sound.audio for scene in layout.scenes for sound in scene.sfx)
    music = layout.global_bgm is not None and layout.global_bgm.audio is not None
    return music or effects or any(True for _ in audible_lines(heard))
