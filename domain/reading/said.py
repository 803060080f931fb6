"""What is said in a text, piece by piece, with what stands beside it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace

from domain.reading.directions import without_directions

PAUSE = "pause"


def is_something(text: str) -> bool:
    """Whether there is a letter, a digit or a picture sign in it."""
    return any(c.isalnum() or unicodedata.category(c) == "So" for c in text)


@dataclass(frozen=True)
class Said:
    """Something said at one go, with what stands beside it."""

    text: str
    speaker: str | None = None
    directions: tuple[str, ...] = ()
    wished_ms: int | None = None


@dataclass
class Script:
    """What is said in a text, and what is not."""

    said: list[Said] = field(default_factory=list)
    title: str | None = None
    silent: list[str] = field(default_factory=list)
    speakers: tuple[str, ...] = ()
    has_labels: bool = False
    headings: list[str] = field(default_factory=list)
    _waiting: list[str] = field(default_factory=list)

    def say(self, text: str, speaker: str | None = None, wished_ms: int | None = None) -> None:
        said, directions = without_directions(text)
        self.direct(*directions)
        if is_something(said):
            waiting, self._waiting = tuple(self._waiting), []
            self.said.append(Said(said, speaker, waiting, wished_ms))

    def direct(self, *directions: str) -> None:
        """It goes with what is said next."""
        for text in directions:
            self._waiting.append(text)
            if text != PAUSE:
                self.silent.append(text)

    def rest(self) -> None:
        if self.said and PAUSE not in self._waiting:
            self._waiting.append(PAUSE)

    def head(self, text: str) -> None:
        """A heading: the title where nothing was said yet, else a rest with something to see."""
        self.headings.append(text)
        if not self.said and self.title is None:
            self.title = text
            return
        self.rest()
        self.direct(text)

    def close(self) -> Script:
        if self._waiting and self.said:
            last = self.said[-1]
            self.said[-1] = replace(last, directions=(*last.directions, *self._waiting))
        self._waiting = []
        return self
