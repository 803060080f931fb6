"""Do commands end at once, with the right code? Run by hand: `python -m bench.leaving [--json]`.

A process that touched a Temporal client may abort or hang while its interpreter finalises
(docs/operations.md, "Leaving"); what is counted here must be 0.
"""

from __future__ import annotations

import argparse
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.machine import Machine, heed_interrupts, machine, script, wait_until

HANGS_AFTER_SECONDS = 20.0
WATCHED_SECONDS = 1.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--tests", type=int, default=10, help="times the tests are run")
    parser.add_argument(
        "--suite", default="tests/workflows", help="which tests; `tests` is what `make test` runs"
    )
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, machine(Path(folder)) as here:
        worker = here.start_worker()
        here.start("sea", {"prompt": "바다", "num_cuts": 1})
        result = {
            "list": _lists(here, options.runs),
            "watch_interrupted": _watches(here, worker, options.runs),
            "tests": _tests(options.suite, options.tests),
        }
    for name, row in result.items():
        print(f"{name}: {row}")
    if options.json:
        print(json.dumps(result))


def _lists(here: Machine, runs: int) -> dict[str, Any]:
    times, codes = [], Counter[str]()
    for _ in range(runs):
        begin = time.monotonic()
        try:
            done = here.run("autoshorts", "list", timeout=HANGS_AFTER_SECONDS)
            codes[str(done.returncode)] += 1
        except subprocess.TimeoutExpired:
            codes["hung"] += 1
        times.append(time.monotonic() - begin)
    return {"codes": dict(codes), "median_seconds": round(statistics.median(times), 2)}


def _tests(suite: str, times: int) -> dict[str, Any]:
    """The test run's own process touches a client too; its exit is what is counted."""
    tails, codes = [], Counter[str]()
    for _ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", suite], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        while "passed" not in (line := process.stdout.readline()) and line:
            """Its last word is the line that counts what passed."""
        tails.append(_seconds_to_end(process, codes))
    return {"codes": dict(codes), "median_seconds_to_exit": round(statistics.median(tails), 2)}


def _watches(here: Machine, worker: subprocess.Popen[bytes], runs: int) -> dict[str, Any]:
    """A run that nobody works on any more is watched, and the watching interrupted."""
    wait_until(
        lambda: (here.folder("sea") / "final_video.mp4").exists(), seconds=60, what="a first film"
    )
    worker.kill()
    worker.wait()
    here.start("idle", {"prompt": "바다", "num_cuts": 1})
    times, codes = [], Counter[str]()
    for _ in range(runs):
        watch = subprocess.Popen(
            [script("autoshorts"), "watch", "idle"],
            env=here.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=heed_interrupts,
        )
        time.sleep(WATCHED_SECONDS)
        watch.send_signal(signal.SIGINT)
        times.append(_seconds_to_end(watch, codes))
    return {"codes": dict(codes), "median_seconds": round(statistics.median(times), 2)}


def _seconds_to_end(process: subprocess.Popen[Any], codes: Counter[str]) -> float:
    """Wait for a process and count its exit code, or that it hung."""
    begin = time.monotonic()
    try:
        codes[str(process.wait(timeout=HANGS_AFTER_SECONDS))] += 1
    except subprocess.TimeoutExpired:
        process.kill()
        codes["hung"] += 1
    return time.monotonic() - begin


if __name__ == "__main__":
    main()
