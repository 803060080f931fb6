"""What a line of an outline does, and how that looks."""

from __future__ import annotations

from typing import Literal, get_args

BeatName = Literal[
    "hook",
    "look_closely",
    "years",
    "without",
    "who",
    "where",
    "how",
    "surprise",
    "find_out",
    "your_turn",
    "own",
]
BEATS: tuple[BeatName, ...] = get_args(BeatName)

# Said of a subject that is named before them; of `own` words the words are the picture.
_PICTURES: dict[BeatName, tuple[str, ...]] = {
    "hook": ("very large and close, filling the picture", "in a bright round beam, all else dim"),
    "look_closely": (
        "under a magnifying glass, one detail very large",
        "seen through a round lens, its surface close up",
    ),
    "years": ("beside an old calendar with years on it", "in an old photograph next to a clock"),
    "without": (
        "gone, an empty place in the middle, only its outline left",
        "a bare shelf with a pale mark where it used to be",
    ),
    "who": (
        "a person beside it who knows it well, pointing at it",
        "two people talking about it, seen from behind",
    ),
    "where": (
        "a winding path that leads to where it begins",
        "a map with one marked spot and a dotted line to it",
    ),
    "how": (
        "its parts laid out in a row, joined by arrows",
        "hands at a table, three steps from left to right",
    ),
    "surprise": (
        "half hidden behind a curtain, rays coming out",
        "rising out of an open box, sparks around it",
    ),
    "find_out": (
        "an open book and a lamp beside it",
        "a notebook with a question mark and a pencil beside it",
    ),
    "your_turn": (
        "an empty chair in front of it and a blank speech bubble",
        "a hand reaching towards it from the viewer's side",
    ),
}


def picture_of(subject: str, beat: BeatName, text: str, *, variant: int = 0) -> str:
    """A picture in words: the subject first, then the beat's idea in plain English."""
    if beat == "own":
        return f"{subject}. {text}" if text != subject else subject
    ideas = _PICTURES[beat]
    return f"{subject}: {ideas[variant % len(ideas)]}"
