"""What is particular to ElevenLabs and Mubert, each against its simulator."""

from __future__ import annotations

import asyncio
import io
import json
import wave
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from temporalio.exceptions import ApplicationError

from domain.assets import MusicRequest, SpeechRequest
from domain.ledger import CallOutcome
from domain.words import caption_units
from providers.base import Uncounted
from providers.errors import InvalidProviderRequest
from providers.music.exact import RATE, exact_music
from providers.registry import ProviderRegistry
from providers.tts.elevenlabs_voice import model_for, word_times
from storage.storage import Storage
from tests.providers.services import BY_ID, RUN, buy, configured
from tests.simulators.elevenlabs import ElevenLabsSimulator
from tests.simulators.media import piece, spoken_media
from tests.simulators.mubert import MubertSimulator

MUSIC = MusicRequest(genre="ambient", mood="calm", duration_ms=8000, seed=1)


@pytest.fixture
def mubert() -> Iterator[MubertSimulator]:
    with MubertSimulator() as running:
        yield running


@pytest.fixture
def elevenlabs() -> Iterator[ElevenLabsSimulator]:
    with ElevenLabsSimulator() as running:
        yield running


# Words from characters


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Salt — and sea!"),
        ("ko", "바다는 왜 짤까요?"),
        ("th", "ทำไมทะเลถึงเค็ม"),
        ("en", "Hi 👨‍👩‍👧‍👦 you"),
    ],
)
def test_words_are_timed_by_their_characters(language: str, text: str) -> None:
    units = caption_units(text, language)
    alignment = {
        "characters": list(text),
        "character_start_times_seconds": [index / 10 for index in range(len(text))],
        "character_end_times_seconds": [(index + 1) / 10 for index in range(len(text))],
    }
    words = word_times(units, alignment)
    assert words
    assert tuple(word.text for word in words) == units
    for word in words:
        assert word.start_ms == 100 * text.index(word.text)
        assert word.end_ms == word.start_ms + 100 * len(word.text)


@pytest.mark.parametrize("alignment", [None, {}, {"characters": ["x"]}])
def test_times_of_other_words_are_not_believed(alignment: dict[str, list[str]] | None) -> None:
    assert word_times(("salt",), alignment) is None


async def test_its_own_times_are_the_words_times(
    elevenlabs: ElevenLabsSimulator, storage: Storage
) -> None:
    text = "Rivers carry the salt, day after day."
    truth = await spoken_media(text)
    with configured(BY_ID["voice/elevenlabs"], elevenlabs.url, storage) as registry:
        request = SpeechRequest(text=text, language="en")
        media = await registry.voice.get("elevenlabs").synthesize(request, call=Uncounted())
        await registry.aclose()
    assert media.note is None
    for word, true in zip(media.words, truth.words, strict=True):
        assert abs(word.start_ms - true.start_ms) <= 60


# What is asked for


def test_each_language_has_its_model() -> None:
    models = [model_for(language) for language in ("ko", "pt-BR", "vi", "th", "he")]
    assert models == [
        *("eleven_multilingual_v2",) * 2,
        "eleven_flash_v2_5",
        *("eleven_v3",) * 2,
    ]


async def test_emotion_context_and_language_are_asked_for(
    elevenlabs: ElevenLabsSimulator, storage: Storage
) -> None:
    request = SpeechRequest(
        text="ทำไมทะเลถึงเค็ม",
        language="th",
        emotion="excited",
        previous_text="ก่อน",
        next_text="หลัง",
    )
    with configured(BY_ID["voice/elevenlabs"], elevenlabs.url, storage) as registry:
        await registry.voice.get("elevenlabs").synthesize(request, call=Uncounted())
        await registry.aclose()
    body = json.loads(elevenlabs.seen[-1].body)
    assert (body["model_id"], body["language_code"]) == ("eleven_v3", "th")
    assert (body["previous_text"], body["next_text"]) == ("ก่อน", "หลัง")
    assert body["voice_settings"]["stability"] < 0.5 < body["voice_settings"]["speed"]


async def test_voice_and_music_share_what_the_plan_allows(
    elevenlabs: ElevenLabsSimulator, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOSHORTS_ELEVENLABS_CONCURRENCY", "5")
    with configured(BY_ID["voice/elevenlabs"], elevenlabs.url, storage) as registry:
        both = (registry.voice.get("elevenlabs"), registry.music.get("elevenlabs"))
        assert {(provider.service, provider.places) for provider in both} == {("elevenlabs", 5)}
        await registry.aclose()


async def test_a_voice_that_is_not_there_is_named(
    elevenlabs: ElevenLabsSimulator, storage: Storage
) -> None:
    request = SpeechRequest(text="hello", language="en", voice_id="zzz")
    with configured(BY_ID["voice/elevenlabs"], elevenlabs.url, storage) as registry:
        with pytest.raises(InvalidProviderRequest, match="voice_id: .*'zzz'"):
            await registry.voice.get("elevenlabs").synthesize(request, call=Uncounted())
        await registry.aclose()


async def test_what_the_service_says_it_cost_is_booked(
    elevenlabs: ElevenLabsSimulator, storage: Storage
) -> None:
    service = BY_ID["voice/elevenlabs"]
    with configured(service, elevenlabs.url, storage) as registry:
        await buy(service, registry, storage)
        await registry.aclose()
    (entry,) = storage.ledger.all_calls(RUN)
    assert entry.units == {"characters": elevenlabs.charges[0].units["characters"]}
    assert entry.outcome is CallOutcome.PAID


# Tracks that take a while


async def test_a_track_that_was_begun_is_not_begun_again(
    mubert: MubertSimulator, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = BY_ID["music/mubert"]
    monkeypatch.setattr("tests.simulators.mubert.POLLS", 10_000)
    with configured(service, mubert.url, storage) as registry:
        begun = asyncio.create_task(buy(service, registry, storage))
        async with asyncio.timeout(20):
            while not any(seen.method == "GET" for seen in mubert.seen):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        begun.cancel()
        await asyncio.gather(begun, return_exceptions=True)
        await registry.aclose()
    monkeypatch.setattr("tests.simulators.mubert.POLLS", 0)
    with configured(service, mubert.url, storage) as registry:
        await buy(service, registry, storage)
        await registry.aclose()
    assert len(mubert.charges) == 1
    (entry,) = storage.ledger.all_calls(RUN)
    assert entry.outcome is CallOutcome.PAID


@pytest.mark.parametrize("trouble", ["loses_tracks", "fails_tracks"])
async def test_a_track_that_comes_to_nothing_is_made_again_and_told(
    mubert: MubertSimulator, storage: Storage, trouble: str
) -> None:
    service = BY_ID["music/mubert"]
    with configured(service, mubert.url, storage) as registry:
        setattr(mubert, trouble, 1)
        with pytest.raises(ApplicationError, match="mubert"):
            await buy(service, registry, storage)
        await buy(service, registry, storage)
        await registry.aclose()
    outcomes = [entry.outcome for entry in storage.ledger.all_calls(RUN)]
    assert outcomes == [CallOutcome.LOST, CallOutcome.PAID]


async def test_a_pass_that_has_ended_is_renewed(mubert: MubertSimulator, storage: Storage) -> None:
    service = BY_ID["music/mubert"]
    with configured(service, mubert.url, storage) as registry:
        music = registry.music.get("mubert")
        await music.generate(MUSIC, call=Uncounted())
        mubert.expire()
        await music.generate(MUSIC, call=Uncounted())
        await registry.aclose()
    assert len(mubert.charges) == 2


# Exactly as long


@pytest.mark.parametrize("seconds", [7.5, 9.0, 30.0])
def test_a_piece_of_any_length_becomes_exactly_as_long(seconds: float) -> None:
    samples = _samples(exact_music("test", piece(seconds), 11_000))
    assert len(samples) == 11 * RATE
    inside = np.abs(np.diff(samples, axis=0)).max()
    assert np.abs(samples[0] - samples[-1]).max() <= inside


def test_a_repetition_keeps_the_beat() -> None:
    samples = _samples(exact_music("test", piece(8.0, bpm=120), 11_000)).mean(axis=1)
    beat = RATE // 2
    peaks = [int(np.abs(samples[n : n + beat]).argmax()) for n in range(RATE, 10 * RATE, beat)]
    assert np.std(peaks) < 0.03 * RATE


def _samples(data: bytes) -> NDArray[np.float32]:
    with wave.open(io.BytesIO(data)) as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32)
        return pcm.reshape(-1, file.getnchannels()) / np.float32(32768)


def test_without_an_address_playht_says_that_it_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    from domain.run import Providers

    monkeypatch.setenv("PLAYHT_API_KEY", "x")
    registry = ProviderRegistry(Providers())
    assert registry.voice.resolve("auto") == "neural"
    with pytest.raises(InvalidProviderRequest, match="ended on 2025-12-31.*AUTOSHORTS_PLAYHT_URL"):
        registry.resolve(Providers(voice="playht"))
    assert "ended on 2025-12-31" in dict(registry.remarks())["voice"]
