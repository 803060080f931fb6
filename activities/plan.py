"""The planner: the plot, and the two files that people read it in."""

from __future__ import annotations

import asyncio

from temporalio import activity

from activities.assets import Stores, key_of, purchase
from activities.calls import CountedCall, counted
from activities.errors import translated
from domain.assets import Asset, Provenance
from domain.plot import Plot, PlotRequest, write_csv
from providers.base import Planner
from providers.registry import Role
from storage.runs import RunFolders
from workflows.activities import (
    PlanFiles,
    PlannerActivities,
    PlotResult,
    SavePlan,
    WritePlot,
)

STORE_KIND = "plot"


class PlanWriter(PlannerActivities):
    """Writes the plot, asking the store before the planner."""

    def __init__(self, planners: Role[Planner], stores: Stores, folders: RunFolders) -> None:
        self._planners = planners
        self._stores = stores
        self._folders = folders

    @activity.defn
    async def write_plot(self, request: WritePlot) -> PlotResult:
        with translated():
            planner, asked = self._planners.get(request.provider), request.request
            key = key_of(planner, asked)
            found = await asyncio.to_thread(self._find, key)
            if found:
                return found
            async with counted(
                self._stores.ledger, purchase(planner, asked, key, request.terms)
            ) as call:
                plot = await planner.write(asked, call=call)
                asset = await asyncio.to_thread(self._save, call, planner, asked, plot)
            return PlotResult(plot=plot, asset=asset, cached=False, calls=call.entries)

    @activity.defn
    async def save_plan(self, request: SavePlan) -> PlanFiles:
        with translated():
            return await asyncio.to_thread(self._save_files, request)

    def _find(self, key: str) -> PlotResult | None:
        asset = self._stores.assets.find(STORE_KIND, key)
        if not asset:
            return None
        plot = Plot.model_validate_json(self._stores.assets.path(asset.artifact).read_bytes())
        return PlotResult(plot=plot, asset=asset, cached=True)

    def _save(self, call: CountedCall, planner: Planner, request: PlotRequest, plot: Plot) -> Asset:
        return self._stores.assets.save(
            STORE_KIND,
            call.key,
            plot.model_dump_json(indent=1).encode(),
            media_type="application/json",
            provenance=Provenance(
                provider=planner.name,
                model=planner.model,
                seed=request.seed,
                prompt=request.prompt,
                licence="CC0-1.0" if plot.source == "outline" else "the prompt's author's",
                cost_usd=call.cost_usd,
            ),
        )

    def _save_files(self, request: SavePlan) -> PlanFiles:
        return PlanFiles(
            plot=self._folders.write(request.run_id, "plot.csv", write_csv(request.plot.rows)),
            layout=self._folders.write(request.run_id, "layout.json", request.layout),
        )
