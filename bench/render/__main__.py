"""How long a film takes, as a share of its length: `python -m bench.render [--json]`.

Assets are made first and not counted. Ratios below 1 are faster than the film plays.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rendering.mix import mix_short
from rendering.quality.inspect import inspect_short
from rendering.render import render_short
from rendering.workers import worker_count
from tests.shorts import Short, make_short

LINES = (
    "바다는 왜 짤까요? 그 답은 강에서 시작됩니다.",
    "비가 내리면 바위가 조금씩 녹습니다.",
    "강물은 그 소금을 바다로 나릅니다.",
    "물은 하늘로 돌아가지만 소금은 남습니다.",
    "그래서 바다는 오늘도 짭니다.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(_measure(Path(folder), options.times))
    for name, value in result.items():
        print(f"{name}: {value}")
    if options.json:
        print(json.dumps(result))


async def _measure(folder: Path, times: int) -> dict[str, float]:
    short = await make_short(folder, *LINES, resolution="1080x1920")
    seconds = short.layout.timeline.total_duration_ms / 1000
    film = folder / "0" / "final_video.mp4"

    def render(index: int) -> None:
        render_short(
            short.layout,
            files=short.files,
            segments=folder / f"segments{index}",
            out=folder / str(index),
        )

    whole = _median(render, times)
    mix = _median(lambda i: mix_short(short.layout, short.files, folder / "m.m4a", _never), times)
    check = _median(lambda i: _check(short, film), times)
    return {
        "film_seconds": seconds,
        "workers": worker_count(),
        "render_per_second_of_film": round(whole / seconds, 3),
        "mix_share_of_render": round(mix / whole, 3),
        "qa_share_of_render": round(check / whole, 3),
    }


def _check(short: Short, film: Path) -> None:
    report = inspect_short(film, short.layout, files=short.files)
    assert report.passed, report.findings


def _never() -> bool:
    return False


def _median(work: Callable[[int], None], times: int) -> float:
    taken = []
    for index in range(times):
        begin = time.monotonic()
        work(index)
        taken.append(time.monotonic() - begin)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
