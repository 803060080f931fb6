"""HTTP/1.1 as uvicorn speaks it, with a bound on slow headers and problem JSON for broken ones."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gateway.problems import ProblemDetails

HEADER_SECONDS = 20.0


class BoundedProtocol(HttpToolsProtocol):
    """Whoever connects must say what they want before long."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._bound()

    def connection_lost(self, exc: Exception | None) -> None:
        self._unbound()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        self._bound()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._unbound()
        super().on_headers_complete()

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
