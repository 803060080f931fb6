"""Camera moves over stills: chosen by content, eased, aimed at what is interesting.

Odd and even scenes choose among different moves. So the same move never comes twice in a row,
and a scene's move does not hang on its neighbours: a changed line renders no other scene anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from domain.layout import Layout, Scene
from domain.plot import Emotion, SubtitlePosition
from domain.staging import Slot
from rendering.saliency import Focus

# The largest zoom decides how large a picture is kept, and how soft it gets.
MAX_ZOOM = 1.18
# Speeds of what moves most, for a short side of 1080 px: below the first a picture seems to
# stand, above the last it seems to shake behind the caption.
CREEP_PX_PER_SECOND = 12.0
CRUISE_PX_PER_SECOND = 28.0
RACE_PX_PER_SECOND = 70.0
REFERENCE_SIDE_PX = 1080
# A longer move would creep: it turns round instead.
MAX_LEG_SECONDS = 8.0
MIN_ZOOM = 1.02
# The interesting part's middle stays this far inside the frame, in shares of a side.
MARGIN = 0.08
# How much farther down the camera looks, so that the subject stands above a caption; or up.
CLEAR: dict[SubtitlePosition | None, float] = {
    SubtitlePosition.BOTTOM: 0.22,
    SubtitlePosition.TOP: -0.22,
}
TOWARD = {Slot.LEFT: 0.0, Slot.CENTER: 0.5, Slot.RIGHT: 1.0}


class Move(StrEnum):
    """What the camera does. Each ends on the interesting part, or holds it throughout."""

    PUSH_IN = "push in"
    PULL_OUT = "pull out"
    PAN = "pan"
    GLIDE = "glide"
    DRIFT = "drift"
    SETTLE = "settle"


@dataclass(frozen=True)
class View:
    """Zoom ≥ 1; places 0–1 in the slack that the zoom leaves."""

    zoom: float
    across: float
    down: float


@dataclass(frozen=True)
class CameraMove:
    """From view to view, evenly spaced in time."""

    move: Move
    views: tuple[View, ...]

    def view_at(self, share: float) -> tuple[float, float, float]:
        """(zoom, across, down) at `share` 0–1 of the move."""
        legs = len(self.views) - 1
        place = min(max(share, 0.0), 1.0) * legs
        leg = min(int(place), legs - 1)
        begin, end = self.views[leg], self.views[leg + 1]
        eased = self._eased(place - leg, legs)
        return (
            begin.zoom + (end.zoom - begin.zoom) * eased,
            begin.across + (end.across - begin.across) * eased,
            begin.down + (end.down - begin.down) * eased,
        )

    def _eased(self, share: float, legs: int) -> float:
        if legs > 1:
            # Still for a moment where it turns round.
            return share * share * (3 - 2 * share)
        if self.move is Move.SETTLE:
            return 0.45 * share + 0.55 * (1 - (1 - share) ** 3)
        return 0.5 * share + 0.5 * share * share * (3 - 2 * share)


@dataclass(frozen=True)
class Shot:
    """A scene's move before its picture is known, where its speaker stands, and where its
    caption does."""

    move: Move
    toward: Slot = Slot.CENTER
    caption: SubtitlePosition | None = None

    def aimed(self, focus: Focus, size_px: tuple[int, int], seconds: float) -> CameraMove:
        """The move over a picture whose interesting part is `focus`."""
        legs = max(1, math.ceil(seconds / MAX_LEG_SECONDS))
        unit = min(size_px) / REFERENCE_SIDE_PX
        distance = CRUISE_PX_PER_SECOND * unit * seconds / legs
        return CameraMove(self.move, _path(self._ends(focus, size_px, distance), legs))

    def _ends(self, focus: Focus, size_px: tuple[int, int], distance: float) -> tuple[View, View]:
        """Where the move begins, and where it ends: by default the view of the subject."""
        aim = _aimed_at(focus, self.toward, self.caption)
        closer = min(1 + distance / _farthest(aim, size_px), MAX_ZOOM)
        match self.move:
            case Move.PUSH_IN | Move.SETTLE:
                return View(1.0, *aim), View(closer, *aim)
            case Move.PULL_OUT:
                return View(closer, *aim), View(1.0, *aim)
            case Move.DRIFT:
                return _drift(focus, aim, size_px, distance)
            case Move.PAN | Move.GLIDE:
                return _travel(self.move, focus, aim, size_px, distance)


def camera_shots(layout: Layout) -> dict[str, Shot]:
    """Every scene's move, by its emotion, its words and who speaks."""
    slots = {character.char_id: character.slot for character in layout.characters}
    shots: dict[str, Shot] = {}
    speaker = layout.scenes[0].dialogue[0].char_id
    for scene in layout.scenes:
        previous, speaker = speaker, scene.dialogue[0].char_id
        toward = slots.get(speaker, Slot.CENTER)
        pair = _SPOKEN_TO if speaker != previous else _liked(layout, scene)
        caption = scene.subtitles[0].position if scene.subtitles else None
        shots[scene.scene_id] = Shot(pair[(scene.sequence - 1) % 2], toward, caption)
    return shots


Pair = tuple[Move, Move]

# For odd scenes and for even ones. No move stands on both sides.
_SPOKEN_TO: Pair = (Move.PAN, Move.DRIFT)
_ASKED: Pair = (Move.PUSH_IN, Move.DRIFT)
_FAREWELL: Pair = (Move.PUSH_IN, Move.PULL_OUT)
_BY_EMOTION: dict[Emotion, Pair] = {
    Emotion.HAPPY: (Move.PAN, Move.DRIFT),
    Emotion.SAD: (Move.PUSH_IN, Move.PULL_OUT),
    Emotion.EXCITED: (Move.SETTLE, Move.DRIFT),
    Emotion.ANGRY: (Move.PUSH_IN, Move.GLIDE),
    Emotion.SURPRISED: (Move.SETTLE, Move.PULL_OUT),
    Emotion.CALM: (Move.PAN, Move.GLIDE),
}
# A scene's sound effect tells in any language what its words name.
_BY_SOUND: dict[str, Pair] = {
    "water": (Move.PAN, Move.PULL_OUT),
    "wind": (Move.PAN, Move.GLIDE),
    "rain": (Move.PUSH_IN, Move.GLIDE),
    "thunder": (Move.SETTLE, Move.PULL_OUT),
    "door": (Move.PUSH_IN, Move.DRIFT),
    "footsteps": (Move.PAN, Move.DRIFT),
    "heartbeat": (Move.PUSH_IN, Move.PULL_OUT),
    "typing": (Move.PUSH_IN, Move.DRIFT),
}
_ANY: tuple[Pair, ...] = (
    (Move.PUSH_IN, Move.DRIFT),
    (Move.PAN, Move.PULL_OUT),
    (Move.PUSH_IN, Move.GLIDE),
)
_QUESTIONS = ("?", "？", "؟", "՞")


def _liked(layout: Layout, scene: Scene) -> Pair:
    if scene.sequence == len(layout.scenes) > 1:
        return _FAREWELL
    if pair := _BY_EMOTION.get(scene.dialogue[0].emotion):
        return pair
    for sound in scene.sfx:
        if pair := _BY_SOUND.get(sound.tag):
            return pair
    if scene.text.rstrip("\"'”’」』 ").endswith(_QUESTIONS):
        return _ASKED
    return _ANY[(layout.metadata.look + scene.sequence // 2) % len(_ANY)]


def _aimed_at(focus: Focus, toward: Slot, caption: SubtitlePosition | None) -> tuple[float, float]:
    """Places in the slack that bring the subject, and who speaks, towards the middle, and
    clear of the caption."""
    x = focus.x if toward is Slot.CENTER else 0.5 * focus.x + 0.5 * TOWARD[toward]
    return _held(_leaned(x), focus.x, MAX_ZOOM), _held(
        _leaned(focus.y + CLEAR.get(caption, 0.0)), focus.y, MAX_ZOOM
    )


def _leaned(place: float) -> float:
    return min(max(0.5 + 1.6 * (place - 0.5), 0.0), 1.0)


def _farthest(aim: tuple[float, float], size_px: tuple[int, int]) -> float:
    """Pixels to the corner that a zoom towards `aim` moves most."""
    across, down = (max(place, 1 - place) * side for place, side in zip(aim, size_px, strict=True))
    return math.hypot(across, down)


def _drift(
    focus: Focus, aim: tuple[float, float], size_px: tuple[int, int], distance: float
) -> tuple[View, View]:
    """In from the far side, on a slant."""
    near = min(1 + 0.4 * distance / max(size_px), 1.04)
    closer = min(near + 0.8 * distance / _farthest(aim, size_px), MAX_ZOOM)
    across = _held(1 - aim[0], focus.x, near)
    return View(near, across, _held(0.5, focus.y, near)), View(closer, *aim)


def _travel(
    move: Move,
    focus: Focus,
    aim: tuple[float, float],
    size_px: tuple[int, int],
    distance: float,
) -> tuple[View, View]:
    """A pan along the subject's longer side ends on it; a glide begins there, along the other.

    What the picture's edge leaves too short is made up by coming closer or going back.
    """
    wide = focus.width * size_px[0] >= focus.height * size_px[1]
    horizontal = wide is (move is Move.PAN)
    side, axis = (size_px[0], 0) if horizontal else (size_px[1], 1)
    zoom = min(max(1 + 1.15 * distance / side, 1.06), MAX_ZOOM)
    slack = (zoom - 1) * side
    away = -distance / slack if aim[axis] > 0.5 else distance / slack
    there = _held(aim[axis] + away, (focus.x, focus.y)[axis], zoom)
    short = max(distance - abs(there - aim[axis]) * slack, 0.0)
    back = max(zoom - short / _farthest(aim, size_px), MIN_ZOOM)
    far = View(back, there, aim[1]) if horizontal else View(back, aim[0], there)
    near = View(zoom, *aim)
    return (far, near) if move is Move.PAN else (near, far)


def _held(place: float, subject: float, zoom: float) -> float:
    """The place in the slack nearest to `place` that keeps the subject in the frame."""
    slack, seen = 1 - 1 / zoom, 1 / zoom
    lowest = (subject - (1 - MARGIN) * seen) / slack
    highest = (subject - MARGIN * seen) / slack
    return min(max(place, lowest, 0.0), highest if highest > 0 else 0.0, 1.0)


def _path(ends: tuple[View, View], legs: int) -> tuple[View, ...]:
    """There, back and there again, so that the last leg is the move itself."""
    begin, end = ends
    return tuple(end if (legs - index) % 2 == 0 else begin for index in range(legs + 1))
