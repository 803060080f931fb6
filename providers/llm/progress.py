"""How far a model is with what it writes, in words and as a part of the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from providers.base import Call


@dataclass(frozen=True)
class Progress:
    """A stretch of the way, from `start` on and `width` long; `what` is written in it."""

    call: Call
    model: str
    what: str = "the plot"
    start: float = 0.0
    width: float = 1.0

    def part(self, number: int, count: int, what: str | None = None) -> Progress:
        """The stretch of one of `count` equal parts, counted from 0."""
        width = self.width / count
        start = self.start + width * number
        return replace(self, what=what or self.what, start=start, width=width)

    def begin(self, problem: str = "") -> None:
        """Asking, for the first time or again."""
        again = f" again: {problem}" if problem else ""
        self.call.report(self.start, f"{self.model} writes {self.what}{again}")

    def written(self, letters: int, thoughts: bool, *, of: int) -> None:
        """So many letters have come, of at most `of`; thoughts are not part of the answer."""
        done = 0.0 if thoughts else min(letters / of, 1.0)
        doing = f"thinks about {self.what}" if thoughts else f"writes {self.what}"
        message = f"{self.model} {doing}: {letters} letters"
        self.call.report(self.start + self.width * done, message)


def called(model: str) -> str:
    """A model's name for people: some servers name it by the file that it came from."""
    return PurePath(model).name.removesuffix(".gguf") if ".gguf" in model else model
