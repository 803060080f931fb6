"""Staging: where those who speak stand, and how one scene turns into the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from domain.plot import Emotion, Mood, PlotRow
from domain.run import Mode


class Slot(StrEnum):
    """A place in the picture."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Transition(StrEnum):
    """How a scene's last part turns into the next scene's picture."""

    CUT = "cut"
    FADE = "fade"
    PUSH = "push"
    WIPE = "wipe"
    DIP = "dip"


# Two for each mood, by turns; the plain crossfade is never far.
_BY_MOOD: dict[Mood, tuple[Transition, Transition]] = {
    Mood.CALM: (Transition.FADE, Transition.WIPE),
    Mood.UPBEAT: (Transition.PUSH, Transition.FADE),
    Mood.DARK: (Transition.FADE, Transition.DIP),
    Mood.EPIC: (Transition.WIPE, Transition.FADE),
    Mood.LOFI: (Transition.FADE, Transition.FADE),
}
_BY_NEXT_EMOTION: dict[Emotion, Transition] = {
    Emotion.SURPRISED: Transition.CUT,
    Emotion.ANGRY: Transition.CUT,
    Emotion.EXCITED: Transition.PUSH,
    Emotion.SAD: Transition.DIP,
}


def slots_of(char_ids: Iterable[str]) -> dict[str, Slot]:
    """One who speaks stands in the centre; of two or more the first is left, the last right."""
    ordered = sorted(set(char_ids))
    slots = dict.fromkeys(ordered, Slot.CENTER)
    if len(ordered) > 1:
        slots |= {ordered[0]: Slot.LEFT, ordered[-1]: Slot.RIGHT}
    return slots


def choose_transition(
    rows: Sequence[PlotRow],
    following: Sequence[PlotRow] | None,
    *,
    mood: Mood,
    mode: Mode,
    seed: int,
) -> Transition:
    """By what comes next: its emotion where that changes, another speaker, else the mood.

    Two neighbouring scenes decide alone, so that a changed line changes no other transition.
    """
    if not following:
        return Transition.CUT
    before, after = rows[-1], following[0]
    if after.emotion is not before.emotion and after.emotion in _BY_NEXT_EMOTION:
        return _BY_NEXT_EMOTION[after.emotion]
    if after.char_id and before.char_id and after.char_id != before.char_id:
        return Transition.CUT
    if mode is Mode.AD:
        mood = Mood.UPBEAT
    return _BY_MOOD[mood][(before.sequence + seed) % 2]
