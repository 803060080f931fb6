"""What the activities expect of a provider: one Protocol per role.

A provider turns a request of `domain` into bytes and says what made them. It raises only
`providers.errors`, keeps no run's state, and never replaces itself by another. Of its
attributes, `name`, `model` and `fingerprint` are part of each asset's key in the store:
`fingerprint` stands for whatever else of its settings decides an asset (a voice, a quality, a
graph), and is blank where nothing does. `price` is in US dollars per unit (domain/ledger.py).
`service` names the account whose limit a call counts against, None for an embedded provider; of
its calls at most `places` are under way at once in a whole deployment. Whoever calls a provider
takes such a place first: no provider waits for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from domain.assets import ImageRequest, MusicRequest, SoundRequest, SpeechRequest, WordTiming
from domain.ledger import Price
from domain.plot import Plot, PlotRequest


class Embedded:
    """What every embedded provider says of itself: no settings decide, nothing is charged."""

    fingerprint = ""
    price: Price = {}
    service: str | None = None
    places = 0


class Call(Protocol):
    """One asset being made: how far it is, and what it costs.

    A provider that costs nothing only reports. One that does calls `sending` before each request
    that may be charged and `charged` once its answer is there, or `refused` before it asks in
    another way; one whose service keeps jobs calls `keep_job` with the job's id before it waits,
    and looks at `job` before it begins another. While a job is kept its call is open, whatever
    error ends the attempt: what became of it is said by `charged`, `refused`, `taken_back` or
    `keep_job(None)`, and by nothing else.
    """

    @property
    def key(self) -> str:
        """The hash of all that decides the asset (hexadecimal); the same on every attempt."""

    @property
    def number(self) -> int:
        """How many requests were sent for this asset in this run, this one included."""

    @property
    def job(self) -> str | None:
        """The job that an earlier attempt, or another run, began for this very asset."""

    @property
    def is_abandoned(self) -> bool:
        """Whether the run was cancelled: nobody will ask for the asset again."""

    def report(self, fraction: float, message: str = "") -> None:
        """Say how far it is (0-1); cheap, from any thread."""

    async def sending(self) -> None:
        """A request that may be charged leaves now.

        Raises `CostLimitReached` and `TooManyCalls`; the request must not leave then.
        """

    async def charged(self, units: Mapping[str, float] | None = None) -> None:
        """The answer is there and was charged; `units` as the service itself counts them."""

    async def refused(self, message: str) -> None:
        """The service answered that it will not, and charged nothing; another request follows."""

    async def taken_back(self, message: str) -> None:
        """The job was taken from the service on purpose: it is forgotten, and counts as neither
        lost nor refused. What was used of it by then may be charged.
        """

    async def keep_job(self, job: str | None) -> None:
        """Keep a job's id, durably, until the asset is stored; None forgets a lost job."""


class Uncounted:
    """A `Call` for callers that count nothing and keep nothing."""

    key = "0" * 64
    number = 1
    job: str | None = None
    is_abandoned = False

    def report(self, fraction: float, message: str = "") -> None:
        """Nobody listens."""

    async def sending(self) -> None:
        """Nothing is counted."""

    async def charged(self, units: Mapping[str, float] | None = None) -> None:
        """Nothing is counted."""

    async def refused(self, message: str) -> None:
        """Nothing is counted."""

    async def taken_back(self, message: str) -> None:
        self.job = None

    async def keep_job(self, job: str | None) -> None:
        self.job = job


@dataclass(frozen=True)
class Media:
    """A finished asset's bytes, and what made them."""

    data: bytes
    media_type: str
    model: str
    licence: str
    duration_ms: int | None = None
    words: tuple[WordTiming, ...] = field(default=())
    degraded: str | None = None
    note: str | None = None


class Provider(Protocol):
    """What every provider says of itself."""

    name: str
    model: str
    fingerprint: str
    price: Price
    places: int

    @property
    def service(self) -> str | None: ...

    async def aclose(self) -> None: ...


class Planner(Provider, Protocol):
    """Writes the plot."""

    async def write(self, request: PlotRequest, *, call: Call) -> Plot: ...


class ImageProvider(Provider, Protocol):
    """Makes pictures: PNG or JPEG, exactly as large as asked or larger at the same ratio."""

    async def generate(self, request: ImageRequest, *, call: Call) -> Media: ...


class MusicProvider(Provider, Protocol):
    """Makes a piece of music of exactly the asked length that loops without a seam."""

    async def generate(self, request: MusicRequest, *, call: Call) -> Media: ...


class SoundProvider(Provider, Protocol):
    """Makes one short sound effect for a tag of `domain.sfx`."""

    async def generate(self, request: SoundRequest, *, call: Call) -> Media: ...


class SpeechProvider(Provider, Protocol):
    """Speaks one line.

    `Media.words` has one entry per whitespace-separated word of the text, in order, with
    its own spelling; times rise and end within `duration_ms`. A text that the voice cannot
    speak becomes silence of a fitting length, with `degraded` saying so.
    """

    async def synthesize(self, request: SpeechRequest, *, call: Call) -> Media: ...
