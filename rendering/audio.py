"""Sound files: read as 48 kHz stereo, and written as AAC."""

from __future__ import annotations

from collections.abc import Callable
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
    try:
        with av.open(str(path), options={"probesize": str(PROBE_BYTES)}) as container:
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
            parts = [
                resampled.to_ndarray()
                for frame in container.decode(audio=0)
                for resampled in resampler.resample(frame)
            ]
            parts += [resampled.to_ndarray() for resampled in resampler.resample(None)]
    except (av.FFmpegError, IndexError) as exc:
        raise RenderingError(f"{path.name} cannot be read as sound: {exc}") from exc
    if not parts:
        raise RenderingError(f"{path.name} has no sound in it")
    return np.concatenate(parts, axis=1).astype(np.float32, copy=False)


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
