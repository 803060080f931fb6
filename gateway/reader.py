"""The one read model of runs, for the gateway and the command line.

The records come first: a run that is closed is served from them, whether Temporal is there or
not. Temporal is asked of what is open, once for all who ask at the same time.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from typing import Any

from pydantic import ValidationError

from domain.events import EVENT
from domain.run import RunStatus
from gateway.executions import Executions, Head, LivePage, NoAnswer
from gateway.frames import Entry
from gateway.problems import RunNotFound
from gateway.runlog import (
    UNREADABLE,
    Reading,
    RunLog,
    ended_entry,
    entry_of,
    overruled,
    reading_of,
    status_of,
)
from storage.errors import StorageError
from storage.runs import StoredRun
from storage.storage import Storage

PIECE_EVENTS = 500
KEPT_RUNS = 64
RECENT_SECONDS = 1.0
logger = logging.getLogger(__name__)

NO_WORKER = "no worker answers; the run goes on when one is there"
FORGOTTEN = "Temporal does not know this run: it was started on another server, or is forgotten"


class RunReader:
    """Reads runs from the records and, of what is open, from Temporal."""

    def __init__(self, executions: Executions, storage: Storage) -> None:
        self.executions = executions
        self.storage = storage
        self._closed: OrderedDict[str, tuple[datetime, Reading]] = OrderedDict()
        self._recent: OrderedDict[str, tuple[float, Reading]] = OrderedDict()
        self._open: OrderedDict[str, RunLog] = OrderedDict()
        self._reading: dict[str, asyncio.Task[Reading]] = {}

    async def read(self, run_id: str) -> Reading:
        """The run as it is now.

        Raises `RunNotFound`, and, of a run that is open, `TemporalAway` or `TemporalRefused`.
        """
        reading = await self._read(run_id)
        self._recent[run_id] = (asyncio.get_running_loop().time(), reading)
        _bound(self._recent)
        return reading

    async def _read(self, run_id: str) -> Reading:
        stored = await self.stored(run_id)
        if stored and stored.outcome:
            return await self._read_closed(stored)
        task = self._reading.get(run_id)
        if task is None:
            task = asyncio.create_task(self._read_open(run_id, stored), name=f"read {run_id}")
            self._reading[run_id] = task
            task.add_done_callback(partial(self._has_read, run_id))
        return await asyncio.shield(task)

    def recent(self, run_id: str) -> Reading | None:
        """The run as it was a moment ago, for a player that asks for many parts of one film."""
        at, reading = self._recent.get(run_id, (-RECENT_SECONDS, None))
        return reading if asyncio.get_running_loop().time() - at < RECENT_SECONDS else None

    async def stored(self, run_id: str) -> StoredRun | None:
        """The run's row."""
        return await self.storage.call(self.storage.runs.get, run_id)

    async def head(self, run_id: str) -> Head:
        """What Temporal knows of the newest execution. Raises what `Executions.head` does."""
        return await self.executions.head(run_id)

    async def read_on(self, log: RunLog, head: Head) -> tuple[RunLog, list[Entry]]:
        """What an execution that runs has told since. Another log where the run begun anew.

        Raises `NoAnswer`, `RunNotFound`, `TemporalAway`, `TemporalRefused`.
        """
        page = await self.executions.page(log.run_id, head.execution_id, log.last_seq)
        if log.is_begun and not self._continues(log, page):
            log = RunLog(log.run_id)
            page = await self.executions.page(log.run_id, head.execution_id, -1)
        told = await self._before(log, page)
        while True:
            for data in page.events:
                self._take(log, Entry(page.execution_id, data["seq"], data), told)
            if not page.more:
                break
            page = await self.executions.page(log.run_id, head.execution_id, log.last_seq)
        self._settle(log, page.status, head)
        return log, told

    async def read_to_end(self, log: RunLog, stored: StoredRun) -> tuple[RunLog, list[Entry]]:
        """What the records hold of a closed run beyond what was read."""
        if log.is_begun and not await self._is_recorded(log):
            log = RunLog(log.run_id)
        told: list[Entry] = []
        async for entry in self.recorded(log.run_id, after=log.last_seq):
            self._take(log, entry, told)
        log.status = stored.status or status_of(stored, None)
        self._end(log, stored.execution_id or "", told)
        return log, told

    async def read_what_is_left(self, log: RunLog, head: Head) -> tuple[RunLog, list[Entry]]:
        """Of a run that Temporal says is closed, though it could not write its last word."""
        stored = await self.stored(log.run_id)
        if stored and stored.outcome:
            return await self.read_to_end(log, stored)
        try:
            log, told = await self.read_on(log, head)
        except NoAnswer:
            told = []
            async for entry in self.recorded(log.run_id, after=log.last_seq):
                self._take(log, entry, told)
            log.status = await self._rebuilt(log, stored, head)
        log.trouble = None
        assert log.status is not None
        log.status = overruled(log.status, head)
        self._end(log, head.execution_id, told)
        await self._write_down(log, head)
        return log, told

    async def _write_down(self, log: RunLog, head: Head) -> None:
        """The records get the end of a run that Temporal ended, and what it had told before.

        Else it would be open in them for ever. Whoever looks next tries again where it fails.
        """
        assert log.status is not None
        ended = ended_entry(log, head.execution_id)
        told = [*await self._told_by(log.run_id, head), ended.data | {"seq": log.last_seq}]
        try:
            events = [EVENT.validate_python(data) for data in told]
            runs = self.storage.runs
            await self.storage.call(runs.append_events, log.run_id, head.execution_id, events)
            await self.storage.call(runs.close, log.run_id, head.execution_id, log.status)
        except (StorageError, ValidationError) as exc:
            logger.warning("the end of %r is not written down yet: %s", log.run_id, exc)

    async def _told_by(self, run_id: str, head: Head) -> list[dict[str, Any]]:
        """What an execution still tells of itself; nothing where no worker answers."""
        told: list[dict[str, Any]] = []
        try:
            page = await self.executions.page(run_id, head.execution_id, -1)
            told += page.events
            while page.more:
                page = await self.executions.page(run_id, head.execution_id, told[-1]["seq"])
                told += page.events
        except NoAnswer:
            return []
        return told

    async def read_forgotten(self, log: RunLog, stored: StoredRun) -> tuple[RunLog, list[Entry]]:
        """Of a run that only the records know, though it never said its last word."""
        told: list[Entry] = []
        async for entry in self.recorded(log.run_id, after=log.last_seq):
            self._take(log, entry, told)
        log.status, log.trouble = status_of(stored, None), FORGOTTEN
        return log, told

    async def recorded(
        self, run_id: str, *, after: int, before: int | None = None
    ) -> AsyncIterator[Entry]:
        """Events from the records, oldest first; `before` is the first seq that is too many."""
        while True:
            piece = await self.storage.call(
                self.storage.runs.events, run_id, after=after, limit=PIECE_EVENTS
            )
            for stored in piece:
                if before is not None and stored.event.seq >= before:
                    return
                yield entry_of(stored)
            if len(piece) < PIECE_EVENTS:
                return
            after = piece[-1].event.seq

    def note_no_answer(self, log: RunLog, head: Head, stored: StoredRun | None) -> None:
        """A run that nobody can be asked about is shown as far as the records and Temporal go."""
        log.trouble = NO_WORKER
        if log.status is None:
            log.status = status_of(stored, head, run_id=log.run_id, detail=NO_WORKER)

    # A run that is open

    def _has_read(self, run_id: str, task: asyncio.Task[Reading]) -> None:
        self._reading.pop(run_id, None)
        if not task.cancelled():
            # Whoever waited may be gone: nobody else would look at it.
            task.exception()

    async def _read_open(self, run_id: str, stored: StoredRun | None) -> Reading:
        try:
            head = await self.head(run_id)
        except RunNotFound:
            return await self._forgotten(run_id, stored)
        log = self._kept(run_id)
        if head.outcome is not None:
            log, _ = await self.read_what_is_left(log, head)
            self._open.pop(run_id, None)
        else:
            log = await self._read_running(log, head, stored)
        log.live_progress = max(log.live_progress, head.progress)
        return reading_of(log, head.execution_id)

    async def _read_running(self, log: RunLog, head: Head, stored: StoredRun | None) -> RunLog:
        try:
            log, _ = await self.read_on(log, head)
            self._open[log.run_id] = log
            return log
        except NoAnswer:
            if log.status is None:
                # It is not kept: the next look begins where there is nothing yet.
                log = RunLog(log.run_id)
            self.note_no_answer(log, head, stored)
            return log

    def _kept(self, run_id: str) -> RunLog:
        """As far as it was read before, so that a look at it costs one query."""
        log = self._open.pop(run_id, None) or RunLog(run_id)
        self._open[run_id] = log
        _bound(self._open)
        return log

    async def _forgotten(self, run_id: str, stored: StoredRun | None) -> Reading:
        if stored is None or not stored.execution_id:
            raise RunNotFound(run_id)
        log, _ = await self.read_forgotten(RunLog(run_id), stored)
        return reading_of(log, stored.execution_id)

    # A run that is closed

    async def _read_closed(self, stored: StoredRun) -> Reading:
        kept = self._closed.get(stored.run_id)
        if kept and kept[0] == stored.updated_at and kept[1].execution_id == stored.execution_id:
            self._closed.move_to_end(stored.run_id)
            return kept[1]
        log, _ = await self.read_to_end(RunLog(stored.run_id), stored)
        reading = reading_of(log, stored.execution_id or "")
        self._closed[stored.run_id] = (stored.updated_at, reading)
        _bound(self._closed)
        return reading

    async def _rebuilt(self, log: RunLog, stored: StoredRun | None, head: Head) -> RunStatus:
        """Spec and state as the row or the history have them; what was made is lost."""
        status = log.status or status_of(stored, head, run_id=log.run_id)
        if status.spec is None:
            spec = await self.executions.spec(log.run_id, head.execution_id)
            status = status.model_copy(update={"spec": spec})
        return status

    # A log's parts

    def _continues(self, log: RunLog, page: LivePage) -> bool:
        """Whether a page goes on with what was read: the same execution, or one that follows it.

        An execution that follows another after a reset tells its events anew.
        """
        return page.execution_id == log.execution_id or page.base > log.last_seq

    async def _is_recorded(self, log: RunLog) -> bool:
        """Whether the records have the last event that was read, from who wrote it."""
        async for entry in self.recorded(log.run_id, after=log.last_seq - 1):
            return entry.seq == log.last_seq and entry.execution_id == log.execution_id
        return False

    async def _before(self, log: RunLog, page: LivePage) -> list[Entry]:
        """What the page's execution does not hold itself any more."""
        told: list[Entry] = []
        if page.base > log.last_seq + 1:
            async for entry in self.recorded(log.run_id, after=log.last_seq, before=page.base):
                self._take(log, entry, told)
        return told

    def _take(self, log: RunLog, entry: Entry, told: list[Entry]) -> None:
        """Nothing twice."""
        if entry.seq > log.last_seq:
            log.add(entry)
            told.append(entry)

    def _settle(self, log: RunLog, status: RunStatus | None, head: Head) -> None:
        log.trouble = None if status else UNREADABLE
        log.status = status or log.status or status_of(None, head, run_id=log.run_id)

    def _end(self, log: RunLog, execution_id: str, told: list[Entry]) -> None:
        """A run that could write no last event gets one."""
        if not log.ended and log.status is not None:
            self._take(log, ended_entry(log, execution_id), told)


def _bound(kept: OrderedDict[str, Any]) -> None:
    while len(kept) > KEPT_RUNS:
        kept.popitem(last=False)
