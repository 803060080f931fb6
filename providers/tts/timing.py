"""When each shown unit of a line is heard, from when the parts of what is said begin."""

from __future__ import annotations

from collections.abc import Sequence

from domain.assets import WordTiming
from providers.tts.aligner import speech_weights
from providers.tts.spoken.parts import SpokenPart


def timed(
    units: Sequence[str],
    parts: Sequence[SpokenPart],
    starts_ms: Sequence[float | None],
    *,
    duration_ms: int,
    language: str,
) -> tuple[WordTiming, ...]:
    """One timing for each unit, in order, without gaps, from 0 to the sound's end.

    Units that share a part, or have no start of their own, share the gap between their
    neighbours by how long they take to say.
    """
    starts: list[float | None] = [None] * len(units)
    for part, start in zip(parts, starts_ms, strict=True):
        if part.units and start is not None:
            starts[part.units.start] = start
    starts[0] = 0.0
    weights = speech_weights(units, language)
    edges = _filled(starts, weights, float(duration_ms))
    return tuple(
        WordTiming(text=unit, start_ms=round(begin), end_ms=round(end))
        for unit, begin, end in zip(units, edges, edges[1:], strict=False)
    )


def _filled(starts: Sequence[float | None], weights: Sequence[float], end: float) -> list[float]:
    """Rising edges: unknown starts lie between their neighbours, by the weights between."""
    edges: list[float] = []
    known: list[float | None] = [*starts, end]
    for index, start in enumerate(known):
        floor = edges[-1] if edges else 0.0
        if start is not None:
            edges.append(min(max(start, floor), end))
            continue
        later = next(i for i in range(index, len(known)) if known[i] is not None)
        rest = sum(weights[index - 1 : later])
        target = max(known[later] or 0.0, floor)
        edges.append(floor + (target - floor) * weights[index - 1] / rest)
    return edges
