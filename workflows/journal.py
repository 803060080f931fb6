"""What a run tells about itself: state, event log, progress, and the text in the Web UI."""

from __future__ import annotations

from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributeKey

with workflow.unsafe.imports_passed_through():
    from domain import events
    from domain.assets import ArtifactRef, Asset
    from domain.layout import Layout
    from domain.ledger import LedgerEntry, spent
    from domain.progress import Progress
    from domain.qa import QaReport
    from domain.record import Manifest, ManifestEntry, RunRecord
    from domain.run import (
        RUN_STATE_ATTRIBUTE,
        Outcome,
        RunError,
        RunSpec,
        RunState,
        RunStatus,
        SceneStatus,
        check_transition,
    )

RUN_STATE = SearchAttributeKey.for_keyword(RUN_STATE_ATTRIBUTE)


class Journal:
    """The one place through which a run changes state and speaks."""

    def __init__(self) -> None:
        info = workflow.info()
        self.run_id = info.workflow_id
        self.state = RunState.INIT
        self.detail = "waiting for a worker"
        self.spec: RunSpec | None = None
        self.seed: int | None = None
        self.qa_retries = 0
        self.artifacts: dict[str, ArtifactRef] = {}
        self.degraded: dict[str, str] = {}
        self.calls: dict[tuple[str, int], LedgerEntry] = {}
        self.upserts_run_state = False
        self._layout: Layout | None = None
        self._made: dict[str, ManifestEntry] = {}
        self._outcome: Outcome | None = None
        self._error: RunError | None = None
        self._progress = Progress()
        self._log = events.EventLog()
        self._created_at = self._updated_at = info.workflow_start_time

    def begin(self, spec: RunSpec, seed: int) -> None:
        """What is to be made is known."""
        self.spec, self.seed = spec, seed

    # What others ask

    def status(self) -> RunStatus:
        return RunStatus(
            run_id=self.run_id,
            state=self.state,
            progress=self._progress.value,
            detail=self.detail,
            created_at=self._created_at,
            updated_at=self._updated_at,
            spec=self.spec,
            title=self._layout.title if self._layout else None,
            language=self._layout.metadata.language if self._layout else None,
            seed=self.seed,
            qa_retries=self.qa_retries,
            cost_usd=self.cost_usd,
            scenes=self._scenes(),
            artifacts=dict(self.artifacts),
            outcome=self._outcome,
            error=self._error,
        )

    def page(self, query: events.EventsQuery) -> events.EventPage:
        page = self._log.page(query, self.state)
        return page.model_copy(update={"status": self.status()}) if query.with_status else page

    def record(self) -> RunRecord:
        return RunRecord(
            execution_id=workflow.info().run_id, status=self.status(), events=self._log.events
        )

    def manifest(self) -> Manifest:
        entries = tuple(self._made.values())
        return Manifest(
            run_id=self.run_id,
            created_at=self._created_at,
            seed=self.seed,
            spec=self.spec,
            cost_usd=self.cost_usd,
            entries=entries,
        )

    @property
    def cost_usd(self) -> float:
        """What the run has spent, lost answers included."""
        return spent(self.calls.values())

    # What the run reports

    def move(self, target: RunState, detail: str) -> None:
        """Go to another state; raises `IllegalTransition` where the table does not allow it."""
        check_transition(self.state, target)
        previous, self.state = self.state, target
        self._progress.reach(target)
        self._append(events.StateChanged, state=target, previous=previous, detail=self._say(detail))
        self._publish_state()

    def advance(self, share: float, detail: str) -> None:
        """`share` (0–1) of the present state's work is done."""
        self._progress.reach(self.state, share)
        self._say(detail)

    def log(self, message: str, level: str = "info") -> None:
        self._append(events.LogWritten, message=message, level=level)

    def planned(self, layout: Layout, *, changed: bool) -> None:
        self._layout = layout
        self.advance(1.0, f"planned {len(layout.scenes)} scenes")
        self._append(
            events.PlanReady,
            title=layout.title,
            language=layout.metadata.language,
            source=layout.metadata.source,
            changed=changed,
            scenes=tuple(
                {"scene_id": s.scene_id, "text": s.text, "duration_ms": s.duration_ms}
                for s in layout.scenes
            ),
        )

    def asset_ready(
        self, name: str, asset: Asset, *, cached: bool, scene_id: str | None, done: int, total: int
    ) -> None:
        """Asset `name` (`image/scene_1`, `music`, …) is finished: `done` of `total` are."""
        kind, _, which = name.partition("/")
        entry = ManifestEntry(
            name=name, artifact=asset.artifact, provenance=asset.provenance, cached=cached
        )
        self._made[name] = entry
        self.advance(done / total, f"{done} of {total} pictures, voices and sounds are ready")
        self._append(
            events.AssetReady,
            kind=kind,
            name=which or kind,
            scene_id=scene_id,
            artifact=asset.artifact,
            provider=asset.provenance.provider,
            cached=cached,
            done=done,
            total=total,
        )
        if asset.provenance.degraded:
            self.replaced(name, asset.provenance.provider, asset.provenance.degraded)

    def replaced(self, name: str, provider: str, message: str) -> None:
        """Asset `name` is made in a lesser way; said once."""
        if self.degraded.get(name) == message:
            return
        self.degraded[name] = message
        kind, _, which = name.partition("/")
        self._append(
            events.ProviderDegraded,
            kind=kind,
            name=which or kind,
            provider=provider,
            message=message,
        )

    def paid(self, calls: tuple[LedgerEntry, ...]) -> None:
        """What was sent to services for an asset."""
        self.calls.update({(call.key, call.number): call for call in calls})

    def plot_written(self, asset: Asset, *, cached: bool) -> None:
        """The plot stands in the manifest beside the assets."""
        self._made["plot"] = ManifestEntry(
            name="plot", artifact=asset.artifact, provenance=asset.provenance, cached=cached
        )

    def filled(self, layout: Layout) -> None:
        """The layout has its files and its real times."""
        self._layout = layout

    def film_ready(self, artifacts: dict[str, ArtifactRef]) -> None:
        self.artifacts.update(artifacts)
        self.advance(1.0, "the film is composed")
        for name, kind in events.FILM_KINDS.items():
            if artifact := artifacts.get(name):
                self._append(
                    events.AssetReady,
                    kind=kind,
                    name=name,
                    artifact=artifact,
                    provider="director",
                    cached=False,
                    done=1,
                    total=1,
                )

    def judged(self, report: QaReport, file: ArtifactRef | None) -> None:
        """QA has spoken, and left its verdict in `file`."""
        if file:
            self.artifacts["qa.json"] = file
        verdict = "passed" if report.passed else f"{len(report.findings)} findings"
        self.advance(1.0, f"checked: {verdict}")
        self._append(
            events.QaJudged,
            passed=report.passed,
            attempt=self.qa_retries + 1,
            findings=report.findings,
        )

    def end(self, outcome: Outcome, error: RunError | None = None) -> None:
        """Move to END or FAILED and write the last event."""
        target = RunState.END if outcome is Outcome.COMPLETED else RunState.FAILED
        self._outcome, self._error = outcome, error
        self.move(target, error.message if error else "done")
        self._append(
            events.RunEnded,
            state=target,
            outcome=outcome,
            artifacts=dict(self.artifacts),
            error=error,
        )

    # How

    def _say(self, detail: str) -> str:
        self.detail = detail
        self._updated_at = workflow.now()
        workflow.set_current_details(self._markdown())
        return detail

    def _append(self, event: type[events.EventT], **fields: Any) -> None:
        self._updated_at = workflow.now()
        self._log.append(
            event(
                seq=self._log.next_seq,
                at=self._updated_at,
                progress=self._progress.value,
                **fields,
            )
        )

    def _publish_state(self) -> None:
        if self.upserts_run_state:
            workflow.upsert_search_attributes([RUN_STATE.value_set(self.state)])

    def _scenes(self) -> tuple[SceneStatus, ...]:
        if not self._layout:
            return ()
        return tuple(
            SceneStatus(
                scene_id=scene.scene_id,
                text=scene.text,
                image=self._artifact(f"image/{scene.scene_id}"),
                voices=tuple(
                    artifact
                    for line in scene.dialogue
                    if (artifact := self._artifact(f"voice/{line.line_id}"))
                ),
                duration_ms=scene.duration_ms,
            )
            for scene in self._layout.scenes
        )

    def _artifact(self, name: str) -> ArtifactRef | None:
        entry = self._made.get(name)
        return entry.artifact if entry else None

    def _markdown(self) -> str:
        lines = [
            f"**{self.state}**: {self.detail}",
            "",
            f"- progress: {self._progress.value:.0%}",
        ]
        if self._layout:
            seconds = self._layout.timeline.total_duration_ms / 1000
            title = self._layout.title.replace("*", "").replace("`", "")
            lines.append(f"- film: “{title}”, {len(self._layout.scenes)} scenes, {seconds:.1f} s")
        if self.qa_retries:
            lines.append(f"- sent back by QA: {self.qa_retries} times")
        if self.calls:
            limit = self.spec.max_cost_usd if self.spec else None
            of_limit = "" if limit is None else f" of ${limit:.2f}"
            lines.append(f"- spent: ${self.cost_usd:.4f}{of_limit} in {len(self.calls)} calls")
        lines += [f"- lesser: {name}: {why}" for name, why in self.degraded.items()]
        if self._error:
            lines.append(f"- reason: `{self._error.type}`: {self._error.message}")
        lines += [f"- {name}: `{ref.uri}`" for name, ref in self.artifacts.items()]
        return "\n".join(lines)
