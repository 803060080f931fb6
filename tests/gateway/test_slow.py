"""Clients that are slow on purpose are let go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway import guard, protocol
from gateway.guard import Guard
from gateway.problems import HANDLERS
from gateway.sessions import Keys, Patience
from gateway.settings import GatewaySettings

HOST = b"Host: 127.0.0.1\r\n"


async def _echo(request: Request) -> Response:
    return Response(await request.body())


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """The gateway's outer layers with little patience."""
    monkeypatch.setattr(protocol, "HEADER_SECONDS", 0.3)
    monkeypatch.setattr(guard, "JSON_SECONDS", 0.3)
    settings = GatewaySettings()
    app = Starlette(
        routes=[Route("/", _echo, methods=["POST"])],
        exception_handlers=HANDLERS,
        middleware=[Middleware(Guard, settings=settings, keys=Keys(settings), patience=Patience())],
    )
    config = uvicorn.Config(
        app, http=protocol.BoundedProtocol, port=0, log_config=None, lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield server.servers[0].sockets[0].getsockname()[1]
    await server.shutdown()


async def _said(port: int, sent: bytes) -> bytes:
    """What comes back until the server hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        async with asyncio.timeout(10):
            return await reader.read()
    finally:
        writer.close()


@pytest.mark.parametrize("sent", [b"", b"POST / HT", b"POST / HTTP/1.1\r\n" + HOST])
async def test_who_never_says_what_they_want_is_let_go(port: int, sent: bytes) -> None:
    assert await _said(port, sent) == b""


async def test_a_second_request_must_come_in_time_too(port: int) -> None:
    whole = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n\r\nhi"
    said = await _said(port, whole + b"POST / HTTP/1.1\r\nX-Slow: ")
    assert said.startswith(b"HTTP/1.1 200")
    assert said.endswith(b"hi")


async def test_a_body_that_dribbles_in_is_refused(port: int) -> None:
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\nslow"
    said = await _said(port, head)
    assert said.startswith(b"HTTP/1.1 408")
    assert b"problem+json" in said


async def test_what_is_not_http_gets_a_problem(port: int) -> None:
    said = await _said(port, b"\x16\x03\x01\x02\0\x01\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in said
