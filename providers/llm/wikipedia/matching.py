"""Which words are about the same thing, roughly: by how they begin, in any language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from providers.llm.wikipedia.cues.cues import Cues
from providers.llm.wikipedia.cues.languages import cues_of

SPACELESS = ("zh", "th", "lo", "km", "my")
_LETTERS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_KOREAN_ENDS = re.compile(
    r"(?<=[가-힣])(?:에서는|에서|에게|으로|은|는|을|를|의|에|란|이란|이라는|과|와|까지|부터|처럼)$"
)
_JAPANESE_PIECE = re.compile(
    r"[\u3400-\u9fff々]+|[\u30a0-\u30ff]+|[A-Za-z0-9]+|[\u3040-\u309f]{3,}"
)
_HIRAGANA = re.compile(r"[\u3040-\u309f]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_ARABIC_HEAD = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{2,})")
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u0652\u0640]")


def content_words(text: str, language: str) -> tuple[str, ...]:
    """What a prompt is about, word by word, in its order: no questions, commands, particles."""
    cues, primary = cues_of(language), language.split("-")[0].lower()
    if primary in ("ja", "zh"):
        found = tuple(dict.fromkeys(_han_pieces(text, cues, primary)))
        return found or tuple(_LETTERS.findall(text))
    every = (word for word in _LETTERS.findall(text.replace("’", "'")))
    kept = (_bare(word, primary) for word in every if word.casefold() not in cues.stop)
    return tuple(dict.fromkeys(w for w in kept if w and w.casefold() not in cues.stop))


def _han_pieces(text: str, cues: Cues, primary: str) -> Iterable[str]:
    """Runs of one script, without what asks."""
    for word in sorted(cues.stop, key=len, reverse=True):
        text = text.replace(word, " ") if len(word) > 1 or primary == "zh" else text
    pieces = _JAPANESE_PIECE.findall(text) if primary == "ja" else _LETTERS.findall(text)
    kept = [piece for piece in pieces if piece not in cues.stop]
    # Beside other signs, hiragana is an ending.
    return [piece for piece in kept if not _HIRAGANA.fullmatch(piece)] or kept


def _bare(word: str, primary: str) -> str:
    if primary == "ko":
        return _KOREAN_ENDS.sub("", word)
    if primary == "en":
        return re.sub(r"'s$", "", word)
    return word


def stem(word: str) -> str:
    """Without case, accents and the Arabic article."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return unicodedata.normalize("NFC", _ARABIC_HEAD.sub("", _MARKS.sub("", plain)))


def alike(first: str, second: str) -> bool:
    """Whether two stems are forms of one word: salty, salt, salinity."""
    short, long = sorted((first, second), key=len)
    if _HAN.search(short):
        return short in long
    if len(short) < 4:
        return long.startswith(short) and (
            len(long) - len(short) <= 2 or bool(re.match(r"[가-힣]", short))
        )
    same = max(4, len(short) - 2) if len(short) > 5 else max(3, len(short) - 2)
    return long[:same] == short[:same] and len(long) - same <= 6


class Words:
    """The words of a text, to be looked up by their beginnings."""

    def __init__(self, text: str) -> None:
        self._whole = stem(text)
        self._stems = {stem(word) for word in _LETTERS.findall(text)}

    def has(self, word: str) -> bool:
        """Whether some form of a stem is there."""
        if _HAN.search(word) or re.search(r"[\u3040-\u30ff\u0e00-\u0eff]", word):
            return word in self._whole
        return word in self._stems or any(alike(word, other) for other in self._stems)

    def share(self, stems: Iterable[str]) -> float:
        """How many of some stems are there, 0–1."""
        wanted = list(stems)
        return sum(self.has(word) for word in wanted) / len(wanted) if wanted else 0.0

    @property
    def long_stems(self) -> frozenset[str]:
        """Those that say something, for comparing two texts."""
        if _HAN.search(self._whole):
            runs = re.findall(r"[\u3400-\u9fff\u30a0-\u30ff]{2,}", self._whole)
            return frozenset(runs)
        return frozenset(word[:6] for word in self._stems if len(word) >= 4 or word.isdigit())
