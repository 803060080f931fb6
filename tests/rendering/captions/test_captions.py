"""Captions in any script: inside the safe area, in order, every sign drawn."""

from __future__ import annotations

import pytest

from domain.assets import WordTiming
from domain.layout import DialogueLine, Scene, Subtitle
from domain.plot import SubtitlePosition
from domain.words import caption_units
from rendering.captions.fonts import missing_glyphs
from rendering.captions.placement import caption_safe_area
from rendering.captions.raster import caption_states
from tests.shorts import Short

LINES = {
    "ko": "바다는 왜 짤까요? 그 답은 아주 먼 산에서 시작됩니다.",
    "en": "A Donaudampfschifffahrtsgesellschaftskapitän walks into a bar & orders {nothing}.",
    "ja": "海はなぜ塩辛いのでしょうか。その答えは遠い山から始まります。",
    "zh": "海水为什么是咸的？答案从很远的山里开始。",
    "ar": "لماذا البحر مالح؟ الجواب يبدأ من الجبال البعيدة.",
    "he": "למה הים מלוח? התשובה מתחילה בהרים.",
    "hi": "समुद्र खारा क्यों है? उत्तर दूर पहाड़ों से शुरू होता है।",
    "th": "ทำไมทะเลถึงเค็ม คำตอบเริ่มจากภูเขาที่อยู่ไกล",
    "vi": "Vì sao nước biển mặn? Câu trả lời bắt đầu từ núi xa.",
    "ru": "Почему море солёное? Ответ начинается в далёких горах.",
    "emoji": "A whale 🐳 sings 🎵 at https://example.com/a/very/long/address/that/never/ends",
}


def _scene(short: Short, text: str, language: str, position: SubtitlePosition) -> Scene:
    units = caption_units(text, language)
    step = 6000 // len(units)
    words = tuple(
        WordTiming(text=unit, start_ms=index * step, end_ms=(index + 1) * step)
        for index, unit in enumerate(units)
    )
    line = DialogueLine(
        line_id="l", char_id="", text=text, start_ms=150, duration_ms=6000, words=words
    )
    subtitle = Subtitle(line_id="l", text=text, position=position, start_ms=150, duration_ms=6300)
    update = {"duration_ms": 7000, "dialogue": (line,), "subtitles": (subtitle,), "sfx": ()}
    return short.layout.scenes[0].model_copy(update=update)


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)], ids=["portrait", "landscape"])
@pytest.mark.parametrize("language", LINES)
def test_every_state_is_inside_the_safe_area_and_in_order(
    short: Short, language: str, size: tuple[int, int]
) -> None:
    text = LINES[language]
    tag = language if language != "emoji" else "en"
    scene = _scene(short, text, tag, SubtitlePosition.BOTTOM)
    states = caption_states(scene, size_px=size, language=tag)
    area = caption_safe_area(size)
    assert missing_glyphs(text) == ()
    assert len(states) >= 3
    assert all(area.contains(state.box) for state in states)
    assert all(a.end_ms == b.start_ms for a, b in zip(states, states[1:], strict=False))
    assert states[0].start_ms == 150
    assert states[-1].end_ms == 6450


@pytest.mark.parametrize("position", list(SubtitlePosition))
def test_positions_differ(short: Short, position: SubtitlePosition) -> None:
    scene = _scene(short, LINES["en"], "en", position)
    state = caption_states(scene, size_px=(1080, 1920), language="en")[0]
    middle = (state.box.top + state.box.bottom) / 2 / 1920
    expected = {"top": 0.2, "center": 0.5, "bottom": 0.71}[position]
    assert middle == pytest.approx(expected, abs=0.06)


def test_a_word_lights_up_when_it_is_said(short: Short) -> None:
    scene = _scene(short, "one two three", "en", SubtitlePosition.BOTTOM)
    states = caption_states(scene, size_px=(1080, 1920), language="en")
    assert [state.start_ms for state in states] == [150, 2150, 4150]
    pictures = {state.rgba.tobytes() for state in states}
    assert len(pictures) == 3
