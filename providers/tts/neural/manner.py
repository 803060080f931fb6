"""How an emotion sounds in a voice that can only be quicker, slower, louder or softer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    """Against the plain voice: its pace, its peak, and the breaths between its phrases."""

    speed: float = 1.0
    gain: float = 1.0
    breath: float = 1.0


PLAIN = Manner()
_EMOTIONS = {
    "happy": Manner(speed=1.05, gain=1.05, breath=0.9),
    "excited": Manner(speed=1.12, gain=1.15, breath=0.75),
    "sad": Manner(speed=0.88, gain=0.8, breath=1.4),
    "angry": Manner(speed=1.06, gain=1.2, breath=0.85),
    "surprised": Manner(speed=1.04, gain=1.1, breath=1.1),
    "calm": Manner(speed=0.93, gain=0.9, breath=1.3),
}
# After each mark, in seconds, for a plain voice.
_PAUSES = {",": 0.12, ";": 0.22, ":": 0.22, "—": 0.22, ".": 0.34, "!": 0.34, "?": 0.36, "…": 0.5}


def manner_of(emotion: str) -> Manner:
    """The plain one for an emotion that has no manner of its own."""
    return _EMOTIONS.get(emotion, PLAIN)


def pause_seconds(mark: str, manner: Manner) -> float:
    """The silence after a phrase that ends in `mark`; 0 where it ends in none."""
    return _PAUSES.get(mark, 0.0) * manner.breath / manner.speed
