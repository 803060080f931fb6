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

# Every beat is a write on the server: one a second while there is news, and what ends sooner has
# none. A cancellation travels on a beat, so a silent activity beats every two seconds all the same.
NEWS_SECONDS = 1.0
BEAT_SECONDS = 2.0

T = TypeVar("T")


@dataclass
class _Position:
    """How far the activity of the current context is; written by any thread."""

    fraction: float = 0.0
    message: str = ""
    job: str | None = None
    failures: int = 0

    @classmethod
    def of_last_attempt(cls) -> _Position:
        """What the last attempt left: a job and the failures so far must outlive any death."""
        details = activity.info().heartbeat_details
        left = details[0] if details and isinstance(details[0], dict) else {}
        job, failures = left.get("job"), left.get("failures")
        return cls(
            job=job if isinstance(job, str) else None,
            failures=failures if isinstance(failures, int) else 0,
        )

    def details(self) -> dict[str, Any]:
        details: dict[str, Any] = {"fraction": self.fraction, "message": self.message}
        if self.job is not None:
            details["job"] = self.job
        if self.failures:
            details["failures"] = self.failures
        return details


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
    """The job id that an earlier attempt heartbeated, however many have died since."""
    position = _position.get()
    return position.job if position else None


def count_failure() -> int:
    """One attempt more has really failed; how many have. Waiting is no failure."""
    position = _position.get()
    if position is None:
        return 1
    position.failures += 1
    activity.heartbeat(position.details())
    return position.failures


def reporter() -> Callable[[float, str], None]:
    """`report` bound to this activity, for threads that know nothing of its context."""
    position = _position.get() or _Position()

    def bound(fraction: float, message: str = "") -> None:
        position.fraction, position.message = round(fraction, 4), message

    return bound


async def in_thread(work: Callable[[Callable[[], bool]], T]) -> T:
    """Run blocking `work(stopped)` in a thread.

    A cancellation turns `stopped()` true, waits until the work has stopped, and goes on; so does
    the worker's end, so that another worker can go on with it.
    """
    stop = threading.Event()
    task = asyncio.ensure_future(asyncio.to_thread(work, stop.is_set))
    leaving = asyncio.ensure_future(_stop_with_worker(stop))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()
        raise
    finally:
        leaving.cancel()


async def _stop_with_worker(stop: threading.Event) -> None:
    await activity.wait_for_worker_shutdown()
    stop.set()


class HeartbeatInterceptor(Interceptor):
    """A worker's interceptor: starts a heart for each activity."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Beating(super().intercept_activity(next))


class _Beating(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        if activity.info().is_local:
            return await super().execute_activity(input)
        position = _Position.of_last_attempt()
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
    """Raises nothing; ends with the activity."""
    told, silent = position.details(), 0.0
    while True:
        await asyncio.sleep(NEWS_SECONDS)
        silent += NEWS_SECONDS
        details = position.details()
        if details != told or silent >= BEAT_SECONDS:
            activity.heartbeat(details)
            told, silent = details, 0.0
