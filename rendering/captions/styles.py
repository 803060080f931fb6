"""The three ways in which captions look."""

from __future__ import annotations

from dataclasses import dataclass

from rendering.captions.draw import WARM_YELLOW, WHITE


@dataclass(frozen=True)
class Style:
    """`scale` is of the usual type size; `max_words` of a page, where there is a limit."""

    highlights: bool
    scale: float = 1.0
    max_lines: int = 2
    max_words: int | None = None
    color: tuple[int, int, int] = WHITE


_STYLES = {
    # The page stands; each word turns bright as it is said.
    "karaoke": Style(highlights=True),
    "plain": Style(highlights=False),
    # A word or two at a time, large, and gone with their sound.
    "pop": Style(highlights=False, scale=1.4, max_lines=1, max_words=2, color=WARM_YELLOW),
}


def style_named(name: str) -> Style:
    """Raises KeyError."""
    return _STYLES[name]
