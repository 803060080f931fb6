"""Is everything to be seen: every frame there and moving, each scene's picture, each caption.

Every frame is decoded; in each scene a few are compared with what was composed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.layout import Layout, Scene
from domain.qa import Finding, Redo
from rendering.captions.fonts import missing_glyphs
from rendering.captions.placement import caption_safe_area
from rendering.captions.raster import CaptionState, caption_states
from rendering.clips import CaptionClip, SceneClip
from rendering.errors import RenderingCancelled
from rendering.planar import Plane, new_planes
from rendering.quality.film import frames
from rendering.quality.verdict import Verdict
from rendering.segments import Composer, Files, Segment, plan_segments

# In levels of 8-bit luma.
MAX_PICTURE_ERROR = 8.0
MIN_CAPTION_CONTRAST = 10.0
BLACK_LEVEL = 32
STILL_DIFFERENCE = 0.02
FLAT_DEVIATION = 1.5
MAX_BLACK_SECONDS = 0.3
MAX_STILL_SECONDS = 1.0
SAMPLING = 24


@dataclass
class _Log:
    """What every frame tells: its brightest part, and how much it differs from the one before."""

    times: list[float] = field(default_factory=list)
    brightest: list[int] = field(default_factory=list)
    differences: list[float] = field(default_factory=list)
    _previous: NDArray[np.int16] | None = None

    def note(self, seconds: float, luma: Plane) -> None:
        sample = luma[::SAMPLING, ::SAMPLING].astype(np.int16)
        self.times.append(seconds)
        self.brightest.append(int(sample.max()))
        if self._previous is not None and self._previous.shape == sample.shape:
            self.differences.append(float(np.abs(sample - self._previous).mean()))
        self._previous = sample


@dataclass(frozen=True)
class _Sample:
    """A frame to be compared, and the caption that is to be seen in it."""

    segment: Segment
    caption: CaptionState | None
    line_id: str | None


def check_pictures(
    video: Path,
    layout: Layout,
    files: Files,
    verdict: Verdict,
    *,
    report: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    """Raises `RenderingError` where the film cannot be decoded, and `RenderingCancelled`."""
    captions = _draw_captions(layout, cancelled)
    _check_captions_fit(layout, captions, verdict)
    samples = _samples(layout, captions)
    composer = Composer(layout, files, captions=False)
    log, pictures, unseen = _Log(), list[Finding](), list[Finding]()
    for index, (seconds, luma) in enumerate(frames(video)):
        if cancelled():
            raise RenderingCancelled
        log.note(seconds, luma)
        report(index / layout.frame_count)
        for sample in samples.get(index, ()):
            _compare(layout, composer, sample, index, luma, pictures, unseen)
    _check_frames(layout, log, verdict)
    scenes, lines = len(layout.scenes), sum(len(scene.subtitles) for scene in layout.scenes)
    verdict.check_all(
        "pictures",
        pictures,
        measured=f"{scenes - len({f.scene_id for f in pictures})} of {scenes} scenes",
        expected="every scene shows its picture",
    )
    verdict.check_all(
        "captions",
        unseen,
        measured=f"{lines - len(unseen)} of {lines} captions seen",
        expected="every caption is seen",
    )


def _draw_captions(
    layout: Layout, cancelled: Callable[[], bool]
) -> dict[str, tuple[CaptionState, ...]]:
    return {
        scene.scene_id: caption_states(
            scene,
            size_px=layout.timeline.size_px,
            language=layout.metadata.language,
            cancelled=cancelled,
        )
        for scene in layout.scenes
    }


def _check_captions_fit(
    layout: Layout, captions: dict[str, tuple[CaptionState, ...]], verdict: Verdict
) -> None:
    area = caption_safe_area(layout.timeline.size_px)
    outside = [
        Finding(
            check="safe area",
            message=f"a caption of {scene_id} leaves the safe area",
            redo=Redo.PLAN,
            scene_id=scene_id,
        )
        for scene_id, states in captions.items()
        if any(not area.contains(state.box) for state in states)
    ]
    verdict.check_all(
        "safe area",
        outside,
        measured=f"{len(outside)} scenes with captions outside",
        expected="captions inside the safe area",
    )
    undrawn = [finding for scene in layout.scenes for finding in _missing_glyphs(scene)]
    verdict.check_all(
        "glyphs",
        undrawn,
        measured=f"{len(undrawn)} scenes with signs that no font draws",
        expected="a glyph for every sign",
    )


def _missing_glyphs(scene: Scene) -> list[Finding]:
    missing = missing_glyphs("".join(subtitle.text for subtitle in scene.subtitles))
    if not missing:
        return []
    named = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in missing)
    return [
        Finding(
            check="glyphs",
            message=f"no caption font draws {named}",
            redo=Redo.PLAN,
            scene_id=scene.scene_id,
        )
    ]


def _samples(
    layout: Layout, captions: dict[str, tuple[CaptionState, ...]]
) -> dict[int, list[_Sample]]:
    """Frames to compare: the middle of each scene, and one in the middle of each caption."""
    bodies = [segment for segment in plan_segments(layout) if segment.is_body]
    starts = dict(zip((s.scene_id for s in layout.scenes), layout.scene_starts_ms(), strict=True))
    wanted: dict[int, list[_Sample]] = {}

    def want(ms: int, scene: Scene, caption: CaptionState | None, line_id: str | None) -> None:
        frame = layout.frame_at(starts[scene.scene_id] + ms)
        segment = next((s for s in bodies if s.first <= frame < s.last), None)
        if segment:
            wanted.setdefault(frame, []).append(_Sample(segment, caption, line_id))

    for scene in layout.scenes:
        want((scene.duration_ms - scene.transition_ms) // 2, scene, None, None)
        for subtitle in scene.subtitles:
            middle = subtitle.start_ms + subtitle.duration_ms // 2
            state = next(
                (s for s in captions[scene.scene_id] if s.start_ms <= middle < s.end_ms), None
            )
            want(middle, scene, state, subtitle.line_id)
    return wanted


def _compare(
    layout: Layout,
    composer: Composer,
    sample: _Sample,
    index: int,
    luma: Plane,
    pictures: list[Finding],
    unseen: list[Finding],
) -> None:
    clip, begin = composer.clip(sample.segment)
    assert isinstance(clip, SceneClip)
    seconds = begin + (index - sample.segment.first) / layout.timeline.fps
    planes = new_planes(*layout.timeline.size_px)
    clip.still.paint(planes, seconds)
    if planes[0].shape != luma.shape:
        return
    scene_id = sample.segment.scene.scene_id
    if sample.line_id is None:
        pictures += _picture_findings(scene_id, planes[0], luma)
    elif not _is_seen(sample.caption, planes[0], luma):
        unseen.append(
            Finding(
                check="captions",
                message=f"the caption of {sample.line_id} is not to be seen in frame {index}",
                redo=Redo.RENDER,
                scene_id=scene_id,
                line_id=sample.line_id,
            )
        )


def _picture_findings(scene_id: str, composed: Plane, luma: Plane) -> list[Finding]:
    """Compared in the upper part, where no caption stands unless the plan says so."""
    if float(composed.std()) < FLAT_DEVIATION:
        message, redo = f"the picture of {scene_id} is one flat colour", Redo.IMAGE
    else:
        part = slice(0, None, 4)
        difference = composed[part, part].astype(np.int16) - luma[part, part]
        # The median passes over captions, which cover a small part.
        error = float(np.median(np.abs(difference)))
        if error <= MAX_PICTURE_ERROR:
            return []
        message = f"{scene_id} does not show its picture: {error:.0f} levels of 255 apart"
        redo = Redo.RENDER
    return [Finding(check="pictures", message=message, redo=redo, scene_id=scene_id)]


def _is_seen(caption: CaptionState | None, bare: Plane, luma: Plane) -> bool:
    """Whether a caption's ink is in the frame, and stands out from the picture."""
    if caption is None:
        return False
    ink = caption.rgba[..., 3] > 200
    if not ink.any():
        return False
    height, width = bare.shape
    drawn = (bare.copy(), np.zeros((height // 2, width // 2), np.uint8))
    CaptionClip(caption, (width, height)).paint((drawn[0], drawn[1], drawn[1].copy()), 0.0)
    box = (slice(caption.y, caption.box.bottom), slice(caption.x, caption.box.right))
    seen = luma[box][ink].astype(np.int16)
    contrast = float(np.abs(seen - bare[box][ink]).mean())
    error = float(np.abs(seen - drawn[0][box][ink]).mean())
    return contrast >= MIN_CAPTION_CONTRAST and error < contrast / 2


def _check_frames(layout: Layout, log: _Log, verdict: Verdict) -> None:
    fps = layout.timeline.fps
    verdict.check(
        "frames",
        len(log.times) == layout.frame_count,
        measured=f"{len(log.times)} frames",
        expected=f"{layout.frame_count} frames",
    )
    uneven = sum(abs(seconds - index / fps) > 0.5 / fps for index, seconds in enumerate(log.times))
    verdict.check(
        "frame times", uneven == 0, measured=f"{uneven} frames out of place", expected="none"
    )
    black = _longest([level < BLACK_LEVEL for level in log.brightest]) / fps
    verdict.check(
        "black frames",
        black <= MAX_BLACK_SECONDS,
        measured=f"{black:.1f} s black",
        expected=f"at most {MAX_BLACK_SECONDS} s",
    )
    still = _longest([difference < STILL_DIFFERENCE for difference in log.differences]) / fps
    verdict.check(
        "frozen frames",
        still <= MAX_STILL_SECONDS,
        measured=f"{still:.1f} s without motion",
        expected=f"at most {MAX_STILL_SECONDS} s",
    )


def _longest(marks: list[bool]) -> int:
    """The length of the longest run of true marks."""
    longest = run = 0
    for mark in marks:
        run = run + 1 if mark else 0
        longest = max(longest, run)
    return longest
