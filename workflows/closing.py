"""The end of a run, or of one of its executions: what was said is in the records by then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    import workflows.options as options
    from domain.assets import ArtifactRef
    from domain.events import EventLog
    from workflows.activities import ArchivistActivities, CloseRun, KeepEvents, Plan
    from workflows.journal import Journal

T = TypeVar("T")


async def write_record(journal: Journal, *, plot: ArtifactRef | None, plan: Plan | None) -> None:
    """The record of a run that has ended, tried until it is there."""
    assert journal.outcome is not None
    *pieces, last = journal.log.unkept()
    for piece in pieces:
        await workflow.execute_activity_method(
            ArchivistActivities.keep_events, KeepEvents(events=piece), **options.CLOSE
        )
    closed = await workflow.execute_activity_method(
        ArchivistActivities.close_run,
        CloseRun(
            first_execution_id=workflow.info().first_execution_run_id,
            outcome=journal.outcome,
            state=journal.state,
            error=journal.error,
            detail=journal.detail,
            progress=journal.progress,
            created_at=journal.created_at,
            updated_at=journal.updated_at,
            seed=journal.seed,
            qa_retries=journal.qa_retries,
            title=journal.title,
            language=journal.language,
            artifacts=journal.artifacts,
            plot=plot,
            layout=journal.artifacts.get("layout.json"),
            bill=plan.bill if plan else None,
            events=last,
        ),
        **options.CLOSE,
    )
    # The ledger knows of calls whose activities brought no answer.
    journal.spent(closed.cost_usd)


async def keep_log(log: EventLog) -> None:
    """All of it, also what is said while the rest is being kept."""
    while log.unkept_bytes:
        piece = next(log.unkept())
        await workflow.execute_activity_method(
            ArchivistActivities.keep_events, KeepEvents(events=piece), **options.CLOSE
        )
        log.kept(piece[-1].seq + 1)


async def to_its_end(work: Awaitable[T]) -> T:
    """Await `work` where no cancel reaches it: the outcome is decided, the rest is told."""
    task = asyncio.ensure_future(work)
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                raise
    return task.result()
