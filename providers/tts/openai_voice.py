"""OpenAI speech, and servers that speak the same API. It has no timings: our aligner finds them."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from pydantic import SecretStr

from domain.assets import SpeechRequest
from domain.ledger import Price
from domain.words import caption_units
from providers.base import Call, Media
from providers.errors import InvalidProviderRequest
from providers.http import MAX_ANSWER_BYTES, send
from providers.openai_api import OpenAIMediaSettings, check_model, client_of
from providers.prices import price_of
from providers.service import Address, Checked, ServiceSettings, Tools
from providers.tts.aligner import aligned
from providers.tts.sound import (
    Samples,
    decoded,
    finished,
    require_speech,
    silence,
    wav,
)
from providers.tts.spoken.parts import is_speakable, spoken_text

VOICES = tuple("coral onyx nova echo sage ash shimmer fable alloy ballad verse marin cedar".split())
OPENAI_MODELS = ("gpt-4o-mini-tts", "tts-1")
MAX_CHARACTERS = 4096
LICENCE = "the service's terms: the output is the user's; listeners are told it is synthetic"
ALIGNED = "word times are found in the sound, not said by the service"
# Of the instructions: another edition speaks another way.
EDITION = "1"
_TONES = {
    "neutral": "warm, curious and unhurried",
    "happy": "bright and smiling",
    "excited": "quick and thrilled, as if it had just happened",
    "sad": "soft and slow, close to tears without crying",
    "angry": "tense and sharp, holding back",
    "surprised": "astonished, with a rise on what is unexpected",
    "calm": "quiet and soothing, with room between the phrases",
}


class OpenAIVoiceSettings(OpenAIMediaSettings):
    """Settings of the voice."""

    role: ClassVar[str] = "speech"
    openai_speech_model: str = "gpt-4o-mini-tts"
    openai_speech_voices: str = ""
    openai_speech_url: Address | None = None
    openai_speech_key: SecretStr | None = None

    @property
    def price(self) -> Price:
        return price_of("openai", self.openai_speech_model) or {}

    @property
    def own_url(self) -> str | None:
        return self.openai_speech_url

    @property
    def own_key(self) -> SecretStr | None:
        return self.openai_speech_key

    @property
    def voices(self) -> tuple[str, ...]:
        """One for each speaker, in order."""
        named = (voice.strip() for voice in self.openai_speech_voices.split(","))
        return tuple(voice for voice in named if voice) or VOICES


class OpenAIVoice:
    """Speaks by `POST /audio/speech`."""

    name = "openai"
    settings_type: ClassVar[type[ServiceSettings]] = OpenAIVoiceSettings

    def __init__(self, settings: OpenAIVoiceSettings, *, tools: Tools) -> None:
        self.model = settings.openai_speech_model
        self.price = settings.price
        self.service, self.places = settings.service, settings.places
        self._voices = settings.voices
        said = (EDITION, settings.openai_speech_voices, settings.settled_by_url)
        self.fingerprint = " ".join(part for part in said if part)
        self._called = settings.called
        self._settings = settings
        self._client = client_of(settings)

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
            self._called,
            "POST",
            "audio/speech",
            explain=self._settings.explain,
            paid=True,
            at_most=MAX_ANSWER_BYTES,
            json=body,
        )
        samples, rate = await asyncio.to_thread(_speech_in, response.content, spoken.text)
        await call.charged(self._units(spoken, samples, rate))
        return await asyncio.to_thread(_media, samples, rate, request, self.model)

    async def check(self) -> Checked:
        return await check_model(self._client, self.model, self._settings)

    async def aclose(self) -> None:
        await self._client.aclose()

    @property
    def _is_openais(self) -> bool:
        return self.model.startswith(OPENAI_MODELS)

    def _body(self, request: SpeechRequest) -> dict[str, object]:
        """Raises `InvalidProviderRequest`."""
        if len(request.text) > MAX_CHARACTERS:
            raise InvalidProviderRequest(
                f"text: {len(request.text)} characters; openai speaks {MAX_CHARACTERS} at most"
            )
        body: dict[str, object] = {
            "model": self.model,
            "input": request.text,
            "voice": self._voice(request),
            "response_format": "wav",
        }
        if not self.model.startswith("tts-1"):
            body["instructions"] = instructions_for(request)
        return body

    def _voice(self, request: SpeechRequest) -> str | dict[str, str]:
        voice = request.voice_id
        if voice in (None, "default"):
            return self._voices[request.speaker % len(self._voices)]
        if voice.startswith("voice_"):
            return {"id": voice}
        known = {*self._voices, *(VOICES if self._is_openais else ())}
        if voice not in known:
            raise InvalidProviderRequest(
                f"voice_id: openai has no voice {voice!r}; it has {', '.join(sorted(known))}"
            )
        return voice

    def _units(self, request: SpeechRequest, samples: Samples, rate: int) -> dict[str, float]:
        """The service says nothing of what it charges; it is by the minute, or by the letter."""
        if "seconds" in self.price:
            return {"seconds": len(samples) / rate}
        return {"characters": len(request.text)}


def as_spoken(request: SpeechRequest) -> SpeechRequest:
    """The request with its words as they are said: the service reads signs and numbers raw."""
    return request.model_copy(update={"text": spoken_text(request.text, request.language)})


def instructions_for(request: SpeechRequest) -> str:
    """How a line is to be said, for models that take it."""
    return (
        f"Read exactly the given text, in the language {request.language!r}, as a native speaker "
        "telling a story in a short video: natural melody, clear words, close to the listener, "
        f"no pause before the first word. Tone: {_TONES.get(request.emotion, request.emotion)}."
    )


def _speech_in(data: bytes, text: str) -> tuple[Samples, int]:
    samples, rate = decoded("openai", data)
    require_speech("openai", samples, rate, text=text)
    return samples, rate


def _media(samples: Samples, rate: int, request: SpeechRequest, model: str) -> Media:
    kept, _ = finished(samples, rate)
    units = caption_units(request.text, request.language)
    return Media(
        data=wav(kept, rate),
        media_type="audio/wav",
        model=model,
        licence=LICENCE,
        duration_ms=int(1000 * len(kept) / rate),
        words=aligned(kept, rate, units, request.language),
        note=ALIGNED,
    )
