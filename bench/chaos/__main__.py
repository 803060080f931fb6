"""Whole runs against simulated services while workers are killed: `python -m bench.chaos [--json]`.

A real Temporal server, gateway and worker; every service that the tests know, over real HTTP, in
turn for each role; a client on each run's stream, cut at random. The worker dies by SIGKILL at
random instants and is started again. What is counted afterwards must be 0, but for `runs`,
`kills` and `lost_answers`: a synchronous call that dies with its worker cannot be asked after.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import tempfile
from pathlib import Path

from bench.chaos.account import Figures, accounted
from bench.chaos.scene import Chaos, chaos

RUNS, KILLS = 12, 30


def measure(root: Path, *, runs: int, kills: int, seed: int | None = None) -> Figures:
    """Runs begun one after another, and as many kills as asked for while they are under way."""
    with chaos(root, random.Random(seed)) as scene:
        done = _kill(scene, runs=runs, kills=kills)
        scene.wait_for_end()
        for client in scene.clients:
            client.join()
        return accounted(scene, kills=done)


def _kill(scene: Chaos, *, runs: int, kills: int) -> int:
    """A run begins every so many kills, so that every kill meets runs in all states."""
    for done in range(kills):
        while len(scene.run_ids) < min(1 + done * runs // (kills * 2 // 3), runs):
            scene.start_run()
        if len(scene.run_ids) == runs and not scene.is_busy():
            return done
        scene.kill_worker()
        logging.info("kill %d of %d: %s", done + 1, kills, scene.states())
    return kills


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, help="repeats the instants; else drawn and printed")
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    options = parser.parse_args()
    seed = random.randrange(1 << 32) if options.seed is None else options.seed
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.info("seed %d", seed)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), runs=options.runs, kills=options.kills, seed=seed)
    for name, value in figures.items():
        print(f"{name}: {value}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
