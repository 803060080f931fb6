"""By which words of a language a sentence is judged: what answers, what refers back, what holds.

Patterns are matched without regard to case. A language without cues of its own is told by the
opening sentences of its article, in their order (`LANGUAGES`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache


@dataclass(frozen=True)
class Cues:
    """Of one language. Patterns are source text; `pattern` compiles them."""

    # Words that say nothing of what a prompt is about: functions, questions, commands.
    stop: frozenset[str]
    because: str
    manner: str
    striking: str
    # What is right and tires: names of names, families of species, see elsewhere.
    dull: str
    # A beginning that needs the sentence before it, and what needs one wherever it stands.
    leans: str
    points_back: str
    # Beginnings that may go, since nothing hangs on them.
    drops: str
    # Negations, hedges and conditions: what holds them is never left out.
    holds: str
    # Ends that may go where they hold nothing.
    tails: tuple[str, ...] = ()
    # The first group may go: of a name at the beginning, before its verb.
    apposition: str | None = None
    # Between subject and predicate of a definition, and pronouns that stand for such a subject.
    is_a: str | None = None
    pronouns: dict[str, str] = field(default_factory=dict)
    # The sign of a subject that is named early in a sentence; None where that cannot be seen.
    subject: str | None = None
    line: str = "Source: Wikipedia, “{title}”."
    card: str = "Source: Wikipedia, “{title}” · CC BY-SA 4.0"


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A cue, compiled."""
    return re.compile(source, re.IGNORECASE)


def words(text: str) -> frozenset[str]:
    """A list of words as they stand between spaces."""
    return frozenset(text.split())
