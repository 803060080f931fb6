"""Record the histories that `test_replay.py` replays: `python -m tests.workflows.record_histories`.

Run it only where the workflow changes on purpose: a history is what running deployments hold.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from cli.exit import exit_now
from domain.qa import Finding, Redo
from domain.run import WORKFLOW_TYPE, RunResult
from tests.conftest import dev_server
from tests.workflows.fakes import FakeCrew, bad
from workflows.short_video import AutoShorts

ROOT = Path(__file__).parent.parent.parent
HISTORIES = Path(__file__).parent / "histories"
PROMPT = {"prompt": "why the sea is salty", "seed": 7}

Handle = WorkflowHandle[object, RunResult]


async def _go_on(crew: FakeCrew, handle: Handle) -> None:
    """Nothing happens on the way."""


async def _cancel(crew: FakeCrew, handle: Handle) -> None:
    await crew.held.wait()
    await handle.cancel()


def _happy(crew: FakeCrew) -> None:
    """Nothing goes wrong."""


def _sent_back(crew: FakeCrew) -> None:
    crew.verdicts = [
        bad(Finding(check="pictures", message="blurred", redo=Redo.IMAGE, scene_id="scene_2")),
        bad(Finding(check="glyphs", message="U+2602", redo=Redo.PLAN, scene_id="scene_1")),
    ]


def _failing(crew: FakeCrew) -> None:
    crew.failures["image/scene_2"] = ApplicationError(
        "refused", type="ContentRejected", non_retryable=True
    )


def _held(crew: FakeCrew) -> None:
    crew.hold_in = "render"


Case = tuple[
    list[object], Callable[[FakeCrew], None], Callable[[FakeCrew, Handle], Awaitable[None]]
]
CASES: dict[str, Case] = {
    "happy": ([PROMPT], _happy, _go_on),
    "qa_retry": ([PROMPT], _sent_back, _go_on),
    "failed": ([PROMPT], _failing, _go_on),
    "cancelled": ([PROMPT], _held, _cancel),
    "no_input": ([], _happy, _go_on),
}


async def _record(client: Client, name: str) -> None:
    inputs, prepare, happens = CASES[name]
    crew, queue = FakeCrew(), f"record_{uuid.uuid4().hex[:8]}"
    prepare(crew)
    async with Worker(
        client,
        task_queue=queue,
        workflows=[AutoShorts],
        activities=crew.activities,
        max_heartbeat_throttle_interval=timedelta(seconds=0.1),
        default_heartbeat_throttle_interval=timedelta(seconds=0.1),
    ):
        handle: Handle = await client.start_workflow(
            WORKFLOW_TYPE, args=inputs, id=name, task_queue=queue, result_type=RunResult
        )
        await happens(crew, handle)
        try:
            await handle.result()
        except WorkflowFailureError as exc:
            print(f"{name}: {exc.cause}")  # noqa: T201
        history = await handle.fetch_history()
    # Stack traces in it name files; not those of the machine that recorded it.
    text = history.to_json().replace(f"{ROOT}/", "")
    (HISTORIES / f"{name}.json").write_text(text)


async def main() -> None:
    HISTORIES.mkdir(exist_ok=True)
    async with dev_server() as environment:
        for name in CASES:
            await _record(environment.client, name)


if __name__ == "__main__":
    asyncio.run(main())
    exit_now(0)
