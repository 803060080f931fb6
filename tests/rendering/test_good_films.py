"""Good films of many kinds, in which QA finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.layout import Layout
from rendering.quality.inspect import inspect_short
from rendering.render import render_short
from tests.shorts import make_short

PORTRAIT, LANDSCAPE, SQUARE, FOUR_FIVE = "270x480", "480x270", "270x270", "216x270"


def _without_music(layout: Layout) -> Layout:
    return layout.model_copy(update={"global_bgm": None})


def _without_effects(layout: Layout) -> Layout:
    scenes = tuple(scene.model_copy(update={"sfx": ()}) for scene in layout.scenes)
    return layout.model_copy(update={"scenes": scenes})


def _without_captions(layout: Layout) -> Layout:
    scenes = tuple(scene.model_copy(update={"subtitles": ()}) for scene in layout.scenes)
    return layout.model_copy(update={"scenes": scenes})


def _silent(layout: Layout) -> Layout:
    return _without_music(_without_effects(layout))


def _as_it_is(layout: Layout) -> Layout:
    return layout


@pytest.mark.parametrize(
    ("language", "texts", "resolution", "change"),
    [
        pytest.param(
            "en", ("The sea is salty, and here is why.", "Rivers carry salt from the rocks."),
            PORTRAIT, _as_it_is, id="English",
        ),
        pytest.param(
            "ja", ("うみはなぜしょっぱいの？", "かわがしおをはこびます。"),
            LANDSCAPE, _as_it_is, id="Japanese, landscape",
        ),
        pytest.param(
            "ar", ("لماذا البحر مالح؟", "الأنهار تحمل الملح."), SQUARE, _as_it_is,
            id="Arabic, square",
        ),
        pytest.param(
            "hi", ("समुद्र खारा क्यों है?", "नदियाँ नमक लाती हैं।"), FOUR_FIVE, _as_it_is,
            id="Hindi, 4:5",
        ),
        pytest.param("th", ("ทำไมทะเลถึงเค็ม",), PORTRAIT, _without_music, id="Thai, no music"),
        pytest.param("ko", ("바다는 왜 짤까요?",), PORTRAIT, _without_captions, id="no captions"),
        pytest.param("en", ("Salt.",), PORTRAIT, _as_it_is, id="one word"),
        pytest.param("ko", ("🐳🐳", "🌊🌊🌊"), PORTRAIT, _as_it_is, id="no voice"),
        pytest.param("ko", ("🐳🐳",), PORTRAIT, _without_music, id="effects only"),
        pytest.param("ko", ("🐳🐳",), PORTRAIT, _silent, id="nothing to hear"),
    ],
)  # fmt: skip
async def test_a_good_film_raises_nothing(
    tmp_path: Path,
    language: str,
    texts: tuple[str, ...],
    resolution: str,
    change: Callable[[Layout], Layout],
) -> None:
    short = await make_short(tmp_path, *texts, language=language, resolution=resolution)
    layout = change(short.layout)
    rendered = render_short(
        layout, files=short.files, segments=tmp_path / "segments", out=tmp_path / "out"
    )
    report = inspect_short(rendered.files[0], layout, files=short.files)
    assert report.findings == ()
    assert len(report.checks) >= 30
