"""ElevenLabs speech with its own times for every character."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from domain.assets import SpeechRequest, WordTiming
from domain.ledger import Price
from domain.words import caption_units
from providers.base import Call, Media
from providers.elevenlabs_api import (
    LICENCE,
    NAME,
    ElevenLabsSettings,
    check_account,
    client_of,
    credits_of,
    explain,
)
from providers.errors import InvalidProviderRequest, ProviderUnavailable
from providers.http import MAX_ANSWER_BYTES, json_of, send
from providers.prices import price_of
from providers.service import Checked, ServiceSettings, Tools
from providers.tts.aligner import aligned
from providers.tts.openai_voice import ALIGNED
from providers.tts.sound import (
    Samples,
    decoded,
    finished,
    require_speech,
    silence,
    wav,
)
from providers.tts.spoken.parts import is_speakable

BY_LANGUAGE = "auto"
MULTILINGUAL, FLASH, WIDE = "eleven_multilingual_v2", "eleven_flash_v2_5", "eleven_v3"
# elevenlabs.io/docs/overview/models; what is in neither list is for the model of 70 languages.
MULTILINGUAL_LANGUAGES = frozenset(
    """
    ar bg cs da de el en es fi fil fr hi hr id it ja ko ms nl pl pt ro ru sk sv ta tr uk zh
    """.split()
)
FLASH_LANGUAGES = frozenset(("hu", "no", "vi"))
MAX_CHARACTERS = {MULTILINGUAL: 10_000, FLASH: 40_000, WIDE: 5_000}
# George and Sarah, of the voices that every account has.
VOICES = ("JBFqnCBsd6RMkjVDRZzb", "EXAVITQu4vr4xnSDxMaL")
# WAV of 44.1 kHz and more needs a dear plan; 24 kHz holds a voice.
OUTPUT_FORMAT = "wav_24000"
# Less stability lets a voice move; style exaggerates; speed is 0.7 to 1.2.
_EMOTIONS: Mapping[str, tuple[float, float, float]] = {
    "neutral": (0.5, 0.0, 1.0),
    "happy": (0.4, 0.3, 1.03),
    "excited": (0.3, 0.5, 1.08),
    "sad": (0.6, 0.25, 0.92),
    "angry": (0.35, 0.5, 1.04),
    "surprised": (0.3, 0.45, 1.04),
    "calm": (0.7, 0.0, 0.94),
}


class ElevenLabsVoiceSettings(ElevenLabsSettings):
    """Settings of the voice."""

    elevenlabs_speech_model: str = BY_LANGUAGE
    elevenlabs_voices: str = ""

    @property
    def price(self) -> Price:
        return price_of(NAME, self.elevenlabs_speech_model) or {}

    @property
    def voices(self) -> tuple[str, ...]:
        """One for each speaker, in order."""
        named = (voice.strip() for voice in self.elevenlabs_voices.split(","))
        return tuple(voice for voice in named if voice) or VOICES


class ElevenLabsVoice:
    """Lines from `POST /v1/text-to-speech/{voice}/with-timestamps`."""

    name = NAME
    settings_type: ClassVar[type[ServiceSettings]] = ElevenLabsVoiceSettings

    def __init__(self, settings: ElevenLabsVoiceSettings, *, tools: Tools) -> None:
        self.model = settings.elevenlabs_speech_model
        self.fingerprint = f"{settings.elevenlabs_voices} {settings.settled_by_url}".strip()
        self.price = settings.price
        self.service, self.places = settings.service, settings.places
        self._voices = settings.voices
        self._client = client_of(settings)

    async def synthesize(self, request: SpeechRequest, *, call: Call) -> Media:
        """WAV, 16 bit mono, without the silence around it; words by the service's own times."""
        model, units = self._model(request), caption_units(request.text, request.language)
        if not is_speakable(request.text):
            return silence(units, model=model, licence=LICENCE)
        body = body_of(request, model)
        await call.sending()
        response = await send(
            self._client,
            NAME,
            "POST",
            f"/v1/text-to-speech/{self._voice(request)}/with-timestamps",
            explain=explain,
            paid=True,
            at_most=MAX_ANSWER_BYTES,
            params={"output_format": OUTPUT_FORMAT},
            json=body,
        )
        answer = json_of(NAME, response, paid=True)
        samples, rate = await asyncio.to_thread(_speech_in, answer, request.text)
        credits = credits_of(response)
        await call.charged({"characters": credits if credits is not None else len(request.text)})
        return await asyncio.to_thread(_media, samples, rate, answer, request, model)

    async def check(self) -> Checked:
        return await check_account(self._client)

    async def aclose(self) -> None:
        await self._client.aclose()

    def _model(self, request: SpeechRequest) -> str:
        return model_for(request.language) if self.model == BY_LANGUAGE else self.model

    def _voice(self, request: SpeechRequest) -> str:
        """A voice is an id of letters and digits: it becomes part of an address."""
        voice = request.voice_id
        if voice in (None, "default"):
            return self._voices[request.speaker % len(self._voices)]
        if not voice.isascii() or not voice.isalnum():
            raise InvalidProviderRequest(
                f"voice_id: {voice!r} is no id of an elevenlabs voice, such as {VOICES[0]}"
            )
        return voice


def model_for(language: str) -> str:
    """The model that speaks a BCP 47 language best."""
    plain = language.split("-")[0].lower()
    if plain in MULTILINGUAL_LANGUAGES:
        return MULTILINGUAL
    return FLASH if plain in FLASH_LANGUAGES else WIDE


def body_of(request: SpeechRequest, model: str) -> dict[str, object]:
    """Raises `InvalidProviderRequest`."""
    most = MAX_CHARACTERS.get(model, MAX_CHARACTERS[MULTILINGUAL])
    if len(request.text) > most:
        raise InvalidProviderRequest(
            f"text: {len(request.text)} characters; {model} speaks {most} at most"
        )
    stability, style, speed = _EMOTIONS.get(request.emotion, _EMOTIONS["neutral"])
    body: dict[str, object] = {
        "text": request.text,
        "model_id": model,
        "voice_settings": {
            "stability": stability,
            "similarity_boost": 0.75,
            "style": style,
            "use_speaker_boost": True,
            "speed": speed,
        },
    }
    if model != MULTILINGUAL:
        body["language_code"] = request.language.split("-")[0].lower()
    context = {"previous_text": request.previous_text, "next_text": request.next_text}
    return body | {name: text for name, text in context.items() if text}


def word_times(
    units: Sequence[str], alignment: Mapping[str, Any] | None
) -> tuple[WordTiming, ...] | None:
    """Each unit's time from its characters'; None where they are not those of the units."""
    try:
        columns = [
            (alignment or {})[name]
            for name in (
                "characters",
                "character_start_times_seconds",
                "character_end_times_seconds",
            )
        ]
        # One entry may hold several code points, as an emoji does.
        spoken = [
            (point, 1000 * float(begin), 1000 * float(end))
            for text, begin, end in zip(*columns, strict=True)
            for point in str(text)
            if not point.isspace()
        ]
    except (KeyError, TypeError, ValueError):
        return None
    if "".join(point for point, _, _ in spoken) != "".join("".join(u.split()) for u in units):
        return None
    found, first, now = [], 0, 0
    for unit in units:
        own = spoken[first : first + len("".join(unit.split()))]
        first += len(own)
        begin = max(now, round(min(begin for _, begin, _ in own))) if own else now
        now = max(begin, round(max(end for _, _, end in own))) if own else begin
        found.append(WordTiming(text=unit, start_ms=begin, end_ms=now))
    return tuple(found)


def _speech_in(answer: Mapping[str, Any], text: str) -> tuple[Samples, int]:
    try:
        data = base64.b64decode(answer["audio_base64"], validate=True)
    except (KeyError, TypeError, binascii.Error) as exc:
        raise ProviderUnavailable(
            "elevenlabs answered without sound in base64", may_have_charged=True
        ) from exc
    samples, rate = decoded(NAME, data)
    require_speech(NAME, samples, rate, text=text)
    return samples, rate


def _media(
    samples: Samples, rate: int, answer: Mapping[str, Any], request: SpeechRequest, model: str
) -> Media:
    units = caption_units(request.text, request.language)
    kept, cut_ms = finished(samples, rate)
    length_ms = int(1000 * len(kept) / rate)
    media = Media(
        data=wav(kept, rate),
        media_type="audio/wav",
        model=model,
        licence=LICENCE,
        duration_ms=length_ms,
    )
    times = word_times(units, answer.get("alignment"))
    if times is None:
        return replace(media, words=aligned(kept, rate, units, request.language), note=ALIGNED)
    return replace(media, words=tuple(_moved(time, -cut_ms, length_ms) for time in times))


def _moved(time: WordTiming, by_ms: int, length_ms: int) -> WordTiming:
    start, end = (min(max(at + by_ms, 0), length_ms) for at in (time.start_ms, time.end_ms))
    return time.model_copy(update={"start_ms": start, "end_ms": end})
