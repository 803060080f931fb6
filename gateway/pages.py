"""What is not about one run: options, uploads, sessions, health, the page."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from pathlib import Path
from typing import Any

import pydantic_core
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from domain.run import MAX_CUTS, MAX_PROMPT_CHARACTERS, AspectRatio, Mode
from gateway.guard import COOKIE, SESSION_SECONDS, Keys
from gateway.problems import Problem, TemporalAway
from gateway.runs import gateway_of
from storage.capabilities import read_capabilities
from storage.uploads import BadPicture

STATIC = Path(__file__).parent / "static"
MAX_LOGINS = 10
LOGIN_WINDOW_SECONDS = 60.0

STYLES = ("파스텔 수채화", "watercolour", "flat paper cut", "ink", "night neon", "oil", "pencil")
GENRES = ("ambient", "lo-fi", "piano", "cinematic", "upbeat pop", "electronic")


async def show_page(request: Request) -> Response:
    """GET /"""
    return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})


async def show_options(request: Request) -> Response:
    """GET /api/options"""
    gateway = gateway_of(request)
    capabilities = await asyncio.to_thread(read_capabilities, gateway.settings.data_dir)
    return _json(
        {
            "modes": [mode.value for mode in Mode],
            "aspect_ratios": [ratio.value for ratio in AspectRatio],
            "captions": ["karaoke", "plain", "off"],
            "styles": STYLES,
            "genres": GENRES,
            "max_cuts": MAX_CUTS,
            "max_prompt_characters": MAX_PROMPT_CHARACTERS,
            "providers": capabilities.providers,
            "voices": capabilities.voices,
            "languages": capabilities.languages,
            "needs_key": gateway.settings.api_key is not None,
        }
    )


async def upload_picture(request: Request) -> Response:
    """POST /api/uploads: the picture itself is the body."""
    gateway = gateway_of(request)
    data = await request.body()
    if not data:
        raise Problem(400, "no picture", "send the picture itself as the body of the request")
    try:
        name = await asyncio.to_thread(gateway.uploads.save, data)
    except BadPicture as exc:
        raise Problem(415, "not a picture", str(exc)) from exc
    return _json({"name": name}, status=201)


class Logins:
    """POST and DELETE /api/session, a few tries a minute."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._failures: deque[float] = deque(maxlen=MAX_LOGINS)

    async def answer(self, request: Request) -> Response:
        """A cookie for the right key; the end of it."""
        if request.method == "DELETE":
            response = Response(status_code=204)
            response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
            return response
        self._bound()
        if not self._keys.is_key(await _key_of(request)):
            self._failures.append(time.monotonic())
            raise Problem(401, "wrong key", "that is not the key in AUTOSHORTS_API_KEY")
        response = Response(status_code=204)
        response.set_cookie(
            COOKIE,
            self._keys.new_session(),
            max_age=SESSION_SECONDS,
            path="/",
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    def _bound(self) -> None:
        recent = time.monotonic() - LOGIN_WINDOW_SECONDS
        if len(self._failures) == MAX_LOGINS and self._failures[0] > recent:
            raise Problem(
                429,
                "too many tries",
                "wait a minute before the next try",
                headers={"Retry-After": "60"},
            )


async def _key_of(request: Request) -> str:
    try:
        value = pydantic_core.from_json(await request.body())
    except ValueError:
        value = None
    key = value.get("key") if isinstance(value, dict) else None
    if not isinstance(key, str):
        raise Problem(400, "no key", 'send {"key": "…"}')
    return key


async def healthz(request: Request) -> Response:
    """GET /healthz: the process is alive."""
    return _json({"status": "ok"})


async def metrics(request: Request) -> Response:
    """GET /metrics: what an operator counts."""
    gateway = gateway_of(request)
    calls = gateway.reader.calls
    return _json(
        {
            "streams": len(gateway.hub.streams),
            "watchers": gateway.hub.watchers,
            "temporal_calls": sum(calls.values()),
            "temporal_calls_by_name": dict(calls),
        }
    )


async def readyz(request: Request) -> Response:
    """GET /readyz: the server can be reached and a worker polls."""
    try:
        has_worker = await gateway_of(request).reader.has_worker()
    except TemporalAway as exc:
        return exc.response()
    if not has_worker:
        raise Problem(
            503,
            "no worker",
            "no worker is polling: start `autoshorts worker` or `autoshorts up`",
            headers={"Retry-After": "5"},
        )
    return _json({"status": "ready"})


def _json(value: Any, *, status: int = 200) -> Response:
    return Response(pydantic_core.to_json(value), status, media_type="application/json")
