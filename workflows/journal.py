"""What a run tells about itself: state, event log, progress, and the text in the Web UI."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributeKey

with workflow.unsafe.imports_passed_through():
    from domain import events
    from domain.assets import ArtifactRef
    from domain.bill import scene_of
    from domain.progress import Progress
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
    from domain.understood import Understood
    from workflows.activities import AssetMade, Filled, Film, Inspection, Plan
    from workflows.carried import Told

RUN_STATE = SearchAttributeKey.for_keyword(RUN_STATE_ATTRIBUTE)


class Journal:
    """The one place through which a run changes state and speaks."""

    def __init__(self, told: Told | None = None) -> None:
        info = workflow.info()
        self.run_id = info.workflow_id
        self.state = RunState.QA if told else RunState.INIT
        self.detail = "goes on" if told else "waiting for a worker"
        self.spec: RunSpec | None = None
        self.seed: int | None = None
        self.upserts_run_state = False
        self.qa_retries = told.qa_retries if told else 0
        self.spent_usd = told.spent_usd if told else 0.0
        self.artifacts: dict[str, ArtifactRef] = dict(told.artifacts) if told else {}
        self.title = told.title if told else None
        self.language = told.language if told else None
        self.log = events.EventLog(told.next_seq if told else 0)
        self.reports = told.reports if told else 0
        self.outcome: Outcome | None = None
        self.error: RunError | None = None
        self._plan: Plan | None = None
        self._lengths: dict[str, int] = {}
        self._made: dict[str, AssetMade] = {}
        self._replaced: dict[str, str] = {}
        self._progress = Progress(told.progress if told else 0.0)
        self._created_at = told.created_at if told else info.workflow_start_time
        self._updated_at = workflow.now()

    # What others ask

    def status(self) -> RunStatus:
        return RunStatus(
            run_id=self.run_id,
            state=self.state,
            progress=self.progress,
            detail=self.detail,
            created_at=self._created_at,
            updated_at=self._updated_at,
            spec=self.spec,
            title=self.title,
            language=self.language,
            seed=self.seed,
            qa_retries=self.qa_retries,
            cost_usd=self.spent_usd,
            scenes=self._scenes(),
            artifacts=dict(self.artifacts),
            outcome=self.outcome,
            error=self.error,
        )

    def page(self, query: events.EventsQuery) -> events.EventPage:
        page = self.log.page(query, self.state, workflow.info().run_id)
        return page.model_copy(update={"status": self.status()}) if query.with_status else page

    def told(self) -> Told:
        """What the next execution of this run must know."""
        return Told(
            next_seq=self.log.next_seq,
            progress=self.progress,
            created_at=self._created_at,
            qa_retries=self.qa_retries,
            spent_usd=self.spent_usd,
            reports=self.reports,
            title=self.title,
            language=self.language,
            artifacts=self.artifacts,
        )

    @property
    def progress(self) -> float:
        return self._progress.value

    # What the run reports

    def move(self, target: RunState, detail: str) -> None:
        """Go to another state; raises `IllegalTransition` where the table does not allow it."""
        check_transition(self.state, target)
        previous, self.state = self.state, target
        self._progress.reach(target)
        self._append(events.StateChanged, state=target, previous=previous, detail=self._say(detail))
        if self.upserts_run_state:
            workflow.upsert_search_attributes([RUN_STATE.value_set(self.state)])

    def advance(self, share: float, detail: str) -> None:
        """`share` (0–1) of the present state's work is done."""
        self._progress.reach(self.state, share)
        self._say(detail)

    def note(self, message: str, level: str = "info") -> None:
        short = message[: events.MAX_MESSAGE_CHARACTERS]
        self._append(events.LogWritten, message=short, level=level)

    def understood(self, told: Understood) -> None:
        self._append(events.PromptUnderstood, **told.model_dump())

    def spent(self, usd: float | None) -> None:
        """The ledger's sum, where it is told; an answer that comes late may know less."""
        self.spent_usd = max(self.spent_usd, usd or 0.0)

    def planned(self, plan: Plan, *, changed: bool) -> None:
        self._plan, self._lengths = plan, {}
        self.title, self.language = plan.title, plan.language
        self.artifacts.update({"plot.csv": plan.plot_csv, "layout.json": plan.layout})
        self.advance(1.0, f"planned {len(plan.scenes)} scenes")
        self._append_plan(changed=changed)

    def asset_ready(self, made: AssetMade, *, done: int, total: int) -> None:
        """One asset of the bill is finished: `done` of `total` are."""
        kind, _, which = made.name.partition("/")
        self._made[made.name] = made
        self.advance(done / total, f"{done} of {total} pictures, voices and sounds are ready")
        self._append(
            events.AssetReady,
            kind=kind,
            name=which or kind,
            scene_id=scene_of(made.name),
            artifact=made.artifact,
            provider=made.provider,
            cached=made.cached,
            done=done,
            total=total,
        )
        if made.degraded:
            self.replaced(made.name, made.provider, made.degraded)

    def replaced(self, name: str, provider: str, message: str) -> None:
        """Asset `name` is made in a lesser way; said once."""
        if self._replaced.get(name) == message:
            return
        self._replaced[name] = message
        kind, _, which = name.partition("/")
        self._append(
            events.ProviderDegraded,
            kind=kind,
            name=which or kind,
            provider=provider,
            message=message[: events.MAX_MESSAGE_CHARACTERS],
        )

    def filled(self, filled: Filled) -> None:
        """The layout has its files, and every scene the length of its voices."""
        self._lengths = {scene.scene_id: scene.duration_ms for scene in filled.scenes}
        # Of what was replaced on the way, that counts which is in the film.
        plot = {name: why for name, why in self._replaced.items() if name == "plot"}
        self._replaced = {**plot, **filled.degraded}
        self.artifacts["layout.json"] = filled.layout
        self._append_plan(changed=False)

    def film_ready(self, film: Film) -> None:
        for warning in film.warnings:
            self.note(warning, "warning")
        files = {"final_video.mp4": film.video, **film.beside}
        self.artifacts.update(files)
        self.advance(1.0, "the film is composed")
        for name, kind in events.FILM_KINDS.items():
            if artifact := files.get(name):
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

    def judged(self, verdict: Inspection) -> None:
        self.artifacts["qa.json"] = verdict.file
        said = "passed" if verdict.passed else f"{len(verdict.findings)} findings"
        self.advance(1.0, f"checked: {said}")
        self._append(
            events.QaJudged,
            passed=verdict.passed,
            attempt=self.qa_retries + 1,
            findings=verdict.findings,
        )

    def end(self, outcome: Outcome, error: RunError | None = None) -> None:
        """Move to END or FAILED and write the last event; the first ending stands."""
        if self.outcome is not None:
            return
        target = RunState.END if outcome is Outcome.COMPLETED else RunState.FAILED
        self.outcome, self.error = outcome, error
        self.move(target, error.message if error else "done")
        self._append(
            events.RunEnded,
            state=target,
            outcome=outcome,
            artifacts=dict(self.artifacts),
            error=error,
        )

    @property
    def degraded(self) -> Mapping[str, str]:
        """What is lesser in the film as it stands, by asset name."""
        return self._replaced

    @property
    def created_at(self) -> datetime:
        return self._created_at

    @property
    def updated_at(self) -> datetime:
        return self._updated_at

    # How

    def _say(self, detail: str) -> str:
        self.detail = detail[: events.MAX_MESSAGE_CHARACTERS]
        self._updated_at = workflow.now()
        workflow.set_current_details(self._markdown())
        return self.detail

    def _append(self, event: type[events.EventT], **fields: Any) -> None:
        self._updated_at = workflow.now()
        self.log.append(
            event(seq=self.log.next_seq, at=self._updated_at, progress=self.progress, **fields)
        )

    def _append_plan(self, *, changed: bool) -> None:
        assert self._plan is not None
        self._append(
            events.PlanReady,
            title=self._plan.title,
            language=self._plan.language,
            source=self._plan.source,
            changed=changed,
            scenes=tuple(
                {"scene_id": s.scene_id, "text": s.text, "duration_ms": s.duration_ms}
                for s in self._scenes()
            ),
        )

    def _scenes(self) -> tuple[SceneStatus, ...]:
        if not self._plan:
            return ()
        voices: dict[str, list[ArtifactRef]] = {}
        for item in self._plan.items:
            made = self._made.get(item.name)
            if made and item.name.startswith("voice/"):
                voices.setdefault(str(item.scene_id), []).append(made.artifact)
        return tuple(
            SceneStatus(
                scene_id=scene.scene_id,
                text=scene.text,
                image=image.artifact if (image := self._image_of(scene.scene_id)) else None,
                voices=tuple(voices.get(scene.scene_id, ())),
                duration_ms=self._lengths.get(scene.scene_id, scene.duration_ms),
            )
            for scene in self._plan.scenes
        )

    def _image_of(self, scene_id: str) -> AssetMade | None:
        return self._made.get(f"image/{scene_id}")

    def _markdown(self) -> str:
        lines = [f"**{self.state}**: {self.detail}", "", f"- progress: {self.progress:.0%}"]
        if self._plan:
            known = [self._lengths.get(s.scene_id, s.duration_ms) for s in self._plan.scenes]
            title = self._plan.title.replace("*", "").replace("`", "")
            lines.append(f"- film: “{title}”, {len(known)} scenes, {sum(known) / 1000:.1f} s")
        if self.qa_retries:
            lines.append(f"- sent back by QA: {self.qa_retries} times")
        if self.spent_usd:
            limit = self.spec.max_cost_usd if self.spec else None
            of_limit = "" if limit is None else f" of ${limit:.2f}"
            lines.append(f"- spent: ${self.spent_usd:.4f}{of_limit}")
        lines += [f"- lesser: {name}: {why}" for name, why in list(self._replaced.items())[:20]]
        if self.error:
            lines.append(f"- reason: `{self.error.type}`: {self.error.message}")
        lines += [f"- {name}: `{ref.sha256[:12]}`" for name, ref in self.artifacts.items()]
        return "\n".join(lines)
