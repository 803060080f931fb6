"""Captions as text files beside the video: SubRip and WebVTT, one cue per page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from domain.layout import Layout
from rendering.captions.raster import plan_states


def subtitles_srt(layout: Layout) -> str:
    """SubRip, UTF-8, times from the start of the video."""
    return "\n".join(
        f"{number}\n{_time(start, ',')} --> {_time(end, ',')}\n{text}\n"
        for number, (start, end, text) in enumerate(_cues(layout), start=1)
    )


def subtitles_vtt(layout: Layout) -> str:
    """WebVTT."""
    cues = (
        f"{_time(start, '.')} --> {_time(end, '.')}\n{_escaped(text)}\n"
        for start, end, text in _cues(layout)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def _cues(layout: Layout) -> Iterator[tuple[int, int, str]]:
    for scene, begin in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        lines = {line.line_id: line for line in scene.dialogue}
        for subtitle in scene.subtitles:
            planned = plan_states(
                subtitle,
                lines[subtitle.line_id],
                size_px=layout.timeline.size_px,
                language=layout.metadata.language,
            )
            for page, group in groupby(planned, key=lambda p: p.state.page):
                states = list(group)
                yield begin + states[0].start_ms, begin + states[-1].end_ms, page.text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(ms: int, mark: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{rest:03d}"
