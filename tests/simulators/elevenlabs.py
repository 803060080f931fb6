"""ElevenLabs' speech with timestamps, and its music, as its SDK and its error bodies know them.

A body is held to its schema before the key is looked at, as the real one does.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from domain.assets import WordTiming
from providers.base import Media
from tests.simulators.media import piece, spoken, spoken_media
from tests.simulators.server import RETRY_AFTER_SECONDS, Fault, Simulator, fault_of

KEY = "xi-canary-7b1e52d09c44"
MODELS = ("eleven_multilingual_v2", "eleven_flash_v2_5", "eleven_v3")
MUSIC_MODELS = ("music_v1", "music_v2", "music_v2_5")
VOICES = ("JBFqnCBsd6RMkjVDRZzb", "EXAVITQu4vr4xnSDxMaL", "21m00Tcm4TlvDq8ikWAM")
NO_LANGUAGE_CODE = ("eleven_multilingual_v2",)
MAX_CHARACTERS = {"eleven_multilingual_v2": 10_000, "eleven_flash_v2_5": 40_000}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Share = Annotated[float, Field(ge=0, le=1)]


class VoiceSettings(Strict):
    stability: Share | None = None
    similarity_boost: Share | None = None
    style: Share | None = None
    use_speaker_boost: bool | None = None
    speed: Annotated[float, Field(ge=0.7, le=1.2)] | None = None


class SpeechBody(Strict):
    text: str
    model_id: str = "eleven_multilingual_v2"
    language_code: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    voice_settings: VoiceSettings | None = None
    seed: Annotated[int, Field(ge=0, le=4294967295)] | None = None
    previous_text: str | None = None
    next_text: str | None = None
    previous_request_ids: Annotated[list[str], Field(max_length=3)] | None = None
    next_request_ids: Annotated[list[str], Field(max_length=3)] | None = None
    apply_text_normalization: Literal["auto", "on", "off"] | None = None


class MusicBody(Strict):
    prompt: Annotated[str, Field(max_length=4100)] | None = None
    composition_plan: dict[str, Any] | None = None
    music_length_ms: Annotated[int, Field(ge=3000, le=600_000)] | None = None
    model_id: Literal["music_v1", "music_v2", "music_v2_5"] = "music_v1"
    force_instrumental: bool | None = None
    seed: int | None = None


class Refused(Exception):
    """An error that is answered: HTTP status, type, code and the words."""

    def __init__(self, status: int, kind: str, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.detail = {"type": kind, "code": code, "status": code, "message": message}


class ElevenLabsSimulator(Simulator):
    """Speech with timestamps, speech, music, voices and the subscription."""

    paid = r"^POST /v1/(text-to-speech|music)"

    def __init__(self) -> None:
        super().__init__()
        self.at_once = 0
        self.most_at_once = 0

    def routes(self) -> list[BaseRoute]:
        speech = "/v1/text-to-speech/{voice}"
        return [
            Route(f"{speech}/with-timestamps", self._answering(self._timed), methods=["POST"]),
            Route(speech, self._answering(self._speech), methods=["POST"]),
            Route("/v1/music", self._answering(self._music), methods=["POST"]),
            Route("/v1/voices", self._answering(self._voices), methods=["GET"]),
            Route("/v1/user/subscription", self._answering(self._account), methods=["GET"]),
        ]

    def refusal(self, fault: Fault) -> Response:
        headers = {"x-trace-id": "t1"}
        match fault:
            case Fault.RATE_LIMIT:
                headers["retry-after"] = str(RETRY_AFTER_SECONDS)
                code, words = "too_many_concurrent_requests", "Too many concurrent requests."
                return _error(Refused(429, "rate_limit_error", code, words), headers)
            case Fault.QUOTA:
                words = "This request exceeds your quota. You have 3 credits remaining."
                return _error(Refused(401, "authentication_error", "quota_exceeded", words))
            case Fault.UNAUTHORIZED:
                words = f"Invalid API key {KEY}"
                return _error(Refused(401, "authentication_error", "invalid_api_key", words))
            case Fault.FORBIDDEN:
                words = "The API key lacks the permission text_to_speech"
                return _error(Refused(403, "authorization_error", "missing_permissions", words))
            case Fault.REFUSAL:
                error = Refused(422, "validation_error", "bad_prompt", "Prompt not allowed.")
                suggestion = {"prompt_suggestion": "warm acoustic folk"}
                return JSONResponse({"detail": {**error.detail, "data": suggestion}}, 422)
        status = 503 if fault is Fault.OVERLOADED else 500
        return _error(Refused(status, "internal_error", "internal_error", "Something went wrong"))

    def _answering(self, endpoint: Callable[[Request, bytes], Any]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            try:
                response: Response = await endpoint(request, await request.body())
            except Refused as exc:
                return _error(exc)
            except ValidationError as exc:
                return JSONResponse({"detail": _schema_errors(exc)}, 422)
            finally:
                self.at_once -= 1
            return response

        return answer

    async def _timed(self, request: Request, body: bytes) -> Response:
        asked = self._checked(request, SpeechBody.model_validate_json(body))
        media = await spoken_media(asked.text)
        data = self.media(request, await self._sound(request, asked))
        alignment = _alignment(asked.text, media)
        content = {
            "audio_base64": base64.b64encode(data).decode(),
            "alignment": alignment,
            "normalized_alignment": alignment,
        }
        return JSONResponse(content, headers=self._charged(request, body, asked))

    async def _speech(self, request: Request, body: bytes) -> Response:
        asked = self._checked(request, SpeechBody.model_validate_json(body))
        data = self.media(request, await self._sound(request, asked))
        headers = self._charged(request, body, asked)
        return Response(data, media_type="audio/wav", headers=headers)

    async def _sound(self, request: Request, asked: SpeechBody) -> bytes:
        short = fault_of(request) is Fault.WRONG_LENGTH
        return await spoken(asked.text, seconds=0.1 if short else None)

    def _charged(self, request: Request, body: bytes, asked: SpeechBody) -> dict[str, str]:
        self.charge(request, body, {"characters": len(asked.text)})
        return {"request-id": f"r{len(self.charges)}", "character-cost": str(len(asked.text))}

    def _checked(self, request: Request, asked: SpeechBody) -> SpeechBody:
        _check_key(request)
        if request.query_params.get("output_format") not in ("wav_24000", None):
            raise Refused(400, "validation_error", "invalid_output_format", "wav_24000 only")
        if request.path_params["voice"] not in VOICES:
            words = f"A voice with voice_id {request.path_params['voice']!r} was not found."
            raise Refused(404, "not_found", "voice_not_found", words)
        if asked.model_id not in MODELS:
            raise Refused(404, "not_found", "model_not_found", f"No model {asked.model_id}")
        if asked.language_code and asked.model_id in NO_LANGUAGE_CODE:
            words = f"Model {asked.model_id} does not support the language_code parameter."
            raise Refused(400, "validation_error", "unsupported_language", words)
        if not asked.text.strip():
            raise Refused(400, "validation_error", "empty_text", "Text is empty")
        if len(asked.text) > MAX_CHARACTERS.get(asked.model_id, 5000):
            raise Refused(400, "validation_error", "text_too_long", "Text is too long")
        return asked

    async def _music(self, request: Request, body: bytes) -> Response:
        asked = MusicBody.model_validate_json(body)
        _check_key(request)
        if (asked.prompt is None) == (asked.composition_plan is None):
            words = "Provide either a prompt or a composition_plan."
            raise Refused(422, "validation_error", "invalid_request", words)
        if asked.seed is not None and asked.prompt is not None:
            words = "seed cannot be used with prompt"
            raise Refused(422, "validation_error", "invalid_request", words)
        seconds = (asked.music_length_ms or 30_000) / 1000
        data = piece(0.5 if fault_of(request) is Fault.WRONG_LENGTH else seconds)
        self.charge(request, body, {"seconds": seconds})
        headers = {"song-id": f"s{len(self.charges)}"}
        return Response(self.media(request, data), media_type="audio/mpeg", headers=headers)

    async def _voices(self, request: Request, body: bytes) -> Response:
        _check_key(request)
        named = [{"voice_id": v, "name": v[:4], "category": "premade"} for v in VOICES]
        return JSONResponse({"voices": named})

    async def _account(self, request: Request, body: bytes) -> Response:
        _check_key(request)
        return JSONResponse(
            {"tier": "starter", "character_count": 1200, "character_limit": 30_000,
             "status": "active"}
        )  # fmt: skip


def _error(error: Refused, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"detail": error.detail}, error.status, headers=headers)


def _schema_errors(exc: ValidationError) -> list[dict[str, Any]]:
    return [
        {"type": e["type"], "loc": ["body", *e["loc"]], "msg": e["msg"]}
        for e in exc.errors(include_url=False, include_context=False)
    ]


def _check_key(request: Request) -> None:
    given = request.headers.get("xi-api-key")
    if not given:
        raise Refused(401, "authentication_error", "missing_api_key", "No API key was given.")
    if given != KEY:
        raise Refused(401, "authentication_error", "invalid_api_key", f"Invalid API key {given}")


def _alignment(text: str, media: Media) -> dict[str, list[Any]]:
    """Every character of the text with its share of its word's time."""
    rows = list(_characters(text, media.words, (media.duration_ms or 0) / 1000))
    names = ("characters", "character_start_times_seconds", "character_end_times_seconds")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _characters(
    text: str, words: tuple[WordTiming, ...], end: float
) -> Iterator[tuple[str, float, float]]:
    rest = list(text)
    now = 0.0
    for word in words:
        letters = [c for c in word.text if not c.isspace()]
        step = (word.end_ms - word.start_ms) / 1000 / max(len(letters), 1)
        for index in range(len(letters)):
            while rest and rest[0].isspace():
                yield rest.pop(0), now, now
            now = word.start_ms / 1000 + (index + 1) * step
            yield rest.pop(0), now - step, now
    for left in rest:
        yield left, min(now, end), min(now, end)
