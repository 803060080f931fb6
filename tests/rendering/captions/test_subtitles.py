"""captions.srt and captions.vtt, read by strict parsers."""

from __future__ import annotations

import io

import pytest
import srt
import webvtt

from domain.layout import Layout, Speaker
from rendering.captions.raster import plan_states
from rendering.captions.subtitles import subtitles_srt, subtitles_vtt
from tests.rendering.captions.scenes import LINES, scene_with, tag_of
from tests.shorts import Short


def layout_with(short: Short, text: str, language: str) -> Layout:
    scene = scene_with(text, language).model_copy(update={"sfx": ()})
    later = scene.model_copy(update={"scene_id": "scene_2", "sequence": 2})
    metadata = short.layout.metadata.model_copy(update={"language": language})
    total = 2 * scene.duration_ms
    timeline = short.layout.timeline.model_copy(update={"total_duration_ms": total})
    update = {"scenes": (scene, later), "metadata": metadata, "timeline": timeline,
              "title_card": None, "end_card": None}  # fmt: skip
    return short.layout.model_copy(update=update)


def read_srt(text: str) -> list[tuple[int, int, str]]:
    return [
        (
            round(cue.start.total_seconds() * 1000),
            round(cue.end.total_seconds() * 1000),
            cue.content,
        )
        for cue in srt.parse(text, ignore_errors=False)
    ]


@pytest.mark.parametrize("name", LINES)
def test_cues_are_the_pages_in_order(short: Short, name: str) -> None:
    layout = layout_with(short, LINES[name], tag_of(name))
    cues = read_srt(subtitles_srt(layout))
    vtt = webvtt.from_buffer(io.StringIO(subtitles_vtt(layout)))
    assert [caption.start_in_seconds * 1000 for caption in vtt.captions] == [
        c[0] // 1000 * 1000 for c in cues
    ]
    assert all(start < end for start, end, _ in cues)
    assert all(before[1] <= after[0] for before, after in zip(cues, cues[1:], strict=False))
    scene = layout.scenes[0]
    planned = plan_states(scene.subtitles[0], scene.dialogue[0],
                          size_px=layout.timeline.size_px, language=tag_of(name))  # fmt: skip
    pages = list(dict.fromkeys(state.page for state in planned))
    shown = [content for _, _, content in cues[: len(pages)]]
    unmarked = str.maketrans(dict.fromkeys("\u202b\u202c\u2060"))
    assert [text.translate(unmarked) for text in shown] == [page.text for page in pages]


def test_lines_from_right_to_left_say_so(short: Short) -> None:
    layout = layout_with(short, LINES["he"], "he")
    for _, _, content in read_srt(subtitles_srt(layout)):
        assert all(line[0] == "\u202b" and line[-1] == "\u202c" for line in content.split("\n"))
    vtt = webvtt.from_buffer(io.StringIO(subtitles_vtt(layout)))
    assert all(line.startswith("\u200f") for caption in vtt.captions for line in caption.lines)


def test_what_the_formats_mean_otherwise_is_kept_literal(short: Short) -> None:
    layout = layout_with(short, "a --> b <i>x</i> & {y} 1 < 2", "en")
    text = subtitles_srt(layout)
    assert text.count("-->") == len(read_srt(text))
    assert "<i>" not in text
    vtt = subtitles_vtt(layout)
    assert "&lt;i&gt;x&lt;/i&gt; &amp; {y}" in vtt.replace("\n", " ")
    assert vtt.count("-->") == len(webvtt.from_buffer(io.StringIO(vtt)).captions)


def test_whoever_speaks_is_named_once_a_cue(short: Short) -> None:
    layout = layout_with(short, LINES["en"], "en")
    scene = layout.scenes[0]
    speaker = Speaker(name="Min & <Sun>")
    named = tuple(s.model_copy(update={"speaker": speaker}) for s in scene.subtitles)
    layout = layout.model_copy(update={"scenes": (scene.model_copy(update={"subtitles": named}),)})
    text = subtitles_vtt(layout)
    captions = webvtt.from_buffer(io.StringIO(text)).captions
    assert text.count("<v Min &amp; &lt;Sun&gt;>") == len(captions)
    assert all("Min" not in caption.text for caption in captions)
