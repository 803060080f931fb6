"""When each unit of a line is heard, for voices that do not say: from sound and text alone.

Speech is cut where it is quiet, and the text says how long each piece between should be. The
best cuts are found by dynamic programming over frames of 10 ms: a piece costs by how far its
voiced length is from its share of the text, a cut by how loud it is there, a punctuation mark by
having no pause, and a pause by lying inside a unit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.assets import WordTiming
from providers.tts.sound import Samples
from providers.tts.spoken.parts import spoken_by_unit

FRAME_MS = 10
# Below the loudest frames by so much there is no voice; shorter gaps are part of a consonant.
QUIET_DB = 30.0
RANGE_DB = 50.0
MIN_PAUSE_MS = 60
LONG_PAUSE_MS = 200.0
# How far a unit's length may lie from its share: a part of it, and a floor.
SPREAD, SPREAD_MS = 0.35, 40.0
LOUDNESS_COST = 1.5
PAUSE_GAIN = 1.5
NO_PAUSE_COST = {0: 0.0, 1: 1.0, 2: 3.0}
INSIDE_PAUSE_COST = 2.0

Floats = NDArray[np.float64]

_WEAK, _STRONG = set(",、，;:：；،–—"), set(".!?…。！？؟।॥")
_VOWELS = set("aeiouyæœøıаеёиоуыэюяіїєαεηιουω")


@dataclass(frozen=True)
class _Speech:
    """A line's frames: how loud each is (0-1), and what lies before it, in milliseconds."""

    level: Floats
    voiced_ms: Floats
    pauses_ms: Floats
    # Frames at which a unit may begin, where the silence before each begins, and how long it is.
    starts: NDArray[np.int64]
    quiet_from: NDArray[np.int64]
    pause_ms: Floats


def aligned(
    samples: Samples, rate: int, units: Sequence[str], language: str
) -> tuple[WordTiming, ...]:
    """One timing for each unit, in order, without gaps, from 0 to the sound's end."""
    duration_ms = int(1000 * len(samples) / rate)
    if not units:
        return ()
    speech = _speech(samples, rate)
    weights = np.array(speech_weights(units, language))
    marks = [_mark(unit) for unit in units]
    edges = [0, *(min(cut, duration_ms) for cut in _cuts(speech, weights, marks)), duration_ms]
    return tuple(
        WordTiming(text=unit, start_ms=begin, end_ms=end)
        for unit, begin, end in zip(units, edges, edges[1:], strict=False)
    )


def speech_weights(units: Sequence[str], language: str) -> list[float]:
    """How long each unit of a line takes to say, in syllables or so."""
    return [_weight_of(said.lower()) for said in spoken_by_unit(units, language)]


def _weight_of(text: str) -> float:
    weight, after_vowel = 0.0, False
    for character in text:
        plain = unicodedata.normalize("NFD", character)[0]
        is_vowel = character in _VOWELS or plain in _VOWELS
        weight += 0.0 if is_vowel and after_vowel else _weight(character, is_vowel=is_vowel)
        after_vowel = is_vowel
    return weight + 0.3 if weight else 0.05


def _weight(character: str, *, is_vowel: bool) -> float:
    code, category = ord(character), unicodedata.category(character)
    if 0xAC00 <= code <= 0xD7A3:
        return 1.0 + (0.25 if (code - 0xAC00) % 28 else 0.0)
    if 0x3041 <= code <= 0x30FF:
        return 0.2 if character in "ゃゅょャュョぁぃぅぇぉァィゥェォ" else 0.8
    if 0x3400 <= code <= 0x9FFF:
        return 1.5
    if is_vowel:
        return 0.8
    if category == "Nd":
        return 2.0
    if category.startswith("M"):
        return -0.4 if unicodedata.name(character, "").endswith("VIRAMA") else 0.3
    if not category.startswith("L"):
        return 0.0
    name = unicodedata.name(character, "")
    return 0.3 if name.startswith(("LATIN", "CYRILLIC", "GREEK")) else 0.7


def _mark(unit: str) -> int:
    """0, 1 or 2: whether speech goes on, halts or ends after a unit."""
    last = unit.rstrip("\"'”’»」』)]】")[-1:]
    return 2 if last in _STRONG else 1 if last in _WEAK else 0


def _speech(samples: Samples, rate: int) -> _Speech:
    size = rate * FRAME_MS // 1000
    count = max(len(samples) // size, 1)
    padded = np.zeros(count * size, np.float64)
    padded[: min(len(samples), count * size)] = samples[: count * size]
    power = np.convolve((padded.reshape(count, size) ** 2).mean(axis=1), np.ones(3) / 3, "same")
    db = 10 * np.log10(power + 1e-12)
    db -= np.percentile(db, 95)
    is_pause = _long_enough(db < -QUIET_DB)
    voiced = np.concatenate([[0.0], np.cumsum(np.where(is_pause, 0, FRAME_MS))])
    pauses = np.concatenate([[0.0], np.cumsum(np.where(is_pause, FRAME_MS, 0))])
    starts = np.flatnonzero(~is_pause)
    quiet_from = starts.copy()
    for index in range(len(starts)):
        while quiet_from[index] > 0 and is_pause[quiet_from[index] - 1]:
            quiet_from[index] -= 1
    return _Speech(
        level=np.clip(1 + db / RANGE_DB, 0, 1),
        voiced_ms=voiced,
        pauses_ms=pauses,
        starts=starts,
        quiet_from=quiet_from,
        pause_ms=((starts - quiet_from) * FRAME_MS).astype(np.float64),
    )


def _long_enough(quiet: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Quiet frames in runs that are pauses."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]])))
    result = np.zeros_like(quiet)
    for begin, end in edges.reshape(-1, 2):
        if (end - begin) * FRAME_MS >= MIN_PAUSE_MS:
            result[begin:end] = True
    return result


def _cuts(speech: _Speech, weights: Floats, marks: Sequence[int]) -> list[int]:
    """Where each unit but the first begins, in milliseconds."""
    starts, quiet = speech.starts, speech.quiet_from
    if len(starts) < 2 * len(weights):
        return _even(speech, weights)
    total = speech.voiced_ms[-1]
    shares = weights / weights.sum() * total
    voiced = speech.voiced_ms[starts]
    loudness = LOUDNESS_COST * np.minimum(speech.level[starts], speech.level[starts - 1])
    paused = np.minimum(speech.pause_ms / LONG_PAUSE_MS, 1.0)
    span = voiced[None, :] - voiced[:, None]
    inside = (speech.pauses_ms[quiet][None, :] - speech.pauses_ms[starts][:, None]) / LONG_PAUSE_MS
    possible = span > 0
    best = np.full(len(starts), np.inf)
    best[0] = 0.0
    came_from = []
    for unit, share in enumerate(shares[:-1]):
        cost = _length_cost(span, share) + INSIDE_PAUSE_COST * np.maximum(inside, 0)
        step = np.where(possible, best[:, None] + cost, np.inf)
        came_from.append(step.argmin(axis=0))
        mark = marks[unit]
        cut = np.where(paused > 0, -PAUSE_GAIN * paused * (1 + mark), loudness)
        best = step.min(axis=0) + cut + NO_PAUSE_COST[mark] * (1 - paused)
    rest = _length_cost(total - voiced, shares[-1])
    rest += INSIDE_PAUSE_COST * (speech.pauses_ms[-1] - speech.pauses_ms[starts]) / LONG_PAUSE_MS
    frame = int((best + rest).argmin())
    cuts = []
    for origin in reversed(came_from):
        cuts.append(int(starts[frame]) * FRAME_MS)
        frame = int(origin[frame])
    return cuts[::-1]


def _length_cost(span: Floats, share: float) -> Floats:
    result: Floats = ((span - share) / (SPREAD * share + SPREAD_MS)) ** 2
    return result


def _even(speech: _Speech, weights: Floats) -> list[int]:
    """By the text alone, where there is less sound than words."""
    length_ms = len(speech.level) * FRAME_MS
    return [int(length_ms * part) for part in np.cumsum(weights)[:-1] / weights.sum()]
