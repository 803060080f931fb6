"""Layout and files to one film: segments and sound side by side, joined by stream copy."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from domain.layout import Layout
from rendering.captions.fonts import missing_glyphs
from rendering.captions.subtitles import subtitles_srt, subtitles_vtt
from rendering.contact_sheet import ContactSheet
from rendering.encode import join
from rendering.errors import never_cancelled
from rendering.kept import KeptSegments, sync
from rendering.memory import give_back_memory
from rendering.mix import mix_short
from rendering.segments import Composer, Files, plan_segments
from rendering.thumbnail import Thumbnail
from rendering.workers import Job, Report, render_segments, worker_count

VIDEO, CAPTIONS_SRT, CAPTIONS_VTT, THUMBNAIL, CONTACT_SHEET = (
    "final_video.mp4",
    "captions.srt",
    "captions.vtt",
    "thumbnail.jpg",
    "contact_sheet.jpg",
)


@dataclass(frozen=True)
class Rendered:
    """A finished film and the files beside it."""

    files: tuple[Path, ...]
    duration_ms: int
    encoded_segments: int
    warnings: tuple[str, ...] = ()


def _no_report(fraction: float, message: str) -> None:
    """For callers that do not care."""


def render_short(
    layout: Layout,
    *,
    files: Files,
    segments: Path,
    out: Path,
    report: Report = _no_report,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Rendered:
    """Render into the folder `out`; every file there appears whole or not at all.

    `segments` keeps finished segments by what they show, so that a retry goes on where it
    stopped. Raises `RenderingError`, `RenderingCancelled`, OSError.
    """
    out.mkdir(parents=True, exist_ok=True)
    give_back_memory()
    attempt = uuid.uuid4().hex
    audio, video = out / f".{attempt}.m4a", out / f".{attempt}.mp4"
    job = start_job(layout, files, segments, report=report, cancelled=cancelled)
    try:
        parts = render_segments(
            job,
            plan_segments(layout),
            beside=[lambda: mix_short(layout, files, audio, job.is_over)],
        )
        join([(p.path, p.segment.first) for p in parts], audio, video, fps=layout.timeline.fps)
        written = {
            CAPTIONS_SRT: subtitles_srt(layout).encode(),
            CAPTIONS_VTT: subtitles_vtt(layout).encode(),
            THUMBNAIL: job.thumbnail.jpeg(),
            CONTACT_SHEET: job.sheet.jpeg(),
        }
        for name, data in written.items():
            _write(out / name, data, attempt)
        sync(video)
        video.replace(out / VIDEO)
    finally:
        for temporary in (audio, video):
            temporary.unlink(missing_ok=True)
    job.kept.prune()
    return Rendered(
        files=tuple(out / name for name in (VIDEO, *written)),
        duration_ms=layout.timeline.total_duration_ms,
        encoded_segments=sum(part.is_new for part in parts),
        warnings=_warnings(layout),
    )


def start_job(
    layout: Layout,
    files: Files,
    segments: Path,
    *,
    report: Report = _no_report,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Job:
    """What `render_segments` works on; `segments` is the folder that keeps them."""
    composer = Composer(layout, files, cancelled=cancelled, kept=2 * worker_count())
    return Job(
        layout=layout,
        kept=KeptSegments(segments),
        composer=composer,
        report=report,
        cancelled=cancelled,
        sheet=ContactSheet(layout),
        thumbnail=Thumbnail(layout),
    )


def _warnings(layout: Layout) -> tuple[str, ...]:
    missing = missing_glyphs(layout.words_shown())
    if not missing:
        return ()
    named = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in missing[:8])
    return (f"no caption font draws {named}",)


def _write(path: Path, data: bytes, attempt: str) -> None:
    temporary = path.with_name(f".{attempt}.{path.name}")
    try:
        temporary.write_bytes(data)
        sync(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
