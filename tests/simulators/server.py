"""A service's double over real HTTP: what it accepts, what it breaks, what it would have charged.

A simulator is a Starlette app under uvicorn on loopback, in a thread of its own. A subclass has
the service's routes and error bodies; this module breaks its answers on request.

    with OpenAISimulator() as service:
        service.fail(Fault.RESET, on="POST /v1/images")
        ...
        assert service.charged_twice == 0
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
import socket
import struct
import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute
from starlette.types import Message, Receive, Scope, Send

RETRY_AFTER_SECONDS = 1
SLOW_STEP_SECONDS = 0.05
START_SECONDS = 20.0


class Fault(StrEnum):
    """What can go wrong between a service and us."""

    RATE_LIMIT = "429 with Retry-After"
    QUOTA = "quota used up"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    SERVER_ERROR = "500"
    OVERLOADED = "503"
    REFUSAL = "refused by content rules"
    TIMEOUT = "no answer"
    RESET = "connection reset"
    HALF_BODY = "half an answer"
    HTML = "a page of HTML"
    WRONG_TYPE = "another content type"
    EMPTY_MEDIA = "media of no bytes"
    TRUNCATED_MEDIA = "half a media file"
    WRONG_LENGTH = "sound of another length"
    SLOW = "a slow answer"


# Said by the service instead of doing the work; nothing is charged.
REFUSALS = frozenset(
    {
        Fault.RATE_LIMIT,
        Fault.QUOTA,
        Fault.UNAUTHORIZED,
        Fault.FORBIDDEN,
        Fault.SERVER_ERROR,
        Fault.OVERLOADED,
        Fault.REFUSAL,
    }
)


@dataclass(frozen=True)
class Charge:
    """One request that the service would have put on the bill."""

    what: str
    digest: str
    units: dict[str, float]


@dataclass
class Scripted:
    """A fault that is still to happen: to requests whose `METHOD /path` it matches."""

    fault: Fault
    on: re.Pattern[str]
    times: int


@dataclass(frozen=True)
class Seen:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What the app answered, held back until it is clear how it is sent."""

    status: int = 200
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


class Simulator(ABC):
    """A service on a loopback port of its own; use it as a context manager."""

    # Requests that are charged, as `METHOD /path`: what a fault hits unless it says otherwise.
    paid = r"^POST "
    # How long such a request takes, from and to: before it is charged, and as long after.
    work_seconds = (0.0, 0.0)

    def __init__(self) -> None:
        self.charges: list[Charge] = []
        self.seen: list[Seen] = []
        self._scripted: list[Scripted] = []
        self._lock = threading.Lock()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.url = ""

    @abstractmethod
    def routes(self) -> list[BaseRoute]:
        """The service's endpoints."""

    @abstractmethod
    def refusal(self, fault: Fault) -> Response:
        """The service's own words for one of `REFUSALS`: status, headers and body."""

    def fail(self, fault: Fault, *, on: str | None = None, times: int = 1) -> None:
        """The next `times` requests that match `on` meet this fault."""
        with self._lock:
            self._scripted.append(Scripted(fault, re.compile(on or self.paid), times))

    def charge(self, request: Request, body: bytes, units: dict[str, float]) -> None:
        """Put a request on the bill; endpoints call it once the work is done."""
        what = f"{request.method} {request.url.path}"
        digest = hashlib.sha256(f"{what}\n".encode() + body).hexdigest()
        with self._lock:
            self.charges.append(Charge(what, digest, units))

    @property
    def charged_twice(self) -> int:
        """Charges for a request that was charged before."""
        with self._lock:
            counts = Counter(charge.digest for charge in self.charges)
        return sum(count - 1 for count in counts.values())

    def media(self, request: Request, data: bytes) -> bytes:
        """A media file as it goes into an answer: whole, unless the fault is in the file."""
        match fault_of(request):
            case Fault.EMPTY_MEDIA:
                return b""
            case Fault.TRUNCATED_MEDIA:
                return data[: len(data) // 2]
        return data

    def forget(self) -> None:
        """Forget what was charged, seen and scripted."""
        with self._lock:
            self.charges.clear()
            self.seen.clear()
            self._scripted.clear()

    def __enter__(self) -> Self:
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = uvicorn.Config(
            Faulty(self, Starlette(routes=self.routes())),
            access_log=False,
            log_config=None,
            lifespan="off",
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=_serve, args=(self._server, listening), name=type(self).__name__, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        assert self._thread is not None
        self._server.should_exit = True
        self._thread.join(START_SECONDS)

    def next_fault(self, method: str, path: str) -> Fault | None:
        """The fault that this request meets; each is used up."""
        with self._lock:
            for scripted in self._scripted:
                if scripted.times > 0 and scripted.on.search(f"{method} {path}"):
                    scripted.times -= 1
                    return scripted.fault
        return None

    def saw(self, seen: Seen) -> None:
        with self._lock:
            self.seen.append(seen)


def fault_of(request: Request) -> Fault | None:
    """The fault that an endpoint is to build into its answer."""
    fault: Fault | None = request.scope.get("fault")
    return fault


class Faulty:
    """ASGI around a simulator's app: records each request and breaks answers as scripted."""

    def __init__(self, simulator: Simulator, app: Starlette) -> None:
        self._simulator = simulator
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        headers = {key.decode(): value.decode("latin-1") for key, value in scope["headers"]}
        self._simulator.saw(Seen(scope["method"], scope["path"], headers, body))
        fault = self._simulator.next_fault(scope["method"], scope["path"])
        if fault in REFUSALS:
            await self._simulator.refusal(fault)(scope, receive, send)
            return
        await self._work(scope)
        answer = await self._answer({**scope, "fault": fault}, body, receive)
        await self._work(scope)
        if fault and answer.status >= 400:
            # The service said no by itself, so the fault is still to come.
            self._simulator.fail(fault, on=f"^{scope['method']} {re.escape(scope['path'])}$")
            fault = None
        await _deliver(fault, answer, scope, receive, send)

    async def _work(self, scope: Scope) -> None:
        if re.search(self._simulator.paid, f"{scope['method']} {scope['path']}"):
            await asyncio.sleep(random.uniform(*self._simulator.work_seconds) / 2)

    async def _answer(self, scope: Scope, body: bytes, receive: Receive) -> Answer:
        answer, given = Answer(), False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], list(message["headers"])
            else:
                answer.body += message.get("body", b"")

        await self._app(scope, replay, hold)
        return answer


async def _deliver(
    fault: Fault | None, answer: Answer, scope: Scope, receive: Receive, send: Send
) -> None:
    match fault:
        case Fault.TIMEOUT:
            while (await receive())["type"] != "http.disconnect":
                """Until the client gives up."""
        case Fault.RESET:
            _transport(send, reset=True)
        case Fault.HALF_BODY:
            await _start(answer, send)
            await _part(send, answer.body[: len(answer.body) // 2], more=True)
            _transport(send, reset=False)
        case Fault.HTML:
            page = HTMLResponse("<!doctype html><title>Welcome</title><p>Sign in to the network")
            await page(scope, receive, send)
        case Fault.WRONG_TYPE:
            kept = [(k, v) for k, v in answer.headers if k != b"content-type"]
            answer.headers = [*kept, (b"content-type", b"text/plain; charset=utf-8")]
            answer.body = b"upstream connect error or disconnect before headers"
            await _whole(answer, send, [answer.body])
        case Fault.SLOW:
            size = max(1, -(-len(answer.body) // 10))
            parts = [answer.body[i : i + size] for i in range(0, len(answer.body), size)]
            await _whole(answer, send, parts, pause=SLOW_STEP_SECONDS)
        case _:
            await _whole(answer, send, [answer.body])


async def _whole(answer: Answer, send: Send, parts: Iterable[bytes], *, pause: float = 0) -> None:
    await _start(answer, send)
    for part in parts:
        await asyncio.sleep(pause)
        await _part(send, part, more=True)
    await _part(send, b"", more=False)


async def _start(answer: Answer, send: Send) -> None:
    kept = [(key, value) for key, value in answer.headers if key != b"content-length"]
    headers = [*kept, (b"content-length", str(len(answer.body)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})


async def _part(send: Send, body: bytes, *, more: bool) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


def _transport(send: Send, *, reset: bool) -> None:
    """End the connection under an answer: orderly, or by a TCP reset.

    ASGI cannot, so this goes to the transport behind uvicorn's own `send`.
    """
    transport: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]
    if reset:
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
    else:
        transport.close()


async def _body(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _serve(server: uvicorn.Server, listening: socket.socket) -> None:
    with listening:
        asyncio.run(server.serve(sockets=[listening]))
