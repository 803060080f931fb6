"""The planner: the plot, and the two files that people read it in."""

from __future__ import annotations

import asyncio

from temporalio import activity

from activities.errors import translated
from activities.heartbeat import report
from domain.assets import Asset, Provenance
from domain.plot import Plot, PlotRequest, write_csv
from providers.base import Planner
from providers.registry import Role
from storage.runs import RunFolders
from storage.store import LocalStore, asset_key
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

    def __init__(self, planners: Role[Planner], store: LocalStore, folders: RunFolders) -> None:
        self._planners = planners
        self._store = store
        self._folders = folders

    @activity.defn
    async def write_plot(self, request: WritePlot) -> PlotResult:
        with translated():
            planner = self._planners.get(request.provider)
            key = asset_key(planner.name, planner.model, request.request)
            found = await asyncio.to_thread(self._find, key)
            if found:
                return found
            plot = await planner.write(request.request, report=report)
            asset = await asyncio.to_thread(self._save, key, planner, request.request, plot)
            return PlotResult(plot=plot, asset=asset, cached=False)

    @activity.defn
    async def save_plan(self, request: SavePlan) -> PlanFiles:
        with translated():
            return await asyncio.to_thread(self._save_files, request)

    def _find(self, key: str) -> PlotResult | None:
        asset = self._store.find(STORE_KIND, key)
        if not asset:
            return None
        plot = Plot.model_validate_json(self._store.path(asset.artifact).read_bytes())
        return PlotResult(plot=plot, asset=asset, cached=True)

    def _save(self, key: str, planner: Planner, request: PlotRequest, plot: Plot) -> Asset:
        return self._store.save(
            STORE_KIND,
            key,
            plot.model_dump_json(indent=1).encode(),
            media_type="application/json",
            provenance=Provenance(
                provider=planner.name,
                model=planner.model,
                seed=request.seed,
                prompt=request.prompt,
                licence="CC0-1.0" if plot.source == "outline" else "the prompt's author's",
            ),
        )

    def _save_files(self, request: SavePlan) -> PlanFiles:
        return PlanFiles(
            plot=self._folders.write(request.run_id, "plot.csv", write_csv(request.plot.rows)),
            layout=self._folders.write(request.run_id, "layout.json", request.layout),
        )
