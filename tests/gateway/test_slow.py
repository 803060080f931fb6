"""Clients that are slow on purpose are let go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

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
MIB = 1024 * 1024


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


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        pytest.param(b"", b"X-More: y\r\n", id="headers"),
        pytest.param(b"X-More: ", b"y" * 100, id="one header"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n", id="trailers"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: ", b"y" * 100, id="a trailer"),
    ],
)
async def test_headers_without_an_end_are_cut_off(
    port: int, monkeypatch: pytest.MonkeyPatch, begin: bytes, more: bytes
) -> None:
    monkeypatch.setattr(protocol, "HEADER_SECONDS", 60)
    monkeypatch.setattr(guard, "JSON_SECONDS", 60)
    piece = more * (16_384 // len(more))
    assert await _taken(port, b"POST / HTTP/1.1\r\n" + HOST + begin, piece) < 32 * MIB


async def test_an_answered_request_must_end_before_long(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /nothing HTTP/1.1\r\n" + HOST + b"Content-Length: 99999\r\n\r\n")
    async with asyncio.timeout(5):
        said = await reader.readuntil(b"\r\n\r\n")
        hung_up = asyncio.create_task(reader.read())
        while not hung_up.done():
            writer.write(b".")
            await asyncio.wait({hung_up}, timeout=0.02)
    # What it did not read any more resets the connection, as often as not.
    with suppress(ConnectionError):
        await hung_up
    assert said.startswith(b"HTTP/1.1 404")
    writer.close()


async def test_long_bodies_and_many_requests_are_no_headers(port: int) -> None:
    body = b"x" * 200_000
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(body)
    last = head.replace(HOST, HOST + b"Connection: close\r\n")
    said = await _said(port, (head + body) * 2 + last + body)
    assert said.count(b"HTTP/1.1 200") == 3


async def _taken(port: int, begin: bytes, piece: bytes) -> int:
    """Bytes that the server takes of a request that never ends; most of them are on the way."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(begin)
    taken = 0
    try:
        async with asyncio.timeout(30):
            while taken < 32 * MIB:
                writer.write(piece)
                await writer.drain()
                taken += len(piece)
    except ConnectionError:
        pass
    finally:
        writer.close()
    return taken
