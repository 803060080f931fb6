"""Keys and what is made from them: sessions, and the patience with wrong ones."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import secrets
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

import pydantic_core
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from gateway.logouts import Logouts
from gateway.problems import Problem
from gateway.proxies import address_of
from gateway.settings import GatewaySettings

COOKIE = "autoshorts"
# A browser takes this name only with Secure, from this very host.
SECURE_COOKIE = "__Host-autoshorts"
_COOKIES = (SECURE_COOKIE, COOKIE)
MAX_COOKIES = 8
SESSION_SECONDS = 7 * 24 * 3600
OWNER_CHARACTERS = 12

FREE_FAILURES = 4
MAX_FAILURES = 10
WINDOW_SECONDS = 60.0
FIRST_DELAY_SECONDS = 0.25
MAX_DELAY_SECONDS = 3.0
MAX_NETWORKS = 4096
MAX_WAITING = 64
MAX_WAITING_OF_NETWORK = 8

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True)
class Session:
    """A login, as its cookie names it."""

    id: str
    expires_at: datetime


class Keys:
    """The API key, and sessions made from it: any gateway knows those that another one made."""

    def __init__(self, settings: GatewaySettings, logouts: Logouts | None = None) -> None:
        self._key = settings.api_key.get_secret_value().encode() if settings.api_key else None
        self._logouts = logouts or Logouts()

    @property
    def required(self) -> bool:
        return self._key is not None

    @property
    def owner(self) -> str | None:
        """Names who holds the key, in records and counts, without telling anything of it."""
        return self._signed("owner")[:OWNER_CHARACTERS] if self.required else None

    def is_key(self, given: bytes) -> bool:
        """In constant time, whatever is given."""
        return self._key is not None and hmac.compare_digest(
            hashlib.sha256(given).digest(), hashlib.sha256(self._key).digest()
        )

    def new_session(self) -> str:
        expires = int(time.time()) + SESSION_SECONDS
        text = f"{expires}.{secrets.token_hex(16)}"
        return f"{text}.{self._signed(f'session {text}')}"

    async def is_session(self, value: str) -> bool:
        session = self._session(value)
        return session is not None and not await self._logouts.has(session.id)

    async def end_session(self, value: str) -> None:
        """For every gateway. What is no session is nothing to end. Raises StorageError."""
        if session := self._session(value):
            await self._logouts.add(session.id, session.expires_at)

    def _session(self, value: str) -> Session | None:
        text, _, signature = value.rpartition(".")
        if self._key is None or not hmac.compare_digest(
            signature.encode(), self._signed(f"session {text}").encode()
        ):
            return None
        expires, _, session_id = text.partition(".")
        if int(expires) <= time.time():
            return None
        return Session(id=session_id, expires_at=datetime.fromtimestamp(int(expires), UTC))

    def _signed(self, text: str) -> str:
        return hmac.new(self._key or b"", text.encode(), hashlib.sha256).hexdigest()


class Patience:
    """Slows the answers to wrong keys, by network. A right key never meets it, so nobody can
    lock out anybody."""

    def __init__(self, *, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._waiting: Counter[str] = Counter()

    async def after_failure(self, address: str) -> None:
        """Wait before a wrong key is answered. Raises a 429 where too many answers wait."""
        network = _network(address)
        delay = self._delay(network)
        if not delay:
            return
        if self._waiting[network] >= MAX_WAITING_OF_NETWORK or self._waiting.total() >= MAX_WAITING:
            raise Problem(
                429,
                "too many wrong keys",
                "that key is wrong too; try again in a few seconds with the right one",
                headers={"Retry-After": str(int(MAX_DELAY_SECONDS))},
            )
        self._waiting[network] += 1
        try:
            await self._sleep(delay)
        finally:
            self._waiting[network] -= 1
            self._waiting += Counter()

    def _delay(self, network: str) -> float:
        """Seconds for this failure: the first few are slips, the next ones take longer each."""
        now = self._clock()
        failures = self._failures.setdefault(network, deque(maxlen=MAX_FAILURES))
        failures.append(now)
        self._failures.move_to_end(network)
        if len(self._failures) > MAX_NETWORKS:
            self._failures.popitem(last=False)
        many = sum(at > now - WINDOW_SECONDS for at in failures) - FREE_FAILURES
        return min(MAX_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** (many - 1)) if many > 0 else 0.0


class Logins:
    """POST and DELETE /api/session."""

    def __init__(self, keys: Keys, patience: Patience) -> None:
        self._keys = keys
        self._patience = patience

    async def answer(self, request: Request) -> Response:
        """A cookie for the right key; the end of it."""
        secure = request.url.scheme == "https"
        name = SECURE_COOKIE if secure else COOKIE
        response = Response(status_code=204)
        if request.method == "DELETE":
            for value in cookies_in(request.headers):
                await self._keys.end_session(value)
            response.delete_cookie(name, path="/", httponly=True, samesite="strict", secure=secure)
            return response
        await self._check(request)
        response.set_cookie(
            name,
            self._keys.new_session(),
            max_age=SESSION_SECONDS,
            path="/",
            httponly=True,
            samesite="strict",
            secure=secure,
        )
        return response

    async def _check(self, request: Request) -> None:
        if not self._keys.required:
            raise Problem(409, "no key is needed", "this gateway has no key: nobody need log in")
        if not self._keys.is_key((await _key_in(request)).encode(errors="replace")):
            await self._patience.after_failure(request.client.host if request.client else "")
            raise Problem(401, "wrong key", "that is not the key in AUTOSHORTS_API_KEY")


async def _key_in(request: Request) -> str:
    try:
        value = pydantic_core.from_json(await request.body())
    except ValueError:
        value = None
    key = value.get("key") if isinstance(value, dict) else None
    if not isinstance(key, str):
        raise Problem(400, "no key", 'send {"key": "…"}')
    return key


def cookies_in(headers: Headers) -> Iterator[str]:
    """The values of our cookies; they are never quoted, and `http.cookies` takes a time that
    grows with the square of a header that is all backslashes."""
    pairs = (pair.partition("=") for line in headers.getlist("cookie") for pair in line.split(";"))
    values = (value.strip() for name, _, value in pairs if name.strip() in _COOKIES)
    yield from islice(values, MAX_COOKIES)


def _network(address: str) -> str:
    """Who has one IPv6 address has 2^64 of them."""
    ip = address_of(address)
    if ip is None or ip.version == 4:
        return str(ip or address)
    return str(ipaddress.IPv6Network((int(ip), 64), strict=False))
