"""What a reading's directions do in a film: pictures, sound effects, rests, and who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from domain.reading.directions import pause_ms, sound_of
from domain.reading.length import spoken_ms
from domain.reading.model import Thought
from domain.reading.said import PAUSE

MAX_REST_MS = 1500
# A wish that no voice could keep is none.
_LEAST_SHARE = 0.6
_BREATH_MS = 400


def planned_ms(thought: Thought) -> int:
    """How long a line is planned to take: as wished, where that can be said."""
    said, wished = spoken_ms(thought.text), thought.wished_ms
    if wished is None or wished < said * _LEAST_SHARE:
        return said
    return min(max(wished, 300), 600_000)


def rests(scenes: Sequence[Sequence[Thought]]) -> dict[str, int]:
    """Line id → the rest before it, in ms: what a direction asks for, and what a line before it
    leaves of its wished time."""
    found: dict[str, int] = {}
    left_ms = 0
    for number, scene in enumerate(scenes, start=1):
        for position, thought in enumerate(scene, start=1):
            asked = max((pause_ms(direction) for direction in thought.directions), default=0)
            if rest := min(max(asked, left_ms), MAX_REST_MS):
                found[f"scene_{number}_line_{position}"] = rest
            left_ms = max((thought.wished_ms or 0) - spoken_ms(thought.text) - _BREATH_MS, 0)
    return found


def sounds(scenes: Sequence[Sequence[Thought]]) -> dict[str, str]:
    """Scene id → the sound effect that its directions name first."""
    found = {
        f"scene_{number}": [sound_of(text) for thought in scene for text in thought.directions]
        for number, scene in enumerate(scenes, start=1)
    }
    named = {scene_id: next(filter(None, tags), None) for scene_id, tags in found.items()}
    return {scene_id: tag for scene_id, tag in named.items() if tag}


def picture(scene: Sequence[Thought]) -> str:
    """What a scene of a script shows: what its directions say, then its words."""
    seen = [d for thought in scene for d in thought.directions if d != PAUSE and not pause_ms(d)]
    return ". ".join([*(d.rstrip(" .。") for d in seen), " ".join(t.text for t in scene)])
