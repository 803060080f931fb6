"""What a planner is to make of a prompt: a script that stands, or a topic with a few wishes."""

from __future__ import annotations

from dataclasses import dataclass

from domain.plot import PlotRequest
from domain.reading.model import Reading, Unreadable
from domain.reading.prompt import read_prompt
from domain.run import MAX_CUTS
from providers.errors import InvalidProviderRequest

SECONDS_PER_CUT = 4.0
_MOST_POINTS = MAX_CUTS - 2


@dataclass(frozen=True)
class Wish:
    """A prompt as a plan takes it. `own_words` are sentences of a topic's prompt, to be told."""

    reading: Reading
    cuts: int | None = None
    points: int = 0
    own_words: tuple[str, ...] = ()

    @classmethod
    def of(cls, reading: Reading) -> Wish:
        if reading.is_script:
            return cls(reading)
        return cls(
            reading,
            cuts=_cuts(reading),
            points=min(reading.points, _MOST_POINTS),
            own_words=tuple(thought.text for thought in reading.thoughts),
        )

    @property
    def subject(self) -> str:
        return self.reading.subject

    @property
    def is_script(self) -> bool:
        return self.reading.is_script


def reading_of(request: PlotRequest) -> Reading:
    """The prompt of a request, read. Raises `InvalidProviderRequest` where it cannot be."""
    try:
        return read_prompt(
            request.prompt,
            mode=request.mode,
            characters=request.num_characters,
            language=request.language,
            locale=request.locale,
        )
    except Unreadable as exc:
        raise InvalidProviderRequest(f"prompt: {exc}") from exc


def _cuts(reading: Reading) -> int | None:
    """The scenes that are asked for, or as many as the wished length holds."""
    if reading.cuts:
        return reading.cuts
    if not reading.length_s:
        return None
    return min(max(round(reading.length_s / SECONDS_PER_CUT), 1), MAX_CUTS)
