"""How the phrases of one language are held, and how its file writes them down.

A block is one phrase a line. A phrase may have places for the subject (`providers/llm/rules/forms.py`):
`{s}` as it stands (`{S}` at a sentence's beginning), `{d}` in running text, for a subject that has
an article or needs none (`{d:de}` with a preposition), `{q}` as a sentence with its own closing mark
(`{Q}` at the beginning), `{p}` with the preposition of the prompt, where it is in a case, `{s:은}` with a Korean particle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from providers.llm.rules.beats import BeatName

TopicKind = Literal["general", "what", "why", "how", "facts", "story", "ad"]


@dataclass(frozen=True)
class Pool:
    """Openings, lines between by beat, and closings, for one kind of topic."""

    openings: tuple[str, ...]
    between: Mapping[BeatName, tuple[str, ...]]
    closings: tuple[str, ...]

    def opened(self, block: str) -> Pool:
        """The same with other openings."""
        return replace(self, openings=lines(block))


@dataclass(frozen=True)
class Phrases:
    """What an outline says in one language."""

    names: tuple[str, str]
    ordinals: tuple[str, ...]
    general: Pool
    what: Pool
    why: Pool
    how: Pool
    facts: Pool
    story: Pool
    ad: Pool

    def pool(self, kind: TopicKind) -> Pool:
        """The phrases of a kind."""
        pools: dict[TopicKind, Pool] = {
            "general": self.general,
            "what": self.what,
            "why": self.why,
            "how": self.how,
            "facts": self.facts,
            "story": self.story,
            "ad": self.ad,
        }
        return pools[kind]


def lines(block: str) -> tuple[str, ...]:
    """The phrases of a block."""
    return tuple(line.strip() for line in block.strip().splitlines() if line.strip())


def pool(
    *,
    hook: str,
    where: str,
    who: str,
    look_closely: str,
    how: str,
    years: str,
    without: str,
    surprise: str,
    find_out: str,
    closing: str,
) -> Pool:
    """A pool of blocks."""
    return Pool(
        openings=lines(hook),
        between={
            "where": lines(where),
            "who": lines(who),
            "look_closely": lines(look_closely),
            "how": lines(how),
            "years": lines(years),
            "without": lines(without),
            "surprise": lines(surprise),
            "find_out": lines(find_out),
        },
        closings=lines(closing),
    )
