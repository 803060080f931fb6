"""Pictures and speech for simulators to sell: real, cheap, and told apart by what was asked."""

from __future__ import annotations

import hashlib
import io

import av
import numpy as np
from PIL import Image

from domain.assets import SpeechRequest
from domain.reading.language import detect_language
from providers.base import Media, Uncounted
from providers.tts.espeak_voice import EspeakVoice
from providers.tts.sound import wav

RATE = 24_000
PATCHES = 5
MUSIC_RATE = 44_100


def picture(prompt: str, width: int, height: int, *, form: str = "PNG") -> bytes:
    """Soft patches of colours, all by the prompt: no two prompts look alike."""
    digest = hashlib.shake_128(prompt.encode()).digest(PATCHES * PATCHES * 3)
    patches = np.frombuffer(digest, np.uint8).reshape(PATCHES, PATCHES, 3)
    image = Image.fromarray(patches).resize((width, height), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


async def spoken_media(text: str) -> Media:
    """The text, spoken by espeak, with a time for each word."""
    request = SpeechRequest(text=text, language=detect_language(text))
    return await EspeakVoice().synthesize(request, call=Uncounted())


async def spoken(text: str, *, seconds: float | None = None) -> bytes:
    """A WAV of the text, spoken by espeak; with `seconds`, a tone of that length."""
    if seconds is not None:
        time = np.arange(int(seconds * RATE)) / RATE
        return wav((np.sin(2 * np.pi * 220 * time) / 2).astype(np.float32), RATE)
    return (await spoken_media(text)).data


def piece(seconds: float, *, bpm: int = 100) -> bytes:
    """An MP3 of chords with a beat, 44.1 kHz stereo."""
    times = np.arange(int(seconds * MUSIC_RATE)) / MUSIC_RATE
    beat = times % (60 / bpm)
    chord = sum(np.sin(2 * np.pi * pitch * times) for pitch in (220.0, 277.2, 329.6)) / 12
    drum = np.sin(2 * np.pi * 60 * beat) * np.exp(-14 * beat) / 2
    mono = (chord + drum).astype(np.float32)
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=MUSIC_RATE, layout="stereo")
        stream.codec_context.bit_rate = 128_000
        for first in range(0, len(mono), 1152):
            part = mono[first : first + 1152]
            frame = av.AudioFrame.from_ndarray(np.stack([part, part]), "fltp", "stereo")
            frame.sample_rate, frame.pts = MUSIC_RATE, first
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()
