"""Pictures and speech for simulators to sell: real, cheap, and told apart by what was asked."""

from __future__ import annotations

import hashlib
import io

import numpy as np
from PIL import Image

from domain.assets import SpeechRequest
from providers.base import Uncounted
from providers.llm.rules.language import detect_language
from providers.tts.espeak_voice import EspeakVoice
from providers.tts.sound import wav

RATE = 24_000


def picture(prompt: str, width: int, height: int, *, form: str = "PNG") -> bytes:
    """A gradient with a disc, its colours by the prompt."""
    digest = hashlib.sha256(prompt.encode()).digest()
    corners = np.frombuffer(digest[:12], np.uint8).reshape(2, 2, 3)
    image = Image.fromarray(corners).resize((width, height), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


async def spoken(text: str, *, seconds: float | None = None) -> bytes:
    """A WAV of the text, spoken by espeak; with `seconds`, a tone of that length."""
    if seconds is not None:
        time = np.arange(int(seconds * RATE)) / RATE
        return wav((np.sin(2 * np.pi * 220 * time) / 2).astype(np.float32), RATE)
    request = SpeechRequest(text=text, language=detect_language(text))
    return (await EspeakVoice().synthesize(request, call=Uncounted())).data
