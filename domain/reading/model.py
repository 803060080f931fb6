"""What a prompt is, once it is read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from domain.model import Frozen

Kind = Literal["script", "topic", "subtitles", "plan", "screenplay"]
Asks = Literal["why", "how", "what", "who", "when", "facts", "story", "ad", "none"]


class Unreadable(ValueError):
    """A prompt of which no film can be made; its text is one sentence that says why."""


class Thought(Frozen):
    """One thing that is said: as it is shown, markup gone."""

    text: str = Field(min_length=1)
    speaker: str | None = Field(default=None, description="null for the narrator")
    directions: tuple[str, ...] = Field(
        default=(), description="what the text says beside it and nobody speaks, in its own words"
    )
    wished_ms: int | None = Field(default=None, gt=0, description="how long it is to take")


class Reading(Frozen):
    """A prompt, understood."""

    kind: Kind
    language: str = Field(description="BCP 47")
    thoughts: tuple[Thought, ...] = Field(
        default=(), description="of a script in any form; of a topic what else the prompt tells"
    )
    subject: str = Field(description="of a topic, without command, count and length")
    asks: Asks = "none"
    title: str | None = Field(default=None, description="a whole phrase of the prompt")
    cuts: int | None = Field(default=None, ge=1, description="how many scenes it asks for")
    length_s: int | None = Field(default=None, ge=1, description="how long the film is to be")
    points: int = Field(default=0, ge=0, description="how many things a list promises")
    speakers: tuple[str, ...] = Field(default=(), description="who speaks, by name")
    silent: tuple[str, ...] = Field(default=(), description="what is not spoken: directions, tags")

    @property
    def is_script(self) -> bool:
        """Whether its words are kept as they stand."""
        return self.kind != "topic"
