"""Runs of an earlier version are begun again under their own ids, and only those."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from temporalio import activity, workflow
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.worker import Worker

from domain.queues import Queues
from domain.run import WORKFLOW_TYPE
from workflows.upgrade import begin_older_runs_again

MINUTE = timedelta(minutes=1)


@workflow.defn(name=WORKFLOW_TYPE, sandboxed=False)
class _Earlier:
    """How an earlier version began: `open_run` through a task queue."""

    @workflow.run
    async def run(self, spec: dict[str, Any]) -> str:
        await workflow.execute_activity("open_run", start_to_close_timeout=MINUTE)
        await workflow.wait_condition(lambda: False)
        return "earlier"


@workflow.defn(name=WORKFLOW_TYPE, sandboxed=False)
class _Now:
    """How this version begins: `open_run` where the workflow runs."""

    def __init__(self) -> None:
        self._may_end = False

    @workflow.run
    async def run(self, spec: dict[str, Any]) -> str:
        chain: str = await workflow.execute_local_activity(
            _open_run, workflow.info().first_execution_run_id, start_to_close_timeout=MINUTE
        )
        await workflow.wait_condition(lambda: self._may_end)
        return chain

    @workflow.signal
    def end(self) -> None:
        self._may_end = True


_opened: dict[str, asyncio.Event] = {}


@activity.defn(name="open_run")
async def _open_run(chain: str = "") -> str:
    _opened.setdefault(activity.info().workflow_id or "", asyncio.Event()).set()
    return chain


def _worker(client: Client, queue: str, kind: type) -> Worker:
    return Worker(client, task_queue=queue, workflows=[kind], activities=[_open_run])


async def _begun(client: Client, run_id: str, kind: type) -> WorkflowHandle[Any, Any]:
    """A run whose worker was taken away once it had been opened."""
    queue = f"{Queues().runs}-{run_id}"
    _opened[run_id] = asyncio.Event()
    async with _worker(client, queue, kind):
        handle = await client.start_workflow(
            WORKFLOW_TYPE, {"prompt": "x"}, id=run_id, task_queue=queue, result_type=str
        )
        await _opened[run_id].wait()
    return handle


async def test_an_earlier_run_is_begun_again_and_finished_by_this_version(
    client: Client, run_id: str
) -> None:
    earlier = await _begun(client, run_id, _Earlier)
    first = (await earlier.describe()).run_id
    both = await asyncio.gather(begin_older_runs_again(client), begin_older_runs_again(client))
    assert run_id in both[0] + both[1]
    again = client.get_workflow_handle(run_id, result_type=str)
    described = await again.describe()
    assert described.status is WorkflowExecutionStatus.RUNNING
    assert described.run_id != first
    assert run_id not in await begin_older_runs_again(client)
    async with _worker(client, f"{Queues().runs}-{run_id}", _Now):
        await again.signal("end")
        assert await again.result() == first


async def test_a_run_of_this_version_goes_on_as_it_is(client: Client, run_id: str) -> None:
    handle = await _begun(client, run_id, _Now)
    before = (await handle.describe()).run_id
    assert run_id not in await begin_older_runs_again(client)
    assert (await client.get_workflow_handle(run_id).describe()).run_id == before
    await handle.terminate()


async def test_a_run_that_nobody_has_taken_up_is_left_alone(client: Client, run_id: str) -> None:
    handle = await client.start_workflow(
        WORKFLOW_TYPE, {"prompt": "x"}, id=run_id, task_queue=f"{Queues().runs}-{run_id}"
    )
    assert run_id not in await begin_older_runs_again(client)
    await handle.terminate()
