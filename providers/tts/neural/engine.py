"""What every engine of the embedded family is: voices that turn spoken parts into samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.voices import Voice
from providers.tts.sound import Samples
from providers.tts.spoken.parts import SpokenPart


@dataclass(frozen=True)
class Speech:
    """Parts that were spoken: mono samples from -1 to 1, and when each part begins.

    `starts_ms` has an entry for each part, None for one without a sound of its own; it is None
    as a whole where the engine does not know. `remark` says what is missing or replaced, `note`
    what is estimated.
    """

    samples: Samples
    sample_rate: int
    starts_ms: tuple[float | None, ...] | None
    remark: str | None = None
    note: str | None = None


class Engine(Protocol):
    """One way to speak. Its methods may block: they are called from threads, also at once."""

    name: str
    licence: str

    def voices(self) -> tuple[Voice, ...]:
        """Those it has, each once for each manner in which it speaks languages."""

    def lacks(self) -> str | None:
        """Why it cannot be used here, in words; looked at once in a process."""

    def says(self, language: str) -> bool:
        """Whether it can read words of a BCP 47 language aloud, in any of its voices."""

    def speak(self, parts: Sequence[SpokenPart], voice: Voice, *, emotion: str) -> Speech:
        """Speak parts of one line, whatever is said in them, in languages that it `says`.

        The same parts give the same samples. Raises `ProviderError`s, and
        `ModuleNotFoundError` where a package for a language is missing.
        """
