"""What a command prints of a finished run: for a person, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from cli.errors import DONE, FAILED
from cli.follow import Snapshot
from domain.assets import ArtifactRef, Made
from domain.events import PlanReady, ProviderDegraded
from domain.ledger import CallOutcome
from domain.run import Outcome, RunState, RunStatus
from storage.errors import StorageError
from storage.storage import Storage

VIDEO = "final_video.mp4"


@dataclass(frozen=True)
class Product:
    """What a run has left, and where on this machine."""

    folder: Path
    film: Path | None = None
    made: tuple[Made, ...] = ()
    lost_answers: int = 0


def product_of(storage: Storage, run_id: str, status: RunStatus | None) -> Product:
    """From the records. A film that another machine made is put into the folder here too."""
    folder = storage.folders.path(run_id).resolve()
    calls = storage.ledger.all_calls(run_id)
    return Product(
        folder=folder,
        film=_film(storage, run_id, status),
        made=made_for_film(status, storage.assets.made(run_id)) if status else (),
        lost_answers=sum(call.outcome is CallOutcome.LOST for call in calls),
    )


def _film(storage: Storage, run_id: str, status: RunStatus | None) -> Path | None:
    """Absolute; None where there is none."""
    ref = status.artifacts.get(VIDEO) if status else None
    if ref is None or status is None or status.outcome is not Outcome.COMPLETED:
        return None
    path = storage.folders.path(run_id) / VIDEO
    try:
        if not path.is_file():
            storage.folders.link(run_id, VIDEO, ref)
    except StorageError:
        return None
    return path.resolve()


def made_for_film(status: RunStatus, made: Iterable[Made]) -> tuple[Made, ...]:
    """Of what a run has made, what its last scenes show and say; the newest of all else."""
    shown = {ref.sha256 for ref in _shown(status)}
    chosen: dict[str, Made] = {}
    for item in made:
        of_a_scene = item.kind in ("image", "voice")
        if not of_a_scene or item.asset.artifact.sha256 in shown:
            chosen[item.name] = item
    return tuple(chosen.values())


def _shown(status: RunStatus) -> Iterator[ArtifactRef]:
    for scene in status.scenes:
        if scene.image:
            yield scene.image
        yield from scene.voices


def exit_code_of(snapshot: Snapshot) -> int:
    return DONE if snapshot.outcome is Outcome.COMPLETED else FAILED


def as_json(snapshot: Snapshot, product: Product) -> dict[str, Any]:
    """One object with all that a script wants to know."""
    status = snapshot.status
    return {
        "run_id": snapshot.run_id,
        "state": status.state if status else RunState.INIT,
        "outcome": snapshot.outcome,
        "video": str(product.film) if product.film else None,
        "folder": str(product.folder),
        "title": status.title if status else None,
        "duration_ms": sum(scene.duration_ms for scene in status.scenes) if status else None,
        "seed": status.seed if status else None,
        "qa_retries": status.qa_retries if status else 0,
        "cost_usd": status.cost_usd if status else 0.0,
        "error": status.error.model_dump(mode="json") if status and status.error else None,
        "artifacts": {
            name: ref.model_dump(mode="json")
            for name, ref in (status.artifacts if status else {}).items()
        },
    }


def print_summary(console: Console, snapshot: Snapshot, product: Product) -> None:
    """How it ended: what made each part, or why it failed, and what to do next."""
    if snapshot.outcome is Outcome.COMPLETED:
        _print_film(console, snapshot, product)
    else:
        _print_failure(console, snapshot)


def _print_film(console: Console, snapshot: Snapshot, product: Product) -> None:
    status = snapshot.status
    if status:
        seconds = sum(scene.duration_ms for scene in status.scenes) / 1000
        took = (status.updated_at - status.created_at).total_seconds()
        console.print(
            Text.assemble(
                ("done ", "bold green"),
                (f"{seconds:.1f} s of film in {took:.0f} s", "bold"),
                f"  {status.title or ''}",
            )
        )
    for line in made_by(product.made):
        console.print(f"  {line}", markup=False, highlight=False)
    spent = status.cost_usd if status else 0.0
    if spent or product.lost_answers:
        lost = f", {product.lost_answers} answers lost" if product.lost_answers else ""
        console.print(f"  spent ${spent:.4f}{lost}: ledger.json", highlight=False)
    for source in {
        s.url: s for made in product.made for s in made.asset.provenance.sources
    }.values():
        line = f"  from “{source.title}” ({source.site}), {source.licence}: credits.txt"
        console.print(line, markup=False, highlight=False)
    notes = {e.message: None for e in snapshot.events if isinstance(e, ProviderDegraded)}
    for note in notes:
        console.print(Text(f"  note: {note}", style="yellow"))
    if any(made.asset.provenance.provider == "rules" for made in product.made):
        _print_next(console, snapshot)


def _print_next(console: Console, snapshot: Snapshot) -> None:
    source = next((e.source for e in snapshot.events if isinstance(e, PlanReady)), None)
    if source == "outline":
        console.print(
            "  the words are an outline made by rules, since no language model is set up; "
            "for your own words: autoshorts make -f script.txt",
            style="dim",
            highlight=False,
        )
    console.print(
        f"  next: autoshorts show {snapshot.run_id}  ·  autoshorts list  ·  autoshorts make --help",
        style="dim",
        highlight=False,
        soft_wrap=True,
    )


def _print_failure(console: Console, snapshot: Snapshot) -> None:
    error = snapshot.status.error if snapshot.status else None
    word = str(snapshot.outcome or "failed").replace("_", " ")
    console.print(
        Text.assemble((f"{word} ", "bold red"), error.message if error else "", overflow="fold")
    )
    if error:
        console.print(
            f"  while {error.state}; {error.type}", style="dim", markup=False, highlight=False
        )
    console.print(
        f"  what was finished is kept; try again with: autoshorts retry {snapshot.run_id}",
        style="dim",
        highlight=False,
        soft_wrap=True,
    )


def made_by(entries: Iterable[Made]) -> list[str]:
    """Lines such as "5 pictures by painter (painter-1), 2 of them from the store"."""
    groups: dict[tuple[str, str, str], list[Made]] = {}
    for entry in entries:
        provenance = entry.asset.provenance
        key = (entry.name.partition("/")[0], provenance.provider, provenance.model)
        groups.setdefault(key, []).append(entry)
    names = {"image": "picture", "voice": "voice line", "sound": "sound effect"}
    lines = []
    for (kind, provider, model), group in groups.items():
        named = names.get(kind, kind) + ("s" if len(group) > 1 else "")
        count = f"{len(group)} " if kind in names else ""
        kept = sum(entry.cached for entry in group)
        stored = f", {kept} from the store" if kept else ""
        lines.append(f"{count}{named} by {provider} ({model}){stored}")
    return lines
