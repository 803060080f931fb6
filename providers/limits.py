"""How many calls of one service are under way at once in this worker, and when none may be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from providers.base import Call
from providers.errors import RateLimited

FIRST_PAUSE = timedelta(seconds=2)
MAX_PAUSE = timedelta(minutes=2)


class Limit:
    """At most `places` calls at once; a rate limit pauses all of them.

    Every provider of a service shares one, since the service counts by key.
    """

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)
        self._resumes_at = 0.0

    @asynccontextmanager
    async def place(self, call: Call) -> AsyncIterator[None]:
        """Wait for a place; notes a `RateLimited` that is raised inside."""
        if self._places.locked():
            call.report(0.0, "waiting for a place at the service")
        async with self._places:
            await self._until_resumed(call)
            try:
                yield
            except RateLimited as exc:
                self._pause(exc.retry_after or FIRST_PAUSE)
                raise

    async def _until_resumed(self, call: Call) -> None:
        loop = asyncio.get_running_loop()
        while (seconds := self._resumes_at - loop.time()) > 0:
            call.report(0.0, f"the service asked to wait {seconds:.0f} s")
            await asyncio.sleep(seconds)

    def _pause(self, pause: timedelta) -> None:
        now = asyncio.get_running_loop().time()
        self._resumes_at = max(self._resumes_at, now + min(pause, MAX_PAUSE).total_seconds())
