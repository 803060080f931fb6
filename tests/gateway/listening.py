"""A client of a staged run's stream, in the test's own loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx

from tests.gateway.stage import Stage
from tests.gateway_client import Seen

PATIENCE_SECONDS = 20


class Listener:
    """Hears a stream; `seen` is all it has heard so far."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.seen: list[Seen] = []
        self._blocks = _blocks(response)

    async def until(self, holds: Callable[[Seen], bool]) -> Seen:
        """The first event from here on of which this is true."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for event in self._blocks:
                self.seen.append(event)
                if holds(event):
                    return event
        raise AssertionError(f"the stream ended after {[event.type for event in self.seen]}")

    async def to_end(self) -> list[Seen]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            self.seen += [event async for event in self._blocks]
        return self.seen

    @property
    def seqs(self) -> list[int]:
        return [event.seq for event in self.seen if event.id]


@asynccontextmanager
async def listening(stage: Stage, run_id: str, *, last_id: str = "") -> AsyncIterator[Listener]:
    """One connection."""
    headers = {"Last-Event-ID": last_id} if last_id else {}
    async with (
        httpx.AsyncClient(base_url=stage.url, timeout=PATIENCE_SECONDS, verify=False) as client,
        client.stream("GET", f"/api/runs/{run_id}/events", headers=headers) as response,
    ):
        yield Listener(response)


async def heard(stage: Stage, run_id: str, *, last_id: str = "") -> list[Seen]:
    """All of a stream that ends."""
    async with listening(stage, run_id, last_id=last_id) as listener:
        return await listener.to_end()


async def _blocks(response: httpx.Response) -> AsyncIterator[Seen]:
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line and not line.startswith(":"):
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
        elif not line:
            if "data" in fields:
                yield Seen(fields.get("id", ""), fields["event"], json.loads(fields["data"]))
            fields = {}
