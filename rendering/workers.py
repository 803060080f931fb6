"""Segments side by side: one worker for each core, each with an encoder of one thread.

Threads, not processes: OpenCV and x264 work without Python's lock, which a frame needs for
about a hundredth of its time, so the encoders do not wait for it, pictures and captions are
shared, and nothing is copied between processes. One-thread encoders on segments of their own,
because one encoder with two threads needs 15 % more work for the same film. What can use one
core only, such as the mix, is done beside the encoding.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import cv2

from domain.layout import Layout
from rendering.contact_sheet import ContactSheet
from rendering.encode import SegmentEncoder
from rendering.errors import RenderingCancelled
from rendering.kept import KeptSegments
from rendering.segments import Composer, Segment, segment_key
from rendering.thumbnail import Thumbnail

MAX_WORKERS = 8
# The last segments are begun longest first, so that all workers end at nearly the same time.
SORTED_AT_THE_END = 3
COLLECT_AFTER_ENCODERS = 8

Report = Callable[[float, str], None]
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """A finished segment's file, and whether it was encoded now."""

    segment: Segment
    path: Path
    is_new: bool


@dataclass
class Job:
    """One render under way, shared by its threads."""

    layout: Layout
    kept: KeptSegments
    composer: Composer
    report: Report
    cancelled: Callable[[], bool]
    sheet: ContactSheet
    thumbnail: Thumbnail
    _done_frames: int = 0
    _encoders: int = 0
    _failed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_over(self) -> bool:
        """Whether the work is to stop: cancelled, or a part of it has failed."""
        return self._failed or self.cancelled()

    def count(self, frames: int) -> None:
        """Note finished frames. Raises `RenderingCancelled` where the work is to stop."""
        if self.is_over():
            raise RenderingCancelled
        with self._lock:
            self._done_frames += frames
            done, total = self._done_frames, self.layout.frame_count
        self.report(0.98 * done / total, f"frame {done}/{total}")

    def encoded(self) -> None:
        """Note a finished segment's encoder. PyAV's containers refer to themselves, so their
        memory is free only after a collection, and Python sees no reason for one."""
        with self._lock:
            self._encoders += 1
            is_time = self._encoders % COLLECT_AFTER_ENCODERS == 0
        if is_time:
            gc.collect()

    def watched(self, task: Callable[[], T]) -> T:
        """Run a part of the work; where it fails, the others stop too."""
        try:
            return task()
        except BaseException:
            self._failed = True
            raise


def worker_count() -> int:
    """One worker per core that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MAX_WORKERS)
    return min(os.cpu_count() or 1, MAX_WORKERS)


def render_segments(
    job: Job, planned: Sequence[Segment], *, beside: Sequence[Callable[[], None]] = ()
) -> list[Part]:
    """Every segment's file, in the film's order. `beside` is work for one core each, begun
    first. Raises what failed first."""
    # Each worker has a core of its own: OpenCV's threads would only take turns with them.
    cv2.setNumThreads(1)
    with ThreadPoolExecutor(worker_count(), thread_name_prefix="render") as pool:
        others: list[Future[Any]] = [pool.submit(job.watched, task) for task in beside]
        parts = {
            segment.first: pool.submit(job.watched, partial(_render_segment, job, segment))
            for segment in working_order(planned, worker_count())
        }
        try:
            _wait(pool, [*others, *parts.values()])
        except BaseException:
            job._failed = True
            raise
    return [parts[segment.first].result() for segment in planned]


def working_order(planned: Sequence[Segment], workers: int) -> list[Segment]:
    """The film's order, in which neighbours share pictures; the last ones longest first."""
    begin = max(len(planned) - SORTED_AT_THE_END * workers, 0)
    return [*planned[:begin], *sorted(planned[begin:], key=lambda s: s.frames, reverse=True)]


def _wait(pool: ThreadPoolExecutor, futures: Sequence[Future[Any]]) -> None:
    wait(futures, return_when=FIRST_EXCEPTION)
    pool.shutdown(wait=True, cancel_futures=True)
    errors = [e for f in futures if not f.cancelled() and (e := f.exception())]
    if errors:
        raise next((e for e in errors if not isinstance(e, RenderingCancelled)), errors[0])


def _render_segment(job: Job, segment: Segment) -> Part:
    key = segment_key(job.layout, segment)
    path = job.kept.find(key)
    if path is None:
        with job.kept.writing(key) as temporary:
            _encode(job, segment, temporary)
        job.encoded()
        part = Part(segment, job.kept.path(key), is_new=True)
    else:
        job.sheet.take_from(path, segment)
        job.count(segment.frames)
        part = Part(segment, path, is_new=False)
    # Now, while the segment's picture is at hand.
    job.thumbnail.consider(job.composer, segment)
    return part


def _encode(job: Job, segment: Segment, path: Path) -> None:
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
