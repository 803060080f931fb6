"""Ask the store first, the provider second, and keep what it made and what it cost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from activities.calls import CountedCall, Purchase, counted
from activities.errors import translated
from domain.assets import Asset, AssetKind, AssetRequest, Provenance
from domain.ledger import estimated_units
from domain.plot import PlotRequest
from providers.base import Call, Media
from storage.ledger import LedgerStore
from storage.store import LocalStore, asset_key
from workflows.activities import AssetResult, Terms


class NamedProvider(Protocol):
    """What names a provider's answer in the store."""

    name: str
    model: str
    fingerprint: str


@dataclass(frozen=True)
class Stores:
    """Where finished assets are kept, and what they cost."""

    assets: LocalStore
    ledger: LedgerStore


def key_of(provider: NamedProvider, request: AssetRequest | PlotRequest) -> str:
    """The asset's key in the store."""
    return asset_key(provider.name, provider.model, request, settings=provider.fingerprint)


def purchase(
    provider: NamedProvider, request: AssetRequest | PlotRequest, key: str, terms: Terms | None
) -> Purchase:
    """What is about to be bought; without terms it is free."""
    terms = terms or Terms(asset="")
    return Purchase(
        asset=terms.asset,
        key=key,
        provider=provider.name,
        model=provider.model,
        units=estimated_units(request),
        price=terms.price,
        may_spend_usd=terms.may_spend_usd,
    )


async def make_asset(
    stores: Stores,
    kind: AssetKind,
    provider: NamedProvider,
    request: AssetRequest,
    ask: Callable[[Call], Awaitable[Media]],
    *,
    terms: Terms | None,
) -> AssetResult:
    """The asset of a request: from the store, else made by `ask` and kept.

    Raises `ApplicationError` (activities/errors.py).
    """
    with translated():
        key = key_of(provider, request)
        found = await asyncio.to_thread(stores.assets.find, kind, key)
        if found:
            return AssetResult(asset=found, cached=True)
        async with counted(stores.ledger, purchase(provider, request, key, terms)) as call:
            media = await ask(call)
            call.report(1.0, "saving")
            asset = await asyncio.to_thread(
                _save, stores.assets, kind, provider, request, media, call
            )
        return AssetResult(asset=asset, cached=False, calls=call.entries)


def _save(
    store: LocalStore,
    kind: AssetKind,
    provider: NamedProvider,
    request: AssetRequest,
    media: Media,
    call: CountedCall,
) -> Asset:
    return store.save(
        kind,
        call.key,
        media.data,
        media_type=media.media_type,
        provenance=Provenance(
            provider=provider.name,
            model=media.model,
            seed=getattr(request, "seed", None),
            prompt=_prompt_of(request),
            licence=media.licence,
            cost_usd=call.cost_usd,
            degraded=media.degraded,
            note=media.note,
        ),
        duration_ms=media.duration_ms,
        words=media.words,
    )


def _prompt_of(request: AssetRequest) -> str:
    for field in ("prompt", "text", "tag"):
        if value := getattr(request, field, None):
            return str(value)
    return f"{getattr(request, 'genre', '')}, {getattr(request, 'mood', '')}"
