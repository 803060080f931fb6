"""The event stream of a run: begin, resume, end, and leave nobody hanging."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator

from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from gateway.collaborators import gateway_of, run_id_of
from gateway.frames import FrameLog, Position, encode
from gateway.hub import Busy, Hub
from gateway.problems import Problem, TemporalAway
from gateway.watcher import Watcher

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
    """A stream that the hub's sweep ends where its client takes nothing, or where it is old.

    sse-starlette sets a timer for every send; at a thousand clients that is a third of the cost.
    """

    def __init__(self, frames: AsyncIterator[bytes], hub: Hub, deadline: float) -> None:
        super().__init__(
            frames,
            headers=HEADERS,
            ping=PING_SECONDS,
            ping_message_factory=_ping,  # type: ignore[arg-type]
            shutdown_event=hub.stopping,  # type: ignore[arg-type]
            shutdown_grace_period=GRACE_SECONDS,
        )
        self.deadline = deadline
        self._hub = hub
        self._sending_since: float | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_stuck = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._task = asyncio.current_task()
        self._hub.streams.add(self)
        try:
            await super().__call__(scope, receive, send)
        except asyncio.CancelledError:
            if not self._is_stuck or self._task is None:
                raise
            self._task.uncancel()
            logger.warning("a client of %s took nothing for too long", scope["path"])
        finally:
            self._hub.streams.discard(self)

    def end_if_stuck(self) -> None:
        """Called once a second."""
        since = self._sending_since
        if since is not None and self._hub.now - since > SEND_TIMEOUT_SECONDS and self._task:
            self._is_stuck = True
            self._sending_since = None
            self._task.cancel()

    async def _send_with_timeout(self, send: Send, message: Message) -> None:
        self._sending_since = self._hub.now
        await send(message)
        self._sending_since = None


async def stream_events(request: Request) -> Response:
    """GET /api/runs/{run_id}/events. Never another status than 200 or 204 for a run there is."""
    run_id = run_id_of(request)
    gateway = gateway_of(request)
    hub = gateway.hub
    # The header wins: a browser's own reconnect is newer than the address it began with.
    last_id = request.headers.get("last-event-id") or request.query_params.get("last_event_id")
    position = Position.parse(last_id)
    try:
        async with hub.watching(run_id) as watcher:
            if not watcher.is_readable:
                return _goodbye("Temporal is away")
            if _has_everything(watcher.log, position):
                return Response(status_code=204)
    except TemporalAway:
        return _goodbye("Temporal is away")
    except Busy:
        return _goodbye("busy")
    if len(hub.streams) >= gateway.settings.max_streams:
        return _goodbye("busy")
    deadline = hub.now + MAX_SECONDS * random.uniform(0.8, 1.0)
    frames = _frames(hub, run_id, position, asked=bool(last_id), deadline=deadline)
    return EventStream(frames, hub, deadline)


def _has_everything(log: FrameLog, position: Position | None) -> bool:
    return bool(
        position
        and log.ended
        and position.seq >= log.last_seq
        and position.execution_id == log.writer_of(log.last_seq)
    )


async def _frames(
    hub: Hub, run_id: str, position: Position | None, *, asked: bool, deadline: float
) -> AsyncIterator[bytes]:
    try:
        async with hub.watching(run_id) as watcher:
            if not watcher.is_readable:
                yield _bye("away", AWAY_RETRY_MS)
                return
            if position and (goodbye := await _caught_up(watcher, position, hub, deadline)):
                yield goodbye
                return
            cursor = Cursor(watcher)
            if first := cursor.begin(position, asked=asked):
                yield first
            async for frames in _news(cursor, watcher, hub, deadline):
                yield frames
    except Problem:
        # The answer has begun: only the stream itself can say it now.
        yield _bye("away", AWAY_RETRY_MS)


async def _news(
    cursor: Cursor, watcher: Watcher, hub: Hub, deadline: float
) -> AsyncIterator[bytes]:
    """What comes after the first frame, to the end of the run or of the stream."""
    while True:
        changed = watcher.changed
        if not cursor.is_within:
            async for frames in cursor.catch_up():
                yield frames
        if new := cursor.new():
            yield new
        if cursor.is_at_end:
            return
        if goodbye := _goodbye_due(hub, deadline):
            yield goodbye
            return
        await changed.wait()


async def _caught_up(watcher: Watcher, position: Position, hub: Hub, deadline: float) -> bytes:
    """Wait until the watcher has looked once more where the client is ahead of it; the last
    frame where the stream is to end before that.
    """
    reads = watcher.reads
    if watcher.is_behind(position, reads):
        watcher.look_again()
    while True:
        changed = watcher.changed
        if not watcher.is_behind(position, reads):
            return b""
        if goodbye := _goodbye_due(hub, deadline):
            return goodbye
        await changed.wait()


class Cursor:
    """Where a client is in a run's log."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._log = watcher.log
        self._seq = self._log.last_seq
        self._ticks = watcher.ticks

    @property
    def is_within(self) -> bool:
        """Whether all that is missing is in the watcher's memory."""
        return self._watcher.log is self._log and self._seq >= self._log.floor - 1

    @property
    def is_at_end(self) -> bool:
        return self._log.ended and self._seq >= self._log.last_seq

    def begin(self, position: Position | None, *, asked: bool) -> bytes:
        """The first frame; none for a client that can go on where it was.

        A snapshot covers a running run's log so far. A closed run's log is shown whole, and so
        is the log after a reset, since the client's own is of no use.
        """
        if position is not None and self._log.holds(position):
            self._seq = position.seq
            return b""
        if asked or self._log.ended:
            self._seq = self._log.origin - 1
        return self._watcher.snapshot("reset" if asked else "snapshot")

    def new(self) -> bytes:
        """What the client does not have yet."""
        frames = self._log.after(self._seq)
        self._seq = max(self._seq, self._log.last_seq)
        if self._watcher.ticks != self._ticks and not self._log.ended:
            self._ticks = self._watcher.ticks
            frames += self._watcher.tick
        return frames

    async def catch_up(self) -> AsyncIterator[bytes]:
        """What the watcher no longer holds, from the records; a reset where they have it not."""
        if self._watcher.log is not self._log:
            self._log = self._watcher.log
            self._seq = self._log.origin - 1
            yield self._watcher.snapshot("reset")
        while self._seq < (floor := self._log.floor) - 1:
            async for seq, frames in self._watcher.older(self._log, self._seq):
                self._seq = seq
                yield frames
            if self._seq < floor - 1:
                self._seq = self._log.floor - 1
                yield self._watcher.snapshot("reset")


def _goodbye_due(hub: Hub, deadline: float) -> bytes:
    """The last frame of a stream that is to end before its run; nothing where it goes on."""
    if hub.stopping.is_set():
        return _bye("restarting", BYE_RETRY_MS)
    if hub.now > deadline:
        return _bye("old", BYE_RETRY_MS)
    return b""


def _ping() -> bytes:
    """One line without a blank line: some clients take a blank line for an event."""
    return b": ping\n"


def _bye(reason: str, retry_ms: int) -> bytes:
    return encode("bye", {"type": "bye", "reason": reason}, retry_ms=retry_ms)


def _goodbye(reason: str) -> Response:
    """A browser gives up for good on any status but 200, so even this is one."""
    frame = _bye(reason, AWAY_RETRY_MS)
    return Response(frame, headers=HEADERS, media_type="text/event-stream; charset=utf-8")
