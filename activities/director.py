"""The director: the layout and its files become one film."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from temporalio import activity

from activities.errors import translated
from activities.heartbeat import in_thread, reporter
from activities.running import this_execution
from activities.shutdown import handed_over
from domain.assets import ArtifactRef
from domain.layout import Layout
from domain.run import RunState
from domain.sources import CREDITS, credits_text
from rendering.render import VIDEO, Rendered, render_short
from storage.errors import explained
from storage.files import media_type_of
from storage.storage import Storage
from workflows.activities import DirectorActivities, Film, RenderVideo


class Director(DirectorActivities):
    """Composes films. `workshop` is a folder of this machine: segments are kept there."""

    def __init__(self, storage: Storage, workshop: Path) -> None:
        self._storage = storage
        self._workshop = workshop

    @activity.defn
    async def render_video(self, request: RenderVideo) -> Film:
        with translated(), handed_over():
            runs = self._storage.runs
            await self._storage.call(runs.progress, *this_execution(), RunState.RENDERING)
            tell = reporter()
            return await in_thread(lambda stopped: self._render(request, tell, stopped))

    def _render(
        self,
        request: RenderVideo,
        tell: Callable[[float, str], None],
        stopped: Callable[[], bool],
    ) -> Film:
        layout = Layout.model_validate_json(self._storage.blobs.get(request.layout))
        with self._bench() as out:
            rendered = render_short(
                layout,
                files=self._storage.blobs.file,
                segments=self._workshop / "segments",
                out=out,
                report=tell,
                cancelled=stopped,
            )
            return self._film(rendered, layout)

    @contextmanager
    def _bench(self) -> Iterator[Path]:
        """A folder of this attempt's own, gone afterwards."""
        out = self._workshop / "films" / uuid.uuid4().hex
        with explained("write", out):
            try:
                yield out
            finally:
                shutil.rmtree(out, ignore_errors=True)

    def _film(self, rendered: Rendered, layout: Layout) -> Film:
        files = {path.name: self._put(path) for path in rendered.files}
        if credits := credits_text(layout.metadata.sources):
            files[CREDITS] = self._storage.blobs.put(credits.encode(), "text/plain")
        return Film(
            video=files.pop(VIDEO),
            beside=files,
            duration_ms=rendered.duration_ms,
            warnings=rendered.warnings,
        )

    def _put(self, path: Path) -> ArtifactRef:
        return self._storage.blobs.put_file(path, media_type_of(path))
