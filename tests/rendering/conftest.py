"""One small short, rendered once for all tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest
import pytest_asyncio

from rendering.render import render_short
from tests.shorts import Short, make_short


@pytest_asyncio.fixture(scope="session")
async def short(tmp_path_factory: pytest.TempPathFactory) -> Short:
    folder = tmp_path_factory.mktemp("short")
    return await make_short(folder, "바다는 왜 짤까요?", "강물이 소금을 나릅니다.")


@pytest.fixture(scope="session")
def film(short: Short, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film")
    render_short(short.layout, files=short.files, segments=folder / "segments", out=folder / "out")
    return folder / "out" / "final_video.mp4"
