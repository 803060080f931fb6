"""What every provider of a role promises; real services join by `services.py`."""

from __future__ import annotations

import io
import math
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from domain.assets import NO_PROVIDER, ImageRequest, MusicRequest, SoundRequest, SpeechRequest
from domain.plot import Emotion, PlotRequest
from domain.run import Providers
from domain.sfx import EMOTION_TAGS
from domain.words import caption_units
from providers.base import (
    ImageProvider,
    MusicProvider,
    Planner,
    SpeechProvider,
    Uncounted,
)
from providers.errors import InvalidProviderRequest
from providers.registry import ProviderRegistry
from storage.storage import Storage
from tests.providers.services import BY_ID, SERVICES, Service, configured

ByName = Callable[[str, str], Any]


@pytest.fixture
def registry() -> ProviderRegistry:
    return ProviderRegistry(Providers())


def providers_of(role: str, *embedded: str) -> list[str]:
    """The embedded providers of a role by name, and the services beside their simulators."""
    return [*embedded, *(service.name for service in SERVICES if service.role == role)]


@pytest.fixture
async def services(storage: Storage) -> AsyncIterator[ByName]:
    """Gives a role's provider by name; a real service is set up against its simulator."""
    with ExitStack() as open_ones:
        made: list[Any] = []

        def provider(role: str, name: str) -> Any:
            service = BY_ID.get(f"{role}/{name}")
            registry = ProviderRegistry(Providers())
            if service:
                simulator = open_ones.enter_context(service.simulator())
                registry = open_ones.enter_context(configured(service, simulator.url, storage))
            made.append(registry)
            return registry.roles[role].get(name)

        yield provider
        for registry in made:
            await registry.aclose()


def _wave(data: bytes) -> tuple[NDArray[np.float32], int]:
    with wave.open(io.BytesIO(data)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32)
        stereo = samples.reshape(-1, file.getnchannels()) / np.float32(32768)
        return stereo, file.getframerate()


@pytest.mark.parametrize("name", providers_of("planner", "auto", "rules"))
async def test_a_planner_answers_a_whole_plot(services: ByName, name: str) -> None:
    planner: Planner = services("planner", name)
    request = PlotRequest(prompt="바다", art_style="x", music_genre="ambient", seed=1, num_cuts=4)
    plot = await planner.write(request, call=Uncounted())
    assert len(plot.visuals) == 4
    assert plot == await planner.write(request, call=Uncounted())


@pytest.mark.parametrize("name", providers_of("images", "painter"))
@pytest.mark.parametrize("size", [(1080, 1920), (1080, 1350), (640, 640)], ids=str)
async def test_a_picture_is_as_large_as_asked(
    services: ByName, name: str, size: tuple[int, int]
) -> None:
    images: ImageProvider = services("images", name)
    request = ImageRequest(
        prompt="sea", style="", width=size[0], height=size[1], seed=3, look=4, sequence=1
    )
    media = await images.generate(request, call=Uncounted())
    assert media.media_type in ("image/png", "image/jpeg")
    picture = Image.open(io.BytesIO(media.data))
    assert picture.width / picture.height == pytest.approx(size[0] / size[1], abs=0.01)
    assert picture.width >= size[0]
    assert np.asarray(picture.convert("L")).std() > 5
    assert media.licence


@pytest.mark.parametrize("name", providers_of("music", "synth"))
@pytest.mark.parametrize("duration_ms", [4000, 17_000])
async def test_music_is_exactly_as_long_as_asked_and_loops(
    services: ByName, name: str, duration_ms: int
) -> None:
    music: MusicProvider = services("music", name)
    request = MusicRequest(genre="ambient", mood="calm", duration_ms=duration_ms, seed=9)
    media = await music.generate(request, call=Uncounted())
    samples, rate = _wave(media.data)
    assert len(samples) == duration_ms * rate // 1000
    assert 0.02 < np.sqrt(np.mean(samples**2)) < 0.5
    assert np.abs(samples).max() < 1.0
    inside = np.abs(np.diff(samples, axis=0)).max()
    assert np.abs(samples[0] - samples[-1]).max() <= inside


@pytest.mark.parametrize("name", ["synth"])
async def test_there_is_a_sound_for_every_tag(registry: ProviderRegistry, name: str) -> None:
    tags = {tag for emotion in Emotion for tag in EMOTION_TAGS[emotion]}
    tags |= {"door", "footsteps", "wind", "water", "rain", "thunder", "heartbeat", "typing"}
    for tag in tags:
        request = SoundRequest(tag=tag, seed=2)
        media = await registry.sounds.get(name).generate(request, call=Uncounted())
        samples, _ = _wave(media.data)
        assert 0.05 < np.abs(samples).max() <= 1.0, tag


@pytest.mark.parametrize("name", providers_of("voice", "neural", "espeak", NO_PROVIDER))
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "바다는 왜 이렇게 짤까요? 3.5% 때문입니다."),
        ("en", "Dr. Smith's ship—sunk in 1912—lies at https://example.com!"),
        ("ja", "海はなぜ塩辛いのでしょうか。"),
        ("zh", "海水为什么是咸的？"),
        ("ar", "لماذا البحر مالح؟"),
        ("hi", "समुद्र खारा क्यों है?"),
        ("th", "ทำไมทะเลถึงเค็ม"),
    ],
)
async def test_every_word_has_its_time(
    services: ByName, name: str, language: str, text: str
) -> None:
    voice: SpeechProvider = services("voice", name)
    request = SpeechRequest(text=text, language=language)
    media = await voice.synthesize(request, call=Uncounted())
    samples, rate = _wave(media.data)
    assert media.duration_ms is not None
    assert math.isclose(media.duration_ms, 1000 * len(samples) / rate, abs_tol=2)
    assert tuple(word.text for word in media.words) == caption_units(text, language)
    times = [time for word in media.words for time in (word.start_ms, word.end_ms)]
    assert times == sorted(times)
    assert times[-1] <= media.duration_ms
    assert bool(np.abs(samples).max() > 0.2) is (name != NO_PROVIDER)


@pytest.mark.parametrize("name", providers_of("voice", "neural", "espeak"))
@pytest.mark.parametrize("text", ["🐳🐳", "…", "?!"])
async def test_what_cannot_be_said_is_silence_that_says_so(
    services: ByName, name: str, text: str
) -> None:
    voice: SpeechProvider = services("voice", name)
    request = SpeechRequest(text=text, language="ko")
    media = await voice.synthesize(request, call=Uncounted())
    assert media.degraded
    assert media.duration_ms


@pytest.mark.parametrize("name", providers_of("voice", "neural", "espeak"))
async def test_an_unknown_voice_is_named(services: ByName, name: str) -> None:
    voice: SpeechProvider = services("voice", name)
    request = SpeechRequest(text="hello", language="en", voice_id="nobody")
    with pytest.raises(InvalidProviderRequest, match="voice_id: .*'nobody'"):
        await voice.synthesize(request, call=Uncounted())


def test_an_unknown_provider_is_named_with_those_there_are(registry: ProviderRegistry) -> None:
    with pytest.raises(InvalidProviderRequest, match="providers.images: .*'dalle9'.*painter"):
        registry.resolve(Providers(images="dalle9"))


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.id)
async def test_a_service_is_checked_without_being_charged(
    service: Service, storage: Storage
) -> None:
    with (
        service.simulator() as simulator,
        configured(service, simulator.url, storage) as registry,
    ):
        checked = await registry.roles[service.role].get(service.name).check()
        await registry.aclose()
    assert checked.ok, checked.said
    assert not simulator.charges
