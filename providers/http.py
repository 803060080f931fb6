"""Requests to a service where it is configured, and every way in which they fail: the only mapping.

Whether a failed request may have been charged decides what the ledger says of it. A request
that never left, or that was answered with an error, was not; one whose answer is missing or
unreadable may have been.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpx

from providers.body import ACCEPTED, MAX_ERROR_BYTES, MIB, WIRE_HEADERS, Body
from providers.errors import (
    AnswerRefused,
    AuthenticationFailed,
    InvalidProviderRequest,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)

CONNECT_SECONDS = 10.0
READ_SECONDS = 120.0
# From the request to the last byte of its answer, however slowly that drips.
MAX_SECONDS = 300.0
MAX_JSON_BYTES = 20 * MIB
# Of a medium, or of JSON that holds one.
MAX_ANSWER_BYTES = 100 * MIB
MAX_SAID_CHARACTERS = 300
MAX_RETRY_AFTER = timedelta(days=1)
_SECRET_HEADERS = (
    "authorization",
    "xi-api-key",
    "x-user-id",
    "license-token",
    "access-token",
)

# What a service says of an error in its own words; None leaves it to the status.
Explain = Callable[[httpx.Response], ProviderError | None]


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that are trusted: loading them takes longer than most requests."""
    return httpx.create_ssl_context()


def new_client(base_url: str, headers: dict[str, str], **options: Any) -> httpx.AsyncClient:
    """A client with time limits, no redirects and no retries of its own."""
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    return httpx.AsyncClient(
        base_url=base_url,
        headers={"accept-encoding": ACCEPTED, **headers},
        timeout=timeout,
        verify=trusted(),
        **options,
    )


def _no_explanation(response: httpx.Response) -> ProviderError | None:
    return None


async def send(
    client: httpx.AsyncClient,
    service: str,
    method: str,
    path: str,
    *,
    explain: Explain = _no_explanation,
    paid: bool = False,
    at_most: int = MAX_JSON_BYTES,
    **options: Any,
) -> httpx.Response:
    """The answer, read whole, if it is a good one; else raises from `providers.errors`.

    `paid` says that the request may be charged, `at_most` how many bytes are taken of its
    answer; `options` are those of `httpx`.
    """
    with failures(service, client.base_url, paid=paid):
        async with asyncio.timeout(MAX_SECONDS):
            request = client.build_request(method, path, **options)
            if origin_of(request.url) != origin_of(client.base_url):
                raise AnswerRefused(f"{service}: {path!r} is at another server")
            response = await client.send(request, stream=True)
            try:
                response = await read(response, service, at_most=at_most, paid=paid)
            finally:
                await response.aclose()
    if response.is_success:
        return response
    raise explain(response) or by_status(service, response)


async def read(
    response: httpx.Response, service: str, *, at_most: int, paid: bool = False
) -> httpx.Response:
    """An answer that is under way, as a whole one; of an error's body the beginning is enough.

    Raises `AnswerRefused` where it is too large.
    """
    body = Body(service, response.headers, at_most=at_most, paid=paid)
    if not response.is_success:
        body = Body(service, response.headers, at_most=MAX_ERROR_BYTES, cuts=True)
    data = await body.whole(response.aiter_raw())
    headers = [(k, v) for k, v in response.headers.multi_items() if k not in WIRE_HEADERS]
    return httpx.Response(
        response.status_code, headers=headers, content=data, request=response.request
    )


@contextmanager
def failures(service: str, url: httpx.URL, *, paid: bool = False) -> Iterator[None]:
    """Raise ours for each way in which a request inside gets no answer."""
    try:
        yield
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as exc:
        raise InvalidProviderRequest(
            f"{service}: {str(url)!r} is no address: it must begin with http:// or https://"
        ) from exc
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as exc:
        where = f"{url.host}:{url.port or url.scheme}"
        raise ProviderUnavailable(f"{service} cannot be reached at {where}") from exc
    except (httpx.TimeoutException, TimeoutError) as exc:
        raise ProviderTimeout(f"{service} did not answer in time", may_have_charged=paid) from exc
    except httpx.TransportError as exc:
        raise ProviderUnavailable(
            f"{service} broke off its answer ({type(exc).__name__})", may_have_charged=paid
        ) from exc


def origin_of(url: httpx.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port of a server."""
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def by_status(service: str, response: httpx.Response) -> ProviderError:
    """The error of a status, where the service said nothing better."""
    status, words = response.status_code, said(response)
    match status:
        case 401 | 403:
            return AuthenticationFailed(f"{service} refuses the key ({status}): {words}")
        case 402:
            return QuotaExceeded(f"{service}: the account has nothing left: {words}")
        case 429:
            return RateLimited(f"{service}: too many requests: {words}", retry_after(response))
        case 408 | 409 | 425:
            return ProviderUnavailable(f"{service} answered {status}: {words}")
    if status >= 500:
        return ProviderUnavailable(f"{service} answered {status}: {words}")
    return InvalidProviderRequest(f"{service} answered {status}: {words}")


def json_of(service: str, response: httpx.Response, *, paid: bool = False) -> dict[str, Any]:
    """The object in a good answer. Raises `ProviderUnavailable` for anything else."""
    try:
        value = response.json()
    except ValueError as exc:
        kind = response.headers.get("content-type", "nothing")
        raise ProviderUnavailable(
            f"{service} answered {kind} where JSON was expected", may_have_charged=paid
        ) from exc
    if not isinstance(value, dict):
        raise ProviderUnavailable(
            f"{service} answered JSON that is no object", may_have_charged=paid
        )
    return value


def retry_after(response: httpx.Response) -> timedelta | None:
    """What `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date."""
    value = response.headers.get("retry-after", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        return _until(value)
    longest = MAX_RETRY_AFTER.total_seconds()
    return timedelta(seconds=min(max(seconds, 0.0), longest)) if seconds == seconds else None


def _until(date: str) -> timedelta | None:
    try:
        until = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        return None
    return min(max(until - datetime.now(UTC), timedelta(0)), MAX_RETRY_AFTER)


def said(response: httpx.Response) -> str:
    """The first words of an error's body, for a message."""
    kind = response.headers.get("content-type", "")
    if "html" in kind:
        return "a page of HTML"
    words = without_secrets(response, " ".join(response.text.split()))
    return words[:MAX_SAID_CHARACTERS] or "nothing"


def without_secrets(response: httpx.Response, text: str) -> str:
    """A service's words without the keys that it was sent: some say them back."""
    for name in _SECRET_HEADERS:
        secret = response.request.headers.get(name, "").rpartition(" ")[2]
        text = text.replace(secret, "…") if secret else text
    return text
