"""The event stream of a run: begin, resume, end, and leave nobody hanging."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator

from sse_starlette.sse import EventSourceResponse, SendTimeoutError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.frames import FrameLog, Position, encode
from gateway.problems import TemporalAway
from gateway.runs import gateway_of, run_id_of
from gateway.watcher import Hub, Watcher

PING_SECONDS = 15
SEND_TIMEOUT_SECONDS = 10
GRACE_SECONDS = 2.0
AWAY_RETRY_MS = 10_000
BYE_RETRY_MS = 1_000
# Rolling restarts and load balancers never meet a stream that is older than this.
MAX_SECONDS = 600.0
HEADERS = {
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}

logger = logging.getLogger(__name__)


class EventStream(EventSourceResponse):
    """A stream whose stuck client costs one log line, not a traceback."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        except SendTimeoutError:
            logger.warning("a client of %s took nothing for too long", scope["path"])


async def stream_events(request: Request) -> Response:
    """GET /api/runs/{run_id}/events. Never another status than 200 or 204 for a run there is."""
    run_id = run_id_of(request)
    gateway = gateway_of(request)
    hub = gateway.hub
    # The header wins: a browser's own reconnect is newer than the address it began with.
    last_id = request.headers.get("last-event-id") or request.query_params.get("last_event_id")
    position = Position.parse(last_id)
    async with hub.watching(run_id) as watcher:
        if watcher.away:
            return _goodbye("Temporal is away")
        if _has_everything(watcher.log, position):
            return Response(status_code=204)
    if hub.streams >= gateway.settings.max_streams:
        return _goodbye("busy")
    return _stream(_counted(hub, run_id, position, asked=bool(last_id)), hub)


async def _counted(
    hub: Hub, run_id: str, position: Position | None, *, asked: bool
) -> AsyncIterator[bytes]:
    hub.streams += 1
    try:
        async with hub.watching(run_id) as watcher:
            async for frame in _frames(hub, watcher, position, asked=asked):
                yield frame
    finally:
        hub.streams -= 1


def _has_everything(log: FrameLog, position: Position | None) -> bool:
    return bool(
        position
        and log.ended
        and position.execution_id == log.execution_id
        and position.seq >= log.last_seq
    )


async def _frames(
    hub: Hub, watcher: Watcher, position: Position | None, *, asked: bool
) -> AsyncIterator[bytes]:
    deadline = asyncio.get_running_loop().time() + MAX_SECONDS * random.uniform(0.8, 1.0)
    log = watcher.log
    resumes = (
        position is not None
        and position.execution_id == log.execution_id
        and log.holds(position.seq)
    )
    if resumes and position is not None:
        cursor = position.seq
    else:
        yield _first(watcher, "reset" if asked else "snapshot")
        # A snapshot covers a running run's log so far; a closed run's log is shown whole, and
        # so is the log after a reset, since the client's own is of no use.
        cursor = log.base - 1 if asked or log.ended else log.last_seq
    ticks = watcher.ticks
    while True:
        if watcher.log is not log:
            log = watcher.log
            yield _first(watcher, "reset")
            cursor = log.base - 1
        if new := log.after(cursor):
            cursor = log.last_seq
            yield new
        if log.ended and cursor >= log.last_seq:
            return
        if watcher.ticks != ticks:
            ticks = watcher.ticks
            yield watcher.tick
        if not await _something_new(hub, watcher, deadline):
            reason = "restarting" if hub.stopping.is_set() else "old"
            yield encode("bye", {"type": "bye", "reason": reason}, retry_ms=BYE_RETRY_MS)
            return


def _first(watcher: Watcher, kind: str) -> bytes:
    try:
        return watcher.snapshot(kind)
    except TemporalAway:
        return encode("bye", {"type": "bye", "reason": "away"}, retry_ms=AWAY_RETRY_MS)


async def _something_new(hub: Hub, watcher: Watcher, deadline: float) -> bool:
    """False where it is time to say goodbye."""
    if hub.stopping.is_set():
        return False
    try:
        async with asyncio.timeout_at(deadline):
            await watcher.wait()
    except TimeoutError:
        return False
    return not hub.stopping.is_set()


def _stream(frames: AsyncIterator[bytes], hub: Hub) -> EventStream:
    return EventStream(
        frames,
        headers=HEADERS,
        ping=PING_SECONDS,
        ping_message_factory=_ping,  # type: ignore[arg-type]
        send_timeout=SEND_TIMEOUT_SECONDS,
        shutdown_event=hub.stopping,  # type: ignore[arg-type]
        shutdown_grace_period=GRACE_SECONDS,
    )


def _ping() -> bytes:
    """One line without a blank line: some clients take a blank line for an event."""
    return b": ping\n"


def _goodbye(reason: str) -> Response:
    """A browser gives up for good on any status but 200, so even this is one."""
    frame = encode("bye", {"type": "bye", "reason": reason}, retry_ms=AWAY_RETRY_MS)
    return Response(frame, headers=HEADERS, media_type="text/event-stream; charset=utf-8")
