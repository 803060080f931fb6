"""The story of a run: one prompt becomes one short, whatever dies on the way."""

from __future__ import annotations

import asyncio
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    import workflows.options as options
    from domain.events import EventPage, EventsQuery
    from domain.messages import MAX_REPORTS, InvalidMessage, parse_progress_report
    from domain.plot import PlanFinding
    from domain.qa import Finding, Redo
    from domain.queues import Queues
    from domain.run import (
        STARTED_BY,
        WORKFLOW_TYPE,
        InvalidInput,
        Outcome,
        RunError,
        RunResult,
        RunSpec,
        RunState,
        RunStatus,
        parse_spec,
        unknown_fields,
    )
    from domain.seeds import SEED_LIMIT
    from workflows.activities import (
        ArchivistActivities,
        Arrange,
        Deployment,
        DirectorActivities,
        Fill,
        Filled,
        InspectVideo,
        LayoutActivities,
        OpenRun,
        Plan,
        PlotWritten,
        QaActivities,
        RenderVideo,
    )
    from workflows.author import write_plot
    from workflows.carried import Carried
    from workflows.closing import keep_log, to_its_end, write_record
    from workflows.crew import Crew
    from workflows.failures import error_of
    from workflows.journal import Journal


@workflow.defn(
    name=WORKFLOW_TYPE,
    # What no handler of ours has seen ends the run; a task that fails is retried for ever.
    failure_exception_types=[
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ],
)
class AutoShorts:
    """One run. Its inputs are taken raw: a typed signature could hang it (docs/workflow.md)."""

    @workflow.init
    def __init__(self, *inputs: Any) -> None:
        carried = _carried(inputs)
        self._journal = Journal(carried.told if carried else None)
        self._seed = workflow.random().randrange(SEED_LIMIT)
        self._queues = Queues(workflow.info().task_queue)
        self._deployment: Deployment
        self._plot: PlotWritten | None = None
        self._plan: Plan | None = None
        self._filled: Filled | None = None
        self._findings: tuple[Finding, ...] | None = None
        self._revisions: dict[str, int] = {}
        self._spec: RunSpec
        self._ignored: tuple[str, ...] = ()
        self._invalid_input: str | None = None
        self._continues = carried is not None
        self._take_spec(inputs[:1] if carried else inputs)
        if carried:
            self._resume(carried)

    @workflow.run
    async def run(self, *inputs: Any) -> RunResult:
        outcome, error = await self._tell(inputs)
        await to_its_end(self._close(outcome, error))
        if error is not None and outcome is Outcome.CANCELLED:
            raise asyncio.CancelledError
        if error is not None:
            raise ApplicationError(error.message, type=error.type, non_retryable=True)
        assert self._filled is not None
        return RunResult(
            run_id=self._journal.run_id,
            duration_ms=self._filled.duration_ms,
            artifacts=self._journal.artifacts,
            qa_retries=self._journal.qa_retries,
            degraded=tuple(dict.fromkeys(self._journal.degraded.values())),
        )

    # Messages

    @workflow.query(description="Where the run is: state, progress, scenes, artifacts, error.")
    def status(self) -> RunStatus:
        return self._journal.status()

    @workflow.query(description='A page of the event log. Input: {"after": -1, "limit": 200}.')
    def events(self, query: EventsQuery = EventsQuery()) -> EventPage:  # noqa: B008
        return self._journal.page(query)

    @workflow.signal(description='Add a line to the log. Input: {"message": "…"}.')
    def report_progress(self, *inputs: Any) -> None:
        journal = self._journal
        if journal.state.is_terminal or journal.reports > MAX_REPORTS:
            return
        try:
            report = parse_progress_report(inputs)
        except InvalidMessage as exc:
            workflow.logger.warning("report_progress dropped: %s", exc)
            return
        journal.reports += 1
        if journal.reports > MAX_REPORTS:
            journal.note(f"more than {MAX_REPORTS} reports: later ones are dropped", "warning")
        else:
            journal.note(report.message, report.level)

    # The states

    async def _tell(self, inputs: tuple[Any, ...]) -> tuple[Outcome, RunError | None]:
        """The story; how it ends is decided here, once."""
        try:
            if not self._continues:
                await self._open()
            while True:
                for stage in (self._write, self._make_assets, self._render):
                    _heed_cancellation()
                    await stage()
                _heed_cancellation()
                passes = await self._passes_qa()
                _heed_cancellation()
                if passes:
                    return Outcome.COMPLETED, None
                await self._continue_as_new_if_long(inputs)
        except (asyncio.CancelledError, Exception) as exc:
            if is_cancelled_exception(exc) and workflow.cancellation_reason() is not None:
                return Outcome.CANCELLED, _cancelled(self._journal.state)
            if not isinstance(exc, (ActivityError, ApplicationError)):
                workflow.logger.exception("the run ends by a defect of its own code")
            return Outcome.FAILED, error_of(exc, self._journal.state)

    async def _open(self) -> None:
        """INIT: the run has its record, and what this deployment can do is decided."""
        self._deployment = await workflow.execute_local_activity_method(
            ArchivistActivities.open_run,
            OpenRun(
                first_execution_id=workflow.info().first_execution_run_id,
                created_at=self._journal.created_at,
                spec=self._journal.spec,
            ),
            **options.OPEN,
        )
        self._journal.upserts_run_state = self._deployment.run_state_attribute
        if self._invalid_input:
            raise ApplicationError(self._invalid_input, type="InvalidInput", non_retryable=True)
        if problem := self._deployment.problem:
            kind = self._deployment.problem_type
            raise ApplicationError(problem, type=kind, non_retryable=True)
        used = self._deployment.providers
        self._journal.note(
            f"plan by {used.planner}, pictures by {used.images}, music by {used.music}, "
            f"voice by {used.voice}"
        )
        if understood := self._deployment.understood:
            self._journal.understood(understood)
        if self._ignored:
            names = ", ".join(self._ignored)
            self._journal.note(f"not known to this version, so not heeded: {names}", "warning")

    async def _write(self) -> None:
        """PLOT_GENERATION: the plot and a layout that is whole, before anything is paid for."""
        self._journal.move(RunState.PLOT_GENERATION, "writing the plot")
        findings = self._plan_findings()
        rewrite = self._findings is None or bool(findings)
        if rewrite:
            self._plot = await write_plot(
                self._deployment,
                self._spec,
                self._journal,
                seed=self._seed,
                revision=self._revisions.get(Redo.PLAN, 0),
                previous=self._plot.plot if self._plot and findings else None,
                findings=findings,
            )
            self._journal.spent(self._plot.spent_usd)
        assert self._plot is not None
        plan = await workflow.execute_local_activity_method(
            LayoutActivities.arrange,
            Arrange(
                spec=self._deployment.spec,
                plot=self._plot.plot,
                seed=self._seed,
                revisions=self._revisions,
            ),
            **options.ARRANGE,
        )
        self._plan = plan
        self._journal.planned(plan, changed=rewrite)

    async def _make_assets(self) -> None:
        """ASSET_GENERATION: designer, composer and voice, side by side."""
        assert self._plan is not None
        crew = Crew(self._plan, self._deployment, self._spec, self._journal)
        self._journal.move(
            RunState.ASSET_GENERATION, f"making {len(crew.lacking)} pictures, voices and sounds"
        )
        await crew.make_all()
        self._filled = await workflow.execute_local_activity_method(
            LayoutActivities.fill,
            Fill(layout=self._plan.layout, bill=self._plan.bill),
            **options.FILL,
        )
        self._journal.filled(self._filled)

    async def _render(self) -> None:
        """RENDERING: the director composes the film."""
        assert self._filled is not None
        length = f"{self._filled.duration_ms / 1000:.1f} s of film"
        self._journal.move(RunState.RENDERING, f"composing {length}")
        film = await workflow.execute_activity_method(
            DirectorActivities.render_video,
            RenderVideo(layout=self._filled.layout),
            **options.on(options.RENDER, queue=self._queues.render, summary=length),
        )
        self._journal.film_ready(film)

    async def _passes_qa(self) -> bool:
        """QA: a verdict; what it finds is made anew, at most `max_qa_retries` times."""
        assert self._filled is not None
        self._journal.move(RunState.QA, "checking the film")
        verdict = await workflow.execute_activity_method(
            QaActivities.inspect_video,
            InspectVideo(
                layout=self._filled.layout,
                video=self._journal.artifacts["final_video.mp4"],
                attempt=self._journal.qa_retries + 1,
                before=self._journal.artifacts.get("qa.json"),
            ),
            **options.on(options.QA, queue=self._queues.qa),
        )
        self._journal.judged(verdict)
        if verdict.passed:
            return True
        self._findings = verdict.findings
        self._require_another_try(verdict.findings)
        self._journal.qa_retries += 1
        for name in dict.fromkeys(finding.asset_name for finding in verdict.findings):
            self._revisions[name] = self._revisions.get(name, 0) + 1
        return False

    async def _close(self, outcome: Outcome, error: RunError | None) -> None:
        """END or FAILED: the last word, and the run's record, until it is there."""
        self._journal.end(outcome, error)
        plot = self._plot.plot if self._plot else None
        await write_record(self._journal, plot=plot, plan=self._plan)

    # Their parts

    def _take_spec(self, inputs: tuple[Any, ...]) -> None:
        ours = STARTED_BY in workflow.memo()
        try:
            self._spec = parse_spec(inputs, tolerant=ours)
        except InvalidInput as exc:
            self._invalid_input = str(exc)
            return
        self._ignored = unknown_fields(inputs[0])
        self._seed = self._seed if self._spec.seed is None else self._spec.seed
        self._journal.spec, self._journal.seed = self._spec, self._seed

    def _resume(self, carried: Carried) -> None:
        self._deployment, self._plot = carried.deployment, carried.plot
        self._revisions = dict(carried.revisions)
        self._findings = carried.findings
        self._seed = self._journal.seed = carried.seed
        self._journal.upserts_run_state = carried.deployment.run_state_attribute

    @property
    def _source(self) -> str:
        return self._plot.source if self._plot else ""

    def _plan_findings(self) -> tuple[PlanFinding, ...]:
        return tuple(
            PlanFinding(scene_id=finding.scene_id, message=finding.message)
            for finding in self._findings or ()
            if finding.redo is Redo.PLAN
        )

    def _require_another_try(self, findings: tuple[Finding, ...]) -> None:
        """Raises `QaExhausted` where there is none left, or where it could change nothing."""
        said = "; ".join(finding.message for finding in findings)
        retries = self._journal.qa_retries
        if retries >= self._spec.max_qa_retries:
            why = f"the film did not pass QA after {retries} retries: {said}"
        elif self._source == "script" and all(f.redo is Redo.PLAN for f in findings):
            why = f"QA found fault with the script itself, which is kept word for word: {said}"
        else:
            return
        raise ApplicationError(why, type="QaExhausted", non_retryable=True)

    async def _continue_as_new_if_long(self, inputs: tuple[Any, ...]) -> None:
        """Between two rounds of QA there is little to carry."""
        info = workflow.info()
        long = info.get_current_history_length() > self._deployment.long_history_events
        if not (long or info.is_continue_as_new_suggested()):
            return
        await workflow.wait_condition(workflow.all_handlers_finished)
        await keep_log(self._journal.log)
        carried = Carried(
            seed=self._seed,
            deployment=self._deployment,
            plot=self._plot,
            revisions=self._revisions,
            findings=self._findings or (),
            told=self._journal.told(),
        )
        workflow.continue_as_new(args=[inputs[0], carried])


def _carried(inputs: tuple[Any, ...]) -> Carried | None:
    """What an earlier execution of this run hands on; nobody else can."""
    if workflow.info().continued_run_id is None or len(inputs) != 2:
        return None
    return Carried.model_validate(inputs[1])


def _heed_cancellation() -> None:
    """An activity that ends well while it is being cancelled hides that from who awaits it."""
    if workflow.cancellation_reason() is not None:
        raise asyncio.CancelledError


def _cancelled(state: RunState) -> RunError:
    reason = workflow.cancellation_reason()
    return RunError(type="Cancelled", message=reason or "cancelled", state=state)
