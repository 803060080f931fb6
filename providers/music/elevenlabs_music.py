"""ElevenLabs music: one piece for a short, without words."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from domain.assets import MusicRequest
from domain.ledger import Price
from providers.base import Call, Media
from providers.elevenlabs_api import (
    LICENCE,
    NAME,
    ElevenLabsSettings,
    check_account,
    client_of,
    explain,
)
from providers.http import MAX_ANSWER_BYTES, send
from providers.music.exact import SEAM_MS, exact_music
from providers.prices import price_of
from providers.service import Checked, ServiceSettings, Tools

MIN_LENGTH_MS, MAX_LENGTH_MS = 3000, 600_000
MAX_PROMPT_CHARACTERS = 4100
MODEL = "music_v1"
OUTPUT_FORMAT = "mp3_44100_128"


class ElevenLabsMusicSettings(ElevenLabsSettings):
    """Settings of the music. A free plan has none, so `auto` takes it only where a model is set."""

    elevenlabs_music_model: str | None = None

    @property
    def price(self) -> Price:
        return price_of(NAME, self.elevenlabs_music_model or MODEL) or {}

    @property
    def configured_by(self) -> str | None:
        if self.elevenlabs_api_key and self.elevenlabs_music_model:
            return "AUTOSHORTS_ELEVENLABS_MUSIC_MODEL is set"
        return None


class ElevenLabsMusic:
    """Music from `POST /v1/music`."""

    name = NAME
    settings_type: ClassVar[type[ServiceSettings]] = ElevenLabsMusicSettings

    def __init__(self, settings: ElevenLabsMusicSettings, *, tools: Tools) -> None:
        self.model = settings.elevenlabs_music_model or MODEL
        self.fingerprint = settings.settled_by_url
        self.price = settings.price
        self.service, self.places = settings.service, settings.places
        self._client = client_of(settings)

    async def generate(self, request: MusicRequest, *, call: Call) -> Media:
        """WAV, exactly as long as asked, looping without a seam."""
        length = min(max(request.duration_ms + SEAM_MS, MIN_LENGTH_MS), MAX_LENGTH_MS)
        call.report(0.1, "composing")
        await call.sending()
        response = await send(
            self._client,
            NAME,
            "POST",
            "/v1/music",
            explain=explain,
            paid=True,
            at_most=MAX_ANSWER_BYTES,
            params={"output_format": OUTPUT_FORMAT},
            json={
                "prompt": prompt_of(request),
                "music_length_ms": length,
                "model_id": self.model,
                "force_instrumental": True,
            },
        )
        data = await asyncio.to_thread(exact_music, NAME, response.content, request.duration_ms)
        await call.charged({"seconds": length / 1000})
        return Media(
            data=data,
            media_type="audio/wav",
            model=self.model,
            licence=LICENCE,
            duration_ms=request.duration_ms,
        )

    async def check(self) -> Checked:
        return await check_account(self._client)

    async def aclose(self) -> None:
        await self._client.aclose()


def prompt_of(request: MusicRequest) -> str:
    """The piece in words; each revision asks for another take."""
    take = f", take {request.revision + 1}" if request.revision else ""
    words = (
        f"{request.genre}, {request.mood} mood: instrumental background music for a short video "
        f"with a narrator, steady tempo, no sudden changes, nothing that ends the piece{take}"
    )
    return words[:MAX_PROMPT_CHARACTERS]
