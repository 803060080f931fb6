"""The ffmpeg that comes with imageio-ffmpeg: found, run, and ended with its worker."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO

import imageio_ffmpeg

from rendering.errors import FfmpegError, RenderingCancelled

POLL_SECONDS = 0.1
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@cache
def ffmpeg_path() -> str:
    """Raises `FfmpegError` where there is none."""
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as exc:
        raise FfmpegError(
            "no ffmpeg: install imageio-ffmpeg, or name one in IMAGEIO_FFMPEG_EXE"
        ) from exc


def never_cancelled() -> bool:
    """A `cancelled` for callers that do not cancel."""
    return False


def run_ffmpeg(
    arguments: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    stdin: bytes | None = None,
    cancelled: Callable[[], bool] = never_cancelled,
) -> tuple[bytes, str]:
    """Run ffmpeg to its end; returns its stdout (bytes) and stderr (text).

    It runs in a process group of its own, which is killed when `cancelled()` turns true and,
    on Linux, by the kernel when this process dies. Raises `FfmpegError` with the last lines
    that ffmpeg wrote, OSError where the disk is full, and `RenderingCancelled`.
    """
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", *map(str, arguments)]
    with tempfile.TemporaryFile() as source:
        # A file and not a pipe: communicate() with a timeout loses what it had yet to write.
        source.write(stdin or b"")
        source.seek(0)
        process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=_die_with_parent if _LIBC else None,
        )
    try:
        out, err = _communicate(process, cancelled)
    finally:
        _end(process)
    text = err.decode(errors="replace")
    if os.strerror(errno.ENOSPC) in text:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if process.returncode:
        tail = " | ".join(line for line in text.strip().splitlines()[-3:])
        raise FfmpegError(f"ffmpeg ended with {process.returncode}: {tail}")
    return out, text


def _communicate(
    process: subprocess.Popen[bytes], cancelled: Callable[[], bool]
) -> tuple[bytes, bytes]:
    while True:
        try:
            return process.communicate(timeout=POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if cancelled():
                raise RenderingCancelled from None


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
    pipes: tuple[IO[bytes] | None, ...] = (process.stdout, process.stderr)
    for pipe in pipes:
        if pipe:
            pipe.close()


def _die_with_parent() -> None:
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
