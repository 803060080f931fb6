"""Every activity heartbeats by itself, with how far it is, and can be cancelled at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from temporalio import activity
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)

BEAT_SECONDS = 0.4

T = TypeVar("T")


@dataclass
class _Position:
    """How far the activity of the current context is; written by any thread."""

    fraction: float = 0.0
    message: str = ""
    job: str | None = None

    def details(self) -> dict[str, Any]:
        details: dict[str, Any] = {"fraction": self.fraction, "message": self.message}
        return details if self.job is None else {**details, "job": self.job}


_position: ContextVar[_Position | None] = ContextVar("position", default=None)


def report(fraction: float, message: str = "") -> None:
    """Say how far this activity is (0–1); the next heartbeat carries it."""
    reporter()(fraction, message)


def report_job(job: str | None) -> None:
    """Heartbeat a service's job id at once, and with every later beat."""
    if position := _position.get():
        position.job = job
        activity.heartbeat(position.details())


def reported_job() -> str | None:
    """The job id that the last attempt heartbeated."""
    details = activity.info().heartbeat_details
    job = details[0].get("job") if details and isinstance(details[0], dict) else None
    return job if isinstance(job, str) else None


def reporter() -> Callable[[float, str], None]:
    """`report` bound to this activity, for threads that know nothing of its context."""
    position = _position.get() or _Position()

    def bound(fraction: float, message: str = "") -> None:
        position.fraction, position.message = round(fraction, 4), message

    return bound


async def in_thread(work: Callable[[Callable[[], bool]], T]) -> T:
    """Run blocking `work(cancelled)` in a thread.

    A cancellation turns `cancelled()` true, waits until the work has stopped, and goes on.
    """
    stop = threading.Event()
    task = asyncio.ensure_future(asyncio.to_thread(work, stop.is_set))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()
        raise


class HeartbeatInterceptor(Interceptor):
    """A worker's interceptor: starts a heart for each activity."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Beating(super().intercept_activity(next))


class _Beating(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        position = _Position()
        token = _position.set(position)
        heart = asyncio.create_task(_beat(position))
        try:
            return await super().execute_activity(input)
        finally:
            heart.cancel()
            with suppress(asyncio.CancelledError):
                await heart
            _position.reset(token)


async def _beat(position: _Position) -> None:
    while True:
        activity.heartbeat(position.details())
        await asyncio.sleep(BEAT_SECONDS)
