"""The director: the layout and its files become one film."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from temporalio import activity

from activities.errors import translated
from activities.heartbeat import in_thread, report, reporter
from rendering.render import Rendered, render_short
from storage.errors import explained
from storage.runs import RunFolders
from storage.store import LocalStore
from workflows.activities import DirectorActivities, Film, RenderVideo


class Director(DirectorActivities):
    """Composes one film at a time: two would only take turns on the same cores."""

    def __init__(self, store: LocalStore, folders: RunFolders, segments: Path) -> None:
        self._store = store
        self._folders = folders
        self._segments = segments
        self._turn = asyncio.Semaphore(1)

    @activity.defn
    async def render_video(self, request: RenderVideo) -> Film:
        report(0.0, "waiting for another film to be finished")
        async with self._turn:
            with translated():
                return await in_thread(lambda cancelled: self._render(request, cancelled))

    def _render(self, request: RenderVideo, cancelled: Callable[[], bool]) -> Film:
        out = self._folders.path(request.run_id)
        with explained("write", out):
            rendered = render_short(
                request.layout,
                files=self._store.path,
                segments=self._segments,
                out=out,
                report=reporter(),
                cancelled=cancelled,
            )
        return self._film(request.run_id, rendered)

    def _film(self, run_id: str, rendered: Rendered) -> Film:
        names = [path.name for path in rendered.files]
        return Film(
            artifacts={name: self._folders.reference(run_id, name) for name in names},
            duration_ms=rendered.duration_ms,
            warnings=rendered.warnings,
        )
