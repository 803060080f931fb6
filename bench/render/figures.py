"""What the runs come to: medians, ratios, and where the time goes."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Any

from bench.render.measure import Run
from bench.render.textbook import SECONDS

Round = dict[str, Run]
BAR = 48


def ratios(rounds: list[Round], seconds: float) -> dict[str, float]:
    """Medians of what each round's own runs make; `seconds` is the film's length."""

    def of_limit(case: str, key: str = "wall") -> float:
        return median(r["limit"].said[key] / r[case].said[key] for r in rounds)

    whole = [r["whole"].said for r in rounds]
    return {
        "share_of_limit": of_limit("render"),
        "share_of_limit_by_cpu": of_limit("render", "cpu"),
        "share_with_everything": of_limit("whole"),
        "times_moviepy": median(
            r["textbook"].said["wall"] * (seconds / SECONDS) / r["render"].said["wall"]
            for r in rounds
        ),
        "mix_and_qa_share": median(
            (w["mix_wall"] + w["qa_wall"]) / r["render"].said["wall"]
            for w, r in zip(whole, rounds, strict=True)
        ),
        "rerender_share": median(w["again_wall"] / w["render_wall"] for w in whole),
        "whole_share_of_length": median(w["wall"] / seconds for w in whole),
        "peak_mb": max(r["whole"].peak_mb for r in rounds),
    }


def of_length(pairs: list[tuple[Run, Run]]) -> dict[str, float]:
    """A film of 180 s beside one of 30 s."""
    walls = [(short.said["render_wall"], long.said["render_wall"]) for short, long in pairs]
    return {
        "peak_mb_180": max(long.peak_mb for _, long in pairs),
        "wall_180_over_30": median(long / short for short, long in walls),
    }


def table(rounds: list[Round], seconds: float) -> str:
    """Medians of each case as Markdown."""
    lines = [
        "| case | film, s | wall, s | frames/s | CPU, s | peak, MB |",
        "|---|---|---|---|---|---|",
    ]
    for name in rounds[0]:
        length = SECONDS if name == "textbook" else seconds
        wall, cpu = (median(r[name].said[key] for r in rounds) for key in ("wall", "cpu"))
        # The limit's frames are in memory; what is held of them says nothing.
        peak = "" if name == "limit" else f"{max(r[name].peak_mb for r in rounds):.0f}"
        rate = length * 30 / wall
        lines.append(f"| {name} | {length:.0f} | {wall:.2f} | {rate:.0f} | {cpu:.2f} | {peak} |")
    return "\n".join(lines)


def plot(parts: dict[str, dict[str, float]]) -> str:
    """Bars of the CPU seconds of each part of one film."""
    whole = sum(part["cpu"] for part in parts.values())
    return "\n".join(
        f"{name:>16} {part['cpu']:6.2f} s {'█' * max(round(BAR * part['cpu'] / whole), 1)}"
        for name, part in sorted(parts.items(), key=lambda item: -item[1]["cpu"])
    )


def median(values: Iterable[Any]) -> float:
    """To three places."""
    return round(float(statistics.median(values)), 3)
