"""A film in segments: scene bodies and transitions, each a pure function of what it shows.

A segment is composed from (layout, files, first frame, last frame) alone, so segments can be
rendered in any order, by any worker, and kept by the hash of what they show: times count from
the scene's own start, so a line that changes moves later segments without changing them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.assets import ArtifactRef
from domain.layout import Layout, Scene
from rendering.camera import MAX_ZOOM, CameraMove, camera_moves
from rendering.captions.raster import caption_states
from rendering.clips import CaptionClip, CrossfadeClip, PlanarClip, SceneClip, StillClip
from rendering.errors import RenderingError
from rendering.ffmpeg import never_cancelled
from rendering.picture import KEPT_PICTURES, BoundedCache, load_planes
from rendering.planar import Planes

SCHEMA_VERSION = 1
MAX_SEGMENT_FRAMES = 150

Files = Callable[[ArtifactRef], Path]


@dataclass(frozen=True)
class Segment:
    """Frames [first, last) of the film; `offset` counts from the start of its scene."""

    scene: Scene
    following: Scene | None
    first: int
    last: int
    offset: int

    @property
    def frames(self) -> int:
        return self.last - self.first


def plan_segments(layout: Layout) -> tuple[Segment, ...]:
    """Segments that cover every frame exactly once, in order."""
    return tuple(segment for segment in _segments(layout) if segment.frames > 0)


def segment_key(layout: Layout, segment: Segment) -> str:
    """The hash of everything that a segment shows."""
    moves = camera_moves(layout)
    shows: dict[str, Any] = {
        "schema": SCHEMA_VERSION,
        "revision": layout.render_revision,
        "resolution": layout.timeline.resolution,
        "fps": layout.timeline.fps,
        "language": layout.metadata.language,
        "frames": [segment.offset, segment.frames],
        "scene": _shown(layout, segment.scene, moves),
    }
    if segment.following:
        shows["following"] = _shown(layout, segment.following, moves)
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
    ) -> None:
        self._layout = layout
        self._files = files
        self._cancelled = cancelled
        self._with_captions = captions
        self._moves = camera_moves(layout)
        self._pictures: BoundedCache[Planes] = BoundedCache(KEPT_PICTURES)
        self._captions: BoundedCache[list[tuple[int, int, CaptionClip]]] = BoundedCache(
            KEPT_PICTURES
        )

    def clip(self, segment: Segment) -> tuple[PlanarClip, float]:
        """(clip, where in it the segment begins, seconds). Raises `RenderingError`."""
        fps = self._layout.timeline.fps
        lead = self._lead_seconds(segment.scene)
        if segment.following is None:
            scene = SceneClip(self._still(segment.scene), self._captions_of(segment.scene), fps)
            return scene, lead + segment.offset / fps
        duration = segment.scene.transition_ms / 1000
        fade = CrossfadeClip(
            self._still(segment.scene),
            lead + segment.offset / fps,
            self._still(segment.following),
            duration,
        )
        return fade, 0.0

    def _still(self, scene: Scene) -> StillClip:
        width, height = size = self._layout.timeline.size_px
        source = (_even(width * MAX_ZOOM), _even(height * MAX_ZOOM))
        image = scene.images[0].image
        if image is None:
            raise RenderingError(f"{scene.scene_id} has no picture")
        try:
            planes = self._pictures.get_or_make(
                image.sha256, lambda: load_planes(self._files(image), *source)
            )
        except RenderingError as exc:
            raise RenderingError(f"{scene.scene_id}: {exc}") from exc
        duration = scene.duration_ms / 1000 + self._lead_seconds(scene)
        return StillClip(planes, self._moves[scene.scene_id], size, duration)

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
    """How long a scene's picture is seen before its scene begins: the transition into it."""
    return layout.scenes[scene.sequence - 2].transition_ms if scene.sequence > 1 else 0


def _segments(layout: Layout) -> Iterator[Segment]:
    for scene, start in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        begin = layout.frame_at(start)
        end = layout.frame_at(start + scene.duration_ms)
        following = layout.scenes[scene.sequence] if scene.sequence < len(layout.scenes) else None
        body_end = end
        if following and scene.transition_ms:
            body_end = layout.frame_at(start + scene.duration_ms - scene.transition_ms)
        pieces = -(-(body_end - begin) // MAX_SEGMENT_FRAMES) or 1
        for piece in range(pieces):
            first = begin + (body_end - begin) * piece // pieces
            last = begin + (body_end - begin) * (piece + 1) // pieces
            yield Segment(scene, None, first, last, first - begin)
        yield Segment(scene, following, body_end, end, body_end - begin)


def _shown(layout: Layout, scene: Scene, moves: dict[str, CameraMove]) -> dict[str, Any]:
    image = scene.images[0].image
    return {
        "picture": image.sha256 if image else None,
        "move": moves[scene.scene_id].name,
        "lead_ms": lead_ms(layout, scene),
        "duration_ms": scene.duration_ms,
        "transition_ms": scene.transition_ms,
    }


def _even(value: float) -> int:
    return 2 * round(value / 2)
