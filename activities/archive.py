"""The archivist: opens a run's folder, and leaves `run.json` and `manifest.json` in it.

Opening never fails: what is wrong is part of the answer, for the run needs the rest of it too.
"""

from __future__ import annotations

import asyncio

from temporalio import activity

from activities.errors import translated
from domain.ledger import CallOutcome, Ledger, LedgerEntry, Price, spent
from domain.run import Providers
from providers.errors import InvalidProviderRequest
from providers.prices import PRICES_AS_OF
from providers.registry import ProviderRegistry
from storage.errors import StorageError
from storage.ledger import LedgerStore
from storage.runs import RECORD, RunFolders
from storage.uploads import UnknownUpload, Uploads
from workflows.activities import ArchivistActivities, CloseRun, Deployment, OpenRun

MANIFEST = "manifest.json"
LEDGER = "ledger.json"


class Archivist(ArchivistActivities):
    """Keeps the run folders."""

    def __init__(
        self,
        folders: RunFolders,
        uploads: Uploads,
        ledger: LedgerStore,
        providers: ProviderRegistry,
        *,
        run_state_attribute: bool,
        max_cost_usd: float | None = None,
    ) -> None:
        self._folders = folders
        self._uploads = uploads
        self._providers = providers
        self._ledger = ledger
        self._run_state_attribute = run_state_attribute
        self._max_cost_usd = max_cost_usd

    @activity.defn
    async def open_run(self, request: OpenRun) -> Deployment:
        providers, prices = Providers(), dict[str, Price]()
        problem, kind = None, "InvalidInput"
        try:
            providers = self._providers.resolve(
                request.spec.providers if request.spec else providers
            )
            prices = self._providers.prices(providers)
            await asyncio.to_thread(self._open, request)
        except (InvalidProviderRequest, UnknownUpload) as exc:
            problem = str(exc)
        except StorageError as exc:
            problem, kind = str(exc), type(exc).__name__
        return Deployment(
            run_state_attribute=self._run_state_attribute,
            providers=providers,
            embedded=self._providers.embedded,
            prices=prices,
            max_cost_usd=self._max_cost_usd,
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
        ledger = self._closed_ledger(run_id)
        bought = {"cost_usd": ledger.spent_usd, "lost_answers": ledger.lost_answers}
        self._folders.write(run_id, MANIFEST, request.manifest.model_copy(update=bought))
        if ledger.entries:
            self._folders.write(run_id, LEDGER, ledger)
        self._folders.write(run_id, RECORD, request.record)

    def _closed_ledger(self, run_id: str) -> Ledger:
        """Every call of the run; one that is still open can no longer be answered to it."""
        entries = tuple(_closed(entry) for entry in self._ledger.all_calls(run_id))
        return Ledger(
            run_id=run_id,
            prices_as_of=PRICES_AS_OF,
            spent_usd=spent(entries),
            lost_answers=sum(entry.outcome is CallOutcome.LOST for entry in entries),
            entries=entries,
        )


def _closed(entry: LedgerEntry) -> LedgerEntry:
    if entry.outcome is not CallOutcome.SENT:
        return entry
    message = "the run ended before it was answered"
    return entry.model_copy(update={"outcome": CallOutcome.LOST, "message": message})
