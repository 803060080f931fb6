"""Lines of text as placed glyphs: HarfBuzz shapes each run, the bidi algorithm orders them.

All lengths are in ems, y upwards from the baseline; a line begins at x = 0.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

import uharfbuzz as hb
from bidi import algorithm as bidi

from rendering.captions.fonts import Font, font_runs

EMOJI_EM = 1.16
EMOJI_SIDE_EM = 0.05
# Half of the capitals' height: what is centred between a line's edges.
MIDDLE_EM = 0.36

_RIGHT_TO_LEFT = ("R", "AL")
_REMOVED = (*bidi.X9_REMOVED, "LRI", "RLI", "FSI", "PDI")


@dataclass(frozen=True)
class Glyph:
    """One glyph of a font. `part` says to which part of the line it belongs."""

    font: Font
    index: int
    x: float
    y: float
    part: int


@dataclass(frozen=True)
class PlacedEmoji:
    """One emoji, `EMOJI_EM` high and wide."""

    key: str
    x: float
    part: int


@dataclass(frozen=True)
class ShapedLine:
    """A line, ready to be drawn."""

    glyphs: tuple[Glyph, ...]
    emoji: tuple[PlacedEmoji, ...]
    width: float


@dataclass(frozen=True)
class _Piece:
    """Characters [start, end) that are shaped at once."""

    start: int
    end: int
    font: Font
    emoji: tuple[str, ...]
    level: int
    part: int


def is_right_to_left(text: str) -> bool:
    """Whether its first letter is: that sets the direction of every line of a caption."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in kinds if kind in ("L", *_RIGHT_TO_LEFT)), "L") != "L"


@lru_cache(maxsize=8192)
def width_em(text: str) -> float:
    """How wide a piece of text is, shaped."""
    return shape_line((text,), right_to_left=is_right_to_left(text)).width


def shape_line(parts: Sequence[str], *, right_to_left: bool) -> ShapedLine:
    """The parts of one line, joined, in the order in which they are seen."""
    # What is drawn, character for character: a flag without a picture shows its letters.
    text = "".join(run.text for part in parts for run in font_runs(part))
    owners = [index for index, part in enumerate(parts) for _ in part]
    pieces = _pieces(text, owners, _levels(text, right_to_left))
    glyphs: list[Glyph] = []
    emoji: list[PlacedEmoji] = []
    x = 0.0
    for piece in _in_seen_order(pieces):
        for key in piece.emoji:
            emoji.append(PlacedEmoji(key, x + EMOJI_SIDE_EM, piece.part))
            x += EMOJI_EM + 2 * EMOJI_SIDE_EM
        if not piece.emoji:
            x = _shape(piece, text, x, glyphs)
    return ShapedLine(tuple(glyphs), tuple(emoji), x)


def _pieces(text: str, owners: list[int], levels: list[int]) -> list[_Piece]:
    pieces: list[_Piece] = []
    start = 0
    for part, group in groupby(owners):
        end = start + len(list(group))
        for run in font_runs(text[start:end]):
            size = len(run.text)
            pieces += _by_level(levels, start, start + size, run.font, run.emoji, part)
            start += size
    return pieces


def _by_level(
    levels: list[int], start: int, end: int, font: Font, emoji: tuple[str, ...], part: int
) -> Iterable[_Piece]:
    if emoji:
        return [_Piece(start, end, font, emoji, levels[start], part)]
    cuts = [i for i in range(start + 1, end) if levels[i] != levels[i - 1]]
    return [
        _Piece(low, high, font, (), levels[low], part)
        for low, high in zip([start, *cuts], [*cuts, end], strict=True)
    ]


def _in_seen_order(pieces: list[_Piece]) -> list[_Piece]:
    """Rule L2 of UAX 9, on pieces of one level each."""
    highest = max((piece.level for piece in pieces), default=0)
    for level in range(highest, 0, -1):
        ordered: list[_Piece] = []
        for is_deep, group in groupby(pieces, key=lambda piece: piece.level >= level):
            members = list(group)
            ordered += reversed(members) if is_deep else members
        pieces = ordered
    return pieces


def _levels(text: str, right_to_left: bool) -> list[int]:
    """The embedding level of each character."""
    kinds = {unicodedata.bidirectional(character) for character in text}
    if not right_to_left and not kinds & {*_RIGHT_TO_LEFT, "AN"}:
        return [0] * len(text)
    storage = bidi.get_empty_storage()
    storage["base_level"] = int(right_to_left)
    storage["base_dir"] = "R" if right_to_left else "L"
    bidi.get_embedding_levels(_without_controls(text), storage)
    for step in (
        bidi.explicit_embed_and_overrides,
        bidi.resolve_weak_types,
        bidi.resolve_neutral_types,
    ):
        step(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    return [character["level"] for character in storage["chars"]]


def _without_controls(text: str) -> str:
    """As long as the text, so that levels keep their places: joiners count as their letter."""
    result = ""
    for character in text:
        kind = unicodedata.bidirectional(character)
        keeps = kind and kind not in _REMOVED
        result += character if keeps else (result[-1:] or " ")
    return result


def _shape(piece: _Piece, text: str, x: float, glyphs: list[Glyph]) -> float:
    """Adds the piece's glyphs from x on; returns where the next piece begins."""
    buffer = hb.Buffer()
    # With the text around it, so that letters join over the edge of a piece.
    buffer.add_str(text, piece.start, piece.end - piece.start)
    buffer.direction = "rtl" if piece.level % 2 else "ltr"
    buffer.guess_segment_properties()
    font = _shaper(piece.font)
    hb.shape(font, buffer)
    em = font.scale[0]
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint or position.x_advance:
            glyphs.append(
                Glyph(
                    piece.font,
                    info.codepoint,
                    x + position.x_offset / em,
                    position.y_offset / em,
                    piece.part,
                )
            )
        x += position.x_advance / em
    return x


@cache
def _shaper(font: Font) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(font.path)))


def outline_font(font: Font) -> tuple[hb.Font, float]:
    """(the font as HarfBuzz knows it, its units in an em)."""
    shaper = _shaper(font)
    return shaper, float(shaper.scale[0])
