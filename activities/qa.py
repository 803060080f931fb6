"""QA: opens the real film, gives a verdict, and keeps it in the run's folder."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from temporalio import activity

from activities.errors import translated
from activities.heartbeat import in_thread, reporter
from domain.assets import ArtifactRef
from domain.qa import QaReport, Verdict, Verdicts
from rendering.quality.inspect import inspect_short
from storage.runs import RunFolders
from storage.store import LocalStore
from workflows.activities import Inspection, InspectVideo, QaActivities

VERDICTS = "qa.json"


class Inspector(QaActivities):
    """Judges the film."""

    def __init__(self, store: LocalStore, folders: RunFolders) -> None:
        self._store = store
        self._folders = folders

    @activity.defn
    async def inspect_video(self, request: InspectVideo) -> Inspection:
        tell = reporter()
        with translated():
            return await in_thread(lambda cancelled: self._inspect(request, tell, cancelled))

    def _inspect(
        self,
        request: InspectVideo,
        tell: Callable[[float, str], None],
        cancelled: Callable[[], bool],
    ) -> Inspection:
        report = inspect_short(
            self._store.path(request.video),
            request.layout,
            files=self._store.path,
            report=tell,
            cancelled=cancelled,
        )
        return Inspection(
            checks=report.checks, findings=report.findings, file=self._keep(request, report)
        )

    def _keep(self, request: InspectVideo, report: QaReport) -> ArtifactRef:
        run_id = request.layout.project_id
        verdict = Verdict(
            attempt=request.attempt,
            video_sha256=request.video.sha256,
            passed=report.passed,
            checks=report.checks,
            findings=report.findings,
        )
        before = self._before(run_id, request.attempt)
        kept = Verdicts(run_id=run_id, passed=report.passed, attempts=(*before, verdict))
        return self._folders.write(run_id, VERDICTS, kept)

    def _before(self, run_id: str, attempt: int) -> tuple[Verdict, ...]:
        """Verdicts on earlier attempts; a damaged file costs its history, and no verdict."""
        try:
            data = (self._folders.path(run_id) / VERDICTS).read_bytes()
            return Verdicts.model_validate_json(data).before(attempt)
        except FileNotFoundError:
            return ()
        except ValidationError as exc:
            activity.logger.warning("%s was damaged and is begun anew: %s", VERDICTS, exc)
            return ()
