"""QA's eyes: one pass over the film's pictures, and what was to be seen in them.

Only every fourth frame or so is decoded: those that are shown but that no other frame needs
are left out. Pictures are compared at a quarter of the size, captions at the film's own, beside
the decoding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.layout import Layout, Scene
from rendering.captions.contrast import caption_contrast
from rendering.captions.placement import Box
from rendering.captions.raster import CaptionState, caption_states
from rendering.clips import SceneClip
from rendering.errors import RenderingCancelled
from rendering.planar import RGB_TO_YUV, Plane, new_planes
from rendering.quality.film import Packets, frames
from rendering.segments import Composer, Files, Segment, plan_segments

SAMPLING = 24
# Comparing needs no more than so many pixels of the shorter side.
COMPARED_SIDE_PX = 270
SOLID = 250
_FULL_RANGE = np.clip((np.arange(256) - 16) * 255 / 219, 0, 255).astype(np.uint8)


@dataclass(frozen=True)
class Shown:
    """A scene's picture in a frame, in levels of 8-bit luma: `error` is the median difference
    from the picture as it is composed, `deviation` that picture's own."""

    scene_id: str
    error: float
    deviation: float


@dataclass(frozen=True)
class Read:
    """A caption in a frame: how far its solid ink is from what was drawn, in levels of luma,
    and how its letters stand out, by WCAG's ratio; None where it has no letters."""

    scene_id: str
    line_id: str
    frame: int
    error: float
    contrast: float | None


@dataclass(frozen=True)
class Drawn:
    """A caption as it is drawn: where, and how much of its line it accompanies."""

    scene_id: str
    line_id: str
    boxes: tuple[Box, ...]
    covered: float


@dataclass
class Seen:
    """What the film shows. `times`, `brightest`, `differences`: of each decoded frame."""

    times: list[float] = field(default_factory=list)
    brightest: list[int] = field(default_factory=list)
    differences: list[float] = field(default_factory=list)
    size_px: tuple[int, int] = (0, 0)
    pictures: list[Shown] = field(default_factory=list)
    captions: list[Read] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)


@dataclass(frozen=True)
class _Wanted:
    """What a frame is decoded for: a scene's picture, or a caption over it."""

    segment: Segment
    frame: int
    line_id: str | None = None
    state: CaptionState | None = None


States = dict[str, tuple[CaptionState, ...]]
Window = tuple[int, int, _Wanted]


def look(
    video: Path,
    layout: Layout,
    files: Files,
    packets: Packets,
    *,
    beside: Executor,
    report: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Seen:
    """Raises `RenderingError` where the film cannot be decoded, and `RenderingCancelled`."""
    seen = Seen()
    bodies: dict[str, list[Segment]] = {}
    for segment in filter(lambda segment: segment.is_body, plan_segments(layout)):
        bodies.setdefault(segment.scene.scene_id, []).append(segment)
    windows: list[Window] = []
    for scene, start in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        # One scene's at a time: a film's captions together are hundreds of megabytes.
        states = _states(layout, scene, cancelled)
        seen.drawn += _drawn(scene, states)
        windows += _windows(layout, bodies[scene.scene_id], start, states)
    anchors = _anchors(packets, layout.timeline.fps)
    placed = [_nearest(anchors, first, last) for first, last, _ in windows]
    skips = all(frame is not None for frame in placed)
    wanted: dict[int, list[_Wanted]] = {}
    for (first, last, want), frame in zip(windows, placed, strict=True):
        at = frame if skips and frame is not None else (first + last) // 2
        wanted.setdefault(at, []).append(want)
    eye = _Eye(layout, files, seen)
    compared: list[Future[Shown | Read | None]] = []
    for seconds, luma in frames(video, skip_b=skips):
        if cancelled():
            raise RenderingCancelled
        frame = round(seconds * layout.timeline.fps)
        eye.note(seconds, luma)
        if here := wanted.get(frame):
            kept = luma.copy()
            compared += [beside.submit(eye.compare, want, frame, kept) for want in here]
        report(frame / layout.frame_count)
    found = [future.result() for future in compared]
    seen.pictures = [shown for shown in found if isinstance(shown, Shown)]
    seen.captions = [read for read in found if isinstance(read, Read)]
    return seen


class _Eye:
    """Compares decoded frames with what is composed anew, scene by scene."""

    def __init__(self, layout: Layout, files: Files, seen: Seen) -> None:
        self._layout = layout
        self._files = files
        self._seen = seen
        self._composer = Composer(layout, files, captions=False)
        self._previous: NDArray[np.int16] | None = None

    def note(self, seconds: float, luma: Plane) -> None:
        sample = luma[::SAMPLING, ::SAMPLING].astype(np.int16)
        self._seen.size_px = (luma.shape[1], luma.shape[0])
        self._seen.times.append(seconds)
        self._seen.brightest.append(int(sample.max()))
        if self._previous is not None:
            self._seen.differences.append(float(np.abs(sample - self._previous).mean()))
        self._previous = sample

    def compare(self, want: _Wanted, frame: int, luma: Plane) -> Shown | Read | None:
        """From any thread; None where the film has another size."""
        if luma.shape[::-1] != self._layout.timeline.size_px:
            return None
        if want.line_id is None:
            return self._picture(want.segment, frame, luma)
        return _read(want, want.state, frame, luma) if want.state else None

    def _picture(self, segment: Segment, frame: int, luma: Plane) -> Shown:
        # Composed as the film was, since the camera aims by the picture's own pixels; both are then
        # made as small, so that the encoder's treatment of fine texture is no difference.
        composed, seen = (_small(plane) for plane in (self._composed(segment, frame), luma))
        return Shown(
            scene_id=segment.scene.scene_id,
            error=difference(composed, seen),
            deviation=float(composed.std()),
        )

    def _composed(self, segment: Segment, frame: int) -> Plane:
        clip, begin = self._composer.clip(segment)
        assert isinstance(clip, SceneClip)
        planes = new_planes(*self._layout.timeline.size_px)
        clip.still.paint(planes, begin + (frame - segment.first) / self._layout.timeline.fps)
        return planes[0]


def difference(one: Plane, other: Plane) -> float:
    """The median passes over captions, which cover a small part."""
    return float(np.median(np.abs(one.astype(np.int16) - other)))


def _small(plane: Plane) -> Plane:
    height, width = plane.shape
    scale = max(1, min(width, height) // COMPARED_SIDE_PX)
    size = width // scale, height // scale
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.uint8)


def _states(layout: Layout, scene: Scene, cancelled: Callable[[], bool]) -> States:
    """The caption pictures of each line of a scene."""
    return {
        subtitle.line_id: caption_states(
            scene.model_copy(update={"subtitles": (subtitle,)}),
            size_px=layout.timeline.size_px,
            language=layout.metadata.language,
            cancelled=cancelled,
        )
        for subtitle in scene.subtitles
    }


def _drawn(scene: Scene, states: States) -> Iterator[Drawn]:
    lines = {line.line_id: line for line in scene.dialogue}
    for line_id, pictures in states.items():
        begin = lines[line_id].start_ms
        end = begin + lines[line_id].duration_ms
        shown = sum(max(min(s.end_ms, end) - max(s.start_ms, begin), 0) for s in pictures)
        yield Drawn(
            scene_id=scene.scene_id,
            line_id=line_id,
            boxes=tuple(state.box for state in pictures),
            covered=shown / max(end - begin, 1),
        )


def _windows(
    layout: Layout, bodies: Sequence[Segment], start_ms: int, states: States
) -> Iterator[Window]:
    """(first frame, end, what for): where a scene's picture and each caption is to be seen.

    A picture is looked for in the middle of its scene, a caption while its longest state stands.
    """
    middle = (bodies[0].first + bodies[-1].last) // 2
    home = next(segment for segment in bodies if segment.first <= middle < segment.last)
    yield middle, home.last, _Wanted(home, middle)
    start = layout.frame_at(start_ms)
    for line_id, pictures in states.items():
        longest = max(pictures, key=lambda s: s.end_ms - s.start_ms, default=None)
        if longest is None:
            continue
        first = start + layout.frame_at(longest.start_ms)
        last = min(start + layout.frame_at(longest.end_ms), bodies[-1].last)
        segment = next((s for s in bodies if s.first <= first < s.last), bodies[-1])
        yield first, last, _Wanted(segment, first, line_id, longest)


def _anchors(packets: Packets, fps: int) -> NDArray[np.int_]:
    """The frames on which others depend: those shown later than all that were stored before."""
    shown = np.round(np.asarray(packets.shown) * fps).astype(int)
    highest = np.maximum.accumulate(np.concatenate([[-1], shown[:-1]]))
    return np.asarray(np.sort(shown[shown > highest]), int)


def _nearest(anchors: NDArray[np.int_], first: int, last: int) -> int | None:
    """The anchor in [first, last) that is nearest to its middle."""
    inside = anchors[(anchors >= first) & (anchors < last)]
    if not len(inside):
        return None
    return int(inside[np.abs(inside - (first + last) // 2).argmin()])


def _read(want: _Wanted, state: CaptionState, frame: int, luma: Plane) -> Read:
    alpha = state.rgba[..., 3]
    box = luma[state.y : state.box.bottom, state.x : state.box.right]
    solid = alpha >= SOLID
    colors = state.rgba[..., :3][solid].astype(np.float32)
    expected = colors @ RGB_TO_YUV[0, :3] + 16
    error = float(np.abs(box[solid] - expected).mean()) if solid.any() else 255.0
    return Read(
        scene_id=want.segment.scene.scene_id,
        line_id=want.line_id or "",
        frame=frame,
        error=error,
        contrast=caption_contrast(np.repeat(_FULL_RANGE[luma][..., None], 3, axis=2), state),
    )
