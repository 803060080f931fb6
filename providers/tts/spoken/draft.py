"""A line on its way to being spoken: rules claim what is said otherwise than it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from providers.tts.spoken.language import Language

# Stands where a rule has claimed a character, for the rules after it.
TAKEN = "\ufffc"
_CONTEXT = 48


@dataclass(frozen=True)
class Claim:
    """What is said for `text[start:end]`; in another language than the line's if one is named."""

    start: int
    end: int
    said: str
    language: str | None = None


@dataclass(frozen=True)
class Found:
    """A place where a rule matched, with some of the line around it."""

    match: re.Match[str]
    line: str
    language: Language

    def __getitem__(self, group: str) -> str:
        return self.match[group] or ""

    @property
    def text(self) -> str:
        return self.match[0]

    @property
    def before(self) -> str:
        """The line before it, 48 characters at most."""
        return self.line[max(self.match.start() - _CONTEXT, 0) : self.match.start()]

    @property
    def after(self) -> str:
        """The line after it, 48 characters at most."""
        return self.line[self.match.end() : self.match.end() + _CONTEXT]


@dataclass(frozen=True)
class Foreign:
    """A reading in another language than the line's."""

    said: str
    language: str


Reading = Callable[[Found], "str | Foreign | None"]


@dataclass(frozen=True)
class Rule:
    """A pattern, and what is said for it; `None` leaves the place to the rules after it."""

    pattern: re.Pattern[str]
    reading: Reading


@dataclass
class Draft:
    """The line, and what has been claimed of it so far."""

    line: str
    language: Language
    claims: list[Claim] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open = self.line

    def apply(self, rules: Iterable[Rule]) -> None:
        """Each rule in turn, where no rule before it has claimed anything."""
        for rule in rules:
            found = [
                claim for m in rule.pattern.finditer(self._open) if (claim := self._read(rule, m))
            ]
            if found:
                self._claim(found)

    def _read(self, rule: Rule, match: re.Match[str]) -> Claim | None:
        said = rule.reading(Found(match, self.line, self.language))
        if said is None:
            return None
        if isinstance(said, Foreign):
            return Claim(match.start(), match.end(), said.said, said.language)
        return Claim(match.start(), match.end(), said)

    def _claim(self, claims: list[Claim]) -> None:
        pieces, end = [], 0
        for claim in claims:
            pieces += [self._open[end : claim.start], TAKEN * (claim.end - claim.start)]
            end = claim.end
        self._open = "".join([*pieces, self._open[end:]])
        self.claims += claims
