"""The list of runs: every run once, in one order, wherever it was started and however it ended."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import WorkflowFailureError, WorkflowHandle
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from bench.machine import POLL_SECONDS
from domain.queues import TASK_QUEUE
from tests.gateway.quick import SPEC, Quick
from workflows.client import start_short

STATE = SearchAttributeKey.for_keyword("RunState")


async def _walk(quick: Quick, *, limit: int = 2, **query: Any) -> list[dict[str, Any]]:
    """Every page, to the end."""
    seen: list[dict[str, Any]] = []
    async with httpx.AsyncClient(base_url=quick.gateway.url, timeout=30) as client:
        cursor: str | None = ""
        while cursor is not None:
            page = (
                await client.get("/api/runs", params={"limit": limit, "cursor": cursor, **query})
            ).json()
            assert len(page["items"]) <= limit
            seen += page["items"]
            cursor = page["next"]
    return seen


def _ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["run_id"] for row in rows]


async def test_no_run_is_lost_or_doubled_over_pages_of_any_size(quick: Quick) -> None:
    await asyncio.gather(*(quick.end(f"many_{n}_{uuid.uuid4().hex[:6]}") for n in range(12)))
    terminated = await start_short(quick.client, SPEC, run_id=f"running_{uuid.uuid4().hex[:6]}")
    async with asyncio.timeout(20):
        while (await terminated.query("status"))["state"] != "RENDERING":  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)
    await terminated.terminate()
    whole = _ids(await _walk(quick, limit=100))
    assert len(whole) == len(set(whole)) >= 18
    assert terminated.id in whole
    ended = next(
        row for row in await _walk(quick, state="FAILED") if row["run_id"] == terminated.id
    )
    assert ended["outcome"] == "terminated"
    assert terminated.id not in _ids(await _walk(quick, state=["INIT", "RENDERING"]))
    for limit in (1, 3, 7):
        assert _ids(await _walk(quick, limit=limit)) == whole


async def test_a_filter_that_matches_few_finds_them_all(quick: Quick) -> None:
    run_id = f"running_{uuid.uuid4().hex[:6]}"
    rendering = await start_short(quick.client, SPEC, run_id=run_id)
    await _until_listed(quick, run_id, state="RENDERING")
    rows = await _walk(quick, limit=100)
    for state in ("END", "FAILED", "RENDERING"):
        wanted = [row["run_id"] for row in rows if row["state"] == state]
        assert wanted
        assert _ids(await _walk(quick, limit=1, state=state)) == wanted
    both = [row["run_id"] for row in rows if row["state"] in ("FAILED", "RENDERING")]
    assert _ids(await _walk(quick, limit=2, state=["FAILED", "RENDERING"])) == both
    await rendering.terminate()


async def _until_listed(quick: Quick, run_id: str, *, state: str) -> None:
    """Temporal's visibility shows a run's state a moment late."""
    async with asyncio.timeout(30):
        while run_id not in _ids(await _walk(quick, limit=100, state=state)):  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)


async def test_a_run_keeps_its_place_when_it_ends(quick: Quick) -> None:
    run_id = f"running_{uuid.uuid4().hex[:6]}"
    handle = await start_short(quick.client, SPEC, run_id=run_id)
    described = await handle.describe()
    during = next(row for row in await _walk(quick) if row["run_id"] == run_id)
    await handle.cancel()
    with pytest.raises(WorkflowFailureError):
        await handle.result()
    after = next(row for row in await _walk(quick) if row["run_id"] == run_id)
    started = described.start_time.astimezone(UTC)
    assert datetime.fromisoformat(during["created_at"]) == started
    assert datetime.fromisoformat(after["created_at"]) == started
    assert after["outcome"] == "cancelled"


async def test_a_run_that_was_reset_is_listed_once(quick: Quick) -> None:
    run_id = f"reset_{uuid.uuid4().hex[:6]}"
    await quick.end(run_id)
    handle = quick.client.get_workflow_handle(run_id)
    await _reset(quick, handle)
    await quick.client.get_workflow_handle(run_id).result()
    assert _ids(await _walk(quick, limit=1)).count(run_id) == 1


async def _reset(quick: Quick, handle: WorkflowHandle[Any, Any]) -> None:
    described = await handle.describe()
    await quick.client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace="default",
            workflow_execution=WorkflowExecution(workflow_id=handle.id, run_id=described.run_id),
            reason="test",
            workflow_task_finish_event_id=4,
            request_id=str(uuid.uuid4()),
        )
    )


async def test_a_state_that_is_not_ours_breaks_nothing(quick: Quick) -> None:
    """Anybody may start a workflow of this name with any search attribute, or with none."""
    strange = []
    for attributes in (
        TypedSearchAttributes([SearchAttributePair(STATE, "DANCING")]),
        TypedSearchAttributes([SearchAttributePair(STATE, "END")]),
        TypedSearchAttributes.empty,
    ):
        handle = await quick.client.start_workflow(
            "AutoShorts",
            id=f"strange_{uuid.uuid4().hex[:6]}",
            task_queue=f"{TASK_QUEUE}-nobody",
            search_attributes=attributes,
        )
        strange.append(handle)
    rows = {row["run_id"]: row for row in await _walk(quick, limit=100)}
    assert [rows[handle.id]["state"] for handle in strange] == ["INIT"] * 3
    for handle in strange:
        await handle.terminate()
