"""What the workers of a deployment offer, and what a run takes of it."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from domain.ledger import Price
from domain.model import Frozen
from domain.run import Providers


class Offer(Frozen):
    """One provider of one role as a worker has it. Nothing in it is secret."""

    role: str = Field(description="planner, images, music, voice")
    name: str
    service: str | None = Field(
        default=None,
        description="whose limit and task queue it shares; null: embedded, in every worker",
    )
    price: Price = {}
    why: str | None = Field(
        default=None, description="why `auto` takes it; null where it is only taken by name"
    )
    sends: str | None = Field(
        default=None, description="what leaves for it, and where to, where nobody set a key for it"
    )
    lacks: str | None = Field(
        default=None, description="what must be set before it can be used; null: it can be"
    )
    how: str | None = Field(
        default=None, description="what to set or start to have it, in a few words"
    )
    found: str | None = Field(
        default=None, description="what answers for it, where that was found and not named"
    )

    @property
    def in_words(self) -> str:
        """As people know it: a model on this machine by its own name."""
        return self.found or self.name


class Chosen(Frozen):
    """The offer that each role of a run takes."""

    planner: Offer
    images: Offer
    music: Offer
    voice: Offer

    @property
    def by_role(self) -> dict[str, Offer]:
        return {name: getattr(self, name) for name in Providers.model_fields}

    @property
    def providers(self) -> Providers:
        """Their names."""
        return Providers(**{role: offer.name for role, offer in self.by_role.items()})

    @property
    def prices(self) -> dict[str, Price]:
        """US dollars per unit, by role."""
        return {role: offer.price for role, offer in self.by_role.items()}


def merged(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """One offer of each role and name, in the order in which they first come: of several the
    first that can be used, and among those one that `auto` takes.
    """
    best: dict[tuple[str, str], Offer] = {}
    for offer in offers:
        key = (offer.role, offer.name)
        if key not in best or _rank(offer) < _rank(best[key]):
            best[key] = offer
    return tuple(best.values())


def services_of(offers: Iterable[Offer]) -> tuple[str, ...]:
    """The services that can be used, each once, by name: each has a task queue of its own."""
    return tuple(sorted({o.service for o in offers if o.service and o.lacks is None}))


def _rank(offer: Offer) -> tuple[bool, bool]:
    return offer.lacks is not None, offer.why is None
