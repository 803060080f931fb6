"""Checks of the script itself, against what it was taken from."""

from __future__ import annotations

from domain.facts import Known
from rendering.quality.judgement import Evidence, Fault, Judgement, each


def sourced(evidence: Evidence) -> Judgement | None:
    """Only a script that names its sources can be held against them."""
    if not evidence.told_by:
        return None
    known = Known(evidence.told_by)
    lines = [(scene, line) for scene in evidence.layout.scenes for line in scene.dialogue]
    faults = [
        Fault(
            f"{line.line_id} says {', '.join(map(repr, odd[:5]))}, which its source does not",
            scene.scene_id,
        )
        for scene, line in lines
        if (odd := known.lacks(line.text))
    ]
    return each(faults, f"{len(lines) - len(faults)} of {len(lines)} lines stand in the source")
