"""Fan-out of one run's events to many clients: `python -m bench.sse [--json]`.

The gateway's own stream code serves a log that grows ten times a second; the floor is a bare
ASGI application in the same run that writes the same bytes. Clients are in a process of their
own. Latency is from the append to the client's callback; ratios are gateway to floor.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import multiprocessing
import socket
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import psutil
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from domain.events import LogWritten
from domain.run import RunState, RunStatus
from gateway.frames import FrameLog, encode
from gateway.guard import Guard, Keys
from gateway.runs import Gateway
from gateway.settings import GatewaySettings
from gateway.sse import stream_events
from gateway.watcher import Hub, Watcher

EVENTS_PER_SECOND = 10
SECONDS = 6
SETTLE_SECONDS = 2
EXECUTION = "01a20ef4-772a-7485-8d48-7d00dd39e000"
TEXT = "x" * 180


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    options = parser.parse_args()
    floor = _measure(_floor_app, options.clients)
    ours = _measure(_gateway_app, options.clients)
    result = {
        "clients": options.clients,
        "floor": floor,
        "gateway": ours,
        "p50_ratio": round(ours["p50_ms"] / floor["p50_ms"], 2),
        "p99_ratio": round(ours["p99_ms"] / floor["p99_ms"], 2),
    }
    for name, value in result.items():
        print(f"{name}: {value}")
    if options.json:
        print(json.dumps(result))


App = Callable[[], tuple[Any, Callable[[], Awaitable[None]]]]


def _measure(make: App, clients: int) -> dict[str, float]:
    """Serve in this process, read in another."""
    context = multiprocessing.get_context("spawn")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(4096)
    found = context.Queue()
    reader = context.Process(
        target=_read, args=(listening.getsockname()[1], clients, found), daemon=True
    )
    server = context.Process(target=_serve, args=(make, listening), daemon=True)
    server.start()
    listening.close()
    time.sleep(2)
    before = psutil.Process(server.pid).memory_full_info().pss
    reader.start()
    time.sleep(SETTLE_SECONDS + SECONDS / 2)
    during = psutil.Process(server.pid).memory_full_info().pss
    latencies, delivered = found.get(timeout=120)
    reader.join(timeout=20)
    server.kill()
    server.join()
    marks = statistics.quantiles(latencies, n=100)
    return {
        "p50_ms": round(marks[49], 1),
        "p99_ms": round(marks[98], 1),
        "delivered": round(delivered, 3),
        "kib_per_client": round((during - before) / clients / 1024, 1),
    }


def _serve(make: App, listening: socket.socket) -> None:
    async def run() -> None:
        app, append = make()
        config = uvicorn.Config(app, access_log=False, log_level="error", lifespan="off")
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        appending = asyncio.create_task(_append(append))
        await uvicorn.Server(config).serve(sockets=[listening])
        appending.cancel()

    import uvloop

    uvloop.run(run())


async def _append(append: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(1 / EVENTS_PER_SECOND)
        await append()


def _gateway_app() -> tuple[Any, Callable[[], Awaitable[None]]]:
    settings = GatewaySettings(data_dir=Path("/nonexistent"), max_streams=10_000)
    hub = Hub(cast(Any, None))
    watcher = object.__new__(Watcher)
    watcher.__dict__ |= {
        "run_id": "run",
        "log": FrameLog(EXECUTION),
        "tick": b"",
        "ticks": 0,
        "clients": 0,
        "loaded": asyncio.Event(),
        "away": False,
        "missing": False,
        "closed_at": None,
        "_status": _status(),
        "_live_progress": 0.0,
        "_trouble": None,
        "_changed": asyncio.Event(),
    }
    watcher.loaded.set()
    hub._watchers["run"] = watcher
    app = Starlette(
        routes=[Route("/api/runs/{run_id}/events", stream_events)],
        middleware=[Middleware(Guard, settings=settings, keys=Keys(settings))],
    )
    app.state.gateway = cast(Gateway, _Bare(hub, settings))

    async def append() -> None:
        log = watcher.log
        log.append(_event(log.last_seq + 1 if log.frames else 0))
        watcher.announce()

    return app, append


class _Bare:
    """The part of a gateway that streams need."""

    def __init__(self, hub: Hub, settings: GatewaySettings) -> None:
        self.hub = hub
        self.settings = settings


def _floor_app() -> tuple[Any, Callable[[], Awaitable[None]]]:
    frames: list[bytes] = []
    changed = [asyncio.Event()]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        cursor = len(frames)
        while True:
            await changed[0].wait()
            body = b"".join(frames[cursor:])
            cursor = len(frames)
            await send({"type": "http.response.body", "body": body, "more_body": True})

    async def append() -> None:
        event = _event(len(frames))
        frames.append(encode(event.type, event.model_dump(mode="json"), event_id=f"{EXECUTION}:0"))
        changed[0].set()
        changed[0] = asyncio.Event()

    return app, append


def _event(seq: int) -> LogWritten:
    return LogWritten(
        seq=seq, at=datetime.now(UTC), progress=0.5, message=f"@{time.monotonic_ns()} {TEXT}"
    )


def _status() -> RunStatus:
    now = datetime.now(UTC)
    return RunStatus(
        run_id="run",
        state=RunState.RENDERING,
        progress=0.5,
        detail="",
        created_at=now,
        updated_at=now,
        spec=None,
    )


def _read(port: int, clients: int, found: Any) -> None:
    import uvloop

    uvloop.run(_read_all(port, clients, found))


async def _read_all(port: int, clients: int, found: Any) -> None:
    latencies: list[float] = []
    begin = time.monotonic() + SETTLE_SECONDS
    end = begin + SECONDS

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /api/runs/run/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        while (now := time.monotonic()) < end:
            try:
                async with asyncio.timeout(end - now):
                    data = await reader.read(65_536)
            except TimeoutError:
                break
            got = time.monotonic_ns()
            for part in data.split(b'"@')[1:]:
                if begin <= got / 1e9 < end:
                    latencies.append((got - int(part.partition(b" ")[0])) / 1e6)
        writer.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(client())
    expected = clients * SECONDS * EVENTS_PER_SECOND
    found.put((latencies, len(latencies) / expected))


if __name__ == "__main__":
    main()
