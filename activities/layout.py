"""What is seen and said when: decided once, kept as a blob, and handed on by reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ValidationError
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.running import this_execution
from domain.arrangement import build_layout, with_assets
from domain.assets import ArtifactRef, AssetKind, Made, SoundAsset
from domain.bill import Bill, BillItem, bill_of
from domain.layout import MAX_FILM_SECONDS, Layout
from domain.plot import Plot, write_csv
from domain.run import RunSpec, RunState, describe_validation_error
from storage.storage import Storage
from workflows.activities import (
    Arrange,
    Fill,
    Filled,
    LayoutActivities,
    Plan,
    SceneLength,
    ScenePlan,
)

# What is told of all scenes' words together; the layout has them whole.
TOLD_BYTES = 16_000


class Arranger(LayoutActivities):
    """Arranges the plot, and fills in what was made for it."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @activity.defn
    async def arrange(self, request: Arrange) -> Plan:
        return await self._storage.call(self._arrange, request, *this_execution())

    @activity.defn
    async def fill(self, request: Fill) -> Filled:
        return await self._storage.call(self._fill, request, *this_execution())

    def _arrange(self, request: Arrange, run_id: str, execution_id: str) -> Plan:
        blobs = self._storage.blobs
        spec = RunSpec.model_validate_json(blobs.get(request.spec))
        plot = Plot.model_validate_json(blobs.get(request.plot))
        try:
            layout = build_layout(
                run_id, spec, plot, seed=request.seed, revisions=request.revisions
            )
        except ValidationError as exc:
            raise ApplicationError(
                f"the plot cannot be arranged: {describe_validation_error(exc)}",
                type="InvalidPlot",
                non_retryable=True,
            ) from exc
        _require_length(layout)
        bill = bill_of(layout, spec)
        self._storage.runs.progress(
            run_id, execution_id, RunState.ASSET_GENERATION, title=layout.title
        )
        return Plan(
            layout=self._put(layout),
            bill=self._put(bill),
            plot_csv=blobs.put(write_csv(plot.rows).encode(), "text/csv"),
            title=layout.title,
            language=layout.metadata.language,
            source=layout.metadata.source,
            duration_ms=layout.timeline.total_duration_ms,
            scenes=tuple(_told(layout)),
            items=tuple(self._items(run_id, bill)),
        )

    def _items(self, run_id: str, bill: Bill) -> Iterator[BillItem]:
        """The bill, and what of it this very run has already."""
        have = {(made.name, made.digest) for made in self._storage.assets.made(run_id)}
        for item in bill.items():
            yield item.model_copy(update={"made": (item.name, item.digest) in have})

    def _fill(self, request: Fill, run_id: str, execution_id: str) -> Filled:
        layout = Layout.model_validate_json(self._storage.blobs.get(request.layout))
        bill = Bill.model_validate_json(self._storage.blobs.get(request.bill))
        made = made_for(bill, self._storage.assets.made(run_id))
        music = made.get("music")
        filled = with_assets(
            layout,
            images={n.partition("/")[2]: m.asset.artifact for n, m in _of(AssetKind.IMAGE, made)},
            voices={
                name.partition("/")[2]: SoundAsset.model_validate(m.asset.model_dump())
                for name, m in _of(AssetKind.VOICE, made)
            },
            music=None if music is None or music.asset.is_left_out else music.asset.artifact,
            sounds={n.partition("/")[2]: m.asset.artifact for n, m in _of(AssetKind.SOUND, made)},
        )
        _require_length(filled)
        total = filled.timeline.total_duration_ms
        self._storage.runs.progress(
            run_id, execution_id, RunState.RENDERING, title=filled.title, duration_ms=total
        )
        return Filled(
            layout=self._put(filled),
            duration_ms=total,
            scenes=tuple(
                SceneLength(scene_id=s.scene_id, duration_ms=s.duration_ms) for s in filled.scenes
            ),
            degraded=degraded_of(made),
        )

    def _put(self, document: BaseModel) -> ArtifactRef:
        data = document.model_dump_json(indent=1).encode()
        return self._storage.blobs.put(data, "application/json")


def _require_length(layout: Layout) -> None:
    """Raises ApplicationError for a film that QA would refuse: by the plan before anything is
    bought, by the voices before it is rendered."""
    seconds = layout.timeline.total_duration_ms / 1000
    if seconds > MAX_FILM_SECONDS:
        raise ApplicationError(
            f"prompt: its film would last about {seconds / 60:.0f} minutes, and one may last "
            f"{MAX_FILM_SECONDS / 60:.0f}: shorten the prompt, or make several films of it",
            type="InvalidInput",
            non_retryable=True,
        )


def made_for(bill: Bill, made: tuple[Made, ...]) -> dict[str, Made]:
    """What a bill's film is made of, by name; what was made for another request is not in it."""
    have = {(m.name, m.digest): m for m in made}
    found = ((item.name, have.get((item.name, item.digest))) for item in bill.items())
    return {name: m for name, m in found if m is not None}


def degraded_of(made: Mapping[str, Made]) -> dict[str, str]:
    """Asset name → why it is lesser."""
    whys = ((name, m.asset.provenance.degraded) for name, m in made.items())
    return {name: why for name, why in whys if why}


def _of(kind: AssetKind, made: Mapping[str, Made]) -> list[tuple[str, Made]]:
    return [(name, m) for name, m in made.items() if m.kind == kind]


def _told(layout: Layout) -> Iterator[ScenePlan]:
    share = TOLD_BYTES // len(layout.scenes)
    for scene in layout.scenes:
        data = scene.text.encode()
        text = scene.text
        if len(data) > share:
            text = data[:share].decode(errors="ignore").rstrip() + "…"
        yield ScenePlan(scene_id=scene.scene_id, text=text, duration_ms=scene.duration_ms)
