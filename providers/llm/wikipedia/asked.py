"""What a prompt asks to be told: the seam to how prompts are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.plot import PlotRequest
from domain.run import Mode
from providers.llm.rules.language import detect_language
from providers.llm.rules.request import Kind, cleaned, understand
from providers.llm.wikipedia.cues.questions import ASKS
from providers.llm.wikipedia.matching import content_words

# About the length of a short that asks for none.
USUAL_SECONDS = 34


@dataclass(frozen=True)
class Asked:
    """A topic, as the planner that looks things up takes it."""

    subject: str
    language: str
    asks: str
    words: tuple[str, ...]
    cuts: int | None
    seconds: int
    points: int

    @property
    def is_question(self) -> bool:
        return self.asks in ("why", "how", "who", "what", "when")

    @property
    def is_about_one_thing(self) -> bool:
        """Whether the prompt may be a title by itself."""
        return len(self.words) <= 3


def topic_of(request: PlotRequest) -> Asked | None:
    """What is to be looked up; None where the prompt is a script, a story or an ad."""
    if request.mode is not Mode.GENERAL:
        return None
    text = cleaned(request.prompt)
    wish = understand(text, request.mode)
    language = request.language or detect_language(text)
    if wish.script is not None or wish.kind not in (Kind.TOPIC, Kind.QUESTION) or wish.own_words:
        return None
    words = content_words(wish.subject, language)
    if not words:
        return None
    return Asked(
        subject=wish.subject,
        language=language,
        asks="facts" if wish.points else _asks(wish.subject),
        words=words,
        cuts=request.num_cuts or wish.cuts,
        seconds=USUAL_SECONDS,
        points=wish.points,
    )


def _asks(subject: str) -> str:
    return next((kind for kind, cue in ASKS if re.search(cue, subject, re.IGNORECASE)), "none")
