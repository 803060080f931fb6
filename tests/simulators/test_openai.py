"""The simulator is held to the truth: OpenAI's own SDK works against it, and it is as strict."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any, Literal

import httpx
import openai
import pytest
from PIL import Image
from pydantic import BaseModel

from providers.media import sound_length_ms
from tests.simulators.media import picture
from tests.simulators.openai import KEY, OpenAISimulator
from tests.simulators.server import Fault


class Story(BaseModel):
    """What is asked for."""

    title: str
    mood: Literal["calm", "dark"]


@pytest.fixture(scope="module")
def simulator() -> Iterator[OpenAISimulator]:
    with OpenAISimulator(author=lambda messages: {"title": "Dawn", "mood": "calm"}) as running:
        yield running


@pytest.fixture
async def sdk(simulator: OpenAISimulator) -> AsyncIterator[openai.AsyncOpenAI]:
    simulator.forget()
    async with openai.AsyncOpenAI(
        api_key=KEY, base_url=simulator.base_url, max_retries=0
    ) as client:
        yield client


async def test_models_are_listed(sdk: openai.AsyncOpenAI) -> None:
    assert "gpt-6-luna" in [model.id async for model in sdk.models.list()]


async def test_a_chat_is_parsed(sdk: openai.AsyncOpenAI) -> None:
    completion = await sdk.chat.completions.parse(
        model="gpt-6-luna",
        messages=[{"role": "user", "content": "a story"}],
        response_format=Story,
    )
    assert completion.choices[0].message.parsed == Story(title="Dawn", mood="calm")
    assert completion.usage
    assert completion.usage.total_tokens > 0


async def test_a_refusal_and_a_cut_are_seen_as_such(
    simulator: OpenAISimulator, sdk: openai.AsyncOpenAI
) -> None:
    simulator.instead.append({"refusal": "no"})
    ask: Any = {"model": "gpt-6-luna", "messages": [{"role": "user", "content": "a story"}]}
    refused = await sdk.chat.completions.parse(**ask, response_format=Story)
    assert refused.choices[0].message.refusal == "no"
    simulator.instead.append({"content": "{", "finish_reason": "length"})
    with pytest.raises(openai.LengthFinishReasonError):
        await sdk.chat.completions.parse(**ask, response_format=Story)


async def test_pictures_are_made_and_edited(sdk: openai.AsyncOpenAI) -> None:
    made = await sdk.images.generate(model="gpt-image-2", prompt="sea", size="1152x2048")
    upload = ("a.png", picture("a", 64, 64), "image/png")
    edited = await sdk.images.edit(
        model="gpt-image-2", prompt="sea", image=[upload, upload], size="1024x1024"
    )
    for answer, size in ((made, (1152, 2048)), (edited, (1024, 1024))):
        assert answer.data
        data = base64.b64decode(answer.data[0].b64_json or "")
        assert Image.open(io.BytesIO(data)).size == size
        assert answer.usage
        assert answer.usage.output_tokens > 0
    assert edited.usage
    assert edited.usage.input_tokens_details.image_tokens == 1000


async def test_speech_is_heard(sdk: openai.AsyncOpenAI) -> None:
    answer = await sdk.audio.speech.create(
        model="gpt-4o-mini-tts", voice="coral", input="The sea is salty.", response_format="wav"
    )
    assert 500 < sound_length_ms("openai", answer.content) < 4000


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        (Fault.RATE_LIMIT, openai.RateLimitError, "rate_limit_exceeded"),
        (Fault.QUOTA, openai.RateLimitError, "insufficient_quota"),
        (Fault.UNAUTHORIZED, openai.AuthenticationError, "invalid_api_key"),
        (Fault.FORBIDDEN, openai.PermissionDeniedError, "model_not_allowed"),
        (Fault.OVERLOADED, openai.InternalServerError, "server_error"),
        (Fault.REFUSAL, openai.BadRequestError, "moderation_blocked"),
    ],
)
async def test_errors_are_what_the_sdk_knows(
    simulator: OpenAISimulator,
    sdk: openai.AsyncOpenAI,
    fault: Fault,
    error: type[openai.APIStatusError],
    code: str,
) -> None:
    simulator.fail(fault)
    with pytest.raises(error) as caught:
        await sdk.images.generate(model="gpt-image-2", prompt="sea")
    assert caught.value.code == code


_CHAT = {"model": "gpt-6-luna", "messages": [{"role": "user", "content": "x"}]}
_STRICT = {"type": "object", "properties": {"a": {"type": "string"}}}
_BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "unknown field": ("chat/completions", {**_CHAT, "n_ctx": 1}, "Unknown parameter: 'n_ctx'"),
    "missing field": ("chat/completions", {"model": "gpt-6-luna"}, "Missing required"),
    "wrong type": ("chat/completions", {**_CHAT, "model": 7}, "Invalid type for 'model'"),
    "old limit": ("chat/completions", {**_CHAT, "max_tokens": 5}, "max_completion_tokens"),
    "temperature": ("chat/completions", {**_CHAT, "temperature": 1.0}, "temperature"),
    "open schema": (
        "chat/completions",
        {
            **_CHAT,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "s", "strict": True, "schema": _STRICT},
            },
        },
        "additionalProperties",
    ),
    "odd size": (
        "images/generations",
        {"model": "gpt-image-2", "prompt": "x", "size": "1080x1920"},
        "Invalid value: '1080x1920'",
    ),
    "old style": (
        "images/generations",
        {"model": "gpt-image-2", "prompt": "x", "response_format": "b64_json"},
        "Unknown parameter",
    ),
    "no such voice": (
        "audio/speech",
        {"model": "tts-1", "input": "x", "voice": "bob"},
        "Supported values are",
    ),
    "no such model": ("audio/speech", {"model": "z", "input": "x", "voice": "ash"}, "not exist"),
}


@pytest.mark.parametrize(("path", "body", "words"), _BAD.values(), ids=_BAD)
def test_what_the_service_would_not_take_is_answered_as_it_would(
    simulator: OpenAISimulator, path: str, body: dict[str, Any], words: str
) -> None:
    simulator.forget()
    url = f"{simulator.base_url}/{path}"
    answer = httpx.post(url, json=body, headers={"authorization": f"Bearer {KEY}"})
    assert answer.status_code in (400, 404)
    assert words in answer.json()["error"]["message"]
    assert not simulator.charges
    assert httpx.post(url, json=body).json()["error"]["message"].startswith("You didn't provide")


def test_the_sdk_is_imported_only_by_whoever_chose_it() -> None:
    code = (
        "import sys, json; from domain.run import Providers;"
        "from providers.registry import ProviderRegistry;"
        "ProviderRegistry(Providers()).resolve(Providers());"
        "print(json.dumps('openai' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) is False
