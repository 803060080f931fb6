"""PlayHT's v2 speech stream, by its stored reference: there is no service to ask any more."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tests.simulators.media import spoken
from tests.simulators.server import RETRY_AFTER_SECONDS, Fault, Simulator, fault_of

KEY = "ph-canary-c0ffee9d21"
USER = "user-1"
_SAID = {
    Fault.RATE_LIMIT: (429, "Rate limit exceeded"),
    Fault.QUOTA: (402, "Not enough credits"),
    Fault.UNAUTHORIZED: (401, f"Bad key {KEY}"),
    Fault.FORBIDDEN: (403, "This key may not do that"),
    Fault.SERVER_ERROR: (500, "Internal error"),
    Fault.OVERLOADED: (503, "Busy"),
}


class SpeechBody(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    text: Annotated[str, Field(min_length=1, max_length=2000)]
    voice: Annotated[str, Field(pattern=r"^s3://.+/manifest\.json$")]
    voice_engine: Literal[
        "PlayHT2.0-turbo", "PlayHT2.0", "Play3.0-mini", "PlayDialog", "PlayDialogMultilingual"
    ]
    output_format: Literal["mp3", "wav", "ogg", "flac", "mulaw", "raw"] = "mp3"
    sample_rate: Annotated[int, Field(ge=8000, le=48_000)] | None = None
    speed: Annotated[float, Field(gt=0, le=5)] | None = None
    seed: int | None = None
    temperature: float | None = None
    language: str | None = None


class PlayHTSimulator(Simulator):
    """Speech and voices."""

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/api/v2/tts/stream", self._speech, methods=["POST"]),
            Route("/api/v2/voices", self._voices),
        ]

    def refusal(self, fault: Fault) -> Response:
        status, words = _SAID[fault]
        limited = fault is Fault.RATE_LIMIT
        headers = {"retry-after": str(RETRY_AFTER_SECONDS)} if limited else None
        return JSONResponse({"error_message": words, "error_id": "E"}, status, headers=headers)

    async def _speech(self, request: Request) -> Response:
        if not _has_key(request):
            return self.refusal(Fault.UNAUTHORIZED)
        body = await request.body()
        try:
            asked = SpeechBody.model_validate_json(body)
        except ValidationError as exc:
            return JSONResponse({"error_message": str(exc), "error_id": "INVALID"}, 400)
        short = fault_of(request) is Fault.WRONG_LENGTH
        data = await spoken(asked.text, seconds=0.1 if short else None)
        self.charge(request, body, {"characters": len(asked.text)})
        return Response(self.media(request, data), media_type="audio/wav")

    async def _voices(self, request: Request) -> Response:
        if not _has_key(request):
            return self.refusal(Fault.UNAUTHORIZED)
        return JSONResponse([{"id": "s3://a/manifest.json", "name": "A", "language": "English"}])


def _has_key(request: Request) -> bool:
    headers = request.headers
    return headers.get("authorization") == KEY and headers.get("x-user-id") == USER
