"""The OpenAI API as its own SDK and its error bodies know it, and as other servers speak it.

Strict as the real one: an unknown field, a missing header or a wrong type is answered with the
real error body. `Dialect` says how a server differs from OpenAI's.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tests.simulators.media import picture, spoken
from tests.simulators.openai_author import Author, write_short
from tests.simulators.openai_requests import (
    ChatRequest,
    PictureRequest,
    Refused,
    SpeechBody,
    check_schema,
    parsed_request,
)
from tests.simulators.server import RETRY_AFTER_SECONDS, Fault, Simulator, fault_of

KEY = "sk-test-canary-4f9d2c7e81"
TEXT_MODELS = ("gpt-6-luna", "gpt-6.2-astra")
IMAGE_MODELS = ("gpt-image-2", "gpt-image-2.6-flare")
SPEECH_MODELS = ("gpt-4o-mini-tts", "tts-1")
VOICES = "alloy ash ballad coral echo fable onyx nova sage shimmer verse marin cedar".split()


@dataclass(frozen=True)
class Dialect:
    """What a server of this API can do, and how it says things."""

    formats: frozenset[str] = frozenset({"json_schema", "json_object", "text"})
    tokens_field: str = "max_completion_tokens"
    takes_effort: bool = True
    takes_temperature: bool = False
    needs_key: bool = True
    fences: bool = False
    says_usage: bool = True
    numeric_codes: bool = False
    errors_inside_200: bool = False
    takes_lengths: bool = False
    streams: bool = True
    models: tuple[str, ...] = (*TEXT_MODELS, *IMAGE_MODELS, *SPEECH_MODELS)


OPENAI = Dialect()
OLLAMA = Dialect(
    tokens_field="max_tokens",
    takes_temperature=True,
    needs_key=False,
    takes_lengths=True,
    models=("llama3.2",),
)
OLD = Dialect(
    formats=frozenset({"json_object", "text"}),
    tokens_field="max_tokens",
    takes_effort=False,
    takes_temperature=True,
    needs_key=False,
    says_usage=False,
    streams=False,
    models=("mistral-7b",),
)
PLAIN = Dialect(
    formats=frozenset({"text"}),
    tokens_field="max_tokens",
    takes_effort=False,
    takes_temperature=True,
    needs_key=False,
    fences=True,
    says_usage=False,
    numeric_codes=True,
    models=("gguf",),
)
OPENROUTER = Dialect(
    tokens_field="max_tokens",
    takes_temperature=True,
    numeric_codes=True,
    errors_inside_200=True,
    models=("openai/gpt-6-luna",),
)


Endpoint = Callable[[Request, bytes], Any]


class OpenAISimulator(Simulator):
    """Chat completions, images, speech and models; a base URL ends in `/v1`."""

    def __init__(self, dialect: Dialect = OPENAI, *, author: Author = write_short) -> None:
        super().__init__()
        self.dialect = dialect
        self.author = author
        self.moderates: Callable[[str], bool] = lambda prompt: False
        # What a chat answers instead of the author's text: finish reason, content, refusal.
        self.instead: list[dict[str, Any]] = []

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/v1/models", self._answering(self._models), methods=["GET"]),
            Route("/v1/chat/completions", self._answering(self._chat), methods=["POST"]),
            Route("/v1/images/generations", self._answering(self._pictures), methods=["POST"]),
            Route("/v1/images/edits", self._answering(self._edits), methods=["POST"]),
            Route("/v1/audio/speech", self._answering(self._speech), methods=["POST"]),
        ]

    def refusal(self, fault: Fault) -> Response:
        match fault:
            case Fault.RATE_LIMIT:
                error = Refused(429, "Rate limit reached for requests", code="rate_limit_exceeded")
                headers = {"retry-after": str(RETRY_AFTER_SECONDS)}
                return self._error(error, headers=headers)
            case Fault.QUOTA:
                words = "You exceeded your current quota, please check your plan and billing"
                return self._error(Refused(429, words, code="insufficient_quota"))
            case Fault.UNAUTHORIZED:
                words = f"Incorrect API key provided: {KEY}."
                return self._error(Refused(401, words, code="invalid_api_key"))
            case Fault.FORBIDDEN:
                words = "Project does not have access to the model"
                return self._error(Refused(403, words, code="model_not_allowed"))
            case Fault.REFUSAL:
                words = "Your request was rejected by the safety system."
                return self._error(Refused(400, words, code="moderation_blocked"))
        status = 503 if fault is Fault.OVERLOADED else 500
        return self._error(Refused(status, "The server had an error", code="server_error"))

    def _answering(self, endpoint: Endpoint) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            body = await request.body()
            try:
                if self.dialect.needs_key:
                    _check_key(request)
                response: Response = await endpoint(request, body)
            except Refused as exc:
                return self._error(exc)
            return response

        return answer

    def _error(self, error: Refused, *, headers: dict[str, str] | None = None) -> Response:
        kind = "insufficient_quota" if error.code == "insufficient_quota" else None
        kind = kind or ("server_error" if error.status >= 500 else "invalid_request_error")
        code: str | int | None = error.status if self.dialect.numeric_codes else error.code
        body = {"message": str(error), "type": kind, "param": error.param, "code": code}
        headers = {"x-request-id": "req_1", **(headers or {})}
        status = 200 if self.dialect.errors_inside_200 and error.status >= 500 else error.status
        return JSONResponse({"error": body}, status_code=status, headers=headers)

    async def _models(self, request: Request, body: bytes) -> Response:
        data = [
            {"id": name, "object": "model", "created": 1790000000, "owned_by": "system"}
            for name in self.dialect.models
        ]
        return JSONResponse({"object": "list", "data": data})

    async def _chat(self, request: Request, body: bytes) -> Response:
        asked = parsed_request(ChatRequest, body)
        self._know_model(asked.model)
        self._check_chat(asked)
        messages = [message.model_dump() for message in asked.messages]
        usage = {"prompt_tokens": sum(len(m.content) for m in asked.messages) // 4}
        choice: dict[str, Any] = {"finish_reason": "stop", "content": None, "refusal": None}
        if fault_of(request) is Fault.WRONG_LENGTH:
            choice |= {"finish_reason": "length", "content": '{"title": "Half a'}
        elif self.instead:
            choice |= self.instead.pop(0)
        else:
            text = json.dumps(self.author(messages), ensure_ascii=False)
            choice["content"] = (
                f"Here it is:\n```json\n{text}\n```" if self.dialect.fences else text
            )
        if fault_of(request) is Fault.EMPTY_MEDIA:
            choice["content"] = ""
        if fault_of(request) is Fault.TRUNCATED_MEDIA:
            choice["content"] = choice["content"][: len(choice["content"]) // 2]
        usage["completion_tokens"] = len(choice["content"] or "") // 4 + 1
        usage["total_tokens"] = sum(usage.values())
        self.charge(request, body, {k: float(v) for k, v in usage.items()})
        said = usage if self.dialect.says_usage else None
        if asked.stream and self.dialect.streams:
            with_usage = asked.stream_options and asked.stream_options.include_usage
            return Response(
                streamed(asked.model, choice, said if with_usage else None),
                media_type="text/event-stream",
            )
        return JSONResponse(completion(asked.model, choice, said))

    def _check_chat(self, asked: ChatRequest) -> None:
        form = asked.response_format.type if asked.response_format else "text"
        if form not in self.dialect.formats:
            raise Refused(
                400,
                f"Invalid parameter: 'response_format' of type '{form}' is not supported",
                param="response_format",
            )
        other = {"max_tokens", "max_completion_tokens"} - {self.dialect.tokens_field}
        for name in other & asked.model_fields_set:
            raise Refused(
                400,
                f"Unsupported parameter: '{name}' is not supported with this model. "
                f"Use '{self.dialect.tokens_field}' instead.",
                code="unsupported_parameter",
                param=name,
            )
        if asked.reasoning_effort is not None and not self.dialect.takes_effort:
            raise Refused(
                400,
                "Unrecognized request argument supplied: reasoning_effort",
                code="unknown_parameter",
                param="reasoning_effort",
            )
        if asked.temperature is not None and not self.dialect.takes_temperature:
            raise Refused(
                400,
                "Unsupported parameter: 'temperature' is not supported with this model.",
                code="unsupported_parameter",
                param="temperature",
            )
        words = " ".join(message.content for message in asked.messages)
        if form == "json_object" and "json" not in words.lower():
            raise Refused(400, "'messages' must contain the word 'json' in some form")
        if asked.response_format and asked.response_format.json_schema:
            check_schema(asked.response_format.json_schema, lengths=self.dialect.takes_lengths)

    async def _pictures(self, request: Request, body: bytes) -> Response:
        return self._drawn(request, body, parsed_request(PictureRequest, body), references=0)

    async def _edits(self, request: Request, body: bytes) -> Response:
        async with request.form() as form:
            fields, files = _form_parts(form)
        # The boundary differs between two posts of the same form.
        same = json.dumps(fields, sort_keys=True).encode()
        return self._drawn(request, same, parsed_request(PictureRequest, same), references=files)

    def _drawn(
        self, request: Request, body: bytes, asked: PictureRequest, *, references: int
    ) -> Response:
        self._know_model(asked.model)
        if self.moderates(asked.prompt):
            words = "Your request was rejected by the safety system."
            raise Refused(400, words, code="moderation_blocked")
        width, height = _size(asked.size)
        data = self.media(request, picture(asked.prompt, width, height))
        output, images = width * height // 1000, 500 * references
        text = len(asked.prompt) // 4
        self.charge(request, body, {"images": 1, "output_tokens": output})
        return JSONResponse(
            {
                "created": 1790000000,
                "data": [{"b64_json": base64.b64encode(data).decode()}],
                "size": f"{width}x{height}",
                "quality": asked.quality,
                "background": "opaque",
                "output_format": "png",
                "usage": {
                    "input_tokens": text + images,
                    "output_tokens": output,
                    "total_tokens": text + images + output,
                    "input_tokens_details": {"text_tokens": text, "image_tokens": images},
                },
            }
        )

    async def _speech(self, request: Request, body: bytes) -> Response:
        asked = parsed_request(SpeechBody, body)
        self._know_model(asked.model)
        if isinstance(asked.voice, str) and asked.voice not in VOICES:
            named = ", ".join(f"'{voice}'" for voice in VOICES)
            raise Refused(
                400,
                f"Invalid value: '{asked.voice}'. Supported values are: {named}.",
                code="invalid_value",
                param="voice",
            )
        if asked.instructions and asked.model.startswith("tts-1"):
            raise Refused(400, "Unsupported parameter: 'instructions'", param="instructions")
        if asked.response_format != "wav":
            raise Refused(400, "the simulator speaks wav only", param="response_format")
        seconds = 0.1 if fault_of(request) is Fault.WRONG_LENGTH else None
        data = self.media(request, await spoken(asked.input, seconds=seconds))
        self.charge(request, body, {"characters": len(asked.input)})
        return Response(data, media_type="audio/wav")

    def _know_model(self, model: str) -> None:
        if model not in self.dialect.models:
            raise Refused(
                404,
                f"The model '{model}' does not exist or you do not have access to it.",
                code="model_not_found",
            )


class OllamaSimulator(OpenAISimulator):
    """Ollama: the same API for chats, and its own by which it is known."""

    def __init__(self) -> None:
        super().__init__(OLLAMA)

    def routes(self) -> list[BaseRoute]:
        async def version(request: Request) -> Response:
            return JSONResponse({"version": "0.12.6"})

        async def tags(request: Request) -> Response:
            details = {"family": "llama", "parameter_size": "3.2B"}
            models = [{"name": name, "details": details} for name in self.dialect.models]
            return JSONResponse({"models": models})

        async def loaded(request: Request) -> Response:
            return JSONResponse({"models": []})

        known = {"version": version, "tags": tags, "ps": loaded}
        return [*super().routes(), *(Route(f"/api/{name}", of) for name, of in known.items())]


def completion(
    model: str, choice: Mapping[str, Any], usage: Mapping[str, int] | None
) -> dict[str, Any]:
    """A whole answer."""
    message = {
        "role": "assistant",
        "content": choice["content"],
        "refusal": choice["refusal"],
    }
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1790000000,
        "model": model,
        "choices": [
            {
                "index": 0,
                "finish_reason": choice["finish_reason"],
                "logprobs": None,
                "message": message,
            }
        ],
        "usage": usage,
    }


def streamed(
    model: str, choice: Mapping[str, Any], usage: Mapping[str, int] | None, *, letters: int = 40
) -> str:
    """The same as server-sent events, in pieces of so many letters."""
    deltas: list[tuple[dict[str, Any], str | None]] = [({"role": "assistant", "content": ""}, None)]
    for name in ("content", "refusal"):
        text = choice[name] or ""
        deltas += [({name: text[at : at + letters]}, None) for at in range(0, len(text), letters)]
    deltas.append(({}, choice["finish_reason"]))
    chunks = [chunk(model, delta, reason) for delta, reason in deltas]
    if usage:
        chunks.append({**chunk(model, {}, None), "choices": [], "usage": usage})
    events = (f"data: {json.dumps(each, ensure_ascii=False)}\n\n" for each in chunks)
    return "".join((*events, "data: [DONE]\n\n"))


def chunk(model: str, delta: Mapping[str, Any], reason: str | None) -> dict[str, Any]:
    """One piece of a streamed answer."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1790000000,
        "model": model,
        "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}],
    }


def _form_parts(form: FormData) -> tuple[dict[str, Any], int]:
    """The fields of an edit, and how many pictures come with it."""
    files = [part for name, part in form.multi_items() if name == "image[]"]
    if not files:
        raise Refused(400, "Missing required parameter: 'image'.", param="image")
    for part in files:
        assert isinstance(part, UploadFile)
        if part.content_type not in ("image/png", "image/jpeg", "image/webp"):
            raise Refused(400, f"Invalid file: unsupported mimetype ('{part.content_type}')")
    fields: dict[str, Any] = {k: v for k, v in form.items() if k != "image[]"}
    for name in fields.keys() & {"n", "output_compression"}:
        fields[name] = int(fields[name])
    return fields, len(files)


def _check_key(request: Request) -> None:
    given = request.headers.get("authorization")
    if given is None:
        raise Refused(401, "You didn't provide an API key.")
    if given != f"Bearer {KEY}":
        said = given.removeprefix("Bearer ")
        raise Refused(401, f"Incorrect API key provided: {said}.", code="invalid_api_key")


def _size(text: str) -> tuple[int, int]:
    if text == "auto":
        return 1024, 1024
    match = re.fullmatch(r"(\d+)x(\d+)", text)
    width, height = (int(match[1]), int(match[2])) if match else (0, 0)
    fits = width % 16 == height % 16 == 0 and width and height
    if not fits or max(width, height) > 3840 or not 1 / 3 <= width / height <= 3:
        raise Refused(400, f"Invalid value: '{text}'.", code="invalid_value", param="size")
    return width, height
