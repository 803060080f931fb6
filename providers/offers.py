"""Which of the offered providers a run takes: a matter of data, decided once for each run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.offers import Chosen, Offer, merged
from domain.run import Providers
from providers.errors import InvalidProviderRequest

AUTO = "auto"
CHOSEN = "chosen"
LOCAL = "local"
EMBEDDED = "embedded: no key is set"


def choose(choice: Providers, offers: Iterable[Offer], *, defaults: Providers) -> Chosen:
    """Each role's offer, of whatever workers offer.

    `defaults` is the deployment's own choice, where the run says `auto`. Raises
    `InvalidProviderRequest`.
    """
    best = merged(offers)
    return Chosen(
        **{
            role: choose_one(role, getattr(choice, role), best, default=getattr(defaults, role))
            for role in Providers.model_fields
        }
    )


def choose_one(role: str, choice: str, offers: Sequence[Offer], *, default: str) -> Offer:
    """The offer behind a choice. Raises `InvalidProviderRequest` where there is none of that
    name, or where it cannot be used.
    """
    here = [offer for offer in offers if offer.role == role]
    name = default if choice == AUTO else choice
    found = next((o for o in here if (o.why if name == AUTO else o.name == name)), None)
    if not here:
        raise InvalidProviderRequest(f"providers.{role}: no worker offers any: start one")
    if found is None:
        known = ", ".join((AUTO, *(offer.name for offer in here)))
        raise InvalidProviderRequest(
            f"providers.{role}: no provider is called {name!r}; there are {known}"
        )
    if found.lacks:
        raise InvalidProviderRequest(f"providers.{role}: {found.name}: {found.lacks}")
    return found if name == AUTO else found.model_copy(update={"why": CHOSEN})
