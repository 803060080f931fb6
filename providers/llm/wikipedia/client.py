"""MediaWiki's action API as Wikimedia wants it asked: one request at a time, named, patient.

Errors come with status 200 (`error.code`), throttling as 429 with `Retry-After`, a database
that lags as `maxlag` (mediawiki.org: API:Etiquette, API:Errors_and_warnings, Manual:Maxlag).
"""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import httpx

from providers.body import MIB
from providers.errors import (
    AuthenticationFailed,
    InvalidProviderRequest,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
    RetryableProviderError,
)
from providers.http import json_of, new_client, retry_after, said, send
from providers.llm.wikipedia.settings import WikipediaSettings, edition_of, variant_of

SERVICE = "Wikipedia"
TRIES = 3
GAP_SECONDS = 0.25
FIRST_PAUSE_SECONDS = 1.0
# Who is asked to wait longer does without.
LONGEST_WAIT = timedelta(seconds=20)
MAX_LAG_SECONDS = 5
MAX_ANSWER_BYTES = 8 * MIB
TIMEOUT = httpx.Timeout(15.0, connect=5.0)
_BUSY = ("readonly", "internal_api_error", "cirrussearch")

Json = dict[str, Any]


class MediaWiki:
    """The editions of one wiki. Not for use from two event loops."""

    def __init__(self, settings: WikipediaSettings) -> None:
        self._settings = settings
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._one_at_a_time = asyncio.Lock()
        self._not_before = 0.0

    async def query(self, language: str, **parameters: str | int) -> Json:
        """The answer to `action=query` in a language's edition, after a few tries.

        Raises from `providers.errors`.
        """
        for left in reversed(range(TRIES)):
            try:
                return await self._once(language, parameters)
            except RetryableProviderError as exc:
                await self._wait(exc, left)
        raise AssertionError("the last try raises")

    def host(self, language: str) -> str:
        """Whom a language's edition is asked at."""
        return httpx.URL(self._settings.url_of(language)).host

    async def aclose(self) -> None:
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    async def _wait(self, exc: RetryableProviderError, left: int) -> None:
        """Until it may be tried again; raises `exc` where it is not to be."""
        pause = timedelta(seconds=FIRST_PAUSE_SECONDS * (TRIES - left))
        if isinstance(exc, RateLimited) and exc.retry_after is not None:
            pause = exc.retry_after
            self._not_before = time.monotonic() + pause.total_seconds()
        if not left or pause > LONGEST_WAIT:
            raise exc
        await asyncio.sleep(pause.total_seconds())

    async def _once(self, language: str, parameters: dict[str, str | int]) -> Json:
        asked: dict[str, str | int] = {
            "action": "query",
            "format": "json",
            "formatversion": 2,
            "maxlag": MAX_LAG_SECONDS,
            **parameters,
        }
        if variant := variant_of(language):
            asked |= {"variant": variant, "converttitles": 1}
        async with self._one_at_a_time:
            await self._its_turn()
            client, path = self._client(language), httpx.URL(self._settings.url_of(language)).path
            response = await send(
                client, SERVICE, "GET", path, explain=_refused,
                at_most=MAX_ANSWER_BYTES, params=asked,
            )  # fmt: skip
            self._not_before = time.monotonic() + GAP_SECONDS
        answer = json_of(SERVICE, response)
        if error := answer.get("error"):
            raise _error(error, response)
        return answer

    async def _its_turn(self) -> None:
        left = self._not_before - time.monotonic()
        if left > LONGEST_WAIT.total_seconds():
            raise RateLimited(f"{SERVICE} asked to be left alone for {left:.0f} s", None)
        await asyncio.sleep(max(left, 0.0))

    def _client(self, language: str) -> httpx.AsyncClient:
        edition = edition_of(language)
        if edition not in self._clients:
            origin = httpx.URL(self._settings.url_of(language)).copy_with(raw_path=b"/")
            name = user_agent(self._settings.wikipedia_contact)
            client = new_client(str(origin), {"user-agent": name})
            client.timeout = TIMEOUT
            self._clients[edition] = client
        return self._clients[edition]


def user_agent(contact: str | None) -> str:
    """By Wikimedia's policy: who asks, whom to write to, with which library."""
    whom = contact or "self-hosted; no contact set"
    return f"AutoShorts/{version('autoshorts')} ({whom}) httpx/{httpx.__version__}"


def _refused(response: httpx.Response) -> ProviderError | None:
    if response.status_code != 403:
        return None
    words = said(response)
    return AuthenticationFailed(
        f"{SERVICE} refuses these requests (403): {words}; set AUTOSHORTS_WIKIPEDIA_CONTACT"
    )


def _error(error: Any, response: httpx.Response) -> ProviderError:
    told = error if isinstance(error, dict) else {"info": error}
    code, info = str(told.get("code", "")), str(told.get("info", ""))
    words = f"{SERVICE} answered {code}: {info[:200]}"
    if code in ("ratelimited", "maxlag"):
        return RateLimited(words, retry_after(response))
    if code.startswith(_BUSY):
        return ProviderUnavailable(words)
    return InvalidProviderRequest(words)
