"""The real services as the tests know them: each with its simulator and its settings.

A new one is a line in `SERVICES` and its rows in `fault_table.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.testing import ActivityEnvironment

from activities.crew import Crew
from activities.plan import PlanWriter
from domain.assets import AssetRequest, ImageRequest, MusicRequest, SpeechRequest
from domain.bill import Bill
from domain.run import Providers, RunSpec
from providers.llm import local_models
from providers.registry import ProviderRegistry
from providers.service import Tools
from storage.storage import Storage
from tests.records import with_tables
from tests.simulators.comfyui import TOKEN as COMFYUI_TOKEN
from tests.simulators.comfyui import ComfyUISimulator
from tests.simulators.elevenlabs import KEY as ELEVENLABS_KEY
from tests.simulators.elevenlabs import ElevenLabsSimulator
from tests.simulators.mubert import COMPANY, MubertSimulator
from tests.simulators.mubert import KEY as MUBERT_KEY
from tests.simulators.openai import KEY as OPENAI_KEY
from tests.simulators.openai import OllamaSimulator, OpenAISimulator
from tests.simulators.playht import KEY as PLAYHT_KEY
from tests.simulators.playht import USER as PLAYHT_USER
from tests.simulators.playht import PlayHTSimulator
from tests.simulators.server import Simulator
from workflows.activities import AssetsMade, MakeAsset, PlotWritten, Terms, WritePlot

RUN = ActivityEnvironment.default_info().workflow_id or ""
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


def _ollama(url: str) -> dict[str, str]:
    return {"AUTOSHORTS_LOCAL_MODELS": "auto", "OLLAMA_HOST": url.removeprefix("http://")}


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
    Service("planner", "local", OllamaSimulator, _ollama),
    Service("images", "openai", OpenAISimulator, _openai, key=OPENAI_KEY),
    Service("images", "comfyui", ComfyUISimulator, _comfyui, key=COMFYUI_TOKEN),
    Service("voice", "openai", OpenAISimulator, _openai, key=OPENAI_KEY),
    Service("voice", "elevenlabs", ElevenLabsSimulator, _elevenlabs, key=ELEVENLABS_KEY),
    Service("voice", "playht", PlayHTSimulator, _playht, key=PLAYHT_KEY),
    Service("music", "elevenlabs", ElevenLabsSimulator, _elevenlabs, key=ELEVENLABS_KEY),
    Service("music", "mubert", MubertSimulator, _mubert, key=MUBERT_KEY),
)
BY_ID = {service.id: service for service in SERVICES}


def storage_in(folder: Path) -> Storage:
    """A storage of its own, in which the run of a test's activities is open."""
    opened, info = Storage.in_memory(with_tables(folder)), ActivityEnvironment.default_info()
    execution = info.workflow_run_id or ""
    opened.runs.claim(RUN, execution, execution, None, created_at=datetime.now(UTC))
    return opened


@contextmanager
def configured(service: Service, url: str, storage: Storage) -> Iterator[ProviderRegistry]:
    """A registry whose environment names this service and no other."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in service.environment(url).items():
            patch.setenv(name, value)
        local_models.forget()
        yield ProviderRegistry(Providers(), tools=Tools(read_upload=storage.uploads.path))


async def buy(
    service: Service, registry: ProviderRegistry, storage: Storage
) -> AssetsMade | PlotWritten:
    """One asset by the role's own activity, with a ledger. Raises `ApplicationError`."""
    if service.role == "planner":
        return await _plot(service, registry, storage)
    request = REQUESTS[service.role]
    return await buy_asset(service, registry, storage, request)


async def buy_asset(
    service: Service,
    registry: ProviderRegistry,
    storage: Storage,
    request: AssetRequest,
    environment: ActivityEnvironment | None = None,
) -> AssetsMade:
    """One picture, line or piece of music, as a bill asks for it."""
    bill = _bill(request)
    (item,) = bill.items()
    ref = await storage.call(storage.blobs.put, bill.model_dump_json().encode(), "application/json")
    asked = MakeAsset(bill=ref, item=item, provider=service.name, terms=Terms(price=PRICE))
    crew = Crew(registry, storage)
    make = {
        "images": crew.generate_image,
        "music": crew.generate_music,
        "voice": crew.synthesize_line,
    }[service.role]
    made: AssetsMade = await (environment or ActivityEnvironment()).run(make, asked)
    return made


async def _plot(service: Service, registry: ProviderRegistry, storage: Storage) -> PlotWritten:
    spec = RunSpec(prompt=WORDS, num_cuts=3, art_style="watercolour", music_genre="ambient")
    ref = await storage.call(storage.blobs.put, spec.model_dump_json().encode(), "application/json")
    asked = WritePlot(spec=ref, seed=1, provider=service.name, terms=Terms(price=PRICE))
    writer = PlanWriter(registry.planner, storage)
    written: PlotWritten = await ActivityEnvironment().run(writer.write_plot, asked)
    return written


def _bill(request: AssetRequest) -> Bill:
    match request:
        case ImageRequest():
            return Bill(images={"scene_1": request})
        case SpeechRequest():
            return Bill(voices={"scene_1_line_1": request})
        case MusicRequest():
            return Bill(music=request)
    raise ValueError(f"{request!r} is made by no service")


REQUESTS: dict[str, AssetRequest] = {
    "images": ImageRequest(
        prompt=WORDS, style="ink", width=144, height=256, seed=1, look=1, sequence=1
    ),
    "music": MusicRequest(genre="ambient", mood="calm", duration_ms=8000, seed=1),
    "voice": SpeechRequest(text=WORDS, language="en"),
}
