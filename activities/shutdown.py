"""What a worker that leaves hands over: work that stops early and goes on elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError

from rendering.errors import RenderingCancelled


@contextmanager
def handed_over() -> Iterator[None]:
    """Ask for another attempt at once where the work stopped because this worker leaves."""
    try:
        yield
    except RenderingCancelled as exc:
        if not activity.is_worker_shutdown() or activity.is_cancelled():
            raise
        raise ApplicationError(
            "the worker leaves; another goes on from the segments that are there",
            type="HandedOver",
            next_retry_delay=timedelta(milliseconds=100),
        ) from exc
