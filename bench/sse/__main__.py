"""The stream: `python -m bench.sse [--json] [--only fanout|runs|latency]`.

Fan-out of one run to 1000 clients and of 200 runs to 5 clients each, as ratios to a bare ASGI
floor measured in the same run, alternating; and the time from an activity's end to a client.
"""

from __future__ import annotations

import argparse
import json
import statistics
from typing import Any

from bench.sse import fanout, latency

ROUNDS = 3
ONE_RUN = {"runs": 1, "clients": 1000, "rate": 10.0}
MANY_RUNS = {"runs": 200, "clients": 5, "rate": 1.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    parser.add_argument("--only", choices=("fanout", "runs", "latency"))
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="medians of so many")
    options = parser.parse_args()
    parts = {
        "fanout": lambda: _compared(ONE_RUN, options.rounds),
        "runs": lambda: _compared(MANY_RUNS, options.rounds),
        "latency": latency.measure,
    }
    result: dict[str, Any] = {}
    for name, measure in parts.items():
        if options.only in (None, name):
            result[name] = measure()
            print(f"{name}:")
            for key, value in result[name].items():
                print(f"  {key}: {value}", flush=True)
    if options.json:
        print(json.dumps(result))


def _compared(load: dict[str, Any], rounds: int) -> dict[str, Any]:
    """Medians over rounds in which floor and gateway take turns."""
    floors, ours = [], []
    for _ in range(rounds):
        floors.append(fanout.measure(fanout.floor_app, **load))
        ours.append(fanout.measure(fanout.gateway_app, **load))
    pairs = list(zip(floors, ours, strict=True))
    return {
        **load,
        "floor": _medians(floors),
        "gateway": _medians(ours),
        "p50_ratio": _ratio(pairs, "p50_ms"),
        "p99_ratio": _ratio(pairs, "p99_ms"),
        "cpu_ratio": _ratio(pairs, "cores"),
    }


def _medians(rows: list[dict[str, float]]) -> dict[str, float]:
    return {key: round(statistics.median(row[key] for row in rows), 3) for key in rows[0]}


def _ratio(pairs: list[tuple[dict[str, float], dict[str, float]]], key: str) -> float:
    return round(statistics.median(ours[key] / floor[key] for floor, ours in pairs), 2)


if __name__ == "__main__":
    main()
