"""Worker and gateway of two versions: replaced in either order while a run is under way.

The next version is a copy of the tree with one field more in the spec, in the status and in an
event, and an event type that its workflow tells. Each process runs from its own tree.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.chaos.client import Client
from bench.chaos.victims import GatewayPart, WorkerPart
from bench.machine import Machine, machine, wait_until
from domain.run import RunState
from tests.gateway_client import durable, events

ROOT = Path(__file__).parents[2]
PACKAGES = (
    *("activities", "cli", "comfy_workflows", "domain", "gateway", "providers", "rendering"),
    *("storage", "worker", "workflows"),
)
SPEC = {"prompt": "바다", "num_cuts": 1, "aspect_ratio": "1:1", "seed": 7}
RUN_SECONDS = 120.0

# (file, what is there, what stands before it in the next version)
ADDED = (
    (
        "domain/run.py",
        "    max_qa_retries: int = Field(",
        '    sparkle: bool = Field(default=False, description="make it sparkle")\n',
    ),
    ("domain/run.py", "    outcome: Outcome | None = None\n    error", "    mood: str = 'merry'\n"),
    (
        "domain/events.py",
        '    type: Literal["log"] = "log"\n',
        '    origin: str = "the workflow"\n',
    ),
    (
        "domain/events.py",
        "class OtherEvent(_Event):\n",
        "class Sparkled(_Event):\n"
        '    """It sparkles."""\n\n'
        '    type: Literal["sparkled"] = "sparkled"\n'
        "    colour: str\n\n\n",
    ),
    ("domain/events.py", '"state", "understood", "plan"', '"sparkled", '),
    (
        "domain/events.py",
        '    Annotated[StateChanged, Tag("state")]\n',
        '    Annotated[Sparkled, Tag("sparkled")] |\n',
    ),
    ("domain/events.py", "    StateChanged,\n    PromptUnderstood,\n", "    Sparkled,\n"),
    (
        "workflows/journal.py",
        "        self._append(\n            events.QaJudged,\n",
        '        self._append(events.Sparkled, colour="gold")\n',
    ),
)


@pytest.fixture(scope="module")
def next_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of the next version."""
    tree = tmp_path_factory.mktemp("next")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, there, more in ADDED:
        text = (tree / name).read_text()
        assert text.count(there) == 1, f"{name}: {there!r} is there {text.count(there)} times"
        (tree / name).write_text(text.replace(there, more + there))
    return tree


class Deployment:
    """One machine whose worker and gateway may be of either version."""

    def __init__(self, here: Machine, trees: dict[str, Path]) -> None:
        self.machine = here
        self._trees = trees
        self._worker = WorkerPart(here, "workflows,assets,render")
        self._gateway = GatewayPart(here)

    def start(self, part: str, version: str) -> None:
        self.machine.settings["PYTHONPATH"] = str(self._trees[version])
        getattr(self, f"_{part}").start()

    def replace(self, part: str, version: str) -> None:
        getattr(self, f"_{part}").kill()
        self.start(part, version)

    @property
    def gateway(self) -> httpx.Client:
        return httpx.Client(base_url=self._gateway.url, timeout=30)

    def begin(self, **fields: Any) -> tuple[str, Client]:
        """A run, and who watches it."""
        with self.gateway as gateway:
            answer = gateway.post("/api/runs", json=SPEC | fields)
            run_id = str(answer.raise_for_status().json()["run_id"])
        watching = Client([self._gateway.url], run_id, time.monotonic() + 2 * RUN_SECONDS)
        watching.start()
        return run_id, watching

    def reaches(self, run_id: str, *states: RunState) -> None:
        def is_there() -> bool:
            with self.gateway as gateway:
                run = gateway.get(f"/api/runs/{run_id}").raise_for_status().json()
            assert run["state"] != RunState.FAILED, run["error"]
            return run["state"] in states

        wait_until(is_there, seconds=RUN_SECONDS, what=f"{run_id} is in {states}")

    def is_told(self, run_id: str, watching: Client) -> list[dict[str, Any]]:
        """All events of a run that has ended well, none of which its watcher missed."""
        self.reaches(run_id, RunState.END)
        watching.join(RUN_SECONDS)
        with self.gateway as gateway:
            told = durable(events(gateway, run_id))
        assert [event.seq for event in told] == list(range(len(told)))
        assert told[-1].data["outcome"] == "completed"
        assert watching.lost(told[-1].seq) == watching.doubled == watching.resets == 0
        return [event.data for event in told]


@pytest.fixture
def deployment(tmp_path: Path, next_version: Path) -> Iterator[Deployment]:
    """Today's worker and gateway."""
    with machine(tmp_path) as here:
        deployed = Deployment(here, {"today": ROOT, "next": next_version})
        deployed.start("worker", "today")
        deployed.start("gateway", "today")
        yield deployed


@pytest.mark.timeout(400)
def test_a_newer_gateway_and_an_older_worker_make_films_together(deployment: Deployment) -> None:
    first, watching_first = deployment.begin()
    deployment.reaches(first, RunState.ASSET_GENERATION, RunState.RENDERING)
    deployment.replace("gateway", "next")
    second, watching_second = deployment.begin(sparkle=True)
    deployment.is_told(first, watching_first)
    told = deployment.is_told(second, watching_second)
    ignored = [e["message"] for e in told if e["type"] == "log" and e["level"] == "warning"]
    assert any("sparkle" in message for message in ignored)
    # And then its worker follows, with a run under way.
    third, watching_third = deployment.begin(sparkle=True)
    deployment.reaches(third, RunState.ASSET_GENERATION, RunState.RENDERING)
    deployment.replace("worker", "next")
    told = deployment.is_told(third, watching_third)
    assert "sparkled" in [event["type"] for event in told]


@pytest.mark.timeout(400)
def test_an_older_gateway_and_a_newer_worker_make_films_together(deployment: Deployment) -> None:
    first, watching_first = deployment.begin()
    deployment.reaches(first, RunState.ASSET_GENERATION, RunState.RENDERING)
    deployment.replace("worker", "next")
    told_first = deployment.is_told(first, watching_first)
    second, watching_second = deployment.begin()
    for told in (told_first, deployment.is_told(second, watching_second)):
        # An event of a kind that this gateway does not know goes through it as it is.
        assert [e["colour"] for e in told if e["type"] == "sparkled"] == ["gold"]
    assert watching_second.types["sparkled"] == 1
    with deployment.gateway as gateway:
        assert gateway.post("/api/runs", json=SPEC | {"sparkle": True}).status_code == 422
    deployment.replace("gateway", "next")
    with deployment.gateway as gateway:
        view = gateway.get(f"/api/runs/{first}").raise_for_status().json()
    assert view["state"] == RunState.END
