"""The short form of `python -m bench.chaos`: paid services, everybody dies, exact accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.chaos.__main__ import measure
from bench.chaos.scene import Plan


@pytest.mark.timeout(400)
def test_nothing_is_lost_or_charged_twice_while_everybody_dies(tmp_path: Path) -> None:
    figures = measure(tmp_path, Plan(runs=2, kills=5), seed=11)
    assert figures.pop("lost_answers") >= 0
    assert figures.pop("kills") > 0
    assert figures == {
        "runs": 2,
        "twins": 1,
        "lost": 0,
        "stuck": 0,
        "charged_twice": 0,
        "events_lost": 0,
        "events_doubled": 0,
        "bad_films": 0,
        "wedged": 0,
    }
