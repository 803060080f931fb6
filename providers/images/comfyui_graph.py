"""A ComfyUI graph in API format, filled in by its nodes' titles (comfy_workflows/README.md)."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from providers.errors import InvalidProviderRequest

Graph = dict[str, dict[str, Any]]
NEEDED = ("prompt", "seed", "size", "save")
# What takes the place of a node's outputs where it is left out: an input of its own for each.
BYPASSES: Mapping[str, tuple[str, ...]] = {
    "style lora": ("model", "clip"),
    "reference conditioning": ("conditioning",),
}
MEGAPIXEL = 1024 * 1024
SIDE_STEP_PX = 16


@dataclass(frozen=True)
class Filling:
    """What goes into a graph."""

    prompt: str
    negative: str
    seed: int
    size_px: tuple[int, int]
    prefix: str
    model: str | None = None
    lora: str | None = None
    lora_strength: float = 0.8
    references: tuple[str, ...] = ()


def load_graph(name: str) -> Graph:
    """A graph that comes with AutoShorts, or of a path. Raises `InvalidProviderRequest`."""
    path = Path(name).expanduser()
    source = path if path.suffix == ".json" else files("comfy_workflows") / f"{name}.json"
    try:
        graph = json.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidProviderRequest(
            f"AUTOSHORTS_COMFYUI_GRAPH: there is no graph {name!r}; there are "
            f"{', '.join(graph_names())}, or the path of a .json of your own"
        ) from None
    except (OSError, ValueError) as exc:
        raise InvalidProviderRequest(f"AUTOSHORTS_COMFYUI_GRAPH: {name}: {exc}") from exc
    _check(graph, name)
    return graph  # type: ignore[no-any-return]


def graph_names() -> list[str]:
    """Of those that come with AutoShorts."""
    found = (entry.name for entry in files("comfy_workflows").iterdir())
    return sorted(name.removesuffix(".json") for name in found if name.endswith(".json"))


def filled(template: Graph, filling: Filling) -> Graph:
    """The graph of one picture. Raises `InvalidProviderRequest` for what it has no node for."""
    graph = copy.deepcopy(template)
    if filling.references and not _titled(graph, "reference image"):
        raise InvalidProviderRequest(
            "reference_images: this graph takes none; choose flux_omni_lora, or a graph with a "
            "node titled `reference image` (AUTOSHORTS_COMFYUI_GRAPH)"
        )
    if filling.lora is None:
        _leave_out(graph, "style lora")
    if filling.references:
        _repeat_references(graph, filling.references)
    else:
        _leave_out(graph, "reference conditioning")
        for key in [key for key, node in graph.items() if title_of(node).startswith("reference")]:
            del graph[key]
    width, height = filling.size_px
    sampled = sampled_size(width, height)
    strength = round(filling.lora_strength, 3)
    _set(graph, "prompt", text=filling.prompt)
    _set(graph, "negative prompt", text=filling.negative)
    _set(graph, "seed", noise_seed=filling.seed, seed=filling.seed)
    _set(graph, "size", width=sampled[0], height=sampled[1])
    _set(graph, "final size", width=width, height=height)
    _set(graph, "save", filename_prefix=filling.prefix)
    strengths = {"strength_model": strength, "strength_clip": strength}
    _set(graph, "style lora", lora_name=filling.lora, **strengths)
    if filling.model:
        _set(graph, "model", unet_name=filling.model, ckpt_name=filling.model)
    return graph


def sampled_size(width: int, height: int) -> tuple[int, int]:
    """About a megapixel, of nearly the same ratio, with sides in sixteens."""
    scale = min((MEGAPIXEL / (width * height)) ** 0.5, 1.0)
    sides = (max(round(side * scale / SIDE_STEP_PX), 4) * SIDE_STEP_PX for side in (width, height))
    return next(sides), next(sides)


def title_of(node: Mapping[str, Any]) -> str:
    return str((node.get("_meta") or {}).get("title", "")).strip().lower()


def classes_of(graph: Graph) -> set[str]:
    return {str(node["class_type"]) for node in graph.values()}


def node_titled(graph: Graph, title: str) -> str | None:
    """The id of a node."""
    return next((key for key, node in graph.items() if title_of(node) == title), None)


def _titled(graph: Graph, title: str) -> list[dict[str, Any]]:
    return [node for node in graph.values() if title_of(node) == title]


def _set(graph: Graph, title: str, **values: object) -> None:
    """Only inputs that the node has: classes name the same thing differently."""
    for node in _titled(graph, title):
        node["inputs"].update({k: v for k, v in values.items() if k in node["inputs"]})


def _leave_out(graph: Graph, title: str) -> None:
    """Take a node away and join what it stood between."""
    key = node_titled(graph, title)
    if key is None:
        return
    sources = [graph[key]["inputs"].get(name) for name in BYPASSES[title]]
    del graph[key]
    for node in graph.values():
        for name, value in node["inputs"].items():
            if _is_link(value) and value[0] == key:
                node["inputs"][name] = sources[value[1]]


def _repeat_references(graph: Graph, references: tuple[str, ...]) -> None:
    """A chain of the reference nodes, one set for each picture."""
    first = {key: node for key, node in graph.items() if title_of(node).startswith("reference")}
    end = node_titled(graph, "reference conditioning")
    _set(graph, "reference image", image=references[0])
    last = end
    for number, reference in enumerate(references[1:], start=2):
        clones = copy.deepcopy({f"{key}_{number}": node for key, node in first.items()})
        for node in clones.values():
            for name, value in node["inputs"].items():
                if _is_link(value) and value[0] in first:
                    node["inputs"][name] = [f"{value[0]}_{number}", value[1]]
        _set(clones, "reference image", image=reference)
        if end is not None:
            clones[f"{end}_{number}"]["inputs"]["conditioning"] = [last, 0]
            last = f"{end}_{number}"
        graph.update(clones)
    for key, node in graph.items():
        if title_of(node).startswith("reference"):
            continue
        for name, value in node["inputs"].items():
            if _is_link(value) and value[0] == end:
                graph[key]["inputs"][name] = [last, value[1]]


def _is_link(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)


def _check(graph: Any, name: str) -> None:
    """Raises `InvalidProviderRequest`."""
    where = f"AUTOSHORTS_COMFYUI_GRAPH: {name}"
    nodes = graph.values() if isinstance(graph, dict) else ()
    if not nodes or not all(
        isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs"), dict)
        for node in nodes
    ):
        raise InvalidProviderRequest(
            f"{where} is not in API format: export it by Workflow → Export (API)"
        )
    titles = {title_of(node) for node in nodes}
    if absent := [title for title in NEEDED if title not in titles]:
        raise InvalidProviderRequest(f"{where} has no node titled {', '.join(map(repr, absent))}")
    for key, node in graph.items():
        for value in node["inputs"].values():
            if _is_link(value) and value[0] not in graph:
                raise InvalidProviderRequest(f"{where}: node {key} asks for a node {value[0]!r}")
