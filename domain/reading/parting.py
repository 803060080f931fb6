"""Sentences that are too long or too short to be shown: parted at a breath, joined to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from domain.reading.length import MAX_THOUGHT, MIN_THOUGHT, weight
from domain.words import caption_units

_CLAUSE = re.compile(r"[,;:](?=\s)\s+|[，、；：،؛]\s*|(?<=\s)[—–-]\s+|(?<=\w)—\s*(?=[^\W\d])")
_CONJUNCTION = re.compile(
    r"\s(?=(?:and|but|because|which|while|so|or|y|pero|porque|et|mais|parce|und|aber|weil|e|mas|ma"
    r"|perché|и|но|потому|а|і|але|ve|ama|çünkü|dan|tetapi|karena|i|ale|bo|en|maar|want|và|nhưng|vì"
    r"|और|लेकिन|क्योंकि|لكن|لأن)\s)|(?<=[고며만데면서])\s",
    re.IGNORECASE,
)
_SPACE = re.compile(r"(?<!\d)(?<![-–—~/])\s+(?![-–—~/%°\d])")
_OPENING = dict(zip("“„«「『（(【[《〈‘", "””»」』）)】]》〉’", strict=True))
_MARGIN = 0.15
_WINDOW = 100


def parted(sentence: str, language: str) -> list[str]:
    """Pieces that can be said in one breath, never cut inside a number, a range or a word, nor
    inside quotation marks where there is another place."""
    pieces, left = [], [sentence]
    while left:
        piece = left.pop()
        place = _place(piece, language) if weight(piece) > MAX_THOUGHT else None
        if place is None:
            pieces.append(piece)
        else:
            left += [half for half in (piece[place:].strip(), piece[:place].strip()) if half]
    return pieces


def joined(sentences: Iterable[str]) -> list[str]:
    """With those too short to be a scene joined to the next, the last one to the one before."""
    result: list[str] = []
    carried = ""
    for sentence in sentences:
        carried = f"{carried} {sentence}".strip()
        if weight(carried) >= MIN_THOUGHT:
            result.append(carried)
            carried = ""
    if carried and result:
        result[-1] = f"{result[-1]} {carried}"
    elif carried:
        result.append(carried)
    return result


def _place(piece: str, language: str) -> int | None:
    """The best place nearest the middle; None where there is none at all."""
    inside = _inside_quotes(piece)
    for pattern in (_CLAUSE, _CONJUNCTION, _SPACE):
        found = [m.end() for m in pattern.finditer(piece) if not inside[m.start()]]
        if (place := _nearest_middle(found, len(piece))) is not None:
            return place
    units = list(_unit_ends(piece, language))
    outside = [place for place in units if not inside[place - 1] or not inside[place]]
    for places in (outside, [m.end() for m in _CLAUSE.finditer(piece)], units):
        if (place := _nearest_middle(places, len(piece))) is not None:
            return place
    return len(piece) // 2 if len(piece) > 2 * MAX_THOUGHT else None


def _nearest_middle(places: list[int], length: int) -> int | None:
    inner = [place for place in places if _MARGIN < place / length < 1 - _MARGIN]
    return min(inner, key=lambda place: abs(place - length // 2), default=None)


def _unit_ends(piece: str, language: str) -> Iterator[int]:
    """Where a phrase ends in a script without spaces; a number stays with what it counts."""
    # Near the middle is enough, and finding phrases is costly.
    begin = place = max(len(piece) // 2 - _WINDOW, 0)
    for unit in caption_units(piece[begin : begin + 2 * _WINDOW], language):
        place = piece.index(unit, place) + len(unit)
        if place < len(piece) and not piece[place - 1].isdigit() and not piece[place].isdigit():
            yield place


def _inside_quotes(text: str) -> list[bool]:
    """For each character whether it stands inside quotation marks or brackets."""
    inside: list[bool] = []
    closing: list[str] = []
    straight = text.count('"') % 2 == 0
    for c in text:
        if closing and c == closing[-1]:
            closing.pop()
            inside.append(bool(closing))
            continue
        inside.append(bool(closing))
        if c in _OPENING and _OPENING[c] in text:
            closing.append(_OPENING[c])
        elif c == '"' and straight:
            closing.append('"')
    return inside if not closing else [False] * len(text)
