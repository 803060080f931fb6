"""Frames to H.264, and segments to one file by stream copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream

from rendering.planar import Planes

CRF = 21
PRESET = "veryfast"
MOVIE_TIME_BASE = Fraction(1, 90_000)
# With x264's pyramid of B-frames a picture is shown up to two after it is decoded.
REORDER_FRAMES = 2
_BT709 = 1
_LIMITED_RANGE = 1


def open_segment(
    path: Path, size_px: tuple[int, int], fps: int
) -> tuple[OutputContainer, VideoStream]:
    """A file for one segment: High profile, one thread, closed groups of its own."""
    container = av.open(str(path), "w", format="mp4")
    stream = container.add_stream("libx264", rate=fps)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = size_px
    stream.pix_fmt = "yuv420p"
    stream.time_base = Fraction(1, fps)
    stream.options = {
        "preset": PRESET,
        "crf": str(CRF),
        "profile": "high",
        "x264-params": "open-gop=0:keyint=250:colorprim=bt709:transfer=bt709:"
        "colormatrix=bt709:range=tv:chromaloc=0",
    }
    context = stream.codec_context
    context.thread_count = 1
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED_RANGE
    return container, stream


class SegmentEncoder:
    """Encodes the frames of one segment from one buffer, which is painted over for each."""

    def __init__(self, path: Path, size_px: tuple[int, int], fps: int) -> None:
        self._container, self._stream = open_segment(path, size_px, fps)
        self._frame = av.VideoFrame(*size_px, "yuv420p")
        self._frame.time_base = Fraction(1, fps)
        self._count = 0

    @property
    def planes(self) -> Planes:
        """Where the next frame is to be painted."""
        # The encoder may still hold the last frame's buffer.
        self._frame.make_writable()
        views = []
        for plane in self._frame.planes:
            rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)  # type: ignore[call-overload]
            views.append(rows[: plane.height, : plane.width])
        luma, blue, red = views
        return luma, blue, red

    def push(self) -> None:
        """Encode what was painted."""
        self._frame.pts = self._count
        self._count += 1
        self._container.mux(self._stream.encode(self._frame))

    def close(self) -> None:
        """Flush; the file is whole afterwards."""
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def abandon(self) -> None:
        """Close without flushing; the file is of no use."""
        self._container.close()


def join(segments: Sequence[tuple[Path, int]], audio: Path, out: Path, *, fps: int) -> None:
    """Copy segments (path, first frame) and the sound into one MP4 with its index in front.

    Times are made anew from frame numbers, so nothing drifts.
    """
    with (
        av.open(str(out), "w", format="mp4", options={"movflags": "faststart"}) as movie,
        av.open(str(audio)) as sound,
    ):
        with av.open(str(segments[0][0])) as first:
            picture_stream = movie.add_stream_from_template(first.streams.video[0])
        picture_stream.time_base = MOVIE_TIME_BASE
        sound_source = sound.streams.audio[0]
        sound_stream = movie.add_stream_from_template(sound_source)
        sound_packets = (p for p in sound.demux(sound_source) if p.size)
        pending = next(sound_packets, None)
        for packet in _video_packets(segments, fps):
            while pending is not None and _seconds(pending) <= _seconds(packet):
                pending.stream = sound_stream
                movie.mux(pending)
                pending = next(sound_packets, None)
            packet.stream = picture_stream
            movie.mux(packet)
        while pending is not None:
            pending.stream = sound_stream
            movie.mux(pending)
            pending = next(sound_packets, None)


def _video_packets(segments: Sequence[tuple[Path, int]], fps: int) -> Iterator[av.Packet[Any]]:
    tick = MOVIE_TIME_BASE.denominator // fps
    for path, first_frame in segments:
        # Only packets are wanted: without this a frame of each is decoded to guess its format.
        with av.open(str(path), options={"skip_frame": "all"}) as container:
            stream = container.streams.video[0]
            decoded = 0
            for packet in container.demux(stream):
                if not packet.size or packet.pts is None:
                    continue
                shown = round(packet.pts * packet.time_base * fps)
                packet.pts = (first_frame + shown) * tick
                packet.dts = (first_frame + decoded - REORDER_FRAMES) * tick
                packet.duration = tick
                packet.time_base = MOVIE_TIME_BASE
                decoded += 1
                yield packet


def _seconds(packet: av.Packet[Any]) -> float:
    return float((packet.dts or 0) * packet.time_base)
