"""QA: opens the real film and gives a verdict."""

from __future__ import annotations

from temporalio import activity

from activities.errors import translated
from activities.heartbeat import in_thread, reporter
from domain.qa import QaReport
from rendering.quality.inspect import inspect_short
from storage.store import LocalStore
from workflows.activities import InspectVideo, QaActivities


class Inspector(QaActivities):
    """Judges the film."""

    def __init__(self, store: LocalStore) -> None:
        self._store = store

    @activity.defn
    async def inspect_video(self, request: InspectVideo) -> QaReport:
        tell = reporter()
        with translated():
            return await in_thread(
                lambda cancelled: inspect_short(
                    self._store.path(request.video),
                    request.layout,
                    files=self._store.path,
                    report=tell,
                    cancelled=cancelled,
                )
            )
