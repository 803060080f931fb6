"""A run on the screen: bars per state and a line per scene; plain lines where there is no
terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from cli.follow import Snapshot, Tick
from domain.events import AssetReady, Event, PlanReady, PromptUnderstood, StateChanged
from domain.run import RunState

REFRESH_PER_SECOND = 8
BAR_WIDTH = 28
MAX_SCENES_SHOWN = 12

_STAGES = (
    (RunState.PLOT_GENERATION, "plot"),
    (RunState.ASSET_GENERATION, "pictures, voice, music"),
    (RunState.RENDERING, "film"),
    (RunState.QA, "check"),
)
# The states in which the lines of the plan are to be looked at.
_WITH_SCENES = (RunState.PLOT_GENERATION, RunState.ASSET_GENERATION)
_ORDER = [state for state, _ in _STAGES]


class Screen:
    """Shows runs as they go on. Use as a context manager."""

    def __init__(self, console: Console, *, understood: Collection[str] = ()) -> None:
        """`understood`: the runs whose prompt's understanding was told before they began."""
        self._console = console
        self._understood = understood
        self._snapshots: dict[str, Snapshot] = {}
        self._printed: dict[str, int] = {}
        self._live = (
            Live(console=console, refresh_per_second=REFRESH_PER_SECOND, transient=True)
            if console.is_terminal
            else None
        )

    def __enter__(self) -> Screen:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._live:
            self._live.update(self._picture(), refresh=True)
            self._live.stop()

    def show(self, snapshot: Snapshot) -> None:
        self._snapshots[snapshot.run_id] = snapshot
        if self._live:
            self._live.update(self._picture())
        else:
            self._print_new(snapshot)

    def _picture(self) -> RenderableType:
        return Group(
            *(
                run_panel(snapshot, is_understood=snapshot.run_id in self._understood)
                for snapshot in self._snapshots.values()
            )
        )

    def _print_new(self, snapshot: Snapshot) -> None:
        begin = self._printed.get(snapshot.run_id, 0)
        for event in snapshot.events[begin:]:
            if isinstance(event, PromptUnderstood) and snapshot.run_id in self._understood:
                continue
            for line in _lines(event):
                self._console.print(line, markup=False, highlight=False, soft_wrap=True)
        self._printed[snapshot.run_id] = len(snapshot.events)


def _lines(event: Event) -> Iterator[str]:
    """An event where there is no terminal: each state, and the plan's lines once they are there."""
    if isinstance(event, PromptUnderstood):
        yield f"{event.progress:4.0%}  understood: {event.message}"
    elif isinstance(event, StateChanged):
        yield f"{event.progress:4.0%}  {event.state}: {event.detail}"
    elif isinstance(event, PlanReady) and event.changed:
        yield f"      {event.title}"
        for number, scene in enumerate(event.scenes, start=1):
            yield f"{number:8}  {scene.get('text', '')}"


def run_panel(snapshot: Snapshot, *, is_understood: bool = False) -> RenderableType:
    """One run: its name, a bar per state, a line per scene, and what is in the way."""
    status = snapshot.status
    title = status.title if status and status.title else "…"
    parts: list[RenderableType] = [
        Text.assemble((snapshot.run_id, "bold"), "  ", (title, "italic"), overflow="ellipsis")
    ]
    told = next((e for e in snapshot.events if isinstance(e, PromptUnderstood)), None)
    if told and not is_understood:
        parts.append(Text(f"understood: {told.message}", style="dim"))
    grid = Table.grid(padding=(0, 1))
    for state, name in _STAGES:
        grid.add_row(*_stage_row(snapshot, state, name))
    parts.append(grid)
    if status and status.scenes and status.state in _WITH_SCENES:
        parts.append(_scenes(snapshot))
    if snapshot.trouble:
        parts.append(Text(snapshot.trouble, style="yellow"))
    parts += [
        Text(f"attempt {tick.attempt}: {tick.activity}: {tick.last_failure}", style="yellow")
        for tick in snapshot.ticks
        if tick.last_failure and tick.attempt > 1
    ][:3]
    return Group(*parts)


def _stage_row(snapshot: Snapshot, state: RunState, name: str) -> tuple[RenderableType, ...]:
    now = snapshot.status.state if snapshot.status else RunState.INIT
    share = _share(snapshot, state, now)
    mark: RenderableType = Text("✓", style="green")
    if now is RunState.FAILED and share < 1:
        mark = Text("✗" if share else "·", style="red")
    elif now is state:
        mark = Spinner("dots", style="cyan")
    elif share < 1:
        mark = Text("·", style="dim")
    bar = ProgressBar(total=1.0, completed=share, width=BAR_WIDTH)
    note = _note(snapshot, state) if now is state else ""
    return (
        mark,
        Text(name),
        bar,
        Text(f"{share:4.0%}"),
        Text(note, style="dim", overflow="ellipsis"),
    )


def _share(snapshot: Snapshot, state: RunState, now: RunState) -> float:
    """How much of a state's work is done."""
    reached = [e.state for e in snapshot.events if isinstance(e, StateChanged)]
    if now is RunState.END or (now in _ORDER and _ORDER.index(now) > _ORDER.index(state)):
        return 1.0
    if now is RunState.FAILED:
        later = [s for s in reached if s in _ORDER and _ORDER.index(s) > _ORDER.index(state)]
        return 1.0 if later else 0.0
    if now is not state:
        return 0.0
    if state is RunState.ASSET_GENERATION:
        assets = [e for e in _since(snapshot, state) if isinstance(e, AssetReady)]
        return assets[-1].done / assets[-1].total if assets else 0.0
    return max((tick.fraction for tick in snapshot.ticks), default=0.0)


def _since(snapshot: Snapshot, state: RunState) -> list[object]:
    """The events since the run last came into a state."""
    found: list[object] = []
    for event in snapshot.events:
        if isinstance(event, StateChanged) and event.state is state:
            found = []
        found.append(event)
    return found


def _note(snapshot: Snapshot, state: RunState) -> str:
    if state is RunState.ASSET_GENERATION:
        return ""
    active: list[Tick] = [tick for tick in snapshot.ticks if tick.message]
    return active[0].message if active else (snapshot.status.detail if snapshot.status else "")


def _scenes(snapshot: Snapshot) -> RenderableType:
    status = snapshot.status
    grid = Table.grid(padding=(0, 1))
    if not status:
        return grid
    fresh = {
        (event.kind, event.name)
        for event in _since(snapshot, RunState.ASSET_GENERATION)
        if isinstance(event, AssetReady)
    }
    plan = next((e for e in reversed(snapshot.events) if isinstance(e, PlanReady)), None)
    total = len(plan.scenes) if plan else len(status.scenes)
    for scene in status.scenes[:MAX_SCENES_SHOWN]:
        picture = ("image", scene.scene_id) in fresh
        voice = any(
            kind == "voice" and name.startswith(f"{scene.scene_id}_line") for kind, name in fresh
        )
        done = (picture + voice) / 2
        grid.add_row(
            Text(f"    {scene.scene_id.replace('_', ' ')}", style="dim"),
            ProgressBar(total=1.0, completed=done, width=10),
            Text("picture", style="green" if picture else "dim"),
            Text("voice", style="green" if voice else "dim"),
            Text(scene.text, style="dim", overflow="ellipsis", no_wrap=True),
        )
    if total > MAX_SCENES_SHOWN:
        grid.add_row(Text(f"    … and {total - MAX_SCENES_SHOWN} more", style="dim"))
    return grid
