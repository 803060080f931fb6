"""Who says it: a small name in the speaker's colour, at the speaker's side of the caption."""

from __future__ import annotations

from collections.abc import Sequence

from domain.layout import Speaker
from domain.plot import SubtitlePosition
from domain.staging import Slot
from rendering.captions.draw import BLEED_EM, PagePainter, Picture
from rendering.captions.placement import Box
from rendering.captions.shape import is_right_to_left, shape_line, width_em

NAME_SCALE = 0.62
GAP_EM = 0.1
ELLIPSIS = "…"
# Light enough to stand out from the dark outline, and told apart from the bright words.
COLORS = {
    Slot.LEFT: (140, 214, 255),
    Slot.CENTER: (176, 240, 190),
    Slot.RIGHT: (255, 180, 160),
}


def place_name(
    speaker: Speaker,
    boxes: Sequence[Box],
    *,
    position: SubtitlePosition,
    area: Box,
    em_px: float,
) -> tuple[int, int, Picture]:
    """(x, y, picture) of a name beside the caption whose pictures stand in `boxes`.

    Above the caption; below it where the caption is at the top. One place for all its pages.
    """
    em = em_px * NAME_SCALE
    name = _shortened(speaker.name, area.width / em - 2 * BLEED_EM)
    line = shape_line((name,), right_to_left=is_right_to_left(name))
    height = 2 * round(em)
    painter = PagePainter(
        [line], em_px=em, size_px=(area.width, height), color=COLORS[speaker.slot]
    )
    picture = painter.picture()
    rows, columns = picture.shape[:2]
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    match speaker.slot:
        case Slot.LEFT:
            x = left
        case Slot.RIGHT:
            x = right - columns
        case Slot.CENTER:
            x = (left + right - columns) // 2
    gap = round(GAP_EM * em_px)
    if position is SubtitlePosition.TOP:
        y = max(box.bottom for box in boxes) + gap
    else:
        y = min(box.top for box in boxes) - gap - rows
    x = min(max(x, area.left), area.right - columns)
    y = min(max(y, area.top), area.bottom - rows)
    return 2 * (x // 2), 2 * (y // 2), picture


def _shortened(name: str, max_width_em: float) -> str:
    if width_em(name) <= max_width_em:
        return name
    while len(name) > 1 and width_em(name + ELLIPSIS) > max_width_em:
        name = name[:-1]
    return name + ELLIPSIS
