"""How a prompt was understood, as it is told: in one sentence, and in parts for other words."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from domain.model import Frozen


class Understood(Frozen):
    """What a prompt was taken for."""

    kind: Literal["script", "topic", "subtitles", "plan", "screenplay"]
    language: str = Field(description="BCP 47")
    message: str = Field(description="one sentence, in English")
    sentences: int = Field(default=0, ge=0, description="of a script; 0 for a topic")
    speakers: tuple[str, ...] = Field(default=(), description="who speaks, by name")
    silent: int = Field(default=0, ge=0, description="directions and tags that are not spoken")
    subject: str | None = Field(default=None, description="of a topic")
