"""HTTP/1.1 as uvicorn speaks it, with bounds on slow and endless headers and bodies that nobody
wants, and problem JSON for what is not HTTP."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gateway.problems import ProblemDetails

HEADER_SECONDS = 20.0
MAX_HEAD_BYTES = 64 * 1024


class BoundedProtocol(HttpToolsProtocol):
    """Whoever connects must say what they want before long, and not for long."""

    _deadline: asyncio.TimerHandle | None = None
    _is_whole = True
    _moved_on = False
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._bound()

    def connection_lost(self, exc: Exception | None) -> None:
        self._unbound()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """What neither begins a request nor belongs to a body is headers, or trailers, and those
        are kept in memory until they end."""
        self._moved_on = False
        super().data_received(data)
        self._head_bytes = 0 if self._moved_on else self._head_bytes + len(data)
        if self._head_bytes > MAX_HEAD_BYTES:
            self.transport.close()

    def on_message_begin(self) -> None:
        self._moved_on, self._is_whole = True, False
        self._bound()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._unbound()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._moved_on = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._is_whole = True
        self._unbound()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """A body that is still on its way when its request is answered may not take for ever."""
        super().on_response_complete()
        if not self._is_whole and self.cycle.response_complete:
            self._bound()

    def send_400_response(self, msg: str) -> None:
        """For what is not HTTP, which no endpoint ever sees."""
        problem = ProblemDetails(title="not HTTP", status=400, detail=msg)
        body = problem.model_dump_json().encode()
        self.transport.write(
            b"HTTP/1.1 400 Bad Request\r\n"
            b"content-type: application/problem+json\r\n"
            b"content-length: %d\r\nconnection: close\r\n\r\n%s" % (len(body), body)
        )
        self.transport.close()

    def _bound(self) -> None:
        self._unbound()
        self._deadline = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _unbound(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None
