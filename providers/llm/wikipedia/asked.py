"""What a prompt asks to be told, as the planner that looks things up takes it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.plot import PlotRequest
from domain.reading.model import Asks
from domain.run import MAX_CUTS, Mode
from providers.llm.rules.request import reading_of
from providers.llm.wikipedia.matching import content_words

# About the length of a short that asks for none.
USUAL_SECONDS = 34
MOST_POINTS = MAX_CUTS - 1
_QUESTIONS = ("why", "how", "who", "what", "when")


@dataclass(frozen=True)
class Asked:
    """A topic: `subject` in the prompt's own words, `title` a whole phrase of it."""

    subject: str
    title: str
    language: str
    asks: Asks
    words: tuple[str, ...]
    cuts: int | None
    seconds: int
    points: int

    @property
    def is_question(self) -> bool:
        return self.asks in _QUESTIONS

    @property
    def is_about_one_thing(self) -> bool:
        """Whether the subject may be a title by itself."""
        return len(self.words) <= 3


def topic_of(request: PlotRequest) -> Asked | None:
    """What is to be looked up; None where the prompt is a script, a story, an ad, or tells more
    than a topic. Raises `InvalidProviderRequest` where it cannot be read.
    """
    reading = reading_of(request)
    if request.mode is not Mode.GENERAL or reading.is_script or reading.thoughts:
        return None
    words = content_words(reading.subject, reading.language)
    if reading.asks in ("story", "ad") or not words:
        return None
    return Asked(
        subject=reading.subject,
        title=reading.title or reading.subject,
        language=reading.language,
        asks=reading.asks,
        words=words,
        cuts=request.num_cuts or reading.cuts,
        seconds=reading.length_s or USUAL_SECONDS,
        points=min(reading.points, MOST_POINTS),
    )
