"""The real services as the tests know them: each with its simulator and its settings.

A new one is a line in `SERVICES` and its rows in `fault_table.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from activities.composer import Composer
from activities.designer import Designer
from activities.voice import Voice
from temporalio.testing import ActivityEnvironment

from activities.assets import Stores
from activities.plan import PlanWriter
from domain.assets import ImageRequest, MusicRequest, SpeechRequest
from domain.plot import PlotRequest
from domain.run import Providers
from providers.registry import ProviderRegistry
from providers.service import Tools
from storage.ledger import LedgerStore
from storage.runs import RunFolders
from storage.store import LocalStore
from storage.uploads import Uploads
from tests.simulators.comfyui import TOKEN as COMFYUI_TOKEN
from tests.simulators.comfyui import ComfyUISimulator
from tests.simulators.elevenlabs import KEY as ELEVENLABS_KEY
from tests.simulators.elevenlabs import ElevenLabsSimulator
from tests.simulators.mubert import COMPANY, MubertSimulator
from tests.simulators.mubert import KEY as MUBERT_KEY
from tests.simulators.openai import KEY as OPENAI_KEY
from tests.simulators.openai import OpenAISimulator
from tests.simulators.playht import KEY as PLAYHT_KEY
from tests.simulators.playht import USER as PLAYHT_USER
from tests.simulators.playht import PlayHTSimulator
from tests.simulators.server import Simulator
from workflows.activities import (
    AssetResult,
    GenerateImage,
    GenerateMusic,
    PlotResult,
    SynthesizeLine,
    Terms,
    WritePlot,
)

# So that whatever is sent costs something, whatever the service counts.
PRICE = {
    "images": 0.01,
    "characters": 0.0001,
    "seconds": 0.001,
    "tracks": 0.1,
    "input_tokens": 0.000001,
    "output_tokens": 0.000001,
    "credits": 0.0001,
}
WORDS = "The sea is salty because rivers carry salt from the rocks, day after day."


@dataclass(frozen=True)
class Service:
    """One provider of one role against its simulator."""

    role: str
    name: str
    simulator: Callable[[], Simulator]
    # The variables that configure it, from the simulator's address.
    environment: Callable[[str], Mapping[str, str]]
    key: str | None = None

    @property
    def id(self) -> str:
        return f"{self.role}/{self.name}"


def _openai(url: str) -> dict[str, str]:
    return {"OPENAI_BASE_URL": f"{url}/v1", "OPENAI_API_KEY": OPENAI_KEY}


def _comfyui(url: str) -> dict[str, str]:
    return {"AUTOSHORTS_COMFYUI_URL": url, "AUTOSHORTS_COMFYUI_TOKEN": COMFYUI_TOKEN}


def _elevenlabs(url: str) -> dict[str, str]:
    return {"AUTOSHORTS_ELEVENLABS_URL": url, "ELEVENLABS_API_KEY": ELEVENLABS_KEY,
            "AUTOSHORTS_ELEVENLABS_MUSIC_MODEL": "music_v1"}  # fmt: skip


def _playht(url: str) -> dict[str, str]:
    return {
        "AUTOSHORTS_PLAYHT_URL": url,
        "PLAYHT_API_KEY": PLAYHT_KEY,
        "PLAYHT_USER_ID": PLAYHT_USER,
    }


def _mubert(url: str) -> dict[str, str]:
    return {
        "AUTOSHORTS_MUBERT_URL": url,
        "MUBERT_COMPANY_ID": COMPANY,
        "MUBERT_LICENSE_TOKEN": MUBERT_KEY,
    }


SERVICES = (
    Service("planner", "openai", OpenAISimulator, _openai, key=OPENAI_KEY),
    Service("images", "openai", OpenAISimulator, _openai, key=OPENAI_KEY),
    Service("images", "comfyui", ComfyUISimulator, _comfyui, key=COMFYUI_TOKEN),
    Service("voice", "openai", OpenAISimulator, _openai, key=OPENAI_KEY),
    Service("voice", "elevenlabs", ElevenLabsSimulator, _elevenlabs, key=ELEVENLABS_KEY),
    Service("voice", "playht", PlayHTSimulator, _playht, key=PLAYHT_KEY),
    Service("music", "elevenlabs", ElevenLabsSimulator, _elevenlabs, key=ELEVENLABS_KEY),
    Service("music", "mubert", MubertSimulator, _mubert, key=MUBERT_KEY),
)
BY_ID = {service.id: service for service in SERVICES}


@contextmanager
def configured(service: Service, url: str, data_dir: Path) -> Iterator[ProviderRegistry]:
    """A registry whose environment names this service and no other."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in service.environment(url).items():
            patch.setenv(name, value)
        tools = Tools(read_upload=Uploads(data_dir).path)
        yield ProviderRegistry(Providers(), tools=tools)


async def buy(
    service: Service, registry: ProviderRegistry, data_dir: Path
) -> AssetResult | PlotResult:
    """One asset by the role's own activity, with a ledger. Raises `ApplicationError`."""
    stores = Stores(LocalStore(data_dir), LedgerStore(data_dir))
    terms = Terms(asset=f"{service.role}/1", price=PRICE)
    activity, request = _asked(service, registry, stores, terms, data_dir)
    result: AssetResult | PlotResult = await ActivityEnvironment().run(activity, request)
    return result


def _asked(
    service: Service,
    registry: ProviderRegistry,
    stores: Stores,
    terms: Terms,
    data_dir: Path,
) -> tuple[Any, Any]:
    """An activity and its input."""
    ask = {"provider": service.name, "terms": terms}
    match service.role:
        case "planner":
            plot = PlotRequest(
                prompt=WORDS, num_cuts=3, art_style="watercolour", music_genre="ambient", seed=1
            )
            writer = PlanWriter(registry.planner, stores, RunFolders(data_dir))
            return writer.write_plot, WritePlot(**ask, request=plot)
        case "images":
            image = ImageRequest(
                prompt=WORDS, style="ink", width=144, height=256, seed=1, look=1, sequence=1
            )
            designer = Designer(registry.images, stores)
            return designer.generate_image, GenerateImage(**ask, request=image)
        case "music":
            music = MusicRequest(genre="ambient", mood="calm", duration_ms=8000, seed=1)
            composer = Composer(registry.music, registry.sounds, stores)
            return composer.generate_music, GenerateMusic(**ask, request=music)
    speech = SpeechRequest(text=WORDS, language="en")
    voice = Voice(registry.voice, stores)
    return voice.synthesize_line, SynthesizeLine(**ask, request=speech)
