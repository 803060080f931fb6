"""The HTTP client that OpenAI's SDK is given: it takes no more of an answer than ours does.

The SDK brings a client of another make; its answers are given back as ours, so that one mapping of
errors serves both.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import httpx2

from providers.body import ACCEPTED, MAX_ERROR_BYTES, WIRE_HEADERS, Body
from providers.http import MAX_JSON_BYTES, trusted


class SdkClient(httpx2.AsyncClient):
    """Caps bodies, unpacks them in pieces, and follows no redirect, which the SDK's own does."""

    def __init__(self, service: str, base_url: str, timeout: httpx2.Timeout) -> None:
        super().__init__(
            base_url=base_url,
            timeout=timeout,
            verify=trusted(),
            headers={"accept-encoding": ACCEPTED},
        )
        self._service = service

    async def send(
        self, request: httpx2.Request, *, stream: bool = False, **options: Any
    ) -> httpx2.Response:
        response = await super().send(request, stream=True, **options)
        most = MAX_JSON_BYTES if response.is_success else MAX_ERROR_BYTES
        body = Body(
            self._service,
            response.headers,
            at_most=most,
            cuts=not response.is_success,
            paid=True,
        )
        # It is unpacked here, so that the client does not do it again, and without bounds.
        response.headers.pop("content-encoding", None)
        response.stream = _Capped(body, cast(httpx2.AsyncByteStream, response.stream))
        if not stream:
            try:
                await response.aread()
            finally:
                await response.aclose()
        return response


class _Capped(httpx2.AsyncByteStream):
    """A body's pieces in place of its bytes on the wire."""

    def __init__(self, body: Body, wire: httpx2.AsyncByteStream) -> None:
        self._body = body
        self._wire = wire

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._body.pieces(self._wire):
            yield piece

    async def aclose(self) -> None:
        await self._wire.aclose()


def as_request(request: httpx2.Request) -> httpx.Request:
    """The SDK's request as ours, without its body."""
    return httpx.Request(request.method, str(request.url), headers=dict(request.headers))


def as_httpx(response: httpx2.Response) -> httpx.Response:
    """The SDK's answer, read whole, as our own mapping of errors takes it."""
    kept = {k: v for k, v in response.headers.items() if k.lower() not in WIRE_HEADERS}
    return httpx.Response(
        response.status_code,
        headers=kept,
        content=response.content,
        request=as_request(response.request),
    )
