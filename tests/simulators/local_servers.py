"""Ollama, LM Studio and llama.cpp's server as their own answers look, streams and all.

Written after ollama's API documentation, LM Studio's (api/v0 and api/v1) and what llama.cpp's
`llama-server` said when it was asked. A stream here is really one: its pieces leave one by one, and
`Script` says what goes wrong in the middle of it.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.simulators.openai import chunk
from tests.simulators.openai_author import write_short

Author = Callable[[list[dict[str, Any]]], Any]
Shape = tuple[int, Mapping[str, Any]]


@dataclass
class Script:
    """How one answer is written; the pieces are of `letters` each.

    `cut_after` pieces the connection ends, `stalls_after` so many nothing more comes; `runs_on`
    repeats the last piece for ever. `says` stands in place of the author's text.
    """

    says: str | None = None
    thinks: str | None = None
    thinks_in_text: str = ""
    letters: int = 40
    pause: float = 0.0
    first_pause: float = 0.0
    cut_after: int | None = None
    stalls_after: int | None = None
    runs_on: bool = False
    reason: str = "stop"
    usage: bool = True
    instead: Shape | None = None
    error_inside: Mapping[str, Any] | None = None


@dataclass
class LocalServer:
    """One server on loopback; use it as a context manager."""

    kind: str
    models: list[dict[str, Any]] = field(default_factory=list)
    context: int | None = None
    is_loading: bool = False
    wants_key: bool = False
    refused_keywords: tuple[str, ...] = ()
    refused_forms: tuple[str, ...] = ()
    author: Author = write_short
    scripts: list[Script] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0
    hung_up: int = 0

    def __enter__(self) -> Self:
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        app = Starlette(routes=[Route("/{path:path}", self._any, methods=["GET", "POST"])])
        config = uvicorn.Config(
            app, access_log=False, log_config=None, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, args=(listening,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join(20)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def _serve(self, listening: socket.socket) -> None:
        with listening:
            asyncio.run(self._server.serve(sockets=[listening]))

    async def _any(self, request: Request) -> Response:
        path = f"{request.method} {request.url.path}"
        self.seen.append(path)
        if self.is_loading:
            return _json(LOADING)
        public = ("GET /health", "GET /v1/health")
        if self.wants_key and path not in public and "authorization" not in request.headers:
            return _json((401, {"error": {"code": 401, "message": "Invalid API Key",
                                          "type": "authentication_error"}}))  # fmt: skip
        if path == "POST /v1/chat/completions":
            return await self._chat(request)
        return _json(LISTINGS[self.kind](self, path))

    async def _chat(self, request: Request) -> Response:
        asked = await request.json()
        self.asked.append(asked)
        if refusal := self._refusal(asked):
            return _json(refusal)
        script = self.scripts.pop(0) if self.scripts else Script()
        if script.instead:
            return _json(script.instead)
        return StreamingResponse(self._written(asked, script), media_type="text/event-stream")

    def _refusal(self, asked: Mapping[str, Any]) -> Shape | None:
        words = sum(len(message["content"]) for message in asked["messages"]) // 3
        if self.context and words > self.context:
            return TOO_LONG[self.kind](words, self.context)
        form = asked.get("response_format") or {"type": "text"}
        if form["type"] in self.refused_forms:
            return 400, {"error": "'response_format.type' must be 'json_schema' or 'text'"}
        schema = json.dumps(form.get("json_schema", {}))
        for keyword in self.refused_keywords:
            if f'"{keyword}"' in schema:
                message = "Failed to initialize samplers: failed to parse grammar"
                return 400, _error(400, message, "invalid_request_error")
        return None

    async def _written(self, asked: Mapping[str, Any], script: Script) -> AsyncIterator[str]:
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        ended = False
        try:
            await asyncio.sleep(script.first_pause)
            for number, piece in enumerate(self._pieces(asked, script)):
                if script.cut_after is not None and number >= script.cut_after:
                    # The server has ended the answer without saying so.
                    ended = True
                    return
                if script.stalls_after is not None and number >= script.stalls_after:
                    await asyncio.sleep(60)
                yield f"data: {json.dumps(piece, ensure_ascii=False)}\n\n"
                await asyncio.sleep(script.pause)
            while script.runs_on:
                more = chunk(str(asked["model"]), {"content": " again and again,"}, None)
                yield f"data: {json.dumps(more)}\n\n"
                await asyncio.sleep(0)
            yield "data: [DONE]\n\n"
            ended = True
        finally:
            self.hung_up += not ended
            self.under_way -= 1

    def _pieces(self, asked: Mapping[str, Any], script: Script) -> list[dict[str, Any]]:
        text = script.says
        if text is None:
            text = json.dumps(self.author(asked["messages"]), ensure_ascii=False)
        text = f"{script.thinks_in_text}{text}"
        deltas: list[dict[str, Any]] = [{"role": "assistant", "content": None}]
        thought = script.thinks or ""
        for name, words in (("reasoning_content", thought), ("content", text)):
            size = script.letters
            deltas += [{name: words[at : at + size]} for at in range(0, len(words), size)]
        model = str(asked["model"])
        chunks = [chunk(model, delta, None) for delta in deltas]
        if script.error_inside:
            return [*chunks[:3], {"error": script.error_inside}]
        if script.runs_on or script.cut_after is not None:
            return chunks
        chunks.append(chunk(model, {}, script.reason))
        if script.usage and asked.get("stream_options", {}).get("include_usage"):
            written = len(text) + len(thought)
            usage = {"prompt_tokens": 300, "completion_tokens": written // 4 + 1}
            chunks.append({**chunk(model, {}, None), "choices": [], "usage": usage})
        return chunks


def _error(code: int, message: str, kind: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "type": kind}}


LOADING: Shape = (503, _error(503, "Loading model", "unavailable_error"))
NOT_FOUND: Shape = (404, _error(404, "File Not Found", "not_found_error"))


def _json(shape: Shape) -> Response:
    status, body = shape
    return JSONResponse(body, status_code=status)


# What each says when a request is longer than its context. Ollama does not refuse: it forgets the
# beginning.
TOO_LONG: Mapping[str, Callable[[int, int], Shape]] = {
    "llama.cpp": lambda asked, context: (
        400,
        _error(
            400,
            f"request ({asked} tokens) exceeds the available context size ({context} tokens), "
            "try increasing it",
            "exceed_context_size_error",
        ),
    ),
    "LM Studio": lambda asked, context: (
        400,
        {
            "error": "The number of tokens to keep from the initial prompt is greater than the "
            "context length. Try to load the model with a larger context length, or provide a "
            "shorter input."
        },
    ),
    "vLLM": lambda asked, context: (
        400,
        {
            "object": "error",
            "message": f"This model's maximum context length is {context} tokens. However, you "
            f"requested {asked + 4000} tokens ({asked} in the messages, 4000 in the completion). "
            "Please reduce the length of the messages or completion.",
            "type": "BadRequestError",
            "param": None,
            "code": 400,
        },
    ),
}


def _ollama(server: LocalServer, path: str) -> Shape:
    match path:
        case "GET /api/version":
            return 200, {"version": "0.12.6"}
        case "GET /api/tags":
            return 200, {"models": [{k: v for k, v in m.items() if k != "loaded"}
                                    for m in server.models]}  # fmt: skip
        case "GET /api/ps":
            return 200, {"models": [{"name": m["name"]} for m in server.models if m.get("loaded")]}
        case "GET /v1/models":
            data = [
                {"id": m["name"], "object": "model", "owned_by": "library"} for m in server.models
            ]
            return 200, {"object": "list", "data": data}
    return NOT_FOUND


def _lm_studio(server: LocalServer, path: str) -> Shape:
    match path:
        case "GET /api/v1/models":
            return 200, {"models": server.models}
        case "GET /v1/models":
            data = [{"id": m["key"], "object": "model", "owned_by": "organization_owner"}
                    for m in server.models]  # fmt: skip
            return 200, {"object": "list", "data": data}
    return _lm_studio_unknown(path)


def _lm_studio_unknown(path: str) -> Shape:
    # It answers what it does not know with 200.
    return 200, {"error": f"Unexpected endpoint or method. ({path}). Returning 200 anyway"}


def _old_lm_studio(server: LocalServer, path: str) -> Shape:
    if path == "GET /api/v0/models":
        return 200, {"object": "list", "data": server.models}
    return _lm_studio_unknown(path)


def _llama_cpp(server: LocalServer, path: str) -> Shape:
    match path:
        case "GET /health" | "GET /v1/health":
            return 200, {"status": "ok"}
        case "GET /v1/models":
            data = [{"object": "model", "owned_by": "llamacpp", **m} for m in server.models]
            return 200, {"models": [], "object": "list", "data": data}
    return NOT_FOUND


def _another(server: LocalServer, path: str) -> Shape:
    """Some other program on that port."""
    return 200, {"status": "ok", "service": "billing"}


LISTINGS: Mapping[str, Callable[[LocalServer, str], Shape]] = {
    "Ollama": _ollama,
    "LM Studio": _lm_studio,
    "old LM Studio": _old_lm_studio,
    "llama.cpp": _llama_cpp,
    "vLLM": _llama_cpp,
    "another": _another,
}
