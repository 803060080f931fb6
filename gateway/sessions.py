"""Keys and what is made from them: sessions, and the patience with wrong ones."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict, deque

import pydantic_core
from starlette.requests import Request
from starlette.responses import Response

from gateway.problems import Problem
from gateway.settings import GatewaySettings

COOKIE = "autoshorts"
# A browser takes this name only with Secure, from this very host.
SECURE_COOKIE = "__Host-autoshorts"
SESSION_SECONDS = 30 * 24 * 3600
MAX_FAILURES = 10
WINDOW_SECONDS = 60.0
MAX_ADDRESSES = 4096


class Keys:
    """The API key, and sessions made from it; no store, so any gateway knows them."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._key = settings.api_key.get_secret_value().encode() if settings.api_key else None

    @property
    def required(self) -> bool:
        return self._key is not None

    def is_key(self, given: bytes) -> bool:
        """In constant time, whatever is given."""
        return self._key is not None and hmac.compare_digest(
            hashlib.sha256(given).digest(), hashlib.sha256(self._key).digest()
        )

    def new_session(self) -> str:
        expires = int(time.time()) + SESSION_SECONDS
        text = f"{expires}.{secrets.token_hex(8)}"
        return f"{text}.{self._signature(text)}"

    def is_session(self, value: str) -> bool:
        text, _, signature = value.rpartition(".")
        if self._key is None or not hmac.compare_digest(
            signature.encode(), self._signature(text).encode()
        ):
            return False
        return int(text.split(".")[0]) > time.time()

    def _signature(self, text: str) -> str:
        return hmac.new(self._key or b"", f"session {text}".encode(), hashlib.sha256).hexdigest()


class Patience:
    """Counts wrong keys by address, so that nobody can lock out anybody else."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def require(self, address: str) -> None:
        """Raises a 429 where too many keys from there were wrong of late."""
        failures = self._failures.get(_network(address))
        if failures and len(failures) == MAX_FAILURES:
            wait = failures[0] + WINDOW_SECONDS - time.monotonic()
            if wait > 0:
                raise Problem(
                    429,
                    "too many wrong keys",
                    f"wait {wait:.0f} s before the next try",
                    headers={"Retry-After": str(int(wait) + 1)},
                )

    def note_failure(self, address: str) -> None:
        network = _network(address)
        self._failures.setdefault(network, deque(maxlen=MAX_FAILURES)).append(time.monotonic())
        self._failures.move_to_end(network)
        if len(self._failures) > MAX_ADDRESSES:
            self._failures.popitem(last=False)


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
        address = request.client.host if request.client else ""
        self._patience.require(address)
        if not self._keys.is_key((await _key_in(request)).encode(errors="replace")):
            self._patience.note_failure(address)
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


def _network(address: str) -> str:
    """Who has one IPv6 address has 2^64 of them."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else address
