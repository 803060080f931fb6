"""Pictures and speech by the OpenAI API: sizes, references, softening, voices, keys."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from activities.errors import translated
from domain.assets import ImageRequest, SpeechRequest
from domain.run import AspectRatio, Providers
from providers.base import Uncounted
from providers.errors import AuthenticationFailed, ContentRejected, InvalidProviderRequest
from providers.images.openai_images import OpenAIImages, OpenAIImagesSettings, size_of, softened
from providers.registry import ProviderRegistry
from providers.service import Tools
from providers.tts.openai_voice import ALIGNED, OpenAIVoice, OpenAIVoiceSettings
from storage.storage import Storage
from storage.uploads import Uploads
from tests.simulators.media import picture
from tests.simulators.openai import KEY, OpenAISimulator


@pytest.fixture(scope="module")
def simulator() -> Iterator[OpenAISimulator]:
    with OpenAISimulator() as running:
        yield running


@pytest.fixture
def uploads(storage: Storage) -> Uploads:
    return storage.uploads


@pytest.fixture
async def images(simulator: OpenAISimulator, uploads: Uploads) -> AsyncIterator[OpenAIImages]:
    simulator.forget()
    simulator.moderates = lambda prompt: False
    settings = OpenAIImagesSettings(openai_base_url=simulator.base_url, openai_api_key=KEY)
    images = OpenAIImages(settings, tools=Tools(uploads.path))
    yield images
    await images.aclose()


@pytest.fixture
async def voice(simulator: OpenAISimulator, uploads: Uploads) -> AsyncIterator[OpenAIVoice]:
    simulator.forget()
    settings = OpenAIVoiceSettings(openai_base_url=simulator.base_url, openai_api_key=KEY)
    voice = OpenAIVoice(settings, tools=Tools(uploads.path))
    yield voice
    await voice.aclose()


def _image(prompt: str = "a lighthouse", **fields: Any) -> ImageRequest:
    sizes = {"width": 144, "height": 256}
    return ImageRequest(
        prompt=prompt, style="ink", seed=1, look=1, sequence=1, **{**sizes, **fields}
    )


def _body(simulator: OpenAISimulator) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(simulator.seen[-1].body)
    return body


@pytest.mark.parametrize("ratio", AspectRatio)
def test_a_size_is_exact_in_sixteens_and_large_enough(ratio: AspectRatio) -> None:
    width, height = size_of(*ratio.size_px)
    wanted = ratio.size_px
    assert width * wanted[1] == height * wanted[0]
    assert width % 16 == height % 16 == 0
    assert wanted[0] <= width < wanted[0] * 1.1
    assert width * height <= 2560 * 1440


def test_a_ratio_without_such_a_size_is_rounded_up() -> None:
    assert size_of(1081, 1919) == (1088, 1920)


async def test_who_and_how_is_in_the_prompt(
    simulator: OpenAISimulator, images: OpenAIImages
) -> None:
    request = _image(characters=("Mina: a yellow raincoat",), emotion="sad")
    await images.generate(request, call=Uncounted())
    prompt = _body(simulator)["prompt"]
    assert "a lighthouse" in prompt
    assert "Mina: a yellow raincoat" in prompt
    assert "sad" in prompt
    assert "ink" in prompt
    assert "No text" in prompt


async def test_references_go_through_edits(
    simulator: OpenAISimulator, images: OpenAIImages, uploads: Uploads
) -> None:
    names = tuple(uploads.save(picture(word, 64, 64)) for word in ("one", "two"))
    await images.generate(_image(reference_images=names), call=Uncounted())
    seen = simulator.seen[-1]
    assert seen.path == "/v1/images/edits"
    assert seen.body.count(b'name="image[]"') == 2
    assert simulator.charges[-1].units["images"] == 1


async def test_a_reference_that_is_gone_is_named_and_nothing_is_sent(
    simulator: OpenAISimulator, images: OpenAIImages
) -> None:
    with pytest.raises(Exception, match=r"reference_images.*'gone.png'") as caught, translated():
        await images.generate(_image(reference_images=("gone.png",)), call=Uncounted())
    assert getattr(caught.value, "non_retryable", False)
    assert not simulator.seen


async def test_a_refused_picture_is_asked_once_in_softer_words(
    simulator: OpenAISimulator, images: OpenAIImages
) -> None:
    simulator.moderates = lambda prompt: "corpse" in prompt
    await images.generate(_image("a corpse on the shore at dawn"), call=Uncounted())
    assert "corpse" not in _body(simulator)["prompt"]
    assert "on the shore at dawn" in _body(simulator)["prompt"]
    assert len(simulator.charges) == 1


async def test_a_picture_refused_twice_is_refused(
    simulator: OpenAISimulator, images: OpenAIImages
) -> None:
    simulator.moderates = lambda prompt: True
    with pytest.raises(ContentRejected, match="safety system"):
        await images.generate(_image(), call=Uncounted())
    assert len(simulator.seen) == 2
    assert not simulator.charges


@pytest.mark.parametrize("prompt", ["칼로 찌르는 장면", "殺人現場", "a man with a gun", "살인"])
def test_softening_takes_the_harsh_words_out(prompt: str) -> None:
    words = softened(_image(prompt))
    assert prompt not in words
    assert words.startswith("Suitable for all ages")


async def test_each_speaker_has_a_voice_and_each_emotion_a_tone(
    simulator: OpenAISimulator, voice: OpenAIVoice
) -> None:
    said = []
    for speaker, emotion in ((0, "sad"), (1, "excited")):
        request = SpeechRequest(
            text="바다는 짜요.", language="ko", speaker=speaker, emotion=emotion
        )
        media = await voice.synthesize(request, call=Uncounted())
        assert media.note == ALIGNED
        said.append(_body(simulator))
    assert said[0]["voice"] != said[1]["voice"]
    assert said[0]["instructions"] != said[1]["instructions"]
    assert "'ko'" in said[0]["instructions"]
    assert said[0]["input"] == "바다는 짜요."


async def test_an_older_speech_model_gets_no_instructions(simulator: OpenAISimulator) -> None:
    settings = OpenAIVoiceSettings(
        openai_base_url=simulator.base_url, openai_api_key=KEY, openai_speech_model="tts-1"
    )
    voice = OpenAIVoice(settings, tools=Tools(Path))
    media = await voice.synthesize(
        SpeechRequest(text="The sea is salty.", language="en"), call=Uncounted()
    )
    await voice.aclose()
    assert media.model == "tts-1"
    assert "instructions" not in _body(simulator)


async def test_a_server_of_the_roles_own_never_sees_the_other_key(
    simulator: OpenAISimulator,
) -> None:
    simulator.forget()
    settings = OpenAIVoiceSettings(openai_api_key=KEY, openai_speech_url=simulator.base_url)
    voice = OpenAIVoice(settings, tools=Tools(Path))
    request = SpeechRequest(text="The sea is salty.", language="en")
    with pytest.raises(AuthenticationFailed):
        await voice.synthesize(request, call=Uncounted())
    await voice.aclose()
    assert KEY not in str(simulator.seen)


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, ("rules", "painter", "neural")),
        ({"OPENAI_API_KEY": "k"}, ("openai", "openai", "openai")),
        ({"OPENAI_API_KEY": ""}, ("rules", "painter", "neural")),
        ({"OPENAI_BASE_URL": "http://localhost:11434/v1"}, ("openai", "painter", "neural")),
        (
            {"AUTOSHORTS_OPENAI_SPEECH_URL": "http://localhost:8880/v1"},
            ("rules", "painter", "openai"),
        ),
    ],
    ids=["nothing", "key", "blank key", "own server", "own voice"],
)
def test_auto_takes_what_is_configured(
    environment: dict[str, str],
    chosen: tuple[str, str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = ProviderRegistry(Providers()).resolve(Providers())
    assert (found.planner, found.images, found.voice) == chosen


def test_openai_by_name_without_anything_says_what_to_set() -> None:
    with pytest.raises(InvalidProviderRequest, match="set OPENAI_API_KEY, or OPENAI_BASE_URL"):
        ProviderRegistry(Providers()).resolve(Providers(images="openai"))
