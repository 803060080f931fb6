"""Checks of the pictures: each scene's own, moving, neither black nor blank nor there twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rendering.quality.fingerprints import FLAT_DEVIATION
from rendering.quality.judgement import Evidence, Fault, Judgement, each

# In levels of 8-bit luma.
MAX_PICTURE_ERROR = 8.0
BLACK_LEVEL = 32
STILL_DIFFERENCE = 0.02
MAX_BLACK_SECONDS = 0.3
MAX_STILL_SECONDS = 1.0
# Two pictures that share nothing differ in about a half of their fingerprints.
MAX_SAME_BITS = 0.06


def pictures(evidence: Evidence) -> Judgement | None:
    if not (seen := evidence.seen):
        return None
    faults = [
        Fault(
            f"{shown.scene_id} does not show its picture: {shown.error:.0f} levels of 255 apart",
            shown.scene_id,
        )
        for shown in seen.pictures
        if shown.error > MAX_PICTURE_ERROR
    ]
    worst = max((shown.error for shown in seen.pictures), default=0.0)
    return each(faults, f"{len(seen.pictures)} scenes, at most {worst:.1f} levels apart")


def blank(evidence: Evidence) -> Judgement | None:
    if not (seen := evidence.seen):
        return None
    flat = _blank_scenes(evidence)
    least = min((shown.deviation for shown in seen.pictures), default=0.0)
    return each(
        (Fault(f"the picture of {scene} is one flat colour", scene) for scene in flat),
        f"a deviation of {least:.1f} levels at least",
    )


def duplicates(evidence: Evidence) -> Judgement:
    prints = evidence.fingerprints
    faults, nearest = list[Fault](), 1.0
    for index, (scene, mine) in enumerate(prints):
        distances = [(float((mine != other).mean()), twin) for twin, other in prints[:index]]
        if not distances:
            continue
        distance, twin = min(distances)
        nearest = min(nearest, distance)
        if distance <= MAX_SAME_BITS:
            faults.append(Fault(f"{scene} has the same picture as {twin}", scene))
    return each(faults, f"{nearest:.0%} of the bits differ at least")


def black(evidence: Evidence) -> Judgement | None:
    if not (seen := evidence.seen):
        return None
    marks = [level < BLACK_LEVEL for level in seen.brightest]
    return _stretches(evidence, marks, seen.times, "black", MAX_BLACK_SECONDS)


def frozen(evidence: Evidence) -> Judgement | None:
    """Where a picture is blank or black, that is what is wrong, and not that it stands."""
    if not (seen := evidence.seen):
        return None
    flat = _blank_scenes(evidence)
    marks = [
        difference < STILL_DIFFERENCE and level >= BLACK_LEVEL
        and evidence.scene_at(time) not in flat
        for difference, level, time in zip(
            seen.differences, seen.brightest[1:], seen.times, strict=False
        )
    ]  # fmt: skip
    return _stretches(evidence, marks, seen.times, "without motion", MAX_STILL_SECONDS)


def _stretches(
    evidence: Evidence, marks: list[bool], times: list[float], what: str, limit: float
) -> Judgement:
    """A fault for each run of marks that lasts too long."""
    runs = [(times[a], times[min(b, len(times) - 1)]) for a, b in _runs(marks)]
    faults = [
        Fault(
            f"{end - begin:.1f} s {what} from {begin:.1f} s on, in {evidence.scene_at(begin)}",
            evidence.scene_at(begin),
        )
        for begin, end in runs
        if end - begin > limit
    ]
    longest = max((end - begin for begin, end in runs), default=0.0)
    return each(faults, f"{longest:.1f} s {what} at most")


def _runs(marks: list[bool]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.asarray(marks, int), [0]])))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _blank_scenes(evidence: Evidence) -> set[str]:
    seen = evidence.seen
    return {s.scene_id for s in seen.pictures if s.deviation < FLAT_DEVIATION} if seen else set()
