"""The ffmpeg program, as a second opinion: it breaks films on purpose and measures them anew."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import imageio_ffmpeg


def run_ffmpeg(arguments: Sequence[str | Path], *, stdin: bytes = b"") -> str:
    """Run it to its end; what it said. Raises `CalledProcessError`."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, check=True)
    return done.stderr.decode(errors="replace")
