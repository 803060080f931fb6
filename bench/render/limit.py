"""The encode-only limit: ready frames in memory, one encoder of one thread for each core."""

from __future__ import annotations

import mmap
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from rendering.encode import open_segment
from rendering.planar import Planes
from rendering.segments import Composer, plan_segments
from rendering.workers import worker_count
from tests.shorts import Short

# Shares of what each worker encodes: long pieces first, so that all end at the same time.
PIECES = (2 / 3, 2 / 9, 1 / 9)


def write_frames(short: Short, path: Path) -> None:
    """Every composed frame of the film as raw I420."""
    composer, fps = Composer(short.layout, short.files), short.layout.timeline.fps
    width, height = short.layout.timeline.size_px
    with path.open("wb") as file:
        for segment in plan_segments(short.layout):
            clip, begin = composer.clip(segment)
            for index in range(segment.frames):
                frame = np.empty((height * 3 // 2, width), np.uint8)
                clip.paint(planes_of(frame), begin + index / fps)
                file.write(frame.data)


def planes_of(frame: NDArray[np.uint8]) -> Planes:
    """The three planes of an I420 frame, (height · 3 / 2, width)."""
    height, width = frame.shape[0] * 2 // 3, frame.shape[1]
    chroma = frame[height:].reshape(2, height // 2, width // 2)
    return frame[:height], chroma[0], chroma[1]


def encode_ready_frames(short: Short, raw: Path, out: Path) -> None:
    """Encode the frames of `write_frames`, without copying one."""
    with raw.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
        width, height = short.layout.timeline.size_px
        frames = np.frombuffer(memory, np.uint8).reshape(-1, height * 3 // 2, width)
        with ThreadPoolExecutor(worker_count()) as pool:
            for number, piece in enumerate(_pieces(frames)):
                pool.submit(_encode, piece, out / f"limit{number}.mp4", short)
        del frames, piece


def _pieces(frames: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    workers, places = worker_count(), [0.0]
    for share in PIECES:
        for _ in range(workers):
            places.append(places[-1] + share / workers)
    bounds = [round(place * len(frames)) for place in places]
    return [frames[a:b] for a, b in zip(bounds, bounds[1:], strict=False)]


def _encode(frames: NDArray[np.uint8], path: Path, short: Short) -> None:
    fps = short.layout.timeline.fps
    container, stream = open_segment(path, short.layout.timeline.size_px, fps)
    for index, ready in enumerate(frames):
        frame = av.VideoFrame.from_numpy_buffer(ready, format="yuv420p")
        frame.pts, frame.time_base = index, Fraction(1, fps)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    container.close()
