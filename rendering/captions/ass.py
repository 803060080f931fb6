"""Captions as Advanced SubStation Alpha text, which libass shapes and draws.

One picture per second of the file: the n-th state is shown from second n to n + 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rendering.captions.fonts import font_runs, vendored_fonts
from rendering.captions.pages import Page, Unit
from rendering.captions.placement import LINE_PITCH

# &HBBGGRR&
WHITE = "&HFFFFFF&"
WARM_YELLOW = "&H3AD6FF&"
OUTLINE_EM = 0.085
SHADOW_EM = 0.045
BLUR = 0.6


@dataclass(frozen=True)
class State:
    """One picture: a page, and which of its units is being spoken (None: none)."""

    page: Page
    active: int | None


def write_ass(states: Sequence[State], *, width_px: int, height_px: int, em_px: float) -> str:
    """The whole file, for a picture of exactly the caption's box."""
    events = [
        _event(second, line, unit_base, state, index, width_px, height_px, em_px)
        for second, state in enumerate(states)
        for index, (unit_base, line) in enumerate(_lines_with_base(state.page))
    ]
    return "\n".join([*_header(width_px, height_px, em_px), *events, ""])


def _header(width_px: int, height_px: int, em_px: float) -> list[str]:
    font = vendored_fonts()[0]
    # Encoding -1 lets libass find each line's direction by itself.
    style = (
        f"Style: Default,{font.family},{em_px * font.height:.2f},&H00FFFFFF,&H00FFFFFF,&H00101014,"
        f"&H78000000,-1,0,0,0,100,100,0,0,1,{em_px * OUTLINE_EM:.2f},{em_px * SHADOW_EM:.2f},"
        "5,0,0,0,-1"
    )
    return [
        "[Script Info]",
        "ScriptType: v4.00+",
        "WrapStyle: 2",
        "ScaledBorderAndShadow: yes",
        "YCbCr Matrix: None",
        f"PlayResX: {width_px}",
        f"PlayResY: {height_px}",
        "[V4+ Styles]",
        "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, "
        "BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, "
        "BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding",
        style,
        "[Events]",
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    ]


def _lines_with_base(page: Page) -> list[tuple[int, tuple[Unit, ...]]]:
    """Each line with the position of its first unit in the page."""
    result, base = [], 0
    for line in page.lines:
        result.append((base, line))
        base += len(line)
    return result


def _event(
    second: int,
    line: tuple[Unit, ...],
    base: int,
    state: State,
    index: int,
    width_px: int,
    height_px: int,
    em_px: float,
) -> str:
    pitch = LINE_PITCH * em_px
    middle = height_px / 2 + (index - (len(state.page.lines) - 1) / 2) * pitch
    parts = [f"{{\\an5\\pos({width_px / 2:.1f},{middle:.1f})\\blur{BLUR}}}"]
    for offset, unit in enumerate(line):
        color = WARM_YELLOW if state.active == base + offset else WHITE
        space = " " if unit.space_before and offset else ""
        parts.append(_styled(space + unit.text, color, em_px))
    return f"Dialogue: 0,{_time(second)},{_time(second + 1)},Default,,0,0,0,,{''.join(parts)}"


def _styled(text: str, color: str, em_px: float) -> str:
    """Every run with its own font, since libass does not fall back between them."""
    return "".join(
        f"{{\\c{color}\\fn{run.font.family}\\fs{em_px * run.font.height:.2f}}}{_escaped(run.text)}"
        for run in font_runs(text)
    )


def _escaped(text: str) -> str:
    """Braces and backslashes that mean themselves; a joiner keeps a backslash from its letter."""
    text = text.replace("\\", "\\\u2060")
    return text.replace("{", "\\{").replace("}", "\\}").replace("\n", " ")


def _time(second: int) -> str:
    return f"{second // 3600}:{second // 60 % 60:02d}:{second % 60:02d}.00"
