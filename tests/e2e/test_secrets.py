"""A key is nowhere but in the requests to its service: not where a run fails, nor where it ends."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowFailureError

from domain.run import Providers, RunSpec
from tests.simulators.openai import KEY, OpenAISimulator
from tests.simulators.server import Fault
from worker.bootstrap import running_worker
from worker.settings import WorkerSettings
from workflows.client import RunHandle, start_short

OPENAI = Providers(planner="openai", images="openai", music="synth", voice="openai")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAISimulator]:
    with OpenAISimulator() as simulator:
        monkeypatch.setenv("OPENAI_BASE_URL", simulator.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        yield simulator


async def _run(client: Client, data_dir: Path, run_id: str) -> tuple[RunHandle, str]:
    """A run to its end, and why it failed."""
    spec = RunSpec(
        prompt="Why is the sea salty?",
        num_cuts=1,
        aspect_ratio="1:1",
        providers=OPENAI,
        max_qa_retries=0,
        max_cost_usd=1,
    )
    async with running_worker(client, WorkerSettings(data_dir=data_dir)):
        handle = await start_short(client, spec, run_id=run_id)
        try:
            await handle.result()
        except WorkflowFailureError as exc:
            return handle, repr(exc.cause)
        return handle, ""


async def _history(handle: RunHandle) -> bytes:
    """As it lies in the server: every payload in it is readable JSON."""
    return b"".join([event.SerializeToString() async for event in handle.fetch_history_events()])


def _files(data_dir: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(data_dir)): path.read_bytes()
        for path in data_dir.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("fails", [False, True], ids=["ends well", "the key is refused"])
async def test_a_key_is_nowhere_but_in_the_requests(
    client: Client,
    data_dir: Path,
    run_id: str,
    service: OpenAISimulator,
    caplog: pytest.LogCaptureFixture,
    *,
    fails: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    if fails:
        # This service says the key back.
        service.fail(Fault.UNAUTHORIZED, on="images", times=50)
    handle, failure = await _run(client, data_dir, run_id)
    history, files = await _history(handle), _files(data_dir)
    assert bool(failure) is ("AuthenticationFailed" in failure) is fails
    assert f"Bearer {KEY}" in {seen.headers["authorization"] for seen in service.seen}
    assert b"Why is the sea salty?" in history
    assert f"runs/{run_id}/run.json" in files
    assert fails or f"runs/{run_id}/manifest.json" in files
    assert KEY.encode() not in history
    assert [name for name, data in files.items() if KEY.encode() in data] == []
    assert KEY not in caplog.text
    assert KEY not in failure
