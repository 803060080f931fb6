"""What can go wrong while a video is made or inspected, and how it is stopped."""

from __future__ import annotations


class RenderingError(Exception):
    """A video that cannot be made; the message says which part and why."""


class RenderingCancelled(Exception):
    """The caller asked to stop."""


def never_cancelled() -> bool:
    """A `cancelled` for callers that do not cancel."""
    return False
