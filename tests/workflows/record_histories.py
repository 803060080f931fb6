"""Record the histories that `test_replay.py` replays: `python -m tests.workflows.record_histories`.

Run it once for a version, when the workflow has changed on purpose: a history is what running
deployments hold. Those of earlier versions stay.
"""

from __future__ import annotations

import asyncio
import sysconfig
import uuid
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from pathlib import Path

from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import ApplicationError

from cli.exit import exit_now
from domain.qa import Finding, Redo
from domain.run import WORKFLOW_TYPE, RunResult
from tests.conftest import dev_server
from tests.workflows.conftest import crew_at_work
from tests.workflows.fakes import FakeCrew, bad, refused

ROOT = Path(__file__).parent.parent.parent
HISTORIES = Path(__file__).parent / "histories"
PROMPT = {"prompt": "why the sea is salty", "seed": 7}

Handle = WorkflowHandle[object, RunResult]


async def _go_on(crew: FakeCrew, handle: Handle) -> None:
    """Nothing happens on the way."""


async def _cancel(crew: FakeCrew, handle: Handle) -> None:
    await crew.held.wait()
    await handle.cancel()
    crew.let_go.set()


async def _signal(crew: FakeCrew, handle: Handle) -> None:
    await crew.held.wait()
    await handle.signal("report_progress", {"message": "half way"})
    crew.let_go.set()


def _happy(crew: FakeCrew) -> None:
    """Nothing goes wrong."""


def _sent_back(crew: FakeCrew) -> None:
    crew.verdicts = [
        bad(Finding(check="pictures", message="blurred", redo=Redo.IMAGE, scene_id="scene_2")),
        bad(Finding(check="glyphs", message="U+2602", redo=Redo.PLAN, scene_id="scene_1")),
    ]


def _failing(crew: FakeCrew) -> None:
    crew.services = {"images": "openai"}
    crew.failures["image/scene_2"] = refused()


def _render_fails(crew: FakeCrew) -> None:
    crew.failures["render"] = ApplicationError("no room", type="StorageError", non_retryable=True)


def _in_render(crew: FakeCrew) -> None:
    crew.hold_in = "render"


def _in_render_to_its_end(crew: FakeCrew) -> None:
    crew.hold_in, crew.ends_well_though_cancelled = "render", True


def _in_close(crew: FakeCrew) -> None:
    crew.hold_in = "close_run"


Case = tuple[
    list[object], Callable[[FakeCrew], None], Callable[[FakeCrew, Handle], Awaitable[None]]
]


def _sent_back_as_new(crew: FakeCrew) -> None:
    _sent_back(crew)
    crew.long_history_events = 10


DEGRADE = {**PROMPT, "on_failure": "degrade"}
CASES: dict[str, Case] = {
    "happy": ([PROMPT], _happy, _go_on),
    "qa_retry": ([PROMPT], _sent_back, _go_on),
    "failed": ([PROMPT], _failing, _go_on),
    "degraded": ([DEGRADE], _failing, _go_on),
    "render_failed": ([PROMPT], _render_fails, _go_on),
    "cancelled": ([PROMPT], _in_render, _cancel),
    "cancelled_though_done": ([PROMPT], _in_render_to_its_end, _cancel),
    "cancelled_at_the_end": ([PROMPT], _in_close, _cancel),
    "signalled": ([PROMPT], _in_render_to_its_end, _signal),
    "no_input": ([], _happy, _go_on),
    "continued": ([PROMPT], _sent_back_as_new, _go_on),
}


async def _record(client: Client, name: str, folder: Path) -> None:
    inputs, prepare, happens = CASES[name]
    crew, queue = FakeCrew(), f"record_{uuid.uuid4().hex[:8]}"
    prepare(crew)
    async with crew_at_work(client, crew, queue):
        handle: Handle = await client.start_workflow(
            WORKFLOW_TYPE, args=inputs, id=name, task_queue=queue, result_type=RunResult
        )
        await happens(crew, handle)
        try:
            await handle.result()
        except WorkflowFailureError as exc:
            print(f"{name}: {exc.cause}")  # noqa: T201
        executions = [run async for run in client.list_workflows(f'WorkflowId = "{name}"')]
        for number, run in enumerate(reversed(executions), start=1):
            history = await client.get_workflow_handle(name, run_id=run.run_id).fetch_history()
            # Stack traces in it name files; not those of the machine that recorded it.
            text = history.to_json()
            # Where this machine keeps the project and its packages is nobody's business.
            for place in (sysconfig.get_path("purelib"), str(ROOT)):
                text = text.replace(f"{place}/", "")
            (folder / f"{name}_{number}.json").write_text(text)


async def main() -> None:
    folder = HISTORIES / version("autoshorts")
    folder.mkdir(parents=True, exist_ok=True)
    async with dev_server() as environment:
        for name in CASES:
            await _record(environment.client, name, folder)


if __name__ == "__main__":
    asyncio.run(main())
    exit_now(0)
