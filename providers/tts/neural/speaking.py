"""Parts of a line through a model that speaks Kokoro's symbols, phrase by phrase."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from providers.tts.espeak_process import ipa
from providers.tts.neural.engine import Speech
from providers.tts.neural.manner import Manner, pause_seconds
from providers.tts.neural.phrases import Phrase, Word, phrases
from providers.tts.phonemes.line import phonemes
from providers.tts.phonemes.symbols import CLOSING, SYMBOL_IDS
from providers.tts.sound import Samples, heard, is_silent
from providers.tts.spoken.parts import SpokenPart

SAMPLE_RATE = 24_000
# Both models count a symbol's length in frames of 25 ms.
FRAME_SAMPLES = 600
# A word is heard so long before the model's own beginning of it (median, against a recogniser).
EARLY_MS = 30.0

Ids = NDArray[np.int64]
Frames = NDArray[np.float32]
Say = Callable[[Ids, float], tuple[Samples, Frames]]
"""(1, n) symbol numbers with a 0 at both ends, and a speed → samples, and n frames for each."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Said:
    """A phrase as samples without the silence around it; where its parts begin, in samples."""

    samples: Samples
    begins: dict[int, float]


def speak_symbols(
    parts: Sequence[SpokenPart], say: Say, *, manner: Manner, english: str = "en-US"
) -> Speech:
    """`english` is the English that is spoken: en-US or en-GB. Silence where no part has sound."""
    line, starts = [np.zeros(0, np.float32)], dict[int, float]()
    length = 0
    for phrase in phrases(_words(parts, english)):
        if not any(symbol.isalpha() for symbol in phrase.symbols):
            continue
        said = _said(phrase, say, manner)
        pause = round(SAMPLE_RATE * pause_seconds(phrase.mark, manner))
        for part, begin in said.begins.items():
            starts.setdefault(part, 1000 * (length + begin) / SAMPLE_RATE - EARLY_MS)
        line += [said.samples, np.zeros(pause, np.float32)]
        length += len(said.samples) + pause
    found = tuple(starts.get(index) for index in range(len(parts)))
    return Speech(np.concatenate(line), SAMPLE_RATE, found)


def _words(parts: Sequence[SpokenPart], english: str) -> list[Word]:
    """Every word's symbols; neighbours of one language are read together, as they are spoken."""
    found: list[Word] = []
    texts = [(index, text) for index, part in enumerate(parts) for text in part.text.split()]

    def language_at(item: tuple[int, str]) -> str:
        language = parts[item[0]].language
        return english if language.split("-")[0].lower() == "en" else language

    for language, group in groupby(texts, key=language_at):
        words = list(group)
        sounds = phonemes([text for _, text in words], language, ipa=ipa)
        for (index, text), sound in zip(words, sounds, strict=True):
            if not sound and any(character.isalnum() for character in text):
                logger.warning("nothing is said for %r in %s", text, language)
            found.append(Word(sound, index))
    return list(_touching(found, parts))


def _touching(words: Sequence[Word], parts: Sequence[SpokenPart]) -> Iterator[Word]:
    """A part without units of its own, such as a particle, goes on with the word before it."""
    for word, following in zip(words, [*words[1:], None], strict=True):
        goes_on = (
            following is not None
            and following.part != word.part
            and not parts[following.part].units
        )
        if goes_on and word.symbols[-1:] not in CLOSING:
            yield Word(word.symbols, word.part, joined=True)
        else:
            yield word


def _said(phrase: Phrase, say: Say, manner: Manner) -> _Said:
    symbols = phrase.symbols
    ids = np.array([[0, *(SYMBOL_IDS[symbol] for symbol in symbols), 0]], np.int64)
    samples, frames = say(ids, manner.speed)
    # Where each symbol begins: the first frames are silence before it.
    edges = np.cumsum(frames) * FRAME_SAMPLES
    if is_silent(samples):
        return _Said(samples, {part: float(edges[place]) for part, place in phrase.begins()})
    begin, end = heard(samples, SAMPLE_RATE)
    begins = {part: max(float(edges[place]) - begin, 0.0) for part, place in phrase.begins()}
    return _Said(samples[begin:end], begins)
