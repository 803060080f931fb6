"""The watchers and the streams of this gateway, and how many there may be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from gateway.problems import Problem, RunNotFound, TemporalAway
from gateway.reader import RunReader
from gateway.watcher import Watcher

LINGER_SECONDS = 30.0
CLOSED_SECONDS = 1.0
SWEEP_SECONDS = 1.0
LOAD_SECONDS = 10.0
MAX_WATCHERS = 500


class Stream(Protocol):
    """What the hub knows of a client's stream."""

    deadline: float

    def end_if_stuck(self) -> None: ...


class Busy(Problem):
    """So many runs are being watched that no other can be."""

    def __init__(self, watchers: int) -> None:
        super().__init__(
            503,
            "too many runs are watched",
            f"this gateway watches {watchers} runs already; try again in a few seconds, or raise "
            "AUTOSHORTS_MAX_WATCHERS",
            headers={"Retry-After": "10"},
        )


class Hub:
    """Makes watchers, keeps them for as long as somebody looks and a moment longer."""

    def __init__(self, reader: RunReader, *, max_watchers: int = MAX_WATCHERS) -> None:
        self.reader = reader
        self.stopping = asyncio.Event()
        # The loop's time, true to a second: asked for at every event of every client.
        self.now = asyncio.get_running_loop().time()
        self.streams: set[Stream] = set()
        self._max_watchers = max_watchers
        self._watchers: dict[str, Watcher] = {}
        self._lingering: dict[str, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._sweeping = asyncio.create_task(self._sweep(), name="sweep")

    @asynccontextmanager
    async def watching(self, run_id: str) -> AsyncIterator[Watcher]:
        """The run's watcher, once it has read anything. Raises `RunNotFound`, `Busy`,
        `TemporalAway`."""
        watcher = self._watcher(run_id)
        if timer := self._lingering.pop(run_id, None):
            timer.cancel()
        watcher.clients += 1
        try:
            try:
                async with asyncio.timeout(LOAD_SECONDS):
                    await watcher.loaded.wait()
            except TimeoutError as exc:
                raise TemporalAway from exc
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

    def peek(self, run_id: str) -> Watcher | None:
        """The run's watcher, if it is being watched and knows it as it is now."""
        watcher = self._watchers.get(run_id)
        return watcher if watcher and watcher.is_live else None

    def stop(self) -> None:
        """Every stream says goodbye."""
        self.stopping.set()
        self._wake_all()

    async def aclose(self) -> None:
        self._sweeping.cancel()
        for timer in self._lingering.values():
            timer.cancel()
        await asyncio.gather(*(watcher.aclose() for watcher in self._watchers.values()))
        self._watchers.clear()

    def _watcher(self, run_id: str) -> Watcher:
        watcher = self._watchers.get(run_id)
        if watcher is None or watcher.missing or _is_stale(watcher):
            if watcher is None and len(self._watchers) >= self._max_watchers:
                self._make_room()
            watcher = self._watchers[run_id] = Watcher(run_id, self.reader)
        return watcher

    def _make_room(self) -> None:
        """Whoever lingers longest goes. Raises `Busy` where every run is being watched."""
        run_id = next(iter(self._lingering), None)
        if run_id is None:
            raise Busy(len(self._watchers))
        self._lingering.pop(run_id).cancel()
        self._drop(run_id, self._watchers[run_id])

    def _let_linger(self, run_id: str, watcher: Watcher) -> None:
        if self._watchers.get(run_id) is not watcher:
            self._close(watcher)
            return

        def drop() -> None:
            self._lingering.pop(run_id, None)
            if not watcher.clients:
                self._drop(run_id, watcher)

        if earlier := self._lingering.pop(run_id, None):
            earlier.cancel()
        seconds = 0.0 if watcher.missing else LINGER_SECONDS
        self._lingering[run_id] = asyncio.get_running_loop().call_later(seconds, drop)

    def _drop(self, run_id: str, watcher: Watcher) -> None:
        if self._watchers.get(run_id) is watcher:
            del self._watchers[run_id]
        self._close(watcher)

    def _close(self, watcher: Watcher) -> None:
        task = asyncio.ensure_future(watcher.aclose())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

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


def _is_stale(watcher: Watcher) -> bool:
    """A closed run may have been reset since: it is looked at again, at most once a second."""
    now = asyncio.get_running_loop().time()
    return watcher.closed_at is not None and now - watcher.closed_at > CLOSED_SECONDS
