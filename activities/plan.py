"""The planner: the plot, asked of the store before the provider."""

from __future__ import annotations

from temporalio import activity

from activities.assets import Order, keep_made, obtain
from activities.errors import translated
from activities.running import this_execution
from domain.assets import ArtifactRef, Asset, Provenance
from domain.bill import digest_of
from domain.plot import PLOT, Plot, PlotRequest
from domain.requests import plot_request
from domain.run import RunSpec, RunState
from providers.base import Call, Planner
from providers.errors import DoneWithout
from providers.registry import Role
from storage.storage import Storage
from workflows.activities import AssetMade, PlannerActivities, PlotWritten, Terms, WritePlot


class PlanWriter(PlannerActivities):
    """Writes the plot."""

    def __init__(self, planners: Role[Planner], storage: Storage) -> None:
        self._planners = planners
        self._storage = storage

    @activity.defn
    async def write_plot(self, request: WritePlot) -> PlotWritten:
        run_id, execution_id = this_execution()
        with translated():
            storage = self._storage
            await storage.call(
                storage.runs.progress, run_id, execution_id, RunState.PLOT_GENERATION
            )
            asked = await self._request(request)
            try:
                made = await self._made(request.provider, asked, request.terms)
            except DoneWithout as exc:
                embedded = self._planners.embedded
                why = f"made by {embedded}, since {exc}"
                made = await self._made(embedded, asked, Terms(), instead=why)
            plot = Plot.model_validate_json(await storage.call(storage.blobs.get, made.artifact))
            return PlotWritten(
                plot=made.artifact,
                source=plot.source,
                provider=made.provider,
                cached=made.cached,
                degraded=made.degraded,
                spent_usd=await storage.call(storage.ledger.spent, run_id),
            )

    async def _made(
        self, provider: str, asked: PlotRequest, terms: Terms, *, instead: str | None = None
    ) -> AssetMade:
        """The plot of one planner, from the store or newly written."""
        planner = self._planners.get(provider)
        order = Order(PLOT, PLOT, digest_of(asked), asked, planner, terms)

        async def make(call: Call) -> Asset:
            return await self._kept(planner, asked, await planner.write(asked, call=call))

        asset, cached = await obtain(self._storage, order, make)
        return await keep_made(self._storage, order, asset, cached=cached, instead=instead)

    async def _request(self, request: WritePlot) -> PlotRequest:
        spec = RunSpec.model_validate_json(await self._bytes(request.spec))
        previous = request.previous
        return plot_request(
            spec,
            seed=request.seed,
            revision=request.revision,
            previous=Plot.model_validate_json(await self._bytes(previous)) if previous else None,
            findings=request.findings,
        )

    async def _bytes(self, ref: ArtifactRef) -> bytes:
        return await self._storage.call(self._storage.blobs.get, ref)

    async def _kept(self, planner: Planner, request: PlotRequest, plot: Plot) -> Asset:
        data = plot.model_dump_json(indent=1).encode()
        blobs = self._storage.blobs
        return Asset(
            artifact=await self._storage.call(blobs.put, data, "application/json"),
            provenance=Provenance(
                provider=planner.name,
                model=planner.model,
                seed=request.seed,
                prompt=request.prompt,
                licence=_licence(plot),
                note=plot.note,
                sources=tuple(source.named for source in plot.sources),
            ),
        )


def _licence(plot: Plot) -> str:
    if plot.sources:
        return " and ".join(dict.fromkeys(source.licence for source in plot.sources))
    return "CC0-1.0" if plot.source == "outline" else "the prompt's author's"
