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
CONNECT_SECONDS = 3


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


def read_stamped(port: int, paths: list[str], seconds: float, found: Queue[Any]) -> None:
    """Reads every path for `seconds`. Puts when that begins (`time.monotonic`), then the latency
    in ms of every event that carries `@<monotonic ns>`."""
    uvloop.run(_read_all(port, paths, seconds, found))


async def _read_all(port: int, paths: list[str], seconds: float, found: Queue[Any]) -> None:
    latencies: list[float] = []
    begin = time.monotonic() + CONNECT_SECONDS
    end = begin + seconds
    found.put(begin)

    async def client(path: str) -> None:
        async for data in chunks(port, path, until=end):
            got = time.monotonic_ns()
            if begin <= got / 1e9 < end:
                for part in data.split(STAMP)[1:]:
                    latencies.append((got - int(part.partition(b" ")[0])) / 1e6)

    async with asyncio.TaskGroup() as group:
        for path in paths:
            group.create_task(client(path))
    found.put(latencies)
