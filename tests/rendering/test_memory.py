"""What was freed before a render is not held beside it."""

from __future__ import annotations

import sys

import numpy as np
import psutil
import pytest

from rendering.memory import give_back_memory

PIECES, PIECE_BYTES = 4000, 50_000


@pytest.mark.skipif(sys.platform != "linux", reason="glibc keeps what is freed; others do not")
def test_freed_memory_goes_back_to_the_system() -> None:
    process = psutil.Process()
    pieces = [np.ones(PIECE_BYTES, np.uint8) for _ in range(PIECES)]
    # One that stays at the end keeps the allocator from giving back the rest by itself.
    kept = pieces.pop()
    pieces.clear()
    held = process.memory_info().rss
    give_back_memory()
    assert process.memory_info().rss < held - PIECES * PIECE_BYTES / 2
    assert kept.all()
