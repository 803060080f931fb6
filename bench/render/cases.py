"""What is measured, each in a warm process of its own: `python -m bench.render.cases CASE FOLDER`.

The last line is one JSON object.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2

from bench.render.likeness import jitter_px, ssim
from bench.render.limit import encode_ready_frames
from bench.render.measure import Span
from bench.render.reference import another_picture
from bench.render.textbook import write_textbook
from domain.layout import Layout
from rendering.encode import SegmentEncoder, join
from rendering.errors import never_cancelled
from rendering.mix import mix_short
from rendering.quality.inspect import inspect_short
from rendering.render import VIDEO, render_short, start_job
from rendering.segments import Composer, plan_segments
from rendering.workers import render_segments
from tests.shorts import Short

LAYOUT, RAW, SOUND = "layout.json", "frames.yuv", "sound.m4a"
WARM_UP_FRAMES = 12

Said = dict[str, Any]


def limit(short: Short, scratch: Path) -> Said:
    """Encode ready frames."""
    span = Span()
    with span.measured():
        encode_ready_frames(short, short.folder / RAW, scratch)
    return vars(span)


def render(short: Short, scratch: Path) -> Said:
    """First frame to joined MP4; the sound is there already."""
    span = Span()
    with span.measured():
        job = start_job(short.layout, short.file, scratch / "segments")
        parts = render_segments(job, plan_segments(short.layout))
        starts = [(part.path, part.segment.first) for part in parts]
        join(starts, short.folder / SOUND, scratch / VIDEO, fps=short.layout.timeline.fps)
    return vars(span)


def whole(short: Short, scratch: Path) -> Said:
    """Assets ready to checked MP4, with everything beside it; then once more with one scene's
    picture changed."""
    made, checked, mixed, again = Span(), Span(), Span(), Span()

    def make(layout: Layout, name: str) -> None:
        folder = scratch / "segments"
        render_short(layout, files=short.file, segments=folder, out=scratch / name)

    with made.measured():
        make(short.layout, "first")
    with checked.measured():
        report = inspect_short(scratch / "first" / VIDEO, short.layout, files=short.file)
    assert report.passed, report.findings
    with mixed.measured():
        mix_short(short.layout, short.file, scratch / SOUND, never_cancelled)
    changed = another_picture(short, "scene_3")
    with again.measured():
        make(changed, "again")
    return {
        "wall": made.wall + checked.wall,
        "cpu": made.cpu + checked.cpu,
        "render_wall": made.wall,
        "qa_wall": checked.wall,
        "mix_wall": mixed.wall,
        "again_wall": again.wall,
        "bytes": (scratch / "first" / VIDEO).stat().st_size,
    }


def textbook(short: Short, scratch: Path) -> Said:
    """A piece of the film in MoviePy as tutorials use it."""
    span = Span()
    with span.measured():
        write_textbook(short, scratch / "textbook.mp4")
    return vars(span)


def likeness(short: Short, scratch: Path) -> Said:
    """How smooth, and how like what was composed."""
    render_short(short.layout, files=short.file, segments=scratch / "s", out=scratch)
    return {"jitter_px": jitter_px(short), "ssim": ssim(short, scratch / VIDEO)}


def anatomy(short: Short, scratch: Path) -> Said:
    """CPU seconds of each part, one after another in one thread."""
    cv2.setNumThreads(1)  # as each worker has it
    names = ("prepare", "compose", "encode", "join", "mix", "pictures beside", "check")
    spans = {name: Span() for name in names}
    composer, fps = Composer(short.layout, short.file), short.layout.timeline.fps
    job = start_job(short.layout, short.file, scratch / "segments")
    planned, files = plan_segments(short.layout), []
    for segment in planned:
        with spans["prepare"].measured():
            clip, begin = composer.clip(segment)
        with spans["encode"].measured():
            path = scratch / f"{segment.first}.mp4"
            encoder = SegmentEncoder(path, short.layout.timeline.size_px, fps)
        for index in range(segment.frames):
            with spans["compose"].measured():
                planes = encoder.planes
                clip.paint(planes, begin + index / fps)
            with spans["encode"].measured():
                encoder.push()
            with spans["pictures beside"].measured():
                job.sheet.take(segment.first + index, planes)
        with spans["encode"].measured():
            encoder.close()
        with spans["pictures beside"].measured():
            job.thumbnail.consider(composer, segment)
        files.append((path, segment.first))
    with spans["pictures beside"].measured():
        job.thumbnail.jpeg()
        job.sheet.jpeg()
    with spans["mix"].measured():
        mix_short(short.layout, short.file, scratch / SOUND, never_cancelled)
    with spans["join"].measured():
        join(files, scratch / SOUND, scratch / VIDEO, fps=fps)
    with spans["check"].measured():
        inspect_short(scratch / VIDEO, short.layout, files=short.file)
    return {name: vars(span) for name, span in spans.items()}


CASES: dict[str, Callable[[Short, Path], Said]] = {
    case.__name__: case for case in (limit, render, whole, textbook, likeness, anatomy)
}


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    layout = Layout.model_validate_json((folder / LAYOUT).read_text(encoding="utf-8"))
    short = Short(folder, layout)
    scratch = Path(tempfile.mkdtemp(dir=folder))
    try:
        _warm_up(short, scratch)
        print(json.dumps(CASES[name](short, scratch)))
    finally:
        shutil.rmtree(scratch)


def _warm_up(short: Short, scratch: Path) -> None:
    """What a worker has done once: libraries, fonts and encoder loaded."""
    clip, begin = Composer(short.layout, short.file).clip(plan_segments(short.layout)[0])
    encoder = SegmentEncoder(scratch / "warm.mp4", short.layout.timeline.size_px, 30)
    for _ in range(WARM_UP_FRAMES):
        clip.paint(encoder.planes, begin)
        encoder.push()
    encoder.close()


if __name__ == "__main__":
    main()
