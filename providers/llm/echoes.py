"""What a weak model writes instead of something new: what it said before, and what it was told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from domain.reading.length import weight
from providers.llm.cast import spoken_text
from providers.llm.draft import Line

# Where a sentence ends; what comes after the last of them has been cut off by a bound.
_ENDS = ".!?…。！？।؟"
# So much of a line that was said before is no new line; a shorter one may well come again.
MOST_OLD = 0.6
MIN_WEIGHT = 12
# So many letters in a row are no accident: wide scripts say more with each.
RUN, WIDE_RUN = 18, 6
# So many words of what it was told come in no sentence about a topic.
TOLD_WORDS = 5

_TAIL = re.compile(rf"^(.*[{_ENDS}])[^{_ENDS}]+$", re.DOTALL)

Scenes = Sequence[tuple[str, list[Line]]]


def repetitions(scenes: Scenes) -> Iterator[str]:
    """Lines that are said twice, and pictures that are the same."""
    texts = Counter(spoken_text(line) for _, lines in scenes for line in lines)
    pictures = Counter(picture.strip() for picture, _ in scenes)
    for text, count in texts.items():
        if count > 1 and weight(text) > MIN_WEIGHT:
            yield f"{text!r} is said {count} times; say each thing once"
    yield from (
        f"{count} scenes have the same picture ({picture[:60]!r}); each needs its own"
        for picture, count in pictures.items()
        if count > 1
    )


def old_words(scenes: Scenes) -> Iterator[str]:
    """Lines that say for the most part what was said before them."""
    said: set[str] = set()
    for text in dict.fromkeys(spoken_text(line) for _, lines in scenes for line in lines):
        runs = _runs(text)
        if runs and len(runs & said) >= MOST_OLD * len(runs):
            yield f"{text!r} says for the most part what was said before: say something new"
        said |= runs


def echoes(texts: Sequence[str], told: str) -> Iterator[str]:
    """Texts with words in them that the model was told, such as its own instructions."""
    known = _sequences(told)
    for text in texts:
        if found := _sequences(text) & known:
            words = " ".join(min(found))
            yield f"{text[:60]!r} repeats your instructions ({words!r}): write about the topic"


def whole_sentences(text: str, at_most: int) -> str:
    """A text as long as it may be, without the sentence that it breaks off in; a shorter one, or
    one that is a single sentence, as it is.
    """
    whole = _TAIL.match(text.strip()) if len(text) >= at_most - 1 else None
    return whole[1] if whole and weight(whole[1]) >= MIN_WEIGHT else text


def cut_off(texts: Iterable[str], at_most: int) -> Iterator[str]:
    """Texts as long as they may be that end in the middle of a sentence."""
    for text in texts:
        if len(text) >= at_most - 1 and text.rstrip("\"'”’」』)")[-1:] not in _ENDS:
            yield f"{text[:60]!r} takes all {at_most} letters and has no end: write a shorter one"


def _runs(text: str) -> set[str]:
    letters = "".join(c for c in text.casefold() if c.isalnum())
    size = WIDE_RUN if weight(text) > 1.4 * len(text) else RUN
    return {letters[at : at + size] for at in range(len(letters) - size + 1)}


def _sequences(text: str) -> set[tuple[str, ...]]:
    words = ["".join(c for c in word if c.isalnum()) for word in text.casefold().split()]
    words = [word for word in words if word]
    return {tuple(words[at : at + TOLD_WORDS]) for at in range(len(words) - TOLD_WORDS + 1)}
