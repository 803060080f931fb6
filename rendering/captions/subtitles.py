"""Captions as text files beside the video: SubRip and WebVTT, one cue per page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from domain.layout import Layout
from rendering.captions.raster import plan_states
from rendering.captions.shape import is_right_to_left

_EMBEDDING = ("\u202b", "\u202c")
_RIGHT_TO_LEFT_MARK = "\u200f"
_WORD_JOINER = "\u2060"


@dataclass(frozen=True)
class _Cue:
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    right_to_left: bool
    speaker: str


def subtitles_srt(layout: Layout) -> str:
    """SubRip, UTF-8, times from the start of the video.

    Players take the direction of a line from left to right, so others are embedded (UAX 9).
    """
    blocks = []
    for number, cue in enumerate(_cues(layout), start=1):
        before, after = _EMBEDDING if cue.right_to_left else ("", "")
        lines = (f"{before}{_kept_literal(line)}{after}" for line in cue.lines)
        blocks.append(_block(str(number), cue, ",", lines))
    return "\n".join(blocks)


def subtitles_vtt(layout: Layout) -> str:
    """WebVTT: the first strong character sets a line's direction, a tag says who speaks."""
    blocks = ["WEBVTT\n"]
    for cue in _cues(layout):
        voice = f"<v {_escaped(cue.speaker)}>" if cue.speaker else ""
        mark = _RIGHT_TO_LEFT_MARK if cue.right_to_left else ""
        first, *rest = (f"{mark}{_escaped(line)}" for line in cue.lines)
        blocks.append(_block("", cue, ".", (voice + first, *rest)))
    return "\n".join(blocks)


def _cues(layout: Layout) -> Iterator[_Cue]:
    for scene, begin in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        lines = {line.line_id: line for line in scene.dialogue}
        for subtitle in scene.subtitles:
            planned = plan_states(
                subtitle,
                lines[subtitle.line_id],
                size_px=layout.timeline.size_px,
                language=layout.metadata.language,
            )
            is_rtl = is_right_to_left(subtitle.text)
            speaker = subtitle.speaker.name if subtitle.speaker else ""
            for page, group in groupby(planned, key=lambda state: state.page):
                states = list(group)
                start, end = begin + states[0].start_ms, begin + states[-1].end_ms
                yield _Cue(start, end, tuple(page.text.split("\n")), is_rtl, speaker)


def _block(name: str, cue: _Cue, mark: str, lines: Iterable[str]) -> str:
    times = f"{_time(cue.start_ms, mark)} --> {_time(cue.end_ms, mark)}"
    return "\n".join([*filter(None, [name]), times, *lines, ""])


def _kept_literal(line: str) -> str:
    """SubRip has no escapes: a joiner keeps an arrow or a tag in the text from being one."""
    line = line.replace("-->", f"--{_WORD_JOINER}>")
    return re.sub(r"[<{](?=[\w/\\])", lambda match: match[0] + _WORD_JOINER, line)


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(ms: int, mark: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{rest:03d}"
