"""A film in segments: scene bodies and transitions, each a pure function of what it shows.

A segment is composed from (layout, files, first frame, last frame) alone, so segments can be
rendered in any order, by any worker, and kept by the hash of what they show: times count from
the scene's own start, so a line that changes moves later segments without changing them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.assets import ArtifactRef
from domain.layout import Card, Layout, Scene
from rendering.cache import BoundedCache
from rendering.camera import MAX_ZOOM, Shot, camera_shots
from rendering.captions.raster import caption_states
from rendering.cards import CardClip, draw_card
from rendering.clips import CaptionClip, PlanarClip, SceneClip, StillClip, TransitionClip
from rendering.errors import RenderingError, never_cancelled
from rendering.picture import load_picture
from rendering.saliency import Focus
from rendering.sampling import OVERSAMPLING, Still, still_of
from rendering.transitions import mix_of

SCHEMA_VERSION = 3
MAX_SEGMENT_FRAMES = 150
# Short ones at the end leave no worker alone for long.
MAX_LAST_FRAMES = 50
KEPT_PICTURES = 4

Files = Callable[[ArtifactRef], Path]


@dataclass(frozen=True)
class Segment:
    """Frames [first, last) of the film; `offset` counts from the start of its scene.

    A transition has a `following` scene. A card is over the picture of the scene beside it,
    before its start (a negative offset) or after its end.
    """

    scene: Scene
    following: Scene | None
    first: int
    last: int
    offset: int
    card: Card | None = None

    @property
    def frames(self) -> int:
        return self.last - self.first

    @property
    def is_body(self) -> bool:
        """Whether it is a part of the scene itself, with its captions."""
        return self.following is None and self.card is None


def plan_segments(layout: Layout) -> tuple[Segment, ...]:
    """Segments that cover every frame exactly once, in order."""
    return tuple(segment for segment in _segments(layout) if segment.frames > 0)


def segment_key(layout: Layout, segment: Segment) -> str:
    """The hash of everything that a segment shows."""
    shots = camera_shots(layout)
    shows: dict[str, Any] = {
        "schema": SCHEMA_VERSION,
        "revision": layout.render_revision,
        "resolution": layout.timeline.resolution,
        "fps": layout.timeline.fps,
        "language": layout.metadata.language,
        "frames": [segment.offset, segment.frames],
        "scene": _shown(layout, segment.scene, shots),
    }
    if segment.following:
        shows["following"] = _shown(layout, segment.following, shots)
        shows["transition"] = segment.scene.transition
    elif segment.card:
        shows["card"] = segment.card.text
    else:
        shows["captions"] = [
            segment.scene.model_dump(mode="json", include={"subtitles", "dialogue"})
        ]
    canonical = json.dumps(shows, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


class Composer:
    """Makes the clip of any segment of one layout; shares pictures between neighbours."""

    def __init__(
        self,
        layout: Layout,
        files: Files,
        *,
        cancelled: Callable[[], bool] = never_cancelled,
        captions: bool = True,
        kept: int = KEPT_PICTURES,
    ) -> None:
        """`kept` pictures are held at a time: a transition needs two of them."""
        self._layout = layout
        self._files = files
        self._cancelled = cancelled
        self._with_captions = captions
        self._shots = camera_shots(layout)
        self._pictures: BoundedCache[tuple[Still, Focus]] = BoundedCache(kept)
        self._captions: BoundedCache[list[tuple[int, int, CaptionClip]]] = BoundedCache(kept)

    def without_captions(self) -> Composer:
        """The same with the same pictures, but no captions."""
        bare = copy(self)
        bare._with_captions = False
        return bare

    def clip(self, segment: Segment) -> tuple[PlanarClip, float]:
        """(clip, where in it the segment begins, seconds). Raises `RenderingError`."""
        begin = self._lead_seconds(segment.scene) + segment.offset / self._layout.timeline.fps
        if segment.following:
            return self._transition(segment.scene, segment.following, begin), 0.0
        if segment.card:
            return self._card(segment, segment.card), begin
        still, captions = self._still(segment.scene), self._captions_of(segment.scene)
        return SceneClip(still, captions, self._layout.timeline.fps), begin

    def _transition(self, scene: Scene, following: Scene, begin: float) -> TransitionClip:
        return TransitionClip(
            self._still(scene),
            begin,
            self._still(following),
            scene.transition_ms / 1000,
            mix=mix_of(scene.transition, language=self._layout.metadata.language),
        )

    def _card(self, segment: Segment, card: Card) -> CardClip:
        size, language = self._layout.timeline.size_px, self._layout.metadata.language
        still = self._still(segment.scene)
        words = draw_card(card.text, size_px=size, language=language)
        return CardClip(still, words, card.duration_ms / 1000, leads=segment.offset < 0)

    def _still(self, scene: Scene) -> StillClip:
        size = self._layout.timeline.size_px
        image = scene.images[0].image
        if image is None:
            raise RenderingError(f"{scene.scene_id} has no picture")
        try:
            still, focus = self._pictures.get_or_make(
                image.sha256, lambda: self._load(self._files(image))
            )
        except RenderingError as exc:
            raise RenderingError(f"{scene.scene_id}: {exc}") from exc
        seconds = shown_ms(self._layout, scene) / 1000
        move = self._shots[scene.scene_id].aimed(focus, size, seconds)
        return StillClip(still, move, size, seconds)

    def _load(self, path: Path) -> tuple[Still, Focus]:
        largest = MAX_ZOOM * OVERSAMPLING
        width, height = (2 * round(side * largest / 2) for side in self._layout.timeline.size_px)
        picture = load_picture(path, width, height)
        return still_of(picture.planes), picture.focus

    def _captions_of(self, scene: Scene) -> list[tuple[int, int, CaptionClip]]:
        if not self._with_captions:
            return []
        return self._captions.get_or_make(scene.scene_id, lambda: self._draw_captions(scene))

    def _draw_captions(self, scene: Scene) -> list[tuple[int, int, CaptionClip]]:
        """Frames count from when the picture appears, before the scene itself begins."""
        size = self._layout.timeline.size_px
        lead = round(self._lead_seconds(scene) * self._layout.timeline.fps)
        states = caption_states(
            scene,
            size_px=size,
            language=self._layout.metadata.language,
            cancelled=self._cancelled,
        )
        return [
            (
                lead + self._layout.frame_at(state.start_ms),
                lead + self._layout.frame_at(state.end_ms),
                CaptionClip(state, size),
            )
            for state in states
        ]

    def _lead_seconds(self, scene: Scene) -> float:
        return lead_ms(self._layout, scene) / 1000


def lead_ms(layout: Layout, scene: Scene) -> int:
    """How long a scene's picture is seen before its scene begins: the transition into it, or
    the title card over it."""
    if scene.sequence > 1:
        return layout.scenes[scene.sequence - 2].transition_ms
    return layout.title_card.duration_ms if layout.title_card else 0


def shown_ms(layout: Layout, scene: Scene) -> int:
    """How long a scene's picture is seen in all."""
    is_last = scene.sequence == len(layout.scenes)
    tail = layout.end_card.duration_ms if layout.end_card and is_last else 0
    return lead_ms(layout, scene) + scene.duration_ms + tail


def _segments(layout: Layout) -> Iterator[Segment]:
    starts = layout.scene_starts_ms()
    if layout.title_card:
        begin = layout.frame_at(starts[0])
        yield Segment(layout.scenes[0], None, 0, begin, -begin, layout.title_card)
    for scene, start in zip(layout.scenes, starts, strict=True):
        yield from _scene_segments(layout, scene, start)
    if layout.end_card:
        scene, start = layout.scenes[-1], starts[-1]
        begin = layout.frame_at(start + scene.duration_ms)
        offset = begin - layout.frame_at(start)
        yield Segment(scene, None, begin, layout.frame_count, offset, layout.end_card)


def _scene_segments(layout: Layout, scene: Scene, start: int) -> Iterator[Segment]:
    begin = layout.frame_at(start)
    end = layout.frame_at(start + scene.duration_ms)
    following = layout.scenes[scene.sequence] if scene.sequence < len(layout.scenes) else None
    body_end = end
    if following and scene.transition_ms:
        body_end = layout.frame_at(start + scene.duration_ms - scene.transition_ms)
    pieces = -(-(body_end - begin) // (MAX_SEGMENT_FRAMES if following else MAX_LAST_FRAMES)) or 1
    for piece in range(pieces):
        first = begin + (body_end - begin) * piece // pieces
        last = begin + (body_end - begin) * (piece + 1) // pieces
        yield Segment(scene, None, first, last, first - begin)
    yield Segment(scene, following, body_end, end, body_end - begin)


def _shown(layout: Layout, scene: Scene, shots: dict[str, Shot]) -> dict[str, Any]:
    image, shot = scene.images[0].image, shots[scene.scene_id]
    return {
        "picture": image.sha256 if image else None,
        "shot": [shot.move, shot.toward, shot.caption],
        "lead_ms": lead_ms(layout, scene),
        "shown_ms": shown_ms(layout, scene),
        "transition_ms": scene.transition_ms,
    }
