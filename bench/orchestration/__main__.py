"""What a run costs but for its film: `python -m bench.orchestration [--json] [--only ROW]`.

A dev server on disk, a worker in its own process whose crew makes nothing, and clients. CPU is
counted by process, so that a noisy machine does not decide.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bench.orchestration import backlog, large, library, plain
from cli.exit import exit_now

ROWS = ("plain", "on_disk", "large", "backlog", "library")
Measure = Callable[[], Coroutine[Any, Any, dict[str, Any]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    parser.add_argument("--only", choices=ROWS)
    parser.add_argument("--runs", type=int, default=200, help="plain runs")
    parser.add_argument("--at-once", type=int, default=20, help="of which side by side")
    parser.add_argument("--films", type=int, default=50, help="runs with a render, all at once")
    parser.add_argument("--listed", type=int, default=10_000, help="runs in the library")
    options = parser.parse_args()
    logging.getLogger("temporalio").setLevel(logging.CRITICAL)
    parts: dict[str, Measure] = {
        "plain": lambda: plain.measure(runs=options.runs, at_once=options.at_once),
        "on_disk": lambda: plain.measure(runs=options.runs, at_once=options.at_once, on_disk=True),
        "large": large.measure,
        "backlog": lambda: backlog.measure(runs=options.films),
        "library": lambda: library.measure(runs=options.listed),
    }
    result: dict[str, Any] = {}
    for name, measure in parts.items():
        if options.only in (None, name):
            found = asyncio.run(measure())
            result |= found if name == "plain" else {name: found}
            print(f"{name}:")
            for key, value in found.items():
                print(f"  {key}: {value}", flush=True)
    if options.json:
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
    exit_now(0)
