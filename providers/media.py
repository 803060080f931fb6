"""Bytes from a service, decoded before they count as finished."""

from __future__ import annotations

import io
import warnings

import av
from PIL import Image

from providers.errors import ProviderUnavailable

_PICTURE_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
LENGTH_TOLERANCE = 0.35
WAV_HEADER_BYTES = 44
STREAMED_BYTES = 0x7FFF_0000


def picture_type(service: str, data: bytes) -> str:
    """The media type of a whole picture. Raises `ProviderUnavailable` for anything else."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=tuple(_PICTURE_TYPES)) as picture:
                picture.load()
                return _PICTURE_TYPES[str(picture.format)]
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as exc:
        raise ProviderUnavailable(
            f"{service} sent {_described(data)} that is no whole picture: {exc}",
            may_have_charged=True,
        ) from exc


def sound_length_ms(service: str, data: bytes) -> int:
    """How long a sound file really is, every packet decoded. Raises `ProviderUnavailable`."""
    require_whole_wav(service, data)
    try:
        with av.open(io.BytesIO(data), "r") as container:
            stream = container.streams.audio[0]
            samples: int = sum(frame.samples for frame in container.decode(stream))
            length = 1000 * samples / stream.codec_context.sample_rate
    except (av.FFmpegError, IndexError, ValueError, ZeroDivisionError) as exc:
        raise ProviderUnavailable(
            f"{service} sent {_described(data)} that is no whole sound: {exc}",
            may_have_charged=True,
        ) from exc
    if not samples:
        raise ProviderUnavailable(f"{service} sent a sound of no length", may_have_charged=True)
    return round(length)


def require_whole_wav(service: str, data: bytes) -> None:
    """Raises `ProviderUnavailable` for a WAV that is shorter than its header says.

    Decoders take half a file for a short one. A header of a stream names no length.
    """
    if data[:4] != b"RIFF" or len(data) < WAV_HEADER_BYTES:
        return
    declared = int.from_bytes(data[4:8], "little") + 8
    if len(data) < declared < STREAMED_BYTES:
        raise ProviderUnavailable(
            f"{service} sent {len(data)} of {declared} bytes of sound", may_have_charged=True
        )


def require_length(service: str, length_ms: int, wanted_ms: int) -> None:
    """Raises `ProviderUnavailable` where a piece is far too short for what was asked."""
    if length_ms < wanted_ms * (1 - LENGTH_TOLERANCE):
        raise ProviderUnavailable(
            f"{service} sent {length_ms / 1000:.1f} s of sound for {wanted_ms / 1000:.1f} s",
            may_have_charged=True,
        )


def _described(data: bytes) -> str:
    return f"{len(data)} bytes" if data else "an empty file"
