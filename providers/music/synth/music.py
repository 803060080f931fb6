"""The embedded composer: music by mood, genre and seed, of exactly the asked length."""

from __future__ import annotations

import asyncio
import io
import random
import wave

import numpy as np
from numpy.typing import NDArray

from domain.assets import MusicRequest
from providers.base import Call, Embedded, Media
from providers.music.synth.arrangement import BEATS, compose, play
from providers.music.synth.instruments import SAMPLE_RATE
from providers.music.synth.mastering import mastered, with_room
from providers.music.synth.theory import MOODS, choose_band

LICENCE = "CC0-1.0"
MAX_LOOP_SECONDS = 75.0


class MusicSynth(Embedded):
    """Music without a key: chords, bass, accompaniment, melody and drums, synthesised."""

    name = "synth"
    model = "synth-1"

    async def generate(self, request: MusicRequest, *, call: Call) -> Media:
        """WAV, 16 bit stereo, 48 kHz, `duration_ms` long to the sample; loops without a seam."""
        call.report(0.1, "composing")
        sound = await asyncio.to_thread(make_music, request)
        return Media(
            data=to_wav(sound),
            media_type="audio/wav",
            model=self.model,
            licence=LICENCE,
            duration_ms=request.duration_ms,
        )

    async def aclose(self) -> None:
        """Nothing is held."""


def make_music(request: MusicRequest) -> NDArray[np.float32]:
    """(2, samples) at 48 kHz, about -18 LUFS."""
    rng = random.Random(request.seed)
    samples = request.duration_ms * SAMPLE_RATE // 1000
    band = choose_band(request.genre, request.mood, rng)
    mood = MOODS.get(request.mood, MOODS["calm"])
    # Long pieces repeat one loop, so that memory and time stay bounded.
    repeats = int(-(-samples // (MAX_LOOP_SECONDS * SAMPLE_RATE)))
    loop_samples = -(-samples // repeats)
    score = compose(
        request.mood, band, _bars(loop_samples / SAMPLE_RATE, rng.randint(*mood.bpm)), rng
    )
    dry = play(score, loop_samples)
    room = 0.5 if band.drums is None else 0.28
    loop = mastered(with_room(dry, amount=room, seed=request.seed))
    return np.tile(loop, repeats)[:, :samples]


def to_wav(stereo: NDArray[np.float32]) -> bytes:
    """(2, n) floats as a 16 bit stereo WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.clip(stereo.T, -1, 1) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def _bars(seconds: float, bpm: int) -> int:
    """As many whole bars as fit best, in fours where there are that many."""
    bars = seconds * bpm / 60 / BEATS
    return max(4 * round(bars / 4), 4) if bars >= 3 else max(round(bars), 1)
