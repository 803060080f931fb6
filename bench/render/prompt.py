"""From a prompt to the finished film, without any key: server and worker of their own, warm."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from bench.machine import Machine, machine
from bench.render.measure import SAMPLE_SECONDS, tree_bytes
from rendering.quality.film import probe

WAIT_SECONDS = 600.0
WARM_UP = "A drop of rain falls. The sea is wide."
PROMPT = (
    "Why is the sea salty? Rain takes a tiny bit of rock along with every drop that falls. "
    "Rivers gather the drops and carry what they took down to the sea. "
    "The sun lifts the water up again, but the salt stays behind. "
    "So the sea keeps a little more of it every year, and has done so since the first rain. "
    "That is how, drop by drop and river by river, the sea became as salty as it is today."
)


def measure_prompt(folder: Path) -> dict[str, float]:
    """Seconds from start to end of a run, the film's length, and the worker's peak memory."""
    with machine(folder) as here:
        worker = here.start_worker()
        _run(here, "warm_up", WARM_UP)
        peaks, over = [0], threading.Event()

        def watch() -> None:
            while not over.wait(SAMPLE_SECONDS):
                peaks.append(tree_bytes(worker.pid))

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            begin = time.monotonic()
            _run(here, "measured", PROMPT)
            taken = time.monotonic() - begin
        finally:
            over.set()
            watching.join()
        film = probe(here.folder("measured") / "final_video.mp4")
    return {
        "seconds": taken,
        "film_seconds": film.duration_seconds,
        "worker_peak_mb": round(max(peaks) / 1e6),
    }


def _run(here: Machine, run_id: str, prompt: str) -> None:
    here.start(run_id, {"prompt": prompt})
    ended = here.run(
        *("temporal", "workflow", "result", "--workflow-id", run_id), timeout=WAIT_SECONDS
    )
    if ended.returncode:
        raise RuntimeError(f"{run_id} made no film: {ended.stderr or ended.stdout}")
