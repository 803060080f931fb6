"""The planner's step: the plot, and another planner where the chosen one fails for good."""

from __future__ import annotations

import asyncio

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    import workflows.options as options
    from domain.assets import ArtifactRef
    from domain.failure import Category
    from domain.plot import PlanFinding
    from domain.queues import Queues
    from domain.run import RunSpec
    from workflows.activities import Deployment, PlannerActivities, PlotWritten, WritePlot
    from workflows.crew import terms_of
    from workflows.failures import failure_of, reason_of
    from workflows.journal import Journal

ROLE = "planner"


async def write_plot(
    deployment: Deployment,
    spec: RunSpec,
    journal: Journal,
    *,
    seed: int,
    revision: int,
    previous: ArtifactRef | None,
    findings: tuple[PlanFinding, ...],
) -> PlotWritten:
    """The plot, or with `findings` the previous one mended. Raises ActivityError."""
    assert deployment.spec is not None
    queues = Queues(workflow.info().task_queue)
    request = WritePlot(
        spec=deployment.spec,
        seed=seed,
        revision=revision,
        previous=previous,
        findings=findings,
        provider=deployment.providers.planner,
        terms=terms_of(deployment, ROLE),
    )
    service = deployment.services.get(ROLE)
    # The embedded planner's rules are light work.
    queue = queues.service(service) if service else queues.runs
    try:
        written = await _ask(request, queue=queue, summary="revised" if findings else "")
        if written.degraded:
            journal.replaced("plot", written.provider, written.degraded)
        return written
    except ActivityError as exc:
        journal.spent(failure_of(exc).spent_usd)
        if workflow.cancellation_reason() is not None:
            raise asyncio.CancelledError from exc
        is_theirs = failure_of(exc).category is Category.PROVIDER
        if not (is_theirs and spec.on_failure == "degrade"):
            raise
        reason = reason_of(exc)
    embedded = deployment.embedded.planner
    journal.replaced("plot", embedded, f"made by {embedded}, since {reason}")
    instead = request.model_copy(update={"provider": embedded, "terms": terms_of(deployment, "")})
    return await _ask(instead, queue=queues.runs, summary=embedded)


async def _ask(request: WritePlot, *, queue: str, summary: str) -> PlotWritten:
    return await workflow.execute_activity_method(
        PlannerActivities.write_plot,
        request,
        **options.on(options.PLOT, queue=queue, summary=summary),
    )
