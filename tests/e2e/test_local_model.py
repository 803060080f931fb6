"""A model on this machine plans a film, though it came only after the worker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client

from domain.run import Providers, RunSpec
from providers.llm import local_models
from tests.simulators.local_servers import LocalServer
from worker.bootstrap import running_worker
from worker.settings import WorkerSettings
from workflows.client import start_short

MODEL = {"name": "gemma3:4b", "details": {"family": "gemma3", "parameter_size": "4.3B"}}


async def test_a_model_that_came_after_the_worker_plans_a_film(
    client: Client, data_dir: Path, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = RunSpec(
        prompt="Why is the sea salty?",
        num_cuts=1,
        aspect_ratio="1:1",
        providers=Providers(images="painter", music="none", voice="none"),
        max_qa_retries=0,
    )
    with LocalServer("Ollama") as server:
        monkeypatch.setenv("AUTOSHORTS_LOCAL_MODELS", "auto")
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.port}")
        local_models.forget()
        async with running_worker(client, WorkerSettings(data_dir=data_dir)):
            assert server.asked == []
            server.models.append(MODEL)
            local_models.forget()
            handle = await start_short(client, spec, run_id=run_id)
            await handle.result()
        local_models.forget()
        assert len(server.asked) == 1
    (call,) = _calls(data_dir)
    assert (call["provider"], call["model"], call["outcome"]) == ("local", "gemma3:4b", "paid")
    assert call["asset"] == "plot"


def _calls(data_dir: Path) -> list[dict[str, Any]]:
    (ledger,) = data_dir.rglob("ledger.json")
    kept: list[dict[str, Any]] = json.loads(ledger.read_text())["entries"]
    return kept
