"""Requests to a service, and every way in which they fail: the only such mapping.

Whether a failed request may have been charged decides what the ledger says of it. A request
that never left, or that was answered with an error, was not; one whose answer is missing or
unreadable may have been.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from providers.errors import (
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
MAX_ANSWER_BYTES = 100 * 1024 * 1024
MAX_SAID_CHARACTERS = 300
_SECRET_HEADERS = (
    "authorization",
    "xi-api-key",
    "x-user-id",
    "license-token",
    "access-token",
)

# What a service says of an error in its own words; None leaves it to the status.
Explain = Callable[[httpx.Response], ProviderError | None]


def new_client(base_url: str, headers: dict[str, str], **options: Any) -> httpx.AsyncClient:
    """A client with time limits, no redirects and no retries of its own."""
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    return httpx.AsyncClient(base_url=base_url, headers=headers, timeout=timeout, **options)


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
    **options: Any,
) -> httpx.Response:
    """The answer, read whole, if it is a good one; else raises from `providers.errors`.

    `paid` says that the request may be charged; `options` are those of `httpx`.
    """
    try:
        response = await client.request(method, path, **options)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as exc:
        where = f"{client.base_url.host}:{client.base_url.port or client.base_url.scheme}"
        raise ProviderUnavailable(f"{service} cannot be reached at {where}") from exc
    except httpx.TimeoutException as exc:
        raise ProviderTimeout(f"{service} did not answer in time", may_have_charged=paid) from exc
    except httpx.TransportError as exc:
        raise ProviderUnavailable(
            f"{service} broke off its answer ({type(exc).__name__})", may_have_charged=paid
        ) from exc
    if response.is_success:
        return response
    raise explain(response) or by_status(service, response)


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
        return timedelta(seconds=max(0.0, float(value)))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(until - datetime.now(UTC), timedelta(0)) if until.tzinfo else None


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
