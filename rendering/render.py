"""Layout and files to one film: segments side by side, sound once, joined by stream copy.

Each worker thread composes and encodes a segment of its own with a one-thread encoder: that
keeps every core at the encoder's work (OpenCV, NumPy and x264 release the GIL), needs no
copies between processes, and two pictures per worker are all that is held.
"""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from domain.layout import Layout
from rendering.captions.fonts import missing_glyphs
from rendering.captions.subtitles import subtitles_srt, subtitles_vtt
from rendering.contact_sheet import ContactSheet
from rendering.encode import SegmentEncoder, join
from rendering.errors import RenderingCancelled
from rendering.ffmpeg import never_cancelled
from rendering.mix import mix_short
from rendering.segments import Composer, Files, Segment, plan_segments, segment_key
from rendering.thumbnail import draw_thumbnail

MAX_WORKERS = 8
MAX_KEPT_BYTES = 2_000_000_000
AUDIO_SHARE = 0.05

VIDEO, CAPTIONS_SRT, CAPTIONS_VTT, THUMBNAIL, CONTACT_SHEET = (
    "final_video.mp4",
    "captions.srt",
    "captions.vtt",
    "thumbnail.jpg",
    "contact_sheet.jpg",
)

Report = Callable[[float, str], None]


@dataclass(frozen=True)
class Rendered:
    """A finished film and the files beside it."""

    files: tuple[Path, ...]
    duration_ms: int
    encoded_segments: int
    warnings: tuple[str, ...] = ()


@dataclass
class _Job:
    """One render under way, shared by its threads."""

    layout: Layout
    segments: Path
    composer: Composer
    report: Report
    cancelled: Callable[[], bool]
    sheet: ContactSheet
    done_frames: int = 0
    failed: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, frames: int) -> None:
        """Note finished frames; raises `RenderingCancelled` where the work is to stop."""
        if self.failed or self.cancelled():
            raise RenderingCancelled
        with self.lock:
            self.done_frames += frames
            done, total = self.done_frames, self.layout.frame_count
        self.report(AUDIO_SHARE + (0.98 - AUDIO_SHARE) * done / total, f"frame {done}/{total}")


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
    segments.mkdir(parents=True, exist_ok=True)
    attempt = uuid.uuid4().hex
    audio, video = out / f".{attempt}.m4a", out / f".{attempt}.mp4"
    composer = Composer(layout, files, cancelled=cancelled)
    job = _Job(layout, segments, composer, report, cancelled, ContactSheet(layout))
    try:
        report(0.0, "mixing the sound")
        mix_short(layout, files, audio, cancelled)
        planned = plan_segments(layout)
        paths = _render_all(job, planned)
        starts = [(path, s.first) for (path, _), s in zip(paths, planned, strict=True)]
        join(starts, audio, video, fps=layout.timeline.fps)
        _write(out / CAPTIONS_SRT, subtitles_srt(layout).encode(), attempt)
        _write(out / CAPTIONS_VTT, subtitles_vtt(layout).encode(), attempt)
        thumbnail = draw_thumbnail(layout, files, cancelled=cancelled)
        _write(out / THUMBNAIL, thumbnail, attempt)
        _write(out / CONTACT_SHEET, job.sheet.jpeg(), attempt)
        _sync(video)
        video.replace(out / VIDEO)
    finally:
        for temporary in (audio, video):
            temporary.unlink(missing_ok=True)
    _prune(segments)
    return Rendered(
        files=tuple(
            out / name for name in (VIDEO, CAPTIONS_SRT, CAPTIONS_VTT, THUMBNAIL, CONTACT_SHEET)
        ),
        duration_ms=layout.timeline.total_duration_ms,
        encoded_segments=sum(is_new for _, is_new in paths),
        warnings=_warnings(layout),
    )


def worker_count() -> int:
    """One worker per core that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MAX_WORKERS)
    return min(os.cpu_count() or 1, MAX_WORKERS)


def _render_all(job: _Job, planned: Iterable[Segment]) -> list[tuple[Path, bool]]:
    """(file, whether it was encoded now) of every segment, in order."""
    with ThreadPoolExecutor(worker_count(), thread_name_prefix="render") as pool:
        futures = [pool.submit(_render_segment, job, segment) for segment in planned]
        try:
            return [future.result() for future in futures]
        except BaseException:
            job.failed = True
            pool.shutdown(wait=True, cancel_futures=True)
            first = next(
                (e for f in futures if f.done() and not f.cancelled() and (e := f.exception())
                 and not isinstance(e, RenderingCancelled)),
                None,
            )  # fmt: skip
            if first is not None:
                raise first from None
            raise


def _render_segment(job: _Job, segment: Segment) -> tuple[Path, bool]:
    try:
        path = job.segments / f"{segment_key(job.layout, segment)}.mp4"
        if path.is_file():
            path.touch()
            job.sheet.take_from(path, segment)
            job.count(segment.frames)
            return path, False
        temporary = path.with_suffix(f".{uuid.uuid4().hex}.tmp")
        try:
            _encode_segment(job, segment, temporary)
            _sync(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        return path, True
    except BaseException:
        job.failed = True
        raise


def _encode_segment(job: _Job, segment: Segment, path: Path) -> None:
    clip, begin = job.composer.clip(segment)
    fps = job.layout.timeline.fps
    encoder = SegmentEncoder(path, job.layout.timeline.size_px, fps)
    try:
        for index in range(segment.frames):
            planes = encoder.planes
            clip.paint(planes, begin + index / fps)
            job.sheet.take(segment.first + index, planes)
            encoder.push()
            job.count(1)
    except BaseException:
        encoder.abandon()
        raise
    encoder.close()


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
        _sync(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _prune(segments: Path) -> None:
    """Keep the segments used last, up to a bound; another worker may prune as well."""
    found = []
    for path in segments.iterdir():
        with suppress(OSError):
            stat = path.stat()
            found.append((stat.st_mtime, stat.st_size, path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found, key=lambda entry: entry[0]):
        if total <= MAX_KEPT_BYTES:
            return
        path.unlink(missing_ok=True)
        total -= size
