"""How fast a film is made: `python -m bench.render [--json]`.

The reference short (6 scenes × 5 s, 900 frames, 1080 × 1920) is rendered in turn with the
encode-only limit and with textbook MoviePy; machines are noisy, so trust the ratios. Then a film
of 180 s, one run from a prompt, smoothness and likeness.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

import imageio_ffmpeg
import psutil

from bench.render.cases import LAYOUT, RAW, SOUND
from bench.render.figures import Round, of_length, plot, ratios, table
from bench.render.limit import write_frames
from bench.render.measure import run_case
from bench.render.prompt import measure_prompt
from bench.render.reference import SCENES, reference_short
from rendering.errors import never_cancelled
from rendering.mix import mix_short
from rendering.workers import worker_count
from tests.shorts import Short

ROUNDS = 3
LONG_SCENES, LONG_ROUNDS = 36, 1
IN_TURN = ("limit", "render", "whole", "textbook")
MEMORY = Path("/dev/shm")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="medians of so many")
    parser.add_argument("--pictures", choices=("photo", "painter"), default="photo")
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    options = parser.parse_args()
    print(_machine(), flush=True)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        result = _measure(Path(folder), options.rounds, options.pictures)
    print(_machine())
    for name, value in result.items():
        print(f"{name}: {value}")
    if options.json:
        print(json.dumps(result))


def _measure(folder: Path, rounds: int, pictures: str) -> dict[str, float]:
    short = _prepared(folder / "short", SCENES, pictures)
    seconds = short.layout.timeline.total_duration_ms / 1000
    write_frames(short, short.folder / RAW)
    taken = [_round(short.folder, number) for number in range(rounds)]
    (short.folder / RAW).unlink()
    print(table(taken, seconds), flush=True)
    parts = run_case("anatomy", short.folder).said
    print(plot(parts), flush=True)
    likeness = run_case("likeness", short.folder).said
    long = _prepared(folder / "long", LONG_SCENES, pictures)
    # Beside a short one each time, so that both meet the same machine.
    pairs = [
        (run_case("whole", short.folder), run_case("whole", long.folder))
        for _ in range(LONG_ROUNDS)
    ]
    prompt = measure_prompt(folder / "machine")
    return {
        **ratios(taken, seconds),
        **of_length(pairs),
        "compose_cpu_seconds": round(parts["compose"]["cpu"], 2),
        "jitter_px": round(likeness["jitter_px"], 4),
        "ssim": round(likeness["ssim"], 4),
        "prompt_to_mp4_share": round(prompt["seconds"] / prompt["film_seconds"], 3),
        "prompt_worker_peak_mb": prompt["worker_peak_mb"],
    }


def _prepared(folder: Path, scenes: int, pictures: str) -> Short:
    short = reference_short(folder, scenes=scenes, pictures=pictures)
    (folder / LAYOUT).write_text(short.layout.model_dump_json(), encoding="utf-8")
    mix_short(short.layout, short.file, folder / SOUND, never_cancelled)
    return short


def _round(folder: Path, number: int) -> Round:
    """Each case once, begun with another one each time."""
    turn = number % len(IN_TURN)
    done = {name: run_case(name, folder) for name in (*IN_TURN[turn:], *IN_TURN[:turn])}
    print("  ".join(f"{name} {run.said['wall']:.1f} s" for name, run in done.items()), flush=True)
    return {name: done[name] for name in IN_TURN}


def _machine() -> str:
    """What this was measured on, and how busy it was."""
    libraries = ("moviepy", "av", "opencv-python-headless", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in libraries)
    ffmpeg = imageio_ffmpeg.get_ffmpeg_version()
    load = ", ".join(f"{value:.1f}" for value in psutil.getloadavg())
    return (
        f"{worker_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"{versions}, ffmpeg {ffmpeg}; load {load}"
    )


if __name__ == "__main__":
    main()
