"""The story of a run: one prompt becomes one short, whatever dies on the way."""

from __future__ import annotations

import asyncio
from typing import Any

from pydantic import ValidationError
from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from domain.arrangement import build_layout
    from domain.events import EventPage, EventsQuery
    from domain.layout import Layout
    from domain.messages import InvalidMessage, parse_progress_report
    from domain.plot import PlanFinding, Plot
    from domain.qa import QaReport, Redo
    from domain.requests import plot_request
    from domain.run import (
        WORKFLOW_TYPE,
        InvalidInput,
        Outcome,
        RunError,
        RunResult,
        RunSpec,
        RunState,
        RunStatus,
        describe_validation_error,
        parse_spec,
    )
    from domain.seeds import SEED_LIMIT
    from workflows import options
    from workflows.activities import (
        ArchivistActivities,
        CloseRun,
        Deployment,
        DirectorActivities,
        Inspection,
        InspectVideo,
        OpenRun,
        PlannerActivities,
        QaActivities,
        RenderVideo,
        SavePlan,
        WritePlot,
    )
    from workflows.crew import Crew
    from workflows.journal import Journal
    from workflows.purchases import Purchases


@workflow.defn(name=WORKFLOW_TYPE)
class AutoShorts:
    """One run. Its inputs are taken raw: a typed signature could hang it (docs/workflow.md)."""

    @workflow.init
    def __init__(self, *inputs: Any) -> None:
        self._journal = Journal()
        self._seed = workflow.random().randrange(SEED_LIMIT)
        self._deployment: Deployment
        self._purchases: Purchases
        self._plot: Plot
        self._layout: Layout
        self._report: Inspection | None = None
        self._revisions: dict[str, int] = {}
        self._spec: RunSpec
        self._invalid_input: str | None = None
        try:
            self._spec = parse_spec(inputs)
        except InvalidInput as exc:
            self._invalid_input = str(exc)
        else:
            self._seed = self._seed if self._spec.seed is None else self._spec.seed
            self._journal.begin(self._spec, self._seed)

    @workflow.run
    async def run(self, *inputs: Any) -> RunResult:
        try:
            await self._open()
            while True:
                for stage in (self._plan, self._make_assets, self._render):
                    _heed_cancellation()
                    await stage()
                _heed_cancellation()
                passes = await self._passes_qa()
                _heed_cancellation()
                if passes:
                    return await self._finish()
        except (ActivityError, ApplicationError, asyncio.CancelledError) as exc:
            if is_cancelled_exception(exc):
                await self._close(Outcome.CANCELLED, _cancelled(self._journal.state))
                raise
            error = _error_of(exc, self._journal.state)
            await self._close(Outcome.FAILED, error)
            raise ApplicationError(error.message, type=error.type, non_retryable=True) from None

    # Messages

    @workflow.query(description="Where the run is: state, progress, scenes, artifacts, error.")
    def status(self) -> RunStatus:
        return self._journal.status()

    @workflow.query(description='A page of the event log. Input: {"after": -1, "limit": 200}.')
    def events(self, query: EventsQuery = EventsQuery()) -> EventPage:  # noqa: B008
        return self._journal.page(query)

    @workflow.signal(description='Add a line to the log. Input: {"message": "…"}.')
    def report_progress(self, *inputs: Any) -> None:
        try:
            report = parse_progress_report(inputs)
        except InvalidMessage as exc:
            workflow.logger.warning("report_progress dropped: %s", exc)
            return
        if not self._journal.state.is_terminal:
            self._journal.log(report.message, report.level)

    # The states

    async def _open(self) -> None:
        """INIT: the run's folder exists, and what this deployment can do is known."""
        self._deployment = await workflow.execute_activity_method(
            ArchivistActivities.open_run,
            OpenRun(record=self._journal.record(), spec=self._journal.spec),
            **options.OPEN,
        )
        self._journal.upserts_run_state = self._deployment.run_state_attribute
        if self._invalid_input:
            raise ApplicationError(self._invalid_input, type="InvalidInput", non_retryable=True)
        if problem := self._deployment.problem:
            kind = self._deployment.problem_type
            raise ApplicationError(problem, type=kind, non_retryable=True)
        self._purchases = Purchases(self._deployment, self._spec, self._journal)
        used = self._deployment.providers
        self._journal.log(
            f"plan by {used.planner}, pictures by {used.images}, music by {used.music}, "
            f"voice by {used.voice}"
        )

    async def _plan(self) -> None:
        """PLOT_GENERATION: the plot and a layout that is whole, before anything is paid for."""
        self._journal.move(RunState.PLOT_GENERATION, "writing the plot")
        findings = self._plan_findings()
        rewrite = self._report is None or bool(findings)
        if rewrite:
            await self._write_plot(findings)
        try:
            self._layout = build_layout(
                self._journal.run_id,
                self._spec,
                self._plot,
                seed=self._seed,
                revisions=self._revisions,
            )
        except ValidationError as exc:
            message = f"the plot makes no sound layout: {describe_validation_error(exc)}"
            raise ApplicationError(message, type="InvalidPlot", non_retryable=True) from exc
        await self._save_plan()
        self._journal.planned(self._layout, changed=rewrite)

    async def _make_assets(self) -> None:
        """ASSET_GENERATION: designer, composer and voice, side by side."""
        crew = Crew(self._layout, self._spec, self._purchases, self._journal)
        self._journal.move(
            RunState.ASSET_GENERATION, f"making {crew.size} pictures, voices and sounds"
        )
        self._layout = await crew.make_all()
        self._journal.filled(self._layout)
        await self._save_plan()

    async def _render(self) -> None:
        """RENDERING: the director composes the film."""
        length = f"{self._layout.timeline.total_duration_ms / 1000:.1f} s of film"
        self._journal.move(RunState.RENDERING, f"composing {length}")
        film = await workflow.execute_activity_method(
            DirectorActivities.render_video,
            RenderVideo(run_id=self._journal.run_id, layout=self._layout),
            **options.with_summary(options.RENDER, length),
        )
        for warning in film.warnings:
            self._journal.log(warning, "warning")
        self._journal.film_ready(film.artifacts)

    async def _passes_qa(self) -> bool:
        """QA: a verdict; what it finds is made anew, at most `max_qa_retries` times."""
        self._journal.move(RunState.QA, "checking the film")
        self._report = await workflow.execute_activity_method(
            QaActivities.inspect_video,
            InspectVideo(
                layout=self._layout,
                video=self._journal.artifacts["final_video.mp4"],
                attempt=self._journal.qa_retries + 1,
            ),
            **options.QA,
        )
        self._journal.judged(self._report, self._report.file)
        if self._report.passed:
            return True
        if self._journal.qa_retries >= self._spec.max_qa_retries:
            raise _qa_exhausted(self._report, self._journal.qa_retries)
        self._journal.qa_retries += 1
        for name in dict.fromkeys(finding.asset_name for finding in self._report.findings):
            self._revisions[name] = self._revisions.get(name, 0) + 1
        return False

    async def _finish(self) -> RunResult:
        """END: the film is good."""
        await self._close(Outcome.COMPLETED)
        return RunResult(
            run_id=self._journal.run_id,
            duration_ms=self._layout.timeline.total_duration_ms,
            artifacts=self._journal.artifacts,
            qa_retries=self._journal.qa_retries,
            degraded=tuple(dict.fromkeys(self._journal.degraded.values())),
        )

    # Their parts

    def _plan_findings(self) -> tuple[PlanFinding, ...]:
        return tuple(
            PlanFinding(scene_id=finding.scene_id, message=finding.message)
            for finding in (self._report.findings if self._report else ())
            if finding.redo is Redo.PLAN
        )

    async def _write_plot(self, findings: tuple[PlanFinding, ...]) -> None:
        request = plot_request(
            self._spec,
            seed=self._seed,
            revision=self._revisions.get(Redo.PLAN, 0),
            previous=self._plot if findings else None,
            findings=findings,
        )
        config = options.with_summary(options.PLOT, "revised" if findings else "")
        result = await self._purchases.buy(
            "planner",
            "plot",
            request,
            lambda provider, terms: workflow.execute_activity_method(
                PlannerActivities.write_plot,
                WritePlot(provider=provider, terms=terms, request=request),
                **config,
            ),
        )
        self._plot = result.plot
        self._journal.plot_written(result.asset, cached=result.cached)

    async def _save_plan(self) -> None:
        files = await workflow.execute_activity_method(
            PlannerActivities.save_plan,
            SavePlan(run_id=self._journal.run_id, plot=self._plot, layout=self._layout),
            **options.SAVE,
        )
        self._journal.artifacts.update({"plot.csv": files.plot, "layout.json": files.layout})

    async def _close(self, outcome: Outcome, error: RunError | None = None) -> None:
        """Say the last word and leave `run.json`: best effort, whatever ended the run."""
        self._journal.end(outcome, error)
        closing = workflow.start_activity_method(
            ArchivistActivities.close_run,
            CloseRun(record=self._journal.record(), manifest=self._journal.manifest()),
            **options.CLOSE,
        )
        try:
            await asyncio.shield(closing)
        except ActivityError as exc:
            workflow.logger.warning("run.json was not written: %s", exc.cause)


def _heed_cancellation() -> None:
    """An activity that ends well while it is being cancelled hides that from who awaits it."""
    if workflow.cancellation_reason() is not None:
        raise asyncio.CancelledError


def _error_of(exc: BaseException, state: RunState) -> RunError:
    cause = exc.cause if isinstance(exc, ActivityError) else exc
    kind = getattr(cause, "type", None) or type(cause).__name__
    message = getattr(cause, "message", "") or str(cause)
    return RunError(type=kind, message=message, state=state)


def _cancelled(state: RunState) -> RunError:
    reason = workflow.cancellation_reason()
    return RunError(type="Cancelled", message=reason or "cancelled", state=state)


def _qa_exhausted(report: QaReport, retries: int) -> ApplicationError:
    findings = "; ".join(finding.message for finding in report.findings)
    return ApplicationError(
        f"the film did not pass QA after {retries} retries: {findings}",
        type="QaExhausted",
        non_retryable=True,
    )
