"""What is particular to ComfyUI: graphs by titles, jobs by ids of ours, a server that forgets."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from temporalio.activity import ActivityCancellationDetails
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from domain.assets import ImageRequest
from domain.ledger import CallOutcome
from providers.base import Uncounted
from providers.errors import InvalidProviderRequest
from providers.images.comfyui_graph import (
    Filling,
    Graph,
    filled,
    graph_names,
    load_graph,
    node_titled,
    sampled_size,
    title_of,
)
from providers.registry import ProviderRegistry
from storage.storage import Storage
from tests.providers.services import BY_ID, RUN, buy, buy_asset, configured, storage_in
from tests.simulators.comfyui import LORAS, TOKEN, ComfyUISimulator

SERVICE = BY_ID["images/comfyui"]
REQUEST = ImageRequest(
    prompt="a lighthouse", style="ink", width=270, height=480, seed=7, look=1, sequence=1
)


@pytest.fixture
def server() -> Iterator[ComfyUISimulator]:
    with ComfyUISimulator() as running:
        yield running


@pytest.fixture
async def registry(server: ComfyUISimulator, storage: Storage) -> AsyncIterator[ProviderRegistry]:
    with configured(SERVICE, server.url, storage) as made:
        yield made
        await made.aclose()


def _filling(**changes: Any) -> Filling:
    values: dict[str, Any] = {
        "prompt": "a lighthouse",
        "negative": "text",
        "seed": 5,
        "size_px": (1080, 1920),
        "prefix": "autoshorts/x",
    }
    return Filling(**{**values, **changes})


def _node(graph: Graph, title: str) -> dict[str, Any]:
    key = node_titled(graph, title)
    assert key, title
    inputs: dict[str, Any] = graph[key]["inputs"]
    return inputs


def _submitted(server: ComfyUISimulator) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(
        next(seen.body for seen in reversed(server.seen) if seen.path == "/prompt")
    )
    return body


# Graphs


@pytest.mark.parametrize("name", graph_names())
@pytest.mark.parametrize("lora", [None, LORAS[1]])
@pytest.mark.parametrize("references", [0, 1, 3])
def test_a_server_takes_every_graph_in_every_form(
    server: ComfyUISimulator, name: str, lora: str | None, references: int
) -> None:
    names = tuple(f"autoshorts/{n}.png" for n in range(references))
    template = load_graph(name)
    if references and not node_titled(template, "reference image"):
        with pytest.raises(InvalidProviderRequest, match="reference_images: .*flux_omni_lora"):
            filled(template, _filling(references=names))
        return
    server._uploads.update(names)
    graph = filled(template, _filling(lora=lora, references=names))
    job = "9aa3e6a6-0000-4000-8000-000000000000"
    answer = httpx.post(f"{server.url}/prompt", json={"prompt": graph, "prompt_id": job})
    assert answer.status_code == 200, answer.text
    assert sum(title_of(node) == "reference image" for node in graph.values()) == references
    assert (node_titled(graph, "style lora") is not None) is (lora is not None)


def test_what_a_run_says_is_in_the_graph() -> None:
    filling = _filling(lora="style.safetensors", lora_strength=0.35, model="flux1-dev.safetensors")
    graph = filled(load_graph("flux_omni_lora"), filling)
    assert _node(graph, "prompt")["text"] == "a lighthouse"
    assert _node(graph, "seed")["noise_seed"] == 5
    assert _node(graph, "style lora")["strength_model"] == 0.35
    assert _node(graph, "model")["unet_name"] == "flux1-dev.safetensors"
    size, final = _node(graph, "size"), _node(graph, "final size")
    assert (final["width"], final["height"]) == (1080, 1920)
    assert size["width"] % 16 == size["height"] % 16 == 0


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (1080, 1080), (1080, 1350)])
def test_a_model_draws_about_a_megapixel_of_the_same_ratio(size: tuple[int, int]) -> None:
    width, height = sampled_size(*size)
    assert 0.9e6 < width * height < 1.15e6
    assert width / height == pytest.approx(size[0] / size[1], rel=0.03)


def test_titles_decide_and_numbers_do_not() -> None:
    template = load_graph("sd_text_to_image")
    text = json.dumps({f"n{key}": node for key, node in template.items()})
    for key in template:
        text = text.replace(f'["{key}", ', f'["n{key}", ')
    graph = filled(json.loads(text), _filling())
    assert _node(graph, "prompt")["text"] == "a lighthouse"


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        ({"nodes": [], "links": []}, "API format"),
        ({"1": {"class_type": "SaveImage", "inputs": {}}}, "no node titled 'prompt'"),
    ],
)
def test_a_graph_that_is_none_is_told(tmp_path: Path, graph: dict[str, Any], words: str) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(graph))
    with pytest.raises(InvalidProviderRequest, match=words):
        load_graph(str(path))
    with pytest.raises(InvalidProviderRequest, match=r"there are flux_omni_lora"):
        load_graph("nothing")


# What the server lacks


async def test_a_missing_model_is_named_with_those_there_are(
    server: ComfyUISimulator, registry: ProviderRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOSHORTS_COMFYUI_LORA", "style")
    provider = registry.images.get("comfyui")
    with pytest.raises(InvalidProviderRequest, match="no LoRA 'style'; it has style.safetensors"):
        await provider.generate(REQUEST, call=Uncounted())
    assert not server.charges
    checked = await provider.check()  # type: ignore[attr-defined]
    assert not checked.ok
    assert "no LoRA 'style'" in checked.said


async def test_a_refusal_of_the_server_is_a_sentence(
    server: ComfyUISimulator, registry: ProviderRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider: Any = registry.images.get("comfyui")
    provider._is_checked = True
    provider._graph[node_titled(provider._graph, "model")]["inputs"]["unet_name"] = "x.safetensors"
    with pytest.raises(InvalidProviderRequest, match=r"no model 'x.safetensors'; it has flux1-dev"):
        await provider.generate(REQUEST, call=Uncounted())


async def test_out_of_memory_is_told_without_tensors(
    server: ComfyUISimulator, registry: ProviderRegistry
) -> None:
    server.execution_error = {
        "exception_type": "torch.OutOfMemoryError",
        "exception_message": "CUDA out of memory. /srv/comfy/nodes.py",
        "node_type": "KSampler",
        "current_inputs": {"model": ["tensor(…)"]},
    }
    with pytest.raises(InvalidProviderRequest, match="out of memory in KSampler") as caught:
        await registry.images.get("comfyui").generate(REQUEST, call=Uncounted())
    assert "/srv" not in str(caught.value)


# Jobs


class Heard(Uncounted):
    """Hears how far it is."""

    def __init__(self) -> None:
        self.said: list[tuple[float, str]] = []

    def report(self, fraction: float, message: str = "") -> None:
        self.said.append((fraction, message))


@pytest.mark.parametrize("has_websocket", [True, False])
async def test_a_picture_of_the_size_asked_for(
    server: ComfyUISimulator, registry: ProviderRegistry, *, has_websocket: bool
) -> None:
    server.has_websocket = has_websocket
    server.step_seconds = 0.2
    call = Heard()
    media = await registry.images.get("comfyui").generate(REQUEST, call=call)
    assert Image.open(io.BytesIO(media.data)).size == (270, 480)
    steps = [fraction for fraction, message in call.said if message == "comfyui is drawing"]
    assert bool(steps) is has_websocket
    assert steps == sorted(steps)
    assert server.seen[0].headers["authorization"] == f"Bearer {TOKEN}"


async def test_the_place_in_the_queue_is_said(
    server: ComfyUISimulator, registry: ProviderRegistry
) -> None:
    server.step_seconds = 0.3
    calls = [Heard(), Heard()]
    requests = (REQUEST, REQUEST.model_copy(update={"seed": 8}))
    provider = registry.images.get("comfyui")
    for call, key in zip(calls, ("a" * 64, "b" * 64), strict=True):
        call.key = key
    await asyncio.gather(
        *(
            provider.generate(request, call=call)
            for request, call in zip(requests, calls, strict=True)
        )
    )
    said = [message for call in calls for _, message in call.said]
    assert "place 1 in ComfyUI's queue" in said


async def test_reference_pictures_are_sent_once_each(
    server: ComfyUISimulator, registry: ProviderRegistry, storage: Storage
) -> None:
    names = []
    for shade in (40, 200):
        buffer = io.BytesIO()
        Image.new("RGB", (64, 64), (shade, shade, shade)).save(buffer, "PNG")
        names.append(storage.uploads.save(buffer.getvalue()))
    request = REQUEST.model_copy(update={"reference_images": tuple(names)})
    await registry.images.get("comfyui").generate(request, call=Uncounted())
    graph = _submitted(server)["prompt"]
    images = [n["inputs"]["image"] for n in graph.values() if title_of(n) == "reference image"]
    assert len(set(images)) == 2
    assert set(images) == server._uploads


async def test_a_job_that_an_attempt_began_is_waited_for_by_the_next(
    server: ComfyUISimulator, storage: Storage
) -> None:
    server.step_seconds = 0.5
    with configured(SERVICE, server.url, storage) as registry:
        begun = asyncio.create_task(buy(SERVICE, registry, storage))
        async with asyncio.timeout(20):
            while not server.charges:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        begun.cancel()
        await asyncio.gather(begun, return_exceptions=True)
        await registry.aclose()
    assert not server.cancelled
    with configured(SERVICE, server.url, storage) as registry:
        await buy(SERVICE, registry, storage)
        await registry.aclose()
    assert len(server.charges) == 1
    (entry,) = storage.ledger.all_calls(RUN)
    assert entry.outcome is CallOutcome.PAID


async def test_a_run_that_is_cancelled_takes_its_job_from_the_server(
    server: ComfyUISimulator, registry: ProviderRegistry, storage: Storage
) -> None:
    server.step_seconds = 5
    environment = ActivityEnvironment()
    making = asyncio.create_task(buy_asset(SERVICE, registry, storage, REQUEST, environment))
    async with asyncio.timeout(20):
        while not server.charges:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    environment.cancel(ActivityCancellationDetails(cancel_requested=True))
    await asyncio.gather(making, return_exceptions=True)
    assert server.cancelled == [_submitted(server)["prompt_id"]]
    (entry,) = storage.ledger.all_calls(RUN)
    assert (entry.outcome, entry.spent_usd) == (CallOutcome.REFUSED, 0)
    assert "taken from the server" in entry.message


async def test_a_job_that_a_restarted_server_forgot_is_sent_again(
    server: ComfyUISimulator, registry: ProviderRegistry, storage: Storage
) -> None:
    server.restarts_after_submission = 1
    await buy(SERVICE, registry, storage)
    outcomes = [entry.outcome for entry in storage.ledger.all_calls(RUN)]
    assert outcomes == [CallOutcome.LOST, CallOutcome.PAID]


async def test_a_job_that_failed_is_not_waited_for_again(
    server: ComfyUISimulator, registry: ProviderRegistry, storage: Storage, tmp_path: Path
) -> None:
    server.execution_error = {"exception_message": "bad", "node_type": "VAEDecode"}
    with pytest.raises(ApplicationError, match="failed in VAEDecode: bad"):
        await buy(SERVICE, registry, storage)
    elsewhere = tmp_path / "another"
    elsewhere.mkdir()
    another = storage_in(elsewhere)
    await buy(SERVICE, registry, another)
    assert [entry.number for entry in another.ledger.all_calls(RUN)] == [1]
    another.close()
    await buy(SERVICE, registry, storage)
    outcomes = [entry.outcome for entry in storage.ledger.all_calls(RUN)]
    assert outcomes == [CallOutcome.REFUSED, CallOutcome.PAID]
