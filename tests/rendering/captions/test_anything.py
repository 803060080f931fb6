"""Whatever the text: all of it is shown, in order, without a gap, and inside the safe area."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.assets import WordTiming
from domain.run import AspectRatio, CaptionStyle
from domain.words import caption_units
from rendering.captions.placement import caption_safe_area
from rendering.captions.raster import caption_states, plan_states
from rendering.captions.units import readable
from tests.rendering.captions.scenes import LINES, SHOWN_MS, SPOKEN_MS, START_MS, scene_with

_WORDS = sorted({word for line in LINES.values() for word in line.split()})
_ODD = [
    *(
        "a" * 60,
        "ㅋ" * 60,
        "あ" * 60,
        "ก" * 60,
        "ب" * 60,
        "9" * 60,
        "👩‍👩‍👧‍👦" * 20,
        "…",
        "—",
        "“",
        "”",
    ),
    *("e\u0301\u0323" * 3, "\u200b", "\u200dx", "\ufe0f", "\u202eabc\u202c", "g\u0336" * 9, "\x07"),
    *("(", ")", "「」", "٣٤٥", "$", "%", "km", "-->", "{\\an8}", "<b>", "\U00012000", "\ue000"),
]
text_of_any_kind = st.lists(
    st.one_of(st.sampled_from(_WORDS), st.sampled_from(_ODD), st.text(min_size=1, max_size=8)),
    min_size=1,
    max_size=14,
).map(" ".join)
languages = st.sampled_from(["ko", "en", "ja", "zh", "zh-TW", "ar", "he", "hi", "th", "de", "xx"])
styles = st.sampled_from(["karaoke", "plain", "pop"])


@st.composite
def timings(draw: st.DrawFn, text: str, language: str) -> tuple[WordTiming, ...]:
    """The voice's own words, some of them not heard, at any rising times; or none."""
    units = [unit for unit in caption_units(text, language) if draw(st.integers(0, 9))]
    edges = sorted(draw(st.lists(st.integers(0, SPOKEN_MS), min_size=len(units) + 1,
                                 max_size=len(units) + 1)))  # fmt: skip
    spans = zip(units, pairwise(edges), strict=True)
    return tuple(WordTiming(text=u, start_ms=begin, end_ms=end) for u, (begin, end) in spans)


quiet = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@quiet
@given(data=st.data(), text=text_of_any_kind, language=languages, style=styles)
def test_time_is_covered_and_every_word_is_shown_once_and_in_order(
    data: st.DataObject, text: str, language: str, style: CaptionStyle
) -> None:
    words = data.draw(timings(text, language))
    scene = scene_with(text, language, style=style, words=words)
    planned = plan_states(
        scene.subtitles[0], scene.dialogue[0], size_px=(1080, 1920), language=language
    )
    said = "".join(readable(text).split())
    if not said:
        assert planned == ()
        return
    assert planned[0].start_ms == START_MS
    assert planned[-1].end_ms == START_MS + SHOWN_MS
    assert all(state.start_ms < state.end_ms for state in planned)
    assert all(before.end_ms == after.start_ms for before, after in pairwise(planned))
    assert all(len(state.page.lines) <= 2 for state in planned)


@quiet
@given(text=text_of_any_kind, language=languages, style=styles)
def test_evenly_said_words_are_all_shown(text: str, language: str, style: CaptionStyle) -> None:
    scene = scene_with(text, language, style=style, words=())
    planned = plan_states(
        scene.subtitles[0], scene.dialogue[0], size_px=(1080, 1920), language=language
    )
    pages = [state.page for state in planned]
    first_seen = [page for i, page in enumerate(pages) if i == 0 or page is not pages[i - 1]]
    shown = "".join(unit.text for page in first_seen for unit in page.units)
    assert shown == "".join(readable(text).split())


@settings(quiet, max_examples=25)
@given(
    text=text_of_any_kind,
    language=languages,
    style=styles,
    ratio=st.sampled_from(list(AspectRatio)),
)
def test_every_box_is_inside_the_safe_area(
    text: str, language: str, style: CaptionStyle, ratio: AspectRatio
) -> None:
    scene = scene_with(text, language, style=style)
    area = caption_safe_area(ratio.size_px)
    for state in caption_states(scene, size_px=ratio.size_px, language=language):
        assert area.contains(state.box)


@pytest.mark.parametrize("text", ["\u200b", "\x07", "🐳" * 200, "ก" * 400, "x" * 500])
def test_odd_texts_are_shown_or_left_out_but_never_fail(text: str) -> None:
    for state in caption_states(scene_with(text, "th"), size_px=(1080, 1920), language="th"):
        assert caption_safe_area((1080, 1920)).contains(state.box)
