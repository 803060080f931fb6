"""Who may do what, before any endpoint is reached: pure ASGI, since streams pass through.

Host allow-list against DNS rebinding; the Sec-Fetch-Site and Origin rule against requests
that another site makes (Go 1.25, net/http CrossOriginProtection); Bearer key or session
cookie; a bound on bodies; headers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.problems import RETRY_SECONDS, Problem
from gateway.sessions import Keys, Patience, cookies_in
from gateway.settings import GatewaySettings

MAX_JSON_BYTES = 256 * 1024
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
# Who has no key yet may send this much.
MAX_LOGIN_BYTES = 4 * 1024
MAX_UPLOADS = 64
MAX_HEADER_BYTES = 16 * 1024
JSON_SECONDS = 30.0
UPLOAD_SECONDS = 300.0
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_SAFE = ("GET", "HEAD", "OPTIONS")
_LOCKED_PATHS = ("/api/", "/metrics")
_LOGIN_PATH = "/api/session"
_UPLOADS = "/api/uploads"
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


class Guard:
    """The outermost layer of the application. `request.state.owner` names whose key it was."""

    def __init__(
        self, app: ASGIApp, *, settings: GatewaySettings, keys: Keys, patience: Patience
    ) -> None:
        self._app = app
        self._keys = keys
        self._patience = patience
        self._proxies = settings.proxies
        self._uploads = 0
        self._hosts = {host.lower() for host in (*LOOPBACK_HOSTS, *settings.public_hosts)}
        if settings.is_loopback or ":" not in settings.host:
            self._hosts.add(settings.host.lower())
        self._any_host = settings.host in ("0.0.0.0", "::") and not settings.public_hosts
        self._origins = frozenset(settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._proxies.settle(scope)
        headers = Headers(scope=scope)
        send = _with_headers(send, self._cors(headers.get("origin")))
        if scope["method"] == "OPTIONS" and headers.get("origin") in self._origins:
            await _preflight(scope, receive, send)
            return
        try:
            self._check(scope, headers)
            if self._keys.required and scope["path"].startswith(_LOCKED_PATHS):
                await self._authenticate(scope, headers)
            with self._counted(scope):
                await self._app(scope, _bounded(receive, scope["path"]), send)
        except Problem as problem:
            await problem.response()(scope, receive, send)

    def _check(self, scope: Scope, headers: Headers) -> None:
        if sum(len(key) + len(value) for key, value in scope["headers"]) > MAX_HEADER_BYTES:
            raise Problem(431, "headers too large", "send less than 16 KiB of headers")
        hosts = [_host_name(host) for host in headers.getlist("host")]
        if len(hosts) > 1 or not self._any_host and not self._hosts.issuperset(hosts or [""]):
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

    def _refuse_other_sites(self, headers: Headers) -> None:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin in self._origins or site in ("same-origin", "none"):
            return
        if site is None and (origin is None or _host_of(origin) == headers.get("host", "")):
            return
        raise Problem(403, "another site asked", "a request from another site is refused")

    async def _authenticate(self, scope: Scope, headers: Headers) -> None:
        if scope["path"] == _LOGIN_PATH:
            return
        if await self._is_known(scope, headers):
            scope.setdefault("state", {})["owner"] = self._keys.owner
            return
        raise Problem(
            401,
            "a key is needed",
            "send `Authorization: Bearer KEY` with the key in AUTOSHORTS_API_KEY, or log in",
            headers={"WWW-Authenticate": "Bearer"},
        )

    async def _is_known(self, scope: Scope, headers: Headers) -> bool:
        """A right key or session is known at once, whoever fails beside it."""
        scheme, _, key = headers.get("authorization", "").partition(" ")
        is_bearer = scheme.lower() == "bearer"
        if is_bearer and self._keys.is_key(key.strip().encode("latin-1")):
            return True
        for value in cookies_in(headers):
            if await self._keys.is_session(value):
                return True
        if is_bearer:
            await self._patience.after_failure(scope["client"][0] if scope["client"] else "")
        return False

    @contextmanager
    def _counted(self, scope: Scope) -> Iterator[None]:
        """Each upload under way takes a file and, in its turn, the memory of a picture."""
        if scope["path"] != _UPLOADS:
            yield
            return
        if self._uploads >= MAX_UPLOADS:
            raise Problem(
                503,
                "too many uploads",
                f"{MAX_UPLOADS} pictures are on their way already; try again in a few seconds",
                headers={"Retry-After": str(RETRY_SECONDS)},
            )
        self._uploads += 1
        try:
            yield
        finally:
            self._uploads -= 1

    def _cors(self, origin: str | None) -> dict[str, str]:
        if not self._origins:
            return {}
        if origin not in self._origins or origin is None:
            return {"Vary": "Origin"}
        return {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": "Content-Disposition, Content-Range, ETag, "
            "Idempotency-Replayed, Location, Retry-After",
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


def _bounded(receive: Receive, path: str) -> Receive:
    """Bodies that name no length are cut off where they exceed the limit, slow ones in time."""
    limit, got, ended = _limit(path), 0, False
    deadline = asyncio.get_running_loop().time() + (
        UPLOAD_SECONDS if path == _UPLOADS else JSON_SECONDS
    )

    async def wrapped() -> Message:
        nonlocal got, ended
        if ended:
            return await receive()
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError as exc:
            raise Problem(408, "too slow", "the body did not arrive in time") from exc
        ended = message["type"] != "http.request" or not message.get("more_body", False)
        got += len(message.get("body", b""))
        if got > limit:
            raise _too_large(path)
        return message

    return wrapped


async def _preflight(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {
        "Access-Control-Allow-Methods": "GET, HEAD, POST, DELETE",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, "
        "If-None-Match, Last-Event-ID, Range",
        "Access-Control-Max-Age": "600",
    }
    await Response(status_code=204, headers=headers)(scope, receive, send)


def _limit(path: str) -> int:
    if path == _LOGIN_PATH:
        return MAX_LOGIN_BYTES
    return MAX_UPLOAD_BYTES if path == _UPLOADS else MAX_JSON_BYTES


def _too_large(path: str) -> Problem:
    return Problem(413, "too large", f"at most {_limit(path)} bytes are taken here")


def _host_name(host: str) -> str:
    """`localhost` of `localhost:8000`, `[::1]` of `[::1]:80`."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def _host_of(origin: str) -> str:
    return origin.partition("://")[2]
