"""One watcher per run that is being watched, however many clients watch it.

It wakes on the history long poll, reads what is new by query, and appends encoded frames to one
log that all clients read by cursor. Whatever failed is asked again: nothing is lost with a wake-up.
It is a cache: any gateway can make it anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

from gateway.executions import Head, NoAnswer
from gateway.frames import Entry, FrameLog, Position, encode
from gateway.problems import Problem, RunNotFound, TemporalAway
from gateway.reader import RunReader
from gateway.runlog import Reading, RunLog, reading_of
from storage.errors import StorageError

TICK_SECONDS = 1.0
RETRY_SECONDS = 1.0
# An execution that has just been closed is looked at again at once, though never in a circle.
SETTLE_SECONDS = 0.1
FIRST_RETRY_SECONDS = 0.1
MAX_RETRY_SECONDS = 30.0
PIECE_BYTES = 256 * 1024

logger = logging.getLogger(__name__)


class Watcher:
    """Follows one run and keeps its newest frames."""

    def __init__(self, run_id: str, reader: RunReader) -> None:
        self.run_id = run_id
        self.log = FrameLog()
        self.tick = b""
        self.ticks = 0
        self.clients = 0
        self.loaded = asyncio.Event()
        self.away = False
        self.missing = False
        self.closed_at: float | None = None
        # How often it was read with success.
        self.reads = 0
        self._reader = reader
        self._run = RunLog(run_id)
        self._reading: Reading | None = None
        self._failures = 0
        self._is_outage = False
        self._following = ""
        self._grew = asyncio.Event()
        self._changed = asyncio.Event()
        self._task = asyncio.create_task(self._follow(), name=f"watch {run_id}")

    @property
    def is_readable(self) -> bool:
        """Whether there is anything to show."""
        return self._run.status is not None and not self.away

    @property
    def is_live(self) -> bool:
        """Whether the run is open and known as it is now."""
        return self.is_readable and self.loaded.is_set() and self.closed_at is None

    @property
    def reading(self) -> Reading:
        """The run as far as it was read; made once, however many ask.

        Raises `TemporalAway` before the first reading.
        """
        if self._reading is None:
            self._reading = reading_of(self._run, self._run.execution_id)
        return self._reading

    def snapshot(self, kind: str) -> bytes:
        """The event that begins a stream, or begins it anew."""
        head = f'{{"type":"{kind}","seq":{self.log.last_seq},"run":'.encode()
        return encode(kind, b"".join((head, self.reading.body, b"}")))

    @property
    def changed(self) -> asyncio.Event:
        """Set by the next announcement: take it before you read, and miss nothing."""
        return self._changed

    async def older(self, log: FrameLog, cursor: int) -> AsyncIterator[tuple[int, bytes]]:
        """The frames after `cursor` that the log has let go, from the records: in pieces, each
        with its last seq.

        They end early where the records do not have them, or not as the client knows them.
        """
        piece: list[bytes] = []
        size = 0
        async for entry in self._reader.recorded(self.run_id, after=cursor, before=log.floor):
            if entry.seq != cursor + 1 or log.writer_of(entry.seq) != entry.execution_id:
                break
            cursor = entry.seq
            piece.append(entry.frame)
            size += len(piece[-1])
            if size > PIECE_BYTES:
                yield cursor, b"".join(piece)
                piece, size = [], 0
        if piece:
            yield cursor, b"".join(piece)

    async def aclose(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    def announce(self) -> None:
        """Wake all who wait."""
        self._changed.set()
        self._changed = asyncio.Event()

    def is_behind(self, position: Position, reads: int) -> bool:
        """Whether a client may rightly know more than this log, which has not been read beyond
        `reads` times: another gateway was faster, or no worker answers since this one began.
        """
        may_be_right = position.execution_id == self._following or self.reads == 0
        is_ahead = position.seq > self.log.last_seq and not self.log.ended
        return bool(self._following) and may_be_right and is_ahead and self.reads <= reads

    def look_again(self) -> None:
        """Read once more, though nothing says that there is more."""
        self._grew.set()

    # Following

    async def _follow(self) -> None:
        while True:
            try:
                is_over = await self._follow_execution()
                self._failures = 0
                if is_over:
                    self.closed_at = asyncio.get_running_loop().time()
                    return
            except RunNotFound:
                self.missing = not self.log.ended
                return
            except (Problem, StorageError) as exc:
                self._note_trouble(exc)
            except Exception:
                self._note_defect()
            finally:
                # An error is an answer too: nobody waits for one that never comes.
                self.loaded.set()
                self._has_changed()
            await asyncio.sleep(self._pause())

    async def _follow_execution(self) -> bool:
        """Follow the newest execution to its end; whether that was the end of the run."""
        stored = await self._reader.stored(self.run_id)
        if stored and stored.outcome:
            run, told = await self._reader.read_to_end(self._run, stored)
            self._take(run, told)
            self._note_away(False)
            return True
        try:
            head = await self._reader.head(self.run_id)
        except RunNotFound:
            if stored is None or not stored.execution_id:
                raise
            run, told = await self._reader.read_forgotten(self._run, stored)
            self._take(run, told)
            return True
        self._note_away(False)
        if head.outcome is not None:
            run, told = await self._reader.read_what_is_left(self._run, head)
            self._take(run, told)
            return await self._is_newest(head)
        await self._follow_running(head)
        return False

    async def _follow_running(self, head: Head) -> None:
        """Until the execution is closed, or was followed by another."""
        self._following = head.execution_id
        was_read = await self._read(head)
        self.loaded.set()
        ticker = asyncio.create_task(self._tick())
        try:
            await self._read_on_changes(head, dirty=not was_read)
        finally:
            ticker.cancel()
            with suppress(asyncio.CancelledError):
                await ticker

    async def _read_on_changes(self, head: Head, *, dirty: bool) -> None:
        """Read whenever history has grown, and again until that succeeded."""
        grew = self._grew
        if dirty:
            grew.set()

        async def poll() -> None:
            async for _ in self._reader.executions.changes(self.run_id, head.execution_id):
                grew.set()

        polling = asyncio.create_task(poll())
        pause = 0.0
        try:
            while not polling.done():
                waiting = asyncio.create_task(_after(pause, grew))
                await asyncio.wait({polling, waiting}, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
                if polling.done():
                    break
                grew.clear()
                if await self._read(head):
                    pause = 0.0
                else:
                    grew.set()
                    pause = min(RETRY_SECONDS, 2 * pause or FIRST_RETRY_SECONDS)
            await polling
        finally:
            polling.cancel()
            with suppress(asyncio.CancelledError, Problem):
                await polling

    async def _read(self, head: Head) -> bool:
        """Whether a worker answered."""
        try:
            run, told = await self._reader.read_on(self._run, head)
        except NoAnswer:
            stored = await self._reader.stored(self.run_id)
            self._reader.note_no_answer(self._run, head, stored)
            self._has_changed()
            return False
        self._take(run, told)
        return True

    async def _is_newest(self, head: Head) -> bool:
        """A run that was reset has a newer execution."""
        newest = await self._reader.head(self.run_id)
        return newest.execution_id == head.execution_id

    async def _tick(self) -> None:
        """Percent ticks, once a second, for as long as somebody looks."""
        while True:
            await asyncio.sleep(TICK_SECONDS)
            status = self._run.status
            if not self.clients or status is None:
                continue
            with suppress(Problem):
                head = await self._reader.head(self.run_id)
                if head.progress > max(self._run.live_progress, status.progress):
                    self._run.live_progress = head.progress
                    self._show_progress()

    def _show_progress(self) -> None:
        self._reading = None
        view = self.reading.view
        data = {
            "type": "progress",
            "state": view.state,
            "progress": view.progress,
            "detail": view.detail,
            "eta_seconds": view.eta_seconds,
        }
        self.tick, self.ticks = encode("progress", data), self.ticks + 1
        self._has_changed()

    # What was read

    def _take(self, run: RunLog, told: list[Entry]) -> None:
        """A run that was begun anew, or of which a part is lost, begins a log of its own."""
        log = self.log if run is self._run else FrameLog()
        self._run = run
        self.reads += 1
        for entry in told:
            if log.last_seq >= 0 and entry.seq != log.last_seq + 1:
                log = FrameLog()
            log.append(entry)
        self.log = log
        self._has_changed()

    def _has_changed(self) -> None:
        self._reading = None
        self.announce()

    def _note_away(self, away: bool) -> None:
        if away != self.away:
            self.away = away
            self._has_changed()

    def _note_trouble(self, exc: Exception) -> None:
        self._failures += 1
        self._is_outage = isinstance(exc, TemporalAway)
        self._note_away(True)
        if not self._is_outage and self._failures == 1:
            logger.warning("watching %r: %s", self.run_id, exc)

    def _note_defect(self) -> None:
        """Said once; what is asked again and again would fill the log."""
        self._failures += 1
        self._is_outage = False
        self._note_away(True)
        if self._failures == 1:
            logger.exception("watching %r failed; it is begun again", self.run_id)

    def _pause(self) -> float:
        if not self._failures:
            return SETTLE_SECONDS
        # A server that is away is asked each second: the reader's breaker makes that cheap.
        return RETRY_SECONDS if self._is_outage else _backed_off(self._failures)


def _backed_off(failures: int) -> float:
    return min(MAX_RETRY_SECONDS, RETRY_SECONDS * 2.0 ** min(failures - 1, 8))


async def _after(seconds: float, event: asyncio.Event) -> None:
    await asyncio.sleep(seconds)
    await event.wait()
