"""One watcher per run that is being watched, however many clients watch it.

It wakes on the history long poll, reads one page by query, and appends encoded frames to one
log that all clients read by cursor. It is a cache: any gateway can make it anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from temporalio.service import RPCError

from domain.events import Event, RunEnded
from domain.run import Outcome, RunState, RunStatus
from gateway.frames import FrameLog, encode
from gateway.problems import RunNotFound, TemporalAway
from gateway.reader import Head, NoAnswer, RunReader, overruled
from gateway.views import RunView, view_of

LINGER_SECONDS = 30.0
TICK_SECONDS = 1.0
RETRY_SECONDS = 1.0
CLOSED_SECONDS = 1.0
SWEEP_SECONDS = 1.0
NO_WORKER = "no worker answers; the run goes on when one is there"

logger = logging.getLogger(__name__)


class Watcher:
    """Follows one run and keeps its frames."""

    def __init__(self, run_id: str, reader: RunReader) -> None:
        self.run_id = run_id
        self.log = FrameLog("")
        self.tick = b""
        self.ticks = 0
        self.clients = 0
        self.loaded = asyncio.Event()
        self.away = False
        self.missing = False
        self.closed_at: float | None = None
        self._reader = reader
        self._status: RunStatus | None = None
        self._live_progress = 0.0
        self._trouble: str | None = None
        self._changed = asyncio.Event()
        self._task = asyncio.create_task(self._follow(), name=f"watch {run_id}")

    @property
    def is_closed(self) -> bool:
        return self.log.ended

    def view(self) -> RunView:
        """The run as far as it was read. Raises `TemporalAway` before the first reading."""
        if self._status is None:
            raise TemporalAway
        warnings = (self._trouble,) if self._trouble else ()
        return view_of(
            self._status,
            tuple(self.log.events),
            live_progress=self._live_progress,
            warnings=warnings,
        )

    def snapshot(self, kind: str) -> bytes:
        """The event that begins a stream, or begins it anew."""
        data = {"type": kind, "seq": self.log.last_seq, "run": self.view().model_dump(mode="json")}
        return encode(kind, data)

    @property
    def changed(self) -> asyncio.Event:
        """Set by the next announcement: take it before you read, and miss nothing."""
        return self._changed

    async def aclose(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    def announce(self) -> None:
        """Wake all who wait."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def _follow(self) -> None:
        while True:
            try:
                if await self._follow_execution():
                    self.closed_at = asyncio.get_running_loop().time()
                    return
            except RunNotFound:
                self.missing = not self.log.ended
                self.loaded.set()
                self.announce()
                return
            except TemporalAway:
                self._note_away(True)
            except Exception:
                logger.exception("watching %r failed; it is begun again", self.run_id)
            await asyncio.sleep(RETRY_SECONDS)

    async def _follow_execution(self) -> bool:
        """Follow the newest execution to its end; whether that was the end of it."""
        head = await self._reader.head(self.run_id)
        self._note_away(False)
        if head.execution_id != self.log.execution_id:
            self.log = FrameLog(head.execution_id)
        if head.outcome is not None:
            await self._close(head)
            return await self._is_newest(head)
        await self._read(head)
        self.loaded.set()
        await self._until_closed(head)
        return False

    async def _until_closed(self, head: Head) -> None:
        ticker = asyncio.create_task(self._tick())
        try:
            await self._read_on_changes(head)
        finally:
            ticker.cancel()
            with suppress(asyncio.CancelledError):
                await ticker

    async def _read_on_changes(self, head: Head) -> None:
        grew = asyncio.Event()

        async def poll() -> None:
            try:
                async for _ in self._reader.changes(self.run_id, head.execution_id):
                    grew.set()
            except RPCError as exc:
                raise TemporalAway from exc

        polling = asyncio.create_task(poll())
        try:
            while not polling.done():
                waiting = asyncio.create_task(grew.wait())
                await asyncio.wait({polling, waiting}, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
                grew.clear()
                if not polling.done():
                    await self._read(head)
            await polling
        finally:
            polling.cancel()
            with suppress(asyncio.CancelledError, TemporalAway):
                await polling

    async def _read(self, head: Head) -> None:
        more = True
        while more:
            try:
                after = self.log.last_seq if self.log.frames else -1
                page = await self._reader.page(self.run_id, head.execution_id, after)
            except NoAnswer:
                self._note_no_worker(head)
                return
            if page.base > self.log.last_seq + 1 and self.log.frames:
                self.log = FrameLog(head.execution_id)
            for event in page.events:
                self.log.append(event)
            self._status = page.status
            more = page.more
        self._trouble = None
        self.announce()

    async def _close(self, head: Head) -> None:
        """The whole log, from `run.json` where it is that of this execution."""
        record = await asyncio.to_thread(self._reader.record, self.run_id)
        if not record or record.execution_id != head.execution_id or not record.status.outcome:
            record = await self._reader.remembered(self.run_id, head)
        self._status = overruled(record.status, head)
        self._trouble = None
        for event in record.events:
            if not self.log.frames or event.seq > self.log.last_seq:
                self.log.append(event)
        if not self.log.ended:
            self.log.append(_ended(self._status, self.log.events, self.log.last_seq))
        self.loaded.set()
        self.announce()

    async def _is_newest(self, head: Head) -> bool:
        """A run that was reset has a newer execution."""
        newest = await self._reader.head(self.run_id)
        return newest.execution_id == head.execution_id

    async def _tick(self) -> None:
        """Percent ticks, once a second, for as long as somebody looks."""
        while True:
            await asyncio.sleep(TICK_SECONDS)
            if not self.clients or self._status is None:
                continue
            with suppress(TemporalAway, RunNotFound, RPCError):
                head = await self._reader.head(self.run_id)
                if head.progress > max(self._live_progress, self._status.progress):
                    self._live_progress = head.progress
                    self._show_progress()

    def _show_progress(self) -> None:
        view = self.view()
        data = {
            "type": "progress",
            "state": view.state,
            "progress": view.progress,
            "detail": view.detail,
            "eta_seconds": view.eta_seconds,
        }
        self.tick, self.ticks = encode("progress", data), self.ticks + 1
        self.announce()

    def _note_away(self, away: bool) -> None:
        if away != self.away:
            self.away = away
            self.announce()
        if away:
            self.loaded.set()

    def _note_no_worker(self, head: Head) -> None:
        """A run that nobody can be asked about is shown as far as Temporal itself knows it."""
        self._trouble = NO_WORKER
        if self._status is None:
            self._status = RunStatus(
                run_id=self.run_id,
                state=head.state,
                progress=0.0,
                detail=NO_WORKER,
                created_at=head.created_at,
                updated_at=head.created_at,
                spec=None,
            )
        self.announce()


def _ended(status: RunStatus, events: list[Event], last_seq: int) -> RunEnded:
    """The last event of a run that could write none itself."""
    return RunEnded(
        seq=last_seq + 1,
        at=status.updated_at,
        progress=events[-1].progress if events else status.progress,
        state=RunState.END if status.outcome is Outcome.COMPLETED else RunState.FAILED,
        outcome=status.outcome or Outcome.FAILED,
        artifacts=status.artifacts,
        error=status.error,
    )


def _is_stale(watcher: Watcher) -> bool:
    """A closed run may have been reset since: it is looked at again, at most once a second."""
    now = asyncio.get_running_loop().time()
    return watcher.closed_at is not None and now - watcher.closed_at > CLOSED_SECONDS


class Stream(Protocol):
    """What the hub knows of a client's stream."""

    deadline: float

    def end_if_stuck(self) -> None: ...


class Hub:
    """The watchers and the streams of this gateway."""

    def __init__(self, reader: RunReader) -> None:
        self.reader = reader
        self.stopping = asyncio.Event()
        # The loop's time, true to a second: asked for at every event of every client.
        self.now = asyncio.get_running_loop().time()
        self.streams: set[Stream] = set()
        self._watchers: dict[str, Watcher] = {}
        self._lingering: dict[str, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._sweeping = asyncio.create_task(self._sweep(), name="sweep")

    @asynccontextmanager
    async def watching(self, run_id: str) -> AsyncIterator[Watcher]:
        """The run's watcher, loaded. Raises `RunNotFound`."""
        watcher = self._watchers.get(run_id)
        if watcher is None or watcher.missing or _is_stale(watcher):
            watcher = self._watchers[run_id] = Watcher(run_id, self.reader)
        if timer := self._lingering.pop(run_id, None):
            timer.cancel()
        watcher.clients += 1
        try:
            await watcher.loaded.wait()
            if watcher.missing:
                raise RunNotFound(run_id)
            yield watcher
        finally:
            watcher.clients -= 1
            if not watcher.clients:
                self._let_linger(run_id, watcher)

    @property
    def watchers(self) -> int:
        return len(self._watchers)

    def stop(self) -> None:
        """Every stream says goodbye."""
        self.stopping.set()
        self._wake_all()

    def peek(self, run_id: str) -> Watcher | None:
        """The run's watcher, if it is being watched and was read."""
        watcher = self._watchers.get(run_id)
        return watcher if watcher and watcher.loaded.is_set() and not watcher.missing else None

    async def aclose(self) -> None:
        self._sweeping.cancel()
        for timer in self._lingering.values():
            timer.cancel()
        await asyncio.gather(*(watcher.aclose() for watcher in self._watchers.values()))
        self._watchers.clear()

    def _wake_all(self) -> None:
        for watcher in self._watchers.values():
            watcher.announce()

    async def _sweep(self) -> None:
        """One timer for all streams, instead of one for each event of each."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.now = asyncio.get_running_loop().time()
            for stream in tuple(self.streams):
                stream.end_if_stuck()
            if any(stream.deadline < self.now for stream in self.streams):
                self._wake_all()

    def _let_linger(self, run_id: str, watcher: Watcher) -> None:
        def drop() -> None:
            self._lingering.pop(run_id, None)
            if not watcher.clients and self._watchers.get(run_id) is watcher:
                del self._watchers[run_id]
                task = asyncio.ensure_future(watcher.aclose())
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)

        seconds = 0.0 if watcher.missing else LINGER_SECONDS
        self._lingering[run_id] = asyncio.get_running_loop().call_later(seconds, drop)
