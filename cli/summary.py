"""What a command prints of a finished run: for a person, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from cli.errors import DONE, FAILED
from cli.follow import Snapshot, state_of
from domain.record import Manifest, ManifestEntry
from domain.run import Outcome, RunState
from storage.runs import RunFolders

MANIFEST = "manifest.json"
VIDEO = "final_video.mp4"


def exit_code_of(snapshot: Snapshot) -> int:
    return DONE if snapshot.outcome is Outcome.COMPLETED else FAILED


def film_path(snapshot: Snapshot, folders: RunFolders) -> Path | None:
    """Where the film lies, absolute; None where there is none."""
    path = folders.path(snapshot.run_id) / VIDEO
    return path.resolve() if snapshot.outcome is Outcome.COMPLETED and path.is_file() else None


def as_json(snapshot: Snapshot, folders: RunFolders) -> dict[str, Any]:
    """One object with all that a script wants to know."""
    status = snapshot.status
    film = film_path(snapshot, folders)
    return {
        "run_id": snapshot.run_id,
        "state": state_of(snapshot.outcome, status.state if status else RunState.INIT),
        "outcome": snapshot.outcome,
        "video": str(film) if film else None,
        "folder": str(folders.path(snapshot.run_id).resolve()),
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


def print_summary(console: Console, snapshot: Snapshot, folders: RunFolders) -> None:
    """How it ended: what made each part, or why it failed, and what to do next."""
    if snapshot.outcome is Outcome.COMPLETED:
        _print_film(console, snapshot, folders)
    else:
        _print_failure(console, snapshot)


def _print_film(console: Console, snapshot: Snapshot, folders: RunFolders) -> None:
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
    manifest = read_manifest(folders, snapshot.run_id)
    if manifest:
        for line in made_by(manifest.entries):
            console.print(f"  {line}", markup=False, highlight=False)
    if manifest and (manifest.cost_usd or manifest.lost_answers):
        lost = f", {manifest.lost_answers} answers lost" if manifest.lost_answers else ""
        console.print(f"  spent ${manifest.cost_usd:.4f}{lost}: ledger.json", highlight=False)
    notes = {event.message: None for event in snapshot.events if event.type == "degraded"}
    for note in notes:
        console.print(Text(f"  note: {note}", style="yellow"))
    if manifest and any(e.provenance.provider == "rules" for e in manifest.entries):
        _print_next(console, snapshot)


def _print_next(console: Console, snapshot: Snapshot) -> None:
    source = next((e.source for e in snapshot.events if e.type == "plan"), None)
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


def made_by(entries: Iterable[ManifestEntry]) -> list[str]:
    """Lines such as "5 pictures by painter (painter-1), 2 of them from the store"."""
    groups: dict[tuple[str, str, str], list[ManifestEntry]] = {}
    for entry in entries:
        kind = entry.name.partition("/")[0]
        key = (kind, entry.provenance.provider, entry.provenance.model)
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


def read_manifest(folders: RunFolders, run_id: str) -> Manifest | None:
    path = folders.path(run_id) / MANIFEST
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
