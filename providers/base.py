"""What the activities expect of a provider: one Protocol per role.

A provider turns a request of `domain` into bytes and says what made them. It raises only
`providers.errors`, keeps no run's state, and never replaces itself by another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from domain.assets import ImageRequest, MusicRequest, SoundRequest, SpeechRequest, WordTiming
from domain.plot import Plot, PlotRequest


class Report(Protocol):
    """Called by a provider to say how far it is; cheap, from any thread."""

    def __call__(self, fraction: float, message: str = "") -> None: ...


def ignore_progress(fraction: float, message: str = "") -> None:
    """A `Report` for callers that do not care."""


@dataclass(frozen=True)
class Media:
    """A finished asset's bytes, and what made them."""

    data: bytes
    media_type: str
    model: str
    licence: str
    cost_usd: float = 0.0
    duration_ms: int | None = None
    words: tuple[WordTiming, ...] = field(default=())
    degraded: str | None = None


class Planner(Protocol):
    """Writes the plot."""

    name: str
    model: str

    async def write(self, request: PlotRequest, *, report: Report) -> Plot: ...
    async def aclose(self) -> None: ...


class ImageProvider(Protocol):
    """Makes pictures: PNG or JPEG, exactly as large as asked or larger at the same ratio."""

    name: str
    model: str

    async def generate(self, request: ImageRequest, *, report: Report) -> Media: ...
    async def aclose(self) -> None: ...


class MusicProvider(Protocol):
    """Makes a piece of music of exactly the asked length that loops without a seam."""

    name: str
    model: str

    async def generate(self, request: MusicRequest, *, report: Report) -> Media: ...
    async def aclose(self) -> None: ...


class SoundProvider(Protocol):
    """Makes one short sound effect for a tag of `domain.sfx`."""

    name: str
    model: str

    async def generate(self, request: SoundRequest, *, report: Report) -> Media: ...
    async def aclose(self) -> None: ...


class SpeechProvider(Protocol):
    """Speaks one line.

    `Media.words` has one entry per whitespace-separated word of the text, in order, with
    its own spelling; times rise and end within `duration_ms`. A text that the voice cannot
    speak becomes silence of a fitting length, with `degraded` saying so.
    """

    name: str
    model: str

    async def synthesize(self, request: SpeechRequest, *, report: Report) -> Media: ...
    async def aclose(self) -> None: ...
