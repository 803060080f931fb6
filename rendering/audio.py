"""Sound files: read as 48 kHz stereo, and written as AAC."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from rendering.errors import RenderingCancelled, RenderingError

SAMPLE_RATE = 48_000
BITRATE = 192_000
AAC_FRAME = 1024
# ffmpeg's own advice: better than `twoloop` at high rates, and twice as fast.
AAC_CODER = "fast"
# Enough to know a format by; the default reads megabytes of a WAV first.
PROBE_BYTES = 1 << 17

Stereo = NDArray[np.float32]


def read_stereo(path: Path) -> Stereo:
    """Any sound file, or a film's sound, as (2, samples) at 48 kHz. Raises `RenderingError`."""
    return np.concatenate(list(sound_parts(path)), axis=1)


def sound_parts(path: Path) -> Iterator[Stereo]:
    """The same in parts of any length, so a long piece need not be held at once."""
    parts = 0
    try:
        with av.open(str(path), options={"probesize": str(PROBE_BYTES)}) as container:
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
            # None flushes what the resampler holds.
            for frame in chain(container.decode(audio=0), [None]):
                for resampled in resampler.resample(frame):
                    parts += 1
                    yield resampled.to_ndarray().astype(np.float32, copy=False)
    except (av.FFmpegError, IndexError) as exc:
        raise RenderingError(f"{path.name} cannot be read as sound: {exc}") from exc
    if not parts:
        raise RenderingError(f"{path.name} has no sound in it")


def in_pieces(parts: Stereo | Iterable[Stereo], size: int) -> Iterator[Stereo]:
    """The same sound in pieces of `size` samples; the last may be shorter."""
    held: list[Stereo] = []
    count = 0
    for part in [parts] if isinstance(parts, np.ndarray) else parts:
        while count + part.shape[1] >= size:
            held.append(part[:, : size - count])
            part = part[:, size - count :]
            yield held[0] if len(held) == 1 else np.concatenate(held, axis=1)
            held, count = [], 0
        if part.shape[1]:
            held.append(part)
            count += part.shape[1]
    if held:
        yield np.concatenate(held, axis=1)


def write_aac(
    length: int, part: Callable[[int, int], Stereo], out: Path, cancelled: Callable[[], bool]
) -> None:
    """Write `length` samples to an MP4 of their own; `part(first, last)` gives them.

    The encoder's priming goes into the edit list, and its padding out of the last packet's
    duration, so players hear exactly these samples. Raises `RenderingCancelled`.
    """
    with av.open(str(out), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.bit_rate = BITRATE
        stream.options = {"aac_coder": AAC_CODER}
        for first in range(0, length, SAMPLE_RATE):
            if cancelled():
                raise RenderingCancelled
            second = part(first, min(first + SAMPLE_RATE, length))
            for begin in range(0, second.shape[1], AAC_FRAME):
                samples = np.ascontiguousarray(second[:, begin : begin + AAC_FRAME])
                frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
                frame.sample_rate, frame.pts = SAMPLE_RATE, first + begin
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
