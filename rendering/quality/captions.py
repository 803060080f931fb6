"""Checks of the captions: seen, readable, inside what the apps leave free, and all there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from domain.layout import Layout, Scene
from rendering.captions.contrast import MIN_CONTRAST
from rendering.captions.fonts import missing_glyphs
from rendering.captions.placement import caption_safe_area
from rendering.quality.judgement import Evidence, Fault, Judgement, each

# In levels of 8-bit luma, of solid ink against what was drawn. Over any picture, letters and
# outlines that are not there are 80 and more apart.
MAX_INK_ERROR = 60.0
MIN_COVERED = 0.9
MIN_MEASURED_PX = 540


def seen(evidence: Evidence) -> Judgement | None:
    if not evidence.seen:
        return None
    faults = [
        Fault(
            f"the caption of {read.line_id} is not to be seen in frame {read.frame}",
            read.scene_id,
            read.line_id,
        )
        for read in evidence.seen.captions
        if read.error > MAX_INK_ERROR
    ]
    count = len(evidence.seen.captions)
    return each(faults, f"{count - len(faults)} of {count} captions seen")


def readable(evidence: Evidence) -> Judgement | None:
    """A caption that is not there at all is another check's finding. On a small picture the
    letters' outlines are a pixel wide, and compression leaves nothing to measure."""
    if not evidence.seen or min(evidence.layout.timeline.size_px) < MIN_MEASURED_PX:
        return None
    there = [
        (read, read.contrast)
        for read in evidence.seen.captions
        if read.error <= MAX_INK_ERROR and read.contrast is not None
    ]
    faults = [
        Fault(
            f"the caption of {read.line_id} has a contrast of {contrast:.1f} : 1",
            read.scene_id,
            read.line_id,
        )
        for read, contrast in there
        if contrast < MIN_CONTRAST
    ]
    least = min((contrast for _, contrast in there), default=21.0)
    return each(faults, f"{least:.1f} : 1 at least")


def safe_area(evidence: Evidence) -> Judgement | None:
    if not evidence.seen:
        return None
    area = caption_safe_area(evidence.layout.timeline.size_px)
    outside = [
        drawn for drawn in evidence.seen.drawn if not all(area.contains(box) for box in drawn.boxes)
    ]
    return each(
        (
            Fault(f"the caption of {d.line_id} leaves the safe area", d.scene_id, d.line_id)
            for d in outside
        ),
        f"{len(outside)} captions outside",
    )


def glyphs(evidence: Evidence) -> Judgement:
    faults = [fault for scene in evidence.layout.scenes for fault in _undrawn(scene)]
    return each(faults, f"{len(faults)} scenes with signs that no font draws")


def words(evidence: Evidence) -> Judgement | None:
    """What is said and not shown; where captions are off there is nothing to miss."""
    layout = evidence.layout
    if not any(scene.subtitles for scene in layout.scenes):
        return None
    faults = [*_unshown(layout), *_shown_too_short(evidence)]
    lines = sum(len(scene.dialogue) for scene in layout.scenes)
    return each(faults, f"{lines - len(faults)} of {lines} lines are shown in full")


def _undrawn(scene: Scene) -> Iterator[Fault]:
    if missing := missing_glyphs("".join(subtitle.text for subtitle in scene.subtitles)):
        named = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in missing)
        yield Fault(f"no caption font draws {named}", scene.scene_id)


def _unshown(layout: Layout) -> Iterator[Fault]:
    for scene in layout.scenes:
        shown = {subtitle.line_id: subtitle.text for subtitle in scene.subtitles}
        for line in scene.dialogue:
            captioned = _letters(shown.get(line.line_id, ""))
            missing = [word for word in line.text.split() if _letters(word) not in captioned]
            if missing:
                yield Fault(
                    f"the caption of {line.line_id} leaves out {' '.join(missing)!r}",
                    scene.scene_id,
                    line.line_id,
                )


def _shown_too_short(evidence: Evidence) -> Iterator[Fault]:
    """Only lines that draw something: signs without a glyph are another check's finding."""
    for drawn in evidence.seen.drawn if evidence.seen else ():
        if drawn.boxes and drawn.covered < MIN_COVERED:
            yield Fault(
                f"the caption of {drawn.line_id} is shown for {drawn.covered:.0%} of its line",
                drawn.scene_id,
                drawn.line_id,
            )


def _letters(text: str) -> str:
    """Without spaces and marks, in one form: captions may write quotes of their own."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in normal if unicodedata.category(c)[0] in "LMN")
