"""What a planner is to make of a prompt: a script that stands, or a topic with a few wishes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from domain.plot import PlotRequest
from domain.reading.model import Reading, Unreadable
from domain.reading.prompt import read_prompt
from domain.reading.text import cleaned
from domain.run import MAX_CUTS, Mode
from providers.errors import InvalidProviderRequest

__all__ = ["Kind", "Wish", "cleaned", "reading_of", "understand"]

SECONDS_PER_CUT = 4.0
_MOST_POINTS = MAX_CUTS - 2


class Kind(Enum):
    """How a topic is told."""

    TOPIC = "topic"
    QUESTION = "question"
    STORY = "story"
    AD = "ad"


@dataclass(frozen=True)
class Wish:
    """A prompt, understood. `script` is set for a text that is to be kept as it stands."""

    reading: Reading
    subject: str
    script: str | None = None
    kind: Kind = Kind.TOPIC
    cuts: int | None = None
    points: int = 0
    own_words: tuple[str, ...] = ()

    @classmethod
    def of(cls, reading: Reading) -> Wish:
        own = tuple(thought.text for thought in reading.thoughts)
        if reading.is_script:
            return cls(reading, reading.subject, script="\n".join(own))
        return cls(
            reading,
            reading.subject,
            kind=_kind(reading),
            cuts=_cuts(reading),
            points=min(reading.points, _MOST_POINTS),
            own_words=own,
        )


def reading_of(request: PlotRequest) -> Reading:
    """The prompt of a request, read. Raises `InvalidProviderRequest` where it cannot be."""
    return _read(
        request.prompt,
        request.mode,
        characters=request.num_characters,
        language=request.language,
        locale=request.locale,
    )


def understand(
    text: str, mode: Mode, *, language: str | None = None, locale: str | None = None
) -> Wish:
    """What a prompt asks for. Raises as `reading_of`."""
    return Wish.of(_read(text, mode, characters=1, language=language, locale=locale))


def _read(
    text: str, mode: Mode, *, characters: int, language: str | None, locale: str | None
) -> Reading:
    try:
        return read_prompt(text, mode=mode, characters=characters, language=language, locale=locale)
    except Unreadable as exc:
        raise InvalidProviderRequest(f"prompt: {exc}") from exc


def _kind(reading: Reading) -> Kind:
    match reading.asks:
        case "ad":
            return Kind.AD
        case "story":
            return Kind.STORY
        case "why" | "how" | "what" | "who" | "when":
            return Kind.QUESTION
        case _:
            return Kind.TOPIC


def _cuts(reading: Reading) -> int | None:
    """The scenes that are asked for, or as many as the wished length holds."""
    if reading.cuts:
        return reading.cuts
    if not reading.length_s:
        return None
    return min(max(round(reading.length_s / SECONDS_PER_CUT), 1), MAX_CUTS)
