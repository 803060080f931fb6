"""Mubert's API v3: customers, tracks that take a while, files that need no key.

As its skill documents say: `data` around good answers, bare `message` and `code` around bad ones.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tests.simulators.media import piece
from tests.simulators.server import RETRY_AFTER_SECONDS, Fault, Simulator, fault_of

COMPANY = "b7c4"
KEY = "lic-canary-51d0e7aa92"
POLLS = 1


class TrackBody(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    playlist_index: str | None = None
    prompt: Annotated[str, Field(max_length=255)] | None = None
    duration: Annotated[int, Field(ge=5)]
    bitrate: Literal[32, 96, 128, 192, 256, 320] = 128
    format: Literal["mp3", "wav"] = "mp3"
    intensity: Literal["low", "medium", "high"] = "high"
    mode: Literal["track", "loop", "jingle", "mix"] = "track"


class Refused(Exception):
    """An error that is answered."""

    def __init__(self, status: int, message: str, *, code: str | None = None, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"message": message, **({"code": code} if code else {}), **more}


class MubertSimulator(Simulator):
    """Customers, tracks and files; a track is done after a poll or two."""

    paid = r"^POST /api/v3/public/tracks$"

    def __init__(self) -> None:
        super().__init__()
        self._tokens: dict[str, str] = {}
        self._tracks: dict[str, dict[str, Any]] = {}
        self._polls: dict[str, int] = {}
        # So many tracks still end as `failed`, or are forgotten.
        self.fails_tracks = 0
        self.loses_tracks = 0

    def routes(self) -> list[BaseRoute]:
        base = "/api/v3"
        return [
            Route(f"{base}/service/customers", self._answering(self._enter), methods=["POST"]),
            Route(f"{base}/public/tracks", self._answering(self._create), methods=["POST"]),
            Route(f"{base}/public/tracks/{{track}}", self._answering(self._show)),
            Route("/files/{track}.mp3", self._answering(self._file)),
        ]

    def expire(self) -> None:
        """Every customer's token ends."""
        self._tokens.clear()

    def refusal(self, fault: Fault) -> Response:
        match fault:
            case Fault.RATE_LIMIT:
                headers = {"retry-after": str(RETRY_AFTER_SECONDS)}
                return JSONResponse({"message": "Too Many Attempts."}, 429, headers=headers)
            case Fault.QUOTA:
                words, code = "Tracks limit is reached", "LicenseLimitTracksCount"
                return _error(Refused(403, words, code=code))
            case Fault.UNAUTHORIZED:
                return _error(Refused(401, "Unauthenticated", code="LicenseNotFound"))
            case Fault.FORBIDDEN:
                return _error(Refused(403, "License is not active", code="LicenseIsNotActive"))
        status = 503 if fault is Fault.OVERLOADED else 500
        return _error(Refused(status, "Server Error"))

    def _answering(self, endpoint: Callable[[Request, bytes], Any]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                response: Response = await endpoint(request, await request.body())
            except Refused as exc:
                return _error(exc)
            except ValidationError as exc:
                faults = {".".join(map(str, e["loc"])): [e["msg"]] for e in exc.errors()}
                return _error(Refused(422, "The given data was invalid.", errors=faults))
            return response

        return answer

    async def _enter(self, request: Request, body: bytes) -> Response:
        given = (request.headers.get("company-id"), request.headers.get("license-token"))
        if given != (COMPANY, KEY):
            raise Refused(401, f"License {given[1]} is unknown", code="Unauthenticated")
        name = str(json.loads(body)["custom_id"])
        token = self._tokens.setdefault(name, f"tok_{uuid.uuid4().hex}")
        access = {"id": "d1", "customer_id": name, "token": token}
        data = {"id": name, "custom_id": name, "status": "active", "access": access}
        return JSONResponse({"data": data})

    async def _create(self, request: Request, body: bytes) -> Response:
        self._check_customer(request)
        asked = TrackBody.model_validate_json(body)
        if (asked.prompt is None) == (asked.playlist_index is None):
            raise Refused(422, "Exactly one of prompt and playlist_index is needed.", errors={})
        track = str(uuid.uuid4())
        seconds = 0.4 if fault_of(request) is Fault.WRONG_LENGTH else asked.duration
        self._tracks[track] = {"id": track, "prompt": asked.prompt, "duration": seconds}
        self._polls[track] = 0
        self.charge(request, body, {"tracks": 1})
        return JSONResponse({"data": self._shown(track)})

    async def _show(self, request: Request, body: bytes) -> Response:
        self._check_customer(request)
        track = request.path_params["track"]
        if self.loses_tracks:
            self.loses_tracks -= 1
            self._tracks.pop(track, None)
        if track not in self._tracks:
            raise Refused(404, "No query results for model [Track]")
        self._polls[track] += 1
        return JSONResponse({"data": self._shown(track)})

    async def _file(self, request: Request, body: bytes) -> Response:
        if "access-token" in request.headers or "license-token" in request.headers:
            raise Refused(403, "Credentials do not belong here")
        track = self._tracks[request.path_params["track"]]
        data = self.media(request, piece(track["duration"]))
        return Response(data, media_type="audio/mpeg")

    def _shown(self, track: str) -> dict[str, Any]:
        status, url = "processing", None
        if self._polls[track] > POLLS:
            status, url = "done", f"{self.url}/files/{track}.mp3"
        if self._polls[track] and self.fails_tracks:
            self.fails_tracks -= 1
            status, url = "failed", None
        made = {"format": "mp3", "bitrate": 128, "status": status, "url": url}
        return {**self._tracks[track], "session_id": "s1", "generations": [made]}

    def _check_customer(self, request: Request) -> None:
        token = request.headers.get("access-token")
        if token not in self._tokens.values():
            raise Refused(403, "Access token is expired", code="AccessTokenExpired")


def _error(error: Refused) -> Response:
    return JSONResponse(error.body, error.status)
