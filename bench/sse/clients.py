"""The reading side, in a process of its own: many raw connections, one loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from multiprocessing.queues import Queue
from typing import Any

import uvloop

STAMP = b'"@'
CHUNK_BYTES = 65_536


async def chunks(port: int, path: str, *, until: float) -> AsyncIterator[bytes]:
    """What arrives on one stream until `until` (`time.monotonic`), as it arrives."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    try:
        async with asyncio.timeout(until - time.monotonic()):
            while data := await reader.read(CHUNK_BYTES):
                yield data
    except TimeoutError:
        pass
    finally:
        writer.close()


def read_stamped(
    port: int, paths: list[str], begin: float, end: float, found: Queue[list[float]]
) -> None:
    """Puts the latency in ms of every event that carries `@<monotonic ns>`, once `end` is past."""
    uvloop.run(_read_all(port, paths, begin, end, found))


async def _read_all(
    port: int, paths: list[str], begin: float, end: float, found: Queue[list[float]]
) -> None:
    latencies: list[float] = []

    async def client(path: str) -> None:
        async for data in chunks(port, path, until=end):
            got = time.monotonic_ns()
            if begin <= got / 1e9 < end:
                for part in data.split(STAMP)[1:]:
                    latencies.append((got - int(part.partition(b" ")[0])) / 1e6)

    async with asyncio.TaskGroup() as group:
        clients: list[asyncio.Task[Any]] = [group.create_task(client(path)) for path in paths]
    assert len(clients) == len(paths)
    found.put(latencies)
