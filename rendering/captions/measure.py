"""How wide a piece of text is in the caption fonts."""

from __future__ import annotations

import threading
from functools import cache, lru_cache

from PIL import ImageFont

from rendering.captions.fonts import Font, font_runs

MEASURED_EM = 100

_lock = threading.Lock()


@lru_cache(maxsize=8192)
def width_em(text: str) -> float:
    """Width in ems. Unshaped, so Arabic and Indic text is a little narrower in truth."""
    with _lock:
        return sum(_face(run.font).getlength(run.text) for run in font_runs(text)) / MEASURED_EM


@cache
def _face(font: Font) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font.path, MEASURED_EM, layout_engine=ImageFont.Layout.BASIC)
