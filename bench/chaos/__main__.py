"""Whole runs while processes are killed: `python -m bench.chaos [--json] [--records postgres]`.

A real Temporal server, two gateways, and a worker for each kind of work; every service that the
tests simulate, over real HTTP, in turn for each role; a client on each run's stream, cut at
random; some runs asked for twice at once. One process after another dies by SIGKILL at a random
instant and is started again. What is counted afterwards must be 0, but for `runs`, `kills`,
`twins` and `lost_answers`: a synchronous call that dies with its worker cannot be asked after.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import tempfile
from pathlib import Path
from typing import get_args

from bench.chaos.account import Figures, accounted
from bench.chaos.scene import Blobs, Chaos, Plan, Records, chaos

RUNS, KILLS = 40, 200


def measure(root: Path, plan: Plan, *, seed: int | None = None) -> Figures:
    """Runs begun one after another, and as many kills as asked for while they are under way."""
    with chaos(root, random.Random(seed), plan) as scene:
        done = _kill(scene, plan)
        scene.wait_for_end()
        for client in scene.clients:
            client.join()
        return accounted(scene, kills=done)


def _kill(scene: Chaos, plan: Plan) -> int:
    """A run begins every so many kills, so that every kill meets runs in all states."""
    for done in range(plan.kills):
        while len(scene.run_ids) < min(2 + done * plan.runs * 3 // (plan.kills * 2), plan.runs):
            scene.start_run()
        if len(scene.run_ids) == plan.runs and not scene.is_busy():
            return done
        name = scene.kill()
        logging.info("kill %d of %d, %s: %s", done + 1, plan.kills, name, scene.states())
    return plan.kills


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--records", choices=get_args(Records), default="sqlite")
    parser.add_argument("--blobs", choices=get_args(Blobs), default="folder")
    parser.add_argument("--seed", type=int, help="repeats the instants; else drawn and printed")
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    options = parser.parse_args()
    seed = random.randrange(1 << 32) if options.seed is None else options.seed
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for name in ("httpx", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.info("seed %d", seed)
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(options.runs, options.kills, options.records, options.blobs)
        figures = measure(Path(folder), plan, seed=seed)
    for name, value in figures.items():
        print(f"{name}: {value}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
