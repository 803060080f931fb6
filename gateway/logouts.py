"""Sessions that were ended before their time, at whichever gateway that was."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import datetime

from storage.errors import StorageError
from storage.storage import Storage

REFRESH_SECONDS = 3.0
WAIT_SECONDS = 1.0

logger = logging.getLogger(__name__)


class Logouts:
    """Asks the records now and then and keeps the answer; without records it knows its own."""

    def __init__(self, storage: Storage | None = None) -> None:
        self._storage = storage
        self._own: dict[str, float] = {}
        self._ended: frozenset[str] = frozenset()
        self._began = -REFRESH_SECONDS
        self._reading: asyncio.Task[None] | None = None

    async def has(self, session_id: str) -> bool:
        """Whether it was ended; elsewhere at most `REFRESH_SECONDS` ago."""
        await self._refresh()
        return session_id in self._own or session_id in self._ended

    async def add(self, session_id: str, expires_at: datetime) -> None:
        """End a session here at once, and elsewhere. Raises StorageError where that fails."""
        now = time.time()
        self._own = {name: until for name, until in self._own.items() if until > now}
        self._own[session_id] = expires_at.timestamp()
        if self._storage:
            await self._storage.call(self._storage.sessions.end, session_id, expires_at)

    async def _refresh(self) -> None:
        """One reading at a time; a database that hangs holds nobody for long."""
        now = time.monotonic()
        if self._storage and not self._reading and now - self._began >= REFRESH_SECONDS:
            self._began = now
            self._reading = asyncio.create_task(self._read(self._storage))
        if self._reading:
            left = max(0.0, self._began + WAIT_SECONDS - now)
            await asyncio.wait({self._reading}, timeout=left)

    async def _read(self, storage: Storage) -> None:
        try:
            self._ended = await storage.call(storage.sessions.ended)
        except StorageError as exc:
            logger.warning("which sessions were ended cannot be read: %s", exc)
        finally:
            self._reading = None
