"""Mubert, API v3: a customer's pass, a track that is made, polled and downloaded.

The company's pair of credentials makes or finds one customer; the customer's pair does the rest
(music-api.mubert.com/api/v3/swagger). A track's id is kept before the first poll, so that a
worker's death costs no second track.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar

import httpx
from pydantic import Field, SecretStr

from domain.assets import MusicRequest
from domain.ledger import Price
from providers.base import Call, Media
from providers.download import Downloads
from providers.errors import (
    AnswerRefused,
    AuthenticationFailed,
    InvalidProviderRequest,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)
from providers.http import (
    MAX_SAID_CHARACTERS,
    json_of,
    new_client,
    retry_after,
    send,
    without_secrets,
)
from providers.music.exact import SEAM_MS, exact_music
from providers.prices import price_of
from providers.service import Address, Checked, ServiceSettings, Tools

NAME = "mubert"
MUBERT_URL = "https://music-api.mubert.com"
LICENCE = "the service's terms: by the plan"
MODEL = "v3"
MIN_SECONDS = 5
MAX_PROMPT_CHARACTERS = 255
POLL_SECONDS = 2.0
# A track of a minute takes about ten seconds.
MAX_WAIT_SECONDS = 300.0
BUSY = "LicenseLimitConcurrentTrackGenerationsCount"
EXPIRED = frozenset({"AccessTokenExpired", "Unauthenticated"})


class MubertSettings(ServiceSettings):
    """The company's credentials, and the customer in whose name tracks are made."""

    mubert_company_id: str | None = Field(default=None, validation_alias="MUBERT_COMPANY_ID")
    mubert_license_token: SecretStr | None = Field(
        default=None, validation_alias="MUBERT_LICENSE_TOKEN"
    )
    mubert_customer: str = Field(default="autoshorts", pattern=r"^[a-zA-Z0-9._@-]{1,255}$")
    mubert_url: Address = MUBERT_URL

    @property
    def service(self) -> str:
        return NAME

    @property
    def places(self) -> int:
        return 2

    @property
    def price(self) -> Price:
        return price_of(NAME, MODEL) or {}

    @property
    def configured_by(self) -> str | None:
        return None if self.lacks else "MUBERT_LICENSE_TOKEN is set"

    @property
    def lacks(self) -> str | None:
        if self.mubert_company_id and self.mubert_license_token:
            return None
        return "set MUBERT_COMPANY_ID and MUBERT_LICENSE_TOKEN"


class Mubert:
    """Music from `POST /api/v3/public/tracks`."""

    name = NAME
    model = MODEL
    settings_type: ClassVar[type[ServiceSettings]] = MubertSettings

    def __init__(self, settings: MubertSettings, *, tools: Tools) -> None:
        token = settings.mubert_license_token
        self.fingerprint = "" if settings.mubert_url == MUBERT_URL else settings.mubert_url
        self.price = settings.price
        self.service, self.places = settings.service, settings.places
        self._customer = settings.mubert_customer
        self._company = {
            "company-id": settings.mubert_company_id or "",
            "license-token": token.get_secret_value() if token else "",
        }
        accept = {"accept": "application/json"}
        self._client = new_client(settings.mubert_url.rstrip("/"), accept)
        self._downloads = Downloads(NAME, settings.mubert_url)
        self._pass: dict[str, str] | None = None

    async def generate(self, request: MusicRequest, *, call: Call) -> Media:
        """WAV, exactly as long as asked, looping without a seam."""
        track = call.job or await self._begin(request, call)
        data = await self._music(track, request, call)
        return Media(
            data=data,
            media_type="audio/wav",
            model=self.model,
            licence=LICENCE,
            duration_ms=request.duration_ms,
        )

    async def check(self) -> Checked:
        """Finds or makes the customer, which costs nothing."""
        access = await self._new_pass()
        return Checked(ok=True, said=f"the licence is good; customer {access['customer-id']}")

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _music(self, track: str, request: MusicRequest, call: Call) -> bytes:
        """The finished track, downloaded anew where it did not come whole. One that is no good
        even so is given up, and the next attempt has another made."""
        url = await self._made(track, call)
        await call.charged({"tracks": 1})
        for is_last in (False, True):
            call.report(0.9, "downloading")
            sound = await self._file(url, call)
            try:
                return await asyncio.to_thread(exact_music, NAME, sound, request.duration_ms)
            except ProviderUnavailable:
                if is_last:
                    await call.keep_job(None)
                    raise
        raise AssertionError("unreachable")

    async def _file(self, url: str, call: Call) -> bytes:
        try:
            return await self._downloads.file(url)
        except AnswerRefused:
            # It would be refused again: the track is of no use to anybody.
            await call.keep_job(None)
            raise

    async def _begin(self, request: MusicRequest, call: Call) -> str:
        """The id of a track that is being made."""
        body = {
            "prompt": prompt_of(request),
            "duration": max(-(-(request.duration_ms + SEAM_MS) // 1000), MIN_SECONDS),
            "format": "mp3",
            "mode": "track",
        }
        await self._entered()
        await call.sending()
        answer = await self._asked("POST", "tracks", paid=True, json=body)
        track = str(answer.get("id") or "")
        if not track:
            raise ProviderUnavailable("mubert answered without a track", may_have_charged=True)
        await call.keep_job(track)
        return track

    async def _made(self, track: str, call: Call) -> str:
        """The address of the finished file."""
        deadline = asyncio.get_running_loop().time() + MAX_WAIT_SECONDS
        while True:
            answer = await self._polled(track, call)
            state = (answer.get("generations") or [{}])[0]
            match state.get("status"):
                case "done" if state.get("url"):
                    return str(state["url"])
                case "failed":
                    await call.keep_job(None)
                    raise ProviderUnavailable(f"mubert could not make track {track}")
            if asyncio.get_running_loop().time() > deadline:
                raise ProviderTimeout(
                    f"mubert has not made track {track} in {MAX_WAIT_SECONDS:g} s",
                    may_have_charged=True,
                )
            call.report(0.3, "mubert is composing")
            await asyncio.sleep(POLL_SECONDS)

    async def _polled(self, track: str, call: Call) -> dict[str, Any]:
        try:
            return await self._asked("GET", f"tracks/{track}")
        except _NoSuchTrack as exc:
            await call.keep_job(None)
            raise ProviderUnavailable(f"mubert has lost track {track}: it is made again") from exc

    async def _asked(
        self, method: str, path: str, *, paid: bool = False, **options: Any
    ) -> dict[str, Any]:
        """`data` of an answer; a pass that has expired is renewed once."""
        for attempt in (1, 2):
            try:
                response = await send(
                    self._client,
                    NAME,
                    method,
                    f"/api/v3/public/{path}",
                    explain=explain,
                    paid=paid,
                    headers=await self._entered(),
                    **options,
                )
            except _PassExpired:
                self._pass = None
                if attempt == 2:
                    raise
                continue
            return _data(response, paid=paid)
        raise AssertionError("unreachable")

    async def _entered(self) -> dict[str, str]:
        """The customer's credentials."""
        if self._pass is None:
            self._pass = await self._new_pass()
        return self._pass

    async def _new_pass(self) -> dict[str, str]:
        response = await send(
            self._client,
            NAME,
            "POST",
            "/api/v3/service/customers",
            explain=explain,
            headers=self._company,
            json={"custom_id": self._customer},
        )
        data = _data(response)
        access = data.get("access")
        if not isinstance(access, dict) or not access.get("token"):
            raise ProviderUnavailable("mubert answered without a customer's token")
        return {"customer-id": str(data.get("id")), "access-token": str(access["token"])}


class _PassExpired(AuthenticationFailed):
    """The customer's token has ended."""


class _NoSuchTrack(InvalidProviderRequest):
    """404."""


def explain(response: httpx.Response) -> ProviderError | None:
    """The API's error in a sentence that says what to do; None leaves it to the status."""
    try:
        body = response.json()
    except ValueError:
        return None
    if not isinstance(body, dict):
        return None
    status, code = response.status_code, str(body.get("code", ""))
    words = _words(response, body)
    if status == 404:
        return _NoSuchTrack(f"mubert answered 404: {words}")
    if code == BUSY or status == 429:
        return RateLimited(f"mubert: too many at once: {words}", retry_after(response))
    if code in EXPIRED and "access-token" in response.request.headers:
        return _PassExpired(f"mubert refuses the customer's token: {words}")
    if code.startswith("LicenseLimit"):
        return QuotaExceeded(f"mubert: the licence is used up ({code}): {words}")
    if code.startswith("LicenseForbidden"):
        return InvalidProviderRequest(f"mubert: the licence does not include it ({code}): {words}")
    if status in (401, 403):
        return AuthenticationFailed(
            f"mubert refuses the licence, set MUBERT_COMPANY_ID and MUBERT_LICENSE_TOKEN: {words}"
        )
    if status >= 500:
        return ProviderUnavailable(f"mubert answered {status}: {words}")
    return InvalidProviderRequest(f"mubert answered {status}: {words}")


def prompt_of(request: MusicRequest) -> str:
    """The piece in few words; each revision asks for another take."""
    take = f", take {request.revision + 1}" if request.revision else ""
    return f"{request.genre}, {request.mood}, instrumental background{take}"[:MAX_PROMPT_CHARACTERS]


def _words(response: httpx.Response, body: Mapping[str, Any]) -> str:
    faults = body.get("errors")
    parts = [str(body.get("message", ""))]
    if isinstance(faults, dict):
        parts += [f"{name}: {' '.join(map(str, said))}" for name, said in faults.items()]
    words = without_secrets(response, " ".join(" ".join(parts).split()))
    return words[:MAX_SAID_CHARACTERS] or "no reason was given"


def _data(response: httpx.Response, *, paid: bool = False) -> dict[str, Any]:
    data = json_of(NAME, response, paid=paid).get("data")
    if not isinstance(data, dict):
        raise ProviderUnavailable("mubert answered without data", may_have_charged=paid)
    return data
