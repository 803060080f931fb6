"""The simulator is held to the truth: ElevenLabs' own SDK works against it, and it is as strict."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from providers.media import sound_length_ms
from tests.simulators.elevenlabs import KEY, VOICES, ElevenLabsSimulator
from tests.simulators.server import Fault

SDK = "elevenlabs==2.78.0"
PROGRAM = """
import base64, json, sys
from elevenlabs.client import ElevenLabs
from elevenlabs.core import ApiError
url, key, voice = sys.argv[1:]
client = ElevenLabs(api_key=key, base_url=url, timeout=60)
said = client.text_to_speech.convert_with_timestamps(
    voice, text="The sea is salty.", model_id="eleven_multilingual_v2",
    output_format="wav_24000", previous_text="Why?")
music = b"".join(client.music.compose(
    prompt="calm ambient", music_length_ms=4000, model_id="music_v1", force_instrumental=True))
account = client.user.subscription.get()
try:
    client.text_to_speech.convert_with_timestamps("nobody", text="x")
    code = 200
except ApiError as exc:
    code = exc.status_code
print(json.dumps({
    "letters": said.alignment.characters,
    "sound": len(base64.b64decode(said.audio_base_64)),
    "music": len(music),
    "limit": account.character_limit,
    "unknown voice": code,
}))
"""


@pytest.fixture(scope="module")
def simulator() -> Iterator[ElevenLabsSimulator]:
    with ElevenLabsSimulator() as running:
        yield running


@pytest.fixture(scope="module")
def sdk_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of an environment that has the SDK, which wants other versions than ours."""
    folder = tmp_path_factory.mktemp("sdk") / "venv"
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([uv, "venv", "--quiet", folder, "--python", sys.executable], check=True)
    python = folder / "bin" / "python"
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, SDK], check=True)
    return python


def test_its_own_sdk_works_against_it(simulator: ElevenLabsSimulator, sdk_python: Path) -> None:
    simulator.forget()
    done = subprocess.run(
        [sdk_python, "-c", PROGRAM, simulator.url, KEY, VOICES[0]],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert "".join(found["letters"]) == "The sea is salty."
    assert found["sound"] > 10_000
    assert found["music"] > 10_000
    assert found["limit"] == 30_000
    assert found["unknown voice"] == 404
    assert len(simulator.charges) == 2


_BODY: dict[str, Any] = {"text": "Hello there.", "model_id": "eleven_multilingual_v2"}
_BAD: dict[str, tuple[dict[str, Any], int, str]] = {
    "unknown field": ({**_BODY, "speed": 1.0}, 422, "speed"),
    "missing field": ({"model_id": "eleven_v3"}, 422, "text"),
    "too fast": ({**_BODY, "voice_settings": {"speed": 2.0}}, 422, "speed"),
    "no such model": ({**_BODY, "model_id": "eleven_v99"}, 404, "eleven_v99"),
    "language": ({**_BODY, "language_code": "ko"}, 400, "language_code"),
    "empty": ({**_BODY, "text": " "}, 400, "empty"),
}


@pytest.mark.parametrize(("body", "status", "words"), _BAD.values(), ids=_BAD)
def test_what_the_service_would_not_take_is_answered_as_it_would(
    simulator: ElevenLabsSimulator, body: dict[str, Any], status: int, words: str
) -> None:
    simulator.forget()
    url = f"{simulator.url}/v1/text-to-speech/{VOICES[0]}/with-timestamps"
    answer = httpx.post(url, json=body, headers={"xi-api-key": KEY}, timeout=30)
    assert answer.status_code == status
    assert words in json.dumps(answer.json()["detail"])
    assert not simulator.charges


def test_a_schema_is_looked_at_before_a_key(simulator: ElevenLabsSimulator) -> None:
    url = f"{simulator.url}/v1/text-to-speech/{VOICES[0]}/with-timestamps"
    assert httpx.post(url, json={}).status_code == 422
    assert httpx.post(url, json=_BODY).json()["detail"]["code"] == "missing_api_key"


def test_characters_and_times_are_as_many(simulator: ElevenLabsSimulator) -> None:
    url = f"{simulator.url}/v1/text-to-speech/{VOICES[0]}/with-timestamps"
    answer = httpx.post(url, json=_BODY, headers={"xi-api-key": KEY}, timeout=30).json()
    columns = list(answer["alignment"].values())
    assert len({len(column) for column in columns}) == 1
    sound = base64.b64decode(answer["audio_base64"])
    assert columns[2][-1] <= sound_length_ms("simulator", sound) / 1000 + 0.01


def test_a_refusal_suggests_what_it_would_take(simulator: ElevenLabsSimulator) -> None:
    simulator.fail(Fault.REFUSAL)
    answer = httpx.post(f"{simulator.url}/v1/music", json={}, headers={"xi-api-key": KEY})
    assert answer.json()["detail"]["data"]["prompt_suggestion"]
