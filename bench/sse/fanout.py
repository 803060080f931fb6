"""Fan-out: from the append of an event to the callback of each client.

The gateway's own application serves runs whose Temporal is played by `Ticking`; the floor is a
bare ASGI application that writes the same bytes. Each is served by a process of its own.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import socket
import statistics
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Self, cast

import psutil
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.middleware import Middleware

from bench.machine import wait_until
from bench.sse.clients import read_stamped
from domain.events import LogWritten
from domain.run import RunState, RunStatus
from gateway.app import routes
from gateway.collaborators import Gateway
from gateway.executions import Executions, Head, LivePage
from gateway.frames import encode
from gateway.guard import Guard
from gateway.hub import Hub
from gateway.logouts import Logouts
from gateway.problems import HANDLERS
from gateway.reader import RunReader
from gateway.sessions import Keys, Logins, Patience
from gateway.settings import GatewaySettings
from storage.storage import Storage

SECONDS = 6
EXECUTION = "01a20ef4-772a-7485-8d48-7d00dd39e000"
NOW = datetime.now(UTC)
TEXT = "x" * 180

MakeApp = Callable[[float], Any]


def measure(make: MakeApp, *, runs: int, clients: int, rate: float) -> dict[str, float]:
    """`clients` read each of `runs` runs, which grow by `rate` events a second."""
    context = multiprocessing.get_context("spawn")
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    port = listening.getsockname()[1]
    server = context.Process(target=_serve, args=(make, rate, listening), daemon=True)
    server.start()
    try:
        wait_until(lambda: _answers(port), seconds=20, what="the server answers")
        paths = [f"/api/runs/run{run}/events" for run in range(runs) for _ in range(clients)]
        return _read(context, server, port, paths, rate)
    finally:
        server.kill()
        server.join()
        listening.close()


def _read(
    context: Any, server: BaseProcess, port: int, paths: list[str], rate: float
) -> dict[str, float]:
    process = psutil.Process(server.pid)
    before = process.memory_full_info().pss
    found = context.Queue()
    reader = context.Process(target=read_stamped, args=(port, paths, SECONDS, found))
    reader.start()
    begin = found.get(timeout=60)
    time.sleep(max(0.0, begin - time.monotonic()))
    cpu = process.cpu_times()
    time.sleep(SECONDS / 2)
    half = process.cpu_times()
    during = process.memory_full_info().pss
    latencies = found.get(timeout=60)
    reader.join(timeout=20)
    marks = statistics.quantiles(latencies, n=100)
    cpu_seconds = half.user + half.system - cpu.user - cpu.system
    return {
        "p50_ms": round(marks[49], 1),
        "p99_ms": round(marks[98], 1),
        "delivered": round(len(latencies) / (len(paths) * SECONDS * rate), 3),
        "kib_per_client": round((during - before) / len(paths) / 1024, 1),
        "cores": round(cpu_seconds / (SECONDS / 2), 2),
    }


def _answers(port: int) -> bool:
    """The kernel takes connections before the server does: only bytes say that it has begun."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as probe:
        probe.sendall(b"GET /api/runs/run0/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        return bool(probe.recv(1))


def _serve(make: MakeApp, rate: float, listening: socket.socket) -> None:
    async def run() -> None:
        config = uvicorn.Config(make(rate), access_log=False, log_level="error", lifespan="off")
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        await uvicorn.Server(config).serve(sockets=[listening])

    uvloop.run(run())


class Ticking:
    """The Temporal that runs are read from: each grows by itself, at a fixed rate, for ever."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._events: dict[str, list[LogWritten]] = {}

    async def head(self, run_id: str) -> Head:
        return Head(EXECUTION, RunState.RENDERING, None, NOW, 0.5)

    async def page(self, run_id: str, execution_id: str, after: int) -> LivePage:
        events = self._events.setdefault(run_id, [_event(0)])
        return LivePage(
            execution_id=EXECUTION,
            base=0,
            events=tuple(event.model_dump(mode="json") for event in events[after + 1 :]),
            more=False,
            status=_status(run_id),
        )

    async def changes(self, run_id: str, execution_id: str) -> AsyncIterator[None]:
        async for _ in _ticks(self._rate):
            self._events[run_id].append(_event(len(self._events[run_id])))
            yield


class NoRecords:
    """The records of runs that have only just begun."""

    @property
    def runs(self) -> Self:
        return self

    def get(self, run_id: str) -> None:
        """No row yet."""

    async def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return function(*arguments)


def gateway_app(rate: float) -> Any:
    """The gateway's application, without its page's and Temporal's parts."""
    settings = GatewaySettings(data_dir=Path("nowhere"), max_streams=10_000)
    keys = Keys(settings, Logouts(None))

    class Served(Starlette):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            if not hasattr(self.state, "gateway"):
                reader = RunReader(cast(Executions, Ticking(rate)), cast(Storage, NoRecords()))
                self.state.gateway = cast(Gateway, _Bare(Hub(reader), settings))
            await super().__call__(scope, receive, send)

    return Served(
        routes=routes(Logins(keys, Patience())),
        exception_handlers=HANDLERS,
        middleware=[Middleware(Guard, settings=settings, keys=keys, patience=Patience())],
    )


class _Bare:
    """The part of a gateway that streams need."""

    def __init__(self, hub: Hub, settings: GatewaySettings) -> None:
        self.hub = hub
        self.settings = settings


def floor_app(rate: float) -> Any:
    """As little as ASGI allows: the same bytes to everybody who asks, by run."""
    logs: dict[str, list[bytes]] = {}
    changed: dict[str, asyncio.Event] = {}

    async def grow(path: str) -> None:
        async for _ in _ticks(rate):
            event = _event(len(logs[path]))
            frame = encode(
                event.type, event.model_dump(mode="json"), event_id=f"{EXECUTION}:{event.seq}"
            )
            logs[path].append(frame)
            changed[path].set()
            changed[path] = asyncio.Event()

    growing: list[asyncio.Task[None]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"]
        if path not in logs:
            logs[path], changed[path] = [], asyncio.Event()
            growing.append(asyncio.create_task(grow(path)))
        headers = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        cursor = len(logs[path])
        while True:
            await changed[path].wait()
            body = b"".join(logs[path][cursor:])
            cursor = len(logs[path])
            await send({"type": "http.response.body", "body": body, "more_body": True})

    return app


async def _ticks(rate: float) -> AsyncIterator[None]:
    """`rate` a second, however long the loop is busy after each."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    while True:
        due += 1 / rate
        await asyncio.sleep(due - loop.time())
        yield


def _event(seq: int) -> LogWritten:
    return LogWritten(
        seq=seq, at=datetime.now(UTC), progress=0.5, message=f"@{time.monotonic_ns()} {TEXT}"
    )


def _status(run_id: str) -> RunStatus:
    return RunStatus(
        run_id=run_id,
        state=RunState.RENDERING,
        progress=0.5,
        detail="",
        created_at=NOW,
        updated_at=NOW,
        spec=None,
    )
