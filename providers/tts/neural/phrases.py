"""A line's symbols in phrases that a model speaks at once: a sentence, or what a breath holds.

Memory and time grow with a phrase, melody with a sentence, and a single short word is spoken
badly: so phrases end with sentences, long ones at a comma, and short ones go with a neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from providers.tts.phonemes.symbols import CLOSING

# Seven seconds or so: 150 MB for the time they take.
MOST_SYMBOLS = 110
FEWEST_SYMBOLS = 14
_SENTENCE_ENDS = ".!?…"


@dataclass(frozen=True)
class Word:
    """A word's symbols, the part of the line that it belongs to, and if it touches the next."""

    symbols: str
    part: int
    joined: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words that are spoken at once."""

    words: tuple[Word, ...]

    @property
    def symbols(self) -> str:
        """As the model reads them."""
        text = "".join(word.symbols + ("" if word.joined else " ") for word in self.words)
        return text.strip()

    @property
    def mark(self) -> str:
        """What closes it, or nothing."""
        last = self.words[-1].symbols[-1:]
        return last if last in CLOSING else ""

    def begins(self) -> Iterator[tuple[int, int]]:
        """(part, place): where in `symbols` the first word of each part begins."""
        place, seen = 0, set[int]()
        for word in self.words:
            if word.part not in seen:
                seen.add(word.part)
                yield word.part, place
            place += len(word.symbols) + (not word.joined)


def phrases(words: Sequence[Word]) -> list[Phrase]:
    """All words with symbols, in order; none is longer than `MOST_SYMBOLS`."""
    pieces = [piece for word in words if word.symbols for piece in _bounded(word)]
    sentences = _cut(pieces, _SENTENCE_ENDS)
    return [phrase for sentence in _joined(sentences) for phrase in _breaths(sentence)]


def _bounded(word: Word) -> Iterator[Word]:
    """A word too long for any phrase, cut wherever it must be."""
    text = word.symbols
    for begin in range(0, len(text), MOST_SYMBOLS):
        end = begin + MOST_SYMBOLS
        yield Word(text[begin:end], word.part, joined=word.joined or end < len(text))


def _cut(words: Sequence[Word], marks: str) -> list[Phrase]:
    found: list[list[Word]] = [[]]
    for word in words:
        found[-1].append(word)
        if word.symbols[-1] in marks:
            found.append([])
    return [Phrase(tuple(each)) for each in found if each]


def _joined(sentences: Sequence[Phrase]) -> list[Phrase]:
    """Short ones go with the next, the last one with the one before."""
    found: list[Phrase] = []
    for sentence in sentences:
        if found and (_is_short(found[-1]) or (_is_short(sentence) and sentence is sentences[-1])):
            both = Phrase(found[-1].words + sentence.words)
            if len(both.symbols) <= MOST_SYMBOLS:
                found[-1] = both
                continue
        found.append(sentence)
    return found


def _is_short(phrase: Phrase) -> bool:
    return len(phrase.symbols) < FEWEST_SYMBOLS


def _breaths(sentence: Phrase) -> list[Phrase]:
    """A sentence that is too long, at its marks and else between words, nearly even."""
    if len(sentence.symbols) <= MOST_SYMBOLS:
        return [sentence]
    clauses = _cut(sentence.words, CLOSING)
    if len(clauses) == 1:
        return _halves(sentence)
    found: list[Phrase] = []
    for clause in clauses:
        both = Phrase((found[-1].words if found else ()) + clause.words)
        if found and len(both.symbols) <= MOST_SYMBOLS:
            found[-1] = both
        else:
            found.append(clause)
    return [phrase for each in found for phrase in _breaths(each)]


def _halves(clause: Phrase) -> list[Phrase]:
    middle = len(clause.symbols) / 2
    places, place = [], 0
    for word in clause.words:
        places.append(abs(place - middle))
        place += len(word.symbols) + (not word.joined)
    cut = max(places.index(min(places)), 1)
    parts = Phrase(clause.words[:cut]), Phrase(clause.words[cut:])
    return [phrase for part in parts for phrase in _breaths(part)]
