"""Providers whose work is a few bytes: a shop that sells pictures, and embedded ones beside it."""

from __future__ import annotations

import asyncio
import dataclasses
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from temporalio.testing import ActivityEnvironment

from activities.crew import Crew
from domain.assets import ImageRequest, MusicRequest, SoundRequest, SpeechRequest, WordTiming
from domain.bill import Bill
from domain.ledger import Price
from domain.plot import Plot, PlotRequest
from domain.run import Providers
from providers.base import Call, Embedded, Media
from providers.errors import ContentRejected
from providers.registry import ProviderRegistry, Role
from storage.storage import Storage
from tests.workflows.fakes import plot
from workflows.activities import AssetsMade, MakeAsset, MakeEmbedded, Terms

SERVICE = "shop"
CENTS: Price = {"images": 0.04, "characters": 0.001}
SEA = ImageRequest(prompt="sea", style="", width=64, height=64, seed=1, look=1, sequence=1)
RUN = ActivityEnvironment.default_info().workflow_id or ""

Happening = Callable[[Call], Awaitable[None]]


class _Sold:
    """Something to buy; what happens on the way is scripted, and no two answers are alike."""

    name = "shop"
    model = "shop-1"
    fingerprint = ""
    price = CENTS
    service: str | None = SERVICE
    places = 20

    def __init__(self) -> None:
        self.sold: list[Any] = []
        self.happens: list[Happening] = []
        self.always: Happening | None = None

    async def aclose(self) -> None:
        """Nothing is held."""

    async def _sell(self, request: Any, call: Call) -> bytes:
        if call.job is None:
            await call.sending()
            self.sold.append(request)
        happening = self.happens.pop(0) if self.happens else self.always
        if happening:
            await happening(call)
        await call.charged()
        return secrets.token_bytes(64)


class Shop(_Sold):
    """Sells pictures."""

    async def generate(self, request: ImageRequest, *, call: Call) -> Media:
        return _picture(await self._sell(request, call))


class Booth(_Sold):
    """Sells voices."""

    async def synthesize(self, request: SpeechRequest, *, call: Call) -> Media:
        return _speech(await self._sell(request, call), request.text)


class Sketcher(Embedded):
    """Draws the same for the same request, and counts."""

    name = "sketcher"
    model = "sketcher-1"

    def __init__(self) -> None:
        self.made = 0
        self.failure: Exception | None = None
        # Prompts with one of these words become something lesser, or are refused.
        self.hard: tuple[str, ...] = ()
        self.refused: tuple[str, ...] = ()

    async def generate(self, request: ImageRequest, *, call: Call) -> Media:
        call.report(0.5, "half way")
        if self.failure:
            raise self.failure
        if any(word in request.prompt for word in self.refused):
            raise ContentRejected(f"the picture of {request.prompt!r} was refused")
        await asyncio.sleep(0)
        self.made += 1
        picture = _picture(f"{request.prompt} {request.seed}".encode())
        is_hard = any(word in request.prompt for word in self.hard)
        return (
            dataclasses.replace(picture, degraded="a grey card stands in") if is_hard else picture
        )

    async def aclose(self) -> None:
        """Nothing is held."""


class Speaker(Embedded):
    """Says everything in a second."""

    name = "speaker"
    model = "speaker-1"

    async def synthesize(self, request: SpeechRequest, *, call: Call) -> Media:
        return _speech(request.text.encode(), request.text)

    async def aclose(self) -> None:
        """Nothing is held."""


class Player(Embedded):
    """Music and sounds of a second."""

    name = "player"
    model = "player-1"

    async def generate(self, request: MusicRequest | SoundRequest, *, call: Call) -> Media:
        return _sound(request.model_dump_json().encode())

    async def aclose(self) -> None:
        """Nothing is held."""


class Author(Embedded):
    """Writes so many scenes at each revision; the last number stays."""

    name = "author"
    model = "author-1"

    def __init__(self) -> None:
        self.scenes: Sequence[int] = (3,)

    async def write(self, request: PlotRequest, *, call: Call) -> Plot:
        return plot(scenes=self.scenes[min(request.revision, len(self.scenes) - 1)])

    async def aclose(self) -> None:
        """Nothing is held."""


def registry() -> ProviderRegistry:
    """A deployment that has these and no other."""
    made = ProviderRegistry(Providers())
    here = __name__
    images = {"shop": f"{here}:Shop", "sketcher": f"{here}:Sketcher"}
    voices = {"shop": f"{here}:Booth", "speaker": f"{here}:Speaker"}
    made.planner = Role("planner", {"author": f"{here}:Author"}, default="auto")
    made.images = Role("images", images, default="auto")
    made.music = Role("music", {"player": f"{here}:Player"}, default="auto")
    made.sounds = Role("sounds", {"player": f"{here}:Player"}, default="auto")
    made.voice = Role("voice", voices, default="auto")
    return made


def at(
    name: str = "image", *, run: str = RUN, attempt: int = 1, execution: str = "e1"
) -> ActivityEnvironment:
    """An attempt at one activity of a run."""
    environment = ActivityEnvironment()
    environment.info = dataclasses.replace(
        environment.info,
        workflow_id=run,
        workflow_run_id=f"{run}/{execution}",
        activity_id=name,
        attempt=attempt,
    )
    return environment


async def buy(
    crew: Crew,
    storage: Storage,
    environment: ActivityEnvironment | None = None,
    *,
    request: ImageRequest = SEA,
    price: Price = CENTS,
    limit: float | None = None,
) -> AssetsMade:
    """One picture of the shop. Raises `ApplicationError`."""
    bill = Bill(images={"scene_1": request})
    asked = MakeAsset(
        bill=storage.blobs.put(bill.model_dump_json().encode(), "application/json"),
        item=bill.items()[0],
        provider="shop",
        terms=Terms(price=price, limit_usd=limit),
    )
    made: AssetsMade = await (environment or at()).run(crew.generate_image, asked)
    return made


async def draw(
    crew: Crew,
    storage: Storage,
    environment: ActivityEnvironment | None = None,
    *,
    requests: Sequence[ImageRequest] = (SEA,),
    instead: str | None = None,
) -> AssetsMade:
    """Pictures of the embedded provider. Raises `ApplicationError`."""
    bill = Bill(images={f"scene_{n}": request for n, request in enumerate(requests, start=1)})
    asked = MakeEmbedded(
        bill=storage.blobs.put(bill.model_dump_json().encode(), "application/json"),
        items=bill.items(),
        providers=Providers(images="sketcher"),
        instead=instead,
    )
    made: AssetsMade = await (environment or at()).run(crew.make_assets, asked)
    return made


def _picture(data: bytes) -> Media:
    return Media(data=data, media_type="image/png", model="m", licence="CC0-1.0")


def _speech(data: bytes, text: str) -> Media:
    words = tuple(WordTiming(text=word, start_ms=0, end_ms=1000) for word in text.split() or [text])
    return dataclasses.replace(_sound(data), words=words)


def _sound(data: bytes) -> Media:
    return Media(data=data, media_type="audio/wav", model="m", licence="CC0-1.0", duration_ms=1000)
