"""What can go wrong while a video is made or inspected."""

from __future__ import annotations


class RenderingError(Exception):
    """A video that cannot be made; the message says which part and why."""


class FfmpegError(RenderingError):
    """ffmpeg could not be started or did not do its work."""


class RenderingCancelled(Exception):
    """The caller asked to stop."""
