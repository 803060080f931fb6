"""The archivist: a run's record from its first step to its last, and its folder for people.

Opening never fails by what is asked for: what is wrong is part of the answer, for the run needs
the rest of it too. Closing is not optional: it is tried until the record is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pydantic import BaseModel
from temporalio import activity

from activities.layout import made_for
from activities.running import this_execution, this_run
from domain.assets import ArtifactRef, Made
from domain.bill import Bill
from domain.layout import Layout
from domain.ledger import CallOutcome, Ledger, spent
from domain.offers import Chosen, Offer
from domain.reading.described import understood
from domain.reading.model import Unreadable
from domain.reading.of_spec import read_spec
from domain.record import Manifest, ManifestEntry, RunRecord
from domain.run import Providers, RunSpec, RunStatus, SceneStatus
from domain.understood import Understood
from providers.errors import InvalidProviderRequest
from providers.prices import PRICES_AS_OF
from providers.registry import ProviderRegistry
from storage.errors import StorageAway, StorageError
from storage.runs import RunNameTaken
from storage.storage import Storage
from storage.uploads import UnknownUpload
from workflows.activities import (
    ArchivistActivities,
    CloseRun,
    Deployment,
    KeepEvents,
    OpenRun,
    RunClosed,
)

RECORD = "run.json"
MANIFEST = "manifest.json"
LEDGER = "ledger.json"


class Archivist(ArchivistActivities):
    """Keeps the records of runs."""

    def __init__(
        self,
        storage: Storage,
        providers: ProviderRegistry,
        *,
        offers: Callable[[], tuple[Offer, ...]],
        run_state_attribute: bool,
        max_cost_usd: float | None = None,
    ) -> None:
        self._storage = storage
        self._providers = providers
        self._offers = offers
        self._run_state_attribute = run_state_attribute
        self._max_cost_usd = max_cost_usd

    @activity.defn
    async def open_run(self, request: OpenRun) -> Deployment:
        return await self._storage.call(self._open, request, *this_execution())

    @activity.defn
    async def keep_events(self, request: KeepEvents) -> None:
        runs = self._storage.runs
        await self._storage.call(runs.append_events, *this_execution(), request.events)

    @activity.defn
    async def stop_run(self) -> None:
        await self._storage.call(self._storage.runs.stop, this_run())

    @activity.defn
    async def close_run(self, request: CloseRun) -> RunClosed:
        return await self._storage.call(self._close, request, *this_execution())

    # Opening

    def _open(self, request: OpenRun, run_id: str, execution_id: str) -> Deployment:
        spec, chosen, problem, kind = request.spec, None, None, "InvalidInput"
        told: Understood | None = None
        try:
            self._storage.runs.claim(
                run_id,
                execution_id,
                request.first_execution_id,
                spec,
                created_at=request.created_at,
            )
            chosen = self._providers.choose(spec.providers if spec else Providers(), self._offers())
            for name in spec.reference_images if spec else ():
                self._storage.uploads.ref(name)
            told = understood(read_spec(spec)) if spec else None
        except Unreadable as exc:
            problem = f"prompt: {exc}"
        except (InvalidProviderRequest, UnknownUpload) as exc:
            problem = str(exc)
        except StorageAway:
            raise
        except (RunNameTaken, StorageError) as exc:
            problem, kind = str(exc), type(exc).__name__
        deployment = self._deployment(spec, chosen, problem, kind)
        return deployment.model_copy(update={"understood": told})

    def _deployment(
        self, spec: RunSpec | None, chosen: Chosen | None, problem: str | None, kind: str
    ) -> Deployment:
        limit = spec.max_cost_usd if spec else None
        offers = chosen.by_role if chosen else {}
        kept = None
        if spec and not problem:
            data = spec.model_dump_json(exclude_defaults=True).encode()
            kept = self._storage.blobs.put(data, "application/json")
        return Deployment(
            run_state_attribute=self._run_state_attribute,
            spec=kept,
            providers=chosen.providers if chosen else Providers(),
            embedded=self._providers.embedded,
            services={r: o.service for r, o in offers.items() if o.service},
            prices={r: o.price for r, o in offers.items() if o.price},
            max_cost_usd=self._max_cost_usd if limit is None else limit,
            problem=problem,
            problem_type=kind,
        )

    # Closing

    def _close(self, request: CloseRun, run_id: str, execution_id: str) -> RunClosed:
        runs, first = self._storage.runs, request.first_execution_id
        try:
            runs.claim(run_id, execution_id, first, None, created_at=request.created_at)
        except RunNameTaken:
            # Nothing of the other run's record is touched.
            return RunClosed(cost_usd=0.0)
        runs.append_events(run_id, execution_id, request.events)
        ledger = self._closed_ledger(run_id)
        film = self._film(request, run_id)
        stored = runs.get(run_id)
        spec = stored.spec if stored else None
        status = self._status(request, run_id, ledger, film, spec)
        events = tuple(kept.event for kept in runs.events(run_id))
        manifest = _manifest(request, run_id, ledger, film, spec)
        record = RunRecord(execution_id=execution_id, status=status, events=events)
        self._fill_folder(run_id, record, manifest, ledger)
        runs.close(run_id, execution_id, status)
        return RunClosed(cost_usd=ledger.spent_usd)

    def _closed_ledger(self, run_id: str) -> Ledger:
        """Every call of the run; one that is still open can no longer be answered to it.

        A job is another matter: it may be made yet, and found by another run.
        """
        ledger = self._storage.ledger
        for entry in ledger.all_calls(run_id):
            if entry.outcome is CallOutcome.SENT and entry.job is None:
                message = "the run ended before it was answered"
                ledger.settle(entry.id, CallOutcome.LOST, message=message)
        entries = ledger.all_calls(run_id)
        return Ledger(
            run_id=run_id,
            prices_as_of=PRICES_AS_OF,
            spent_usd=spent(entries),
            lost_answers=sum(entry.outcome is CallOutcome.LOST for entry in entries),
            entries=entries,
        )

    def _film(self, request: CloseRun, run_id: str) -> dict[str, Made]:
        """What the film that stands in the end is made of."""
        made = self._storage.assets.made(run_id)
        plots = {m.asset.artifact.sha256: m for m in made if m.name == "plot"}
        written = plots.get(request.plot.sha256) if request.plot else None
        film = {"plot": written} if written else {}
        if request.bill:
            bill = Bill.model_validate_json(self._storage.blobs.get(request.bill))
            film |= made_for(bill, made)
        return film

    def _status(
        self,
        request: CloseRun,
        run_id: str,
        ledger: Ledger,
        film: dict[str, Made],
        spec: RunSpec | None,
    ) -> RunStatus:
        return RunStatus(
            run_id=run_id,
            state=request.state,
            progress=request.progress,
            detail=request.detail,
            created_at=request.created_at,
            updated_at=request.updated_at,
            spec=spec,
            title=request.title,
            language=request.language,
            seed=request.seed,
            qa_retries=request.qa_retries,
            cost_usd=ledger.spent_usd,
            scenes=tuple(self._scenes(request.layout, film)),
            artifacts=request.artifacts,
            outcome=request.outcome,
            error=request.error,
        )

    def _scenes(self, layout: ArtifactRef | None, film: dict[str, Made]) -> Iterator[SceneStatus]:
        if layout is None:
            return
        arranged = Layout.model_validate_json(self._storage.blobs.get(layout))
        for scene in arranged.scenes:
            lines = (film.get(f"voice/{line.line_id}") for line in scene.dialogue)
            image = film.get(f"image/{scene.scene_id}")
            yield SceneStatus(
                scene_id=scene.scene_id,
                text=scene.text,
                image=image.asset.artifact if image else None,
                voices=tuple(made.asset.artifact for made in lines if made),
                duration_ms=scene.duration_ms,
            )

    def _fill_folder(
        self, run_id: str, record: RunRecord, manifest: Manifest, ledger: Ledger
    ) -> None:
        """For people; where the disk does not let it, the run has its record all the same."""
        folders = self._storage.folders
        documents: dict[str, BaseModel] = {MANIFEST: manifest, RECORD: record}
        if ledger.entries:
            documents[LEDGER] = ledger
        try:
            for name, artifact in record.status.artifacts.items():
                folders.link(run_id, name, artifact)
            for name, document in documents.items():
                folders.write(run_id, name, document)
        except StorageError as exc:
            activity.logger.warning("the folder of %s is not complete: %s", run_id, exc)


def _manifest(
    request: CloseRun,
    run_id: str,
    ledger: Ledger,
    film: dict[str, Made],
    spec: RunSpec | None,
) -> Manifest:
    return Manifest(
        run_id=run_id,
        created_at=request.created_at,
        seed=request.seed,
        spec=spec,
        cost_usd=ledger.spent_usd,
        lost_answers=ledger.lost_answers,
        entries=tuple(
            ManifestEntry(
                name=name,
                artifact=made.asset.artifact,
                provenance=made.asset.provenance,
                cached=made.cached,
            )
            for name, made in film.items()
        ),
    )
