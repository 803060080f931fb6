"""PlayHT's protocol, for servers of one's own and successors: the service ended on 2025-12-31.

`POST /api/v2/tts/stream` of its stored reference (docs.play.ht, v2.2): audio comes back, without
timings, which our aligner finds.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar, Literal

from pydantic import Field, SecretStr

from domain.assets import SpeechRequest
from domain.words import caption_units
from providers.base import Call, Media
from providers.errors import InvalidProviderRequest
from providers.http import MAX_ANSWER_BYTES, new_client, send
from providers.service import Address, Checked, ServiceSettings, Tools
from providers.tts.aligner import aligned
from providers.tts.openai_voice import ALIGNED, as_spoken
from providers.tts.sound import decoded, finished, require_speech, silence, wav
from providers.tts.spoken.parts import is_speakable

NAME = "playht"
ENDED = "PlayHT's own service ended on 2025-12-31"
MAX_CHARACTERS = 2000
LICENCE = "the server's own terms"
VOICE = "s3://voice-cloning-zero-shot/d9ff78ba-d016-47f6-b0ef-dd630f59414e/female-cs/manifest.json"
_SPEEDS = {"sad": 0.92, "calm": 0.94, "excited": 1.08, "happy": 1.03, "surprised": 1.04}


class PlayHTSettings(ServiceSettings):
    """A server that speaks PlayHT's protocol. There is none to go to by itself."""

    playht_url: Address | None = None
    playht_api_key: SecretStr | None = Field(default=None, validation_alias="PLAYHT_API_KEY")
    playht_user_id: str | None = Field(default=None, validation_alias="PLAYHT_USER_ID")
    playht_model: Literal[
        "PlayHT2.0-turbo", "PlayHT2.0", "Play3.0-mini", "PlayDialog", "PlayDialogMultilingual"
    ] = "Play3.0-mini"
    playht_voices: str = ""

    @property
    def service(self) -> str:
        return NAME

    @property
    def configured_by(self) -> str | None:
        return "AUTOSHORTS_PLAYHT_URL is set" if self.playht_url else None

    @property
    def lacks(self) -> str | None:
        if self.playht_url:
            return None
        return f"{ENDED}: set AUTOSHORTS_PLAYHT_URL to a server that speaks its protocol"

    @property
    def remark(self) -> str | None:
        return self.lacks if self.playht_api_key else None

    @property
    def voices(self) -> tuple[str, ...]:
        """One for each speaker, in order."""
        named = (voice.strip() for voice in self.playht_voices.split(","))
        return tuple(voice for voice in named if voice) or (VOICE,)


class PlayHTVoice:
    """Lines from `POST /api/v2/tts/stream`."""

    name = NAME
    settings_type: ClassVar[type[ServiceSettings]] = PlayHTSettings

    def __init__(self, settings: PlayHTSettings, *, tools: Tools) -> None:
        self.model: str = settings.playht_model
        self.fingerprint = f"{settings.playht_voices} {settings.playht_url}".strip()
        # What a server of one's own charges, nobody knows but its owner.
        self.price = settings.price
        self.service, self.places = settings.service, settings.places
        self._voices = settings.voices
        key = settings.playht_api_key
        headers = {
            "authorization": key.get_secret_value() if key else "none",
            "x-user-id": settings.playht_user_id or "none",
        }
        self._client = new_client((settings.playht_url or "").rstrip("/"), headers)

    async def synthesize(self, request: SpeechRequest, *, call: Call) -> Media:
        """WAV, 16 bit mono, without the silence around it; words by `aligner`."""
        units = caption_units(request.text, request.language)
        if not is_speakable(request.text):
            return silence(units, model=self.model, licence=LICENCE)
        spoken = await asyncio.to_thread(as_spoken, request)
        body = self._body(spoken)
        await call.sending()
        response = await send(
            self._client,
            NAME,
            "POST",
            "/api/v2/tts/stream",
            paid=True,
            at_most=MAX_ANSWER_BYTES,
            json=body,
            headers={"accept": "audio/wav"},
        )
        samples, rate = await asyncio.to_thread(decoded, NAME, response.content)
        require_speech(NAME, samples, rate, text=spoken.text)
        await call.charged({"characters": len(spoken.text)})
        kept, _ = await asyncio.to_thread(finished, samples, rate)
        return Media(
            data=wav(kept, rate),
            media_type="audio/wav",
            model=self.model,
            licence=LICENCE,
            duration_ms=int(1000 * len(kept) / rate),
            words=await asyncio.to_thread(aligned, kept, rate, units, request.language),
            note=ALIGNED,
        )

    async def check(self) -> Checked:
        """Asks for the voices, which costs nothing."""
        response = await send(self._client, NAME, "GET", "/api/v2/voices")
        said = f"{ENDED}; the server named in AUTOSHORTS_PLAYHT_URL answers"
        return Checked(ok=response.is_success, said=said)

    async def aclose(self) -> None:
        await self._client.aclose()

    def _body(self, request: SpeechRequest) -> dict[str, object]:
        """Raises `InvalidProviderRequest`."""
        if len(request.text) > MAX_CHARACTERS:
            raise InvalidProviderRequest(
                f"text: {len(request.text)} characters; playht speaks {MAX_CHARACTERS} at most"
            )
        return {
            "text": request.text,
            "voice": self._voice(request),
            "voice_engine": self.model,
            "output_format": "wav",
            "sample_rate": 24_000,
            "speed": _SPEEDS.get(request.emotion, 1.0),
        }

    def _voice(self, request: SpeechRequest) -> str:
        voice = request.voice_id
        if voice in (None, "default"):
            return self._voices[request.speaker % len(self._voices)]
        if voice not in self._voices and not voice.startswith("s3://"):
            raise InvalidProviderRequest(
                f"voice_id: {voice!r} is no voice of playht, such as {self._voices[0]}"
            )
        return voice
