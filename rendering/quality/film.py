"""A finished MP4, opened: what it says of itself, its packets, and the pictures in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.codec.context import ThreadType

from rendering.errors import RenderingError
from rendering.planar import Plane

_ATOM_HEADER_BYTES = 8


@dataclass(frozen=True)
class Packets:
    """A stream's packets in the order they are stored: seconds shown, seconds decoded."""

    shown: tuple[float, ...]
    decoded: tuple[float, ...]
    starts_with_key: bool


@dataclass(frozen=True)
class VideoFacts:
    """The picture stream. `colors`: primaries, transfer, matrix, range, as H.264 numbers them."""

    codec: str
    profile: str
    pixel_format: str
    colors: tuple[int, int, int, int]
    size_px: tuple[int, int]
    rate: Fraction
    duration_seconds: float
    packets: Packets


@dataclass(frozen=True)
class AudioFacts:
    """The sound stream."""

    codec: str
    sample_rate: int
    channels: int
    duration_seconds: float
    packets: Packets


@dataclass(frozen=True)
class FilmFacts:
    """The file as it describes itself."""

    streams: tuple[str, ...]
    video: VideoFacts | None
    audio: AudioFacts | None
    duration_seconds: float
    index_first: bool
    size_bytes: int


def probe(path: Path) -> FilmFacts:
    """Raises `RenderingError` where it is no film."""
    try:
        with av.open(str(path)) as container:
            videos, sounds = container.streams.video, container.streams.audio
            packets = _packets(container)
            return FilmFacts(
                streams=tuple(stream.type for stream in container.streams),
                video=_video(videos[0], packets[videos[0].index]) if videos else None,
                audio=_audio(sounds[0], packets[sounds[0].index]) if sounds else None,
                duration_seconds=(container.duration or 0) / av.time_base,
                index_first=_index_first(path),
                size_bytes=path.stat().st_size,
            )
    except (av.FFmpegError, OSError, ValueError) as exc:
        raise RenderingError(f"{path.name} cannot be opened as a film: {exc}") from exc


def frames(path: Path, *, skip_b: bool = False) -> Iterator[tuple[float, Plane]]:
    """(seconds, luma) of every frame, in the order shown; the luma is the decoder's own.

    With `skip_b` only frames that no other needs are left out, which costs a third of the
    time: nothing that is shown depends on them. Raises `RenderingError` where the stream is
    damaged.
    """
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_type = ThreadType.AUTO
            stream.codec_context.skip_frame = "BIDIR" if skip_b else "DEFAULT"
            # Smoothing block edges is a third of decoding, and less than a level of what is seen.
            stream.codec_context.options = {"skip_loop_filter": "all"}
            for frame in container.decode(stream):
                plane = frame.planes[0]
                rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)  # type: ignore[call-overload]
                yield float(frame.time or 0.0), rows[: frame.height, : frame.width]
    except (av.FFmpegError, IndexError) as exc:
        raise RenderingError(f"{path.name} cannot be decoded: {exc}") from exc


def sound_begins(path: Path) -> float:
    """When the first sample is heard, seconds. Raises `RenderingError`."""
    try:
        with av.open(str(path)) as container:
            return float(next(container.decode(audio=0)).time or 0.0)
    except (av.FFmpegError, IndexError, StopIteration) as exc:
        raise RenderingError(f"{path.name} cannot be read as sound: {exc}") from exc


def _packets(container: av.container.InputContainer) -> dict[int, Packets]:
    found: dict[int, list[tuple[float, float, bool]]] = {s.index: [] for s in container.streams}
    for packet in container.demux():
        if packet.size and packet.pts is not None and packet.dts is not None:
            tick = float(packet.time_base)
            found[packet.stream_index].append(
                (packet.pts * tick, packet.dts * tick, bool(packet.is_keyframe))
            )
    return {
        index: Packets(
            shown=tuple(shown for shown, _, _ in entries),
            decoded=tuple(decoded for _, decoded, _ in entries),
            starts_with_key=bool(entries) and entries[0][2],
        )
        for index, entries in found.items()
    }


def _video(stream: av.VideoStream, packets: Packets) -> VideoFacts:
    context = stream.codec_context
    return VideoFacts(
        codec=context.name,
        profile=str(stream.profile),
        pixel_format=str(context.pix_fmt),
        colors=(
            int(context.color_primaries),
            int(context.color_trc),
            int(context.colorspace),
            int(context.color_range),
        ),
        size_px=(context.width, context.height),
        rate=stream.average_rate or Fraction(0),
        duration_seconds=_seconds(stream),
        packets=packets,
    )


def _audio(stream: av.AudioStream, packets: Packets) -> AudioFacts:
    return AudioFacts(
        codec=stream.codec_context.name,
        sample_rate=stream.codec_context.sample_rate,
        channels=stream.codec_context.channels,
        duration_seconds=_seconds(stream),
        packets=packets,
    )


def _seconds(stream: av.VideoStream | av.AudioStream) -> float:
    if stream.duration is None or stream.time_base is None:
        return 0.0
    return float(stream.duration * stream.time_base)


def _index_first(path: Path) -> bool:
    """Whether `moov` stands before `mdat`, so that playing starts while the file loads.

    ISO/IEC 14496-12, section 4.2: a box is its size (32 bits, or 64 where that is 1), its
    name, its content.
    """
    with path.open("rb") as file:
        while len(header := file.read(_ATOM_HEADER_BYTES)) == _ATOM_HEADER_BYTES:
            size, name, read = int.from_bytes(header[:4]), header[4:], _ATOM_HEADER_BYTES
            if name in (b"moov", b"mdat"):
                return name == b"moov"
            if size == 1:
                size, read = int.from_bytes(file.read(8)), 16
            if size < read:
                return False
            file.seek(size - read, 1)
    return False
