"""The archivist: opens a run's folder, and leaves `run.json` and `manifest.json` in it.

Opening never fails: what is wrong is part of the answer, for the run needs the rest of it too.
"""

from __future__ import annotations

import asyncio

from temporalio import activity

from activities.errors import translated
from domain.run import Providers
from providers.errors import InvalidProviderRequest
from providers.registry import ProviderRegistry
from storage.errors import StorageError
from storage.runs import RECORD, RunFolders
from storage.uploads import UnknownUpload, Uploads
from workflows.activities import ArchivistActivities, CloseRun, Deployment, OpenRun

MANIFEST = "manifest.json"


class Archivist(ArchivistActivities):
    """Keeps the run folders."""

    def __init__(
        self,
        folders: RunFolders,
        uploads: Uploads,
        providers: ProviderRegistry,
        *,
        run_state_attribute: bool,
    ) -> None:
        self._folders = folders
        self._uploads = uploads
        self._providers = providers
        self._run_state_attribute = run_state_attribute

    @activity.defn
    async def open_run(self, request: OpenRun) -> Deployment:
        providers, problem, kind = Providers(), None, "InvalidInput"
        try:
            providers = self._providers.resolve(
                request.spec.providers if request.spec else providers
            )
            await asyncio.to_thread(self._open, request)
        except (InvalidProviderRequest, UnknownUpload) as exc:
            problem = str(exc)
        except StorageError as exc:
            problem, kind = str(exc), type(exc).__name__
        return Deployment(
            run_state_attribute=self._run_state_attribute,
            providers=providers,
            problem=problem,
            problem_type=kind,
        )

    @activity.defn
    async def close_run(self, request: CloseRun) -> None:
        with translated():
            await asyncio.to_thread(self._close, request)

    def _open(self, request: OpenRun) -> None:
        self._folders.write(request.record.status.run_id, RECORD, request.record)
        for name in request.spec.reference_images if request.spec else ():
            self._uploads.path(name)

    def _close(self, request: CloseRun) -> None:
        run_id = request.record.status.run_id
        self._folders.write(run_id, MANIFEST, request.manifest)
        self._folders.write(run_id, RECORD, request.record)
