"""Who may do what, before any endpoint is reached: pure ASGI, since streams pass through.

Host allow-list against DNS rebinding; the Sec-Fetch-Site and Origin rule against requests
that another site makes (Go 1.25, net/http CrossOriginProtection); Bearer key or session
cookie; a bound on bodies; headers.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.problems import Problem
from gateway.settings import GatewaySettings

COOKIE = "autoshorts"
SESSION_SECONDS = 30 * 24 * 3600
MAX_JSON_BYTES = 256 * 1024
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
MAX_HEADER_BYTES = 16 * 1024
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN_PATHS = ("/healthz", "/readyz", "/api/session")
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_RESPONSE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": _PAGE,
}


class Keys:
    """The API key, and sessions made from it; no store, so any gateway knows them."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._key = settings.api_key.get_secret_value().encode() if settings.api_key else None

    @property
    def required(self) -> bool:
        return self._key is not None

    def is_key(self, given: str) -> bool:
        """In constant time, whatever is given."""
        return self._key is not None and hmac.compare_digest(
            hashlib.sha256(given.encode()).digest(), hashlib.sha256(self._key).digest()
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


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, settings: GatewaySettings, keys: Keys) -> None:
        self._app = app
        self._keys = keys
        self._hosts = {host.lower() for host in (*LOOPBACK_HOSTS, *settings.public_hosts)}
        if settings.is_loopback or ":" not in settings.host:
            self._hosts.add(settings.host.lower())
        self._any_host = settings.host in ("0.0.0.0", "::") and not settings.public_hosts
        self._origins = frozenset(settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        send = _with_headers(send, self._cors(headers.get("origin")))
        if scope["method"] == "OPTIONS" and headers.get("origin") in self._origins:
            await _preflight(scope, receive, send)
            return
        try:
            self._check(scope, headers)
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        await self._app(scope, _bounded(receive, _limit(scope["path"])), send)

    def _check(self, scope: Scope, headers: Headers) -> None:
        if sum(len(key) + len(value) for key, value in scope["headers"]) > MAX_HEADER_BYTES:
            raise Problem(431, "headers too large", "send less than 16 KiB of headers")
        if not self._any_host and _host_name(headers.get("host", "")) not in self._hosts:
            raise Problem(
                421,
                "unknown host",
                "this gateway is not reached by that name; list it in AUTOSHORTS_PUBLIC_HOSTS",
            )
        if scope["method"] not in _SAFE:
            self._refuse_other_sites(headers)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length[:12]) > _limit(scope["path"]):
            raise _too_large(scope["path"])
        if self._keys.required and scope["path"].startswith("/api/"):
            self._authenticate(scope["path"], headers)

    def _refuse_other_sites(self, headers: Headers) -> None:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin in self._origins or site in ("same-origin", "none"):
            return
        if site is None and (origin is None or _host_of(origin) == headers.get("host", "")):
            return
        raise Problem(403, "another site asked", "a request from another site is refused")

    def _authenticate(self, path: str, headers: Headers) -> None:
        if path in _OPEN_PATHS:
            return
        scheme, _, key = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._keys.is_key(key.strip()):
            return
        if any(self._keys.is_session(value) for value in _cookies(headers)):
            return
        raise Problem(
            401,
            "a key is needed",
            "send `Authorization: Bearer KEY` with the key in AUTOSHORTS_API_KEY, or log in",
            headers={"WWW-Authenticate": "Bearer"},
        )

    def _cors(self, origin: str | None) -> dict[str, str]:
        if origin not in self._origins or origin is None:
            return {}
        return {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": "Location, ETag",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Vary": "Origin",
        }


def _with_headers(send: Send, more: dict[str, str]) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _RESPONSE_HEADERS.items():
                headers.setdefault(name, value)
            for name, value in more.items():
                headers[name] = value
        await send(message)

    return wrapped


def _bounded(receive: Receive, limit: int) -> Receive:
    """Bodies that name no length are cut off where they exceed the limit."""
    got = 0

    async def wrapped() -> Message:
        nonlocal got
        message = await receive()
        if message["type"] == "http.request":
            got += len(message.get("body", b""))
            if got > limit:
                raise Problem(413, "too large", f"at most {limit} bytes are taken")
        return message

    return wrapped


async def _preflight(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {
        "Access-Control-Allow-Methods": "GET, HEAD, POST, DELETE",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, "
        "Last-Event-ID",
        "Access-Control-Max-Age": "600",
    }
    await Response(status_code=204, headers=headers)(scope, receive, send)


def _limit(path: str) -> int:
    return MAX_UPLOAD_BYTES if path == "/api/uploads" else MAX_JSON_BYTES


def _too_large(path: str) -> Problem:
    return Problem(413, "too large", f"at most {_limit(path)} bytes are taken here")


def _host_name(host: str) -> str:
    """`localhost` of `localhost:8000`, `[::1]` of `[::1]:80`."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def _host_of(origin: str) -> str:
    return origin.partition("://")[2]


def _cookies(headers: Headers) -> Iterable[str]:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ()
    return (morsel.value,) if morsel else ()
