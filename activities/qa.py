"""QA: opens the real film, gives a verdict, and keeps it beside those before."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from temporalio import activity

from activities.errors import translated
from activities.heartbeat import in_thread, reporter
from activities.running import this_execution, this_run
from activities.shutdown import handed_over
from domain.assets import ArtifactRef
from domain.layout import Layout
from domain.plot import PLOT, Plot
from domain.qa import QaReport, Verdict, Verdicts
from domain.run import RunState
from rendering.quality.inspect import inspect_short
from storage.errors import StorageError
from storage.storage import Storage
from workflows.activities import MAX_FINDINGS, Inspection, InspectVideo, QaActivities


class Inspector(QaActivities):
    """Judges the film."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @activity.defn
    async def inspect_video(self, request: InspectVideo) -> Inspection:
        tell = reporter()
        with translated(), handed_over():
            runs = self._storage.runs
            await self._storage.call(runs.progress, *this_execution(), RunState.QA)
            return await in_thread(lambda stopped: self._inspect(request, tell, stopped))

    def _inspect(
        self,
        request: InspectVideo,
        tell: Callable[[float, str], None],
        stopped: Callable[[], bool],
    ) -> Inspection:
        blobs = self._storage.blobs
        layout = Layout.model_validate_json(blobs.get(request.layout))
        report = inspect_short(
            blobs.file(request.video),
            layout,
            files=blobs.file,
            told_by=self._told_by(layout),
            report=tell,
            cancelled=stopped,
        )
        return Inspection(
            passed=report.passed,
            findings=report.findings[:MAX_FINDINGS],
            file=self._keep(request, layout.project_id, report),
        )

    def _told_by(self, layout: Layout) -> tuple[str, ...]:
        """What a sourced script may say: the texts that were kept with its plot, the prompt, and
        the words that name the source.
        """
        plots = [m.asset for m in self._storage.assets.made(this_run()) if m.name == PLOT]
        if not layout.metadata.sources or not plots:
            return ()
        plot = Plot.model_validate_json(self._storage.blobs.get(plots[-1].artifact))
        texts = (source.text for source in plot.sources)
        return (*texts, plots[-1].provenance.prompt, plot.credit)

    def _keep(self, request: InspectVideo, run_id: str, report: QaReport) -> ArtifactRef:
        verdict = Verdict(
            attempt=request.attempt,
            video_sha256=request.video.sha256,
            passed=report.passed,
            checks=report.checks,
            findings=report.findings,
        )
        attempts = (*self._before(request), verdict)
        kept = Verdicts(run_id=run_id, passed=report.passed, attempts=attempts)
        data = kept.model_dump_json(indent=1).encode()
        return self._storage.blobs.put(data, "application/json")

    def _before(self, request: InspectVideo) -> tuple[Verdict, ...]:
        """Verdicts on earlier attempts; damaged ones cost their history, and no verdict."""
        if request.before is None:
            return ()
        try:
            data = self._storage.blobs.get(request.before)
            return Verdicts.model_validate_json(data).before(request.attempt)
        except (StorageError, ValidationError) as exc:
            activity.logger.warning("earlier verdicts cannot be read: %s", exc)
            return ()
