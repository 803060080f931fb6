"""Ask the store first, the provider second, and keep what it made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from activities.errors import translated
from activities.heartbeat import report
from domain.assets import Asset, AssetKind, AssetRequest, Provenance
from providers.base import Media
from storage.store import LocalStore, asset_key
from workflows.activities import AssetResult


class NamedProvider(Protocol):
    """What names a provider's answer in the store."""

    name: str
    model: str


async def make_asset(
    store: LocalStore,
    kind: AssetKind,
    provider: NamedProvider,
    request: AssetRequest,
    ask: Callable[[], Awaitable[Media]],
) -> AssetResult:
    """The asset of a request: from the store, else made by `ask` and kept.

    Raises `ApplicationError` (activities/errors.py).
    """
    with translated():
        key = asset_key(provider.name, provider.model, request)
        found = await asyncio.to_thread(store.find, kind, key)
        if found:
            return AssetResult(asset=found, cached=True)
        media = await ask()
        report(1.0, "saving")
        asset = await asyncio.to_thread(_save, store, kind, key, provider, request, media)
        return AssetResult(asset=asset, cached=False)


def _save(
    store: LocalStore,
    kind: AssetKind,
    key: str,
    provider: NamedProvider,
    request: AssetRequest,
    media: Media,
) -> Asset:
    return store.save(
        kind,
        key,
        media.data,
        media_type=media.media_type,
        provenance=Provenance(
            provider=provider.name,
            model=media.model,
            seed=getattr(request, "seed", None),
            prompt=_prompt_of(request),
            licence=media.licence,
            cost_usd=media.cost_usd,
            degraded=media.degraded,
        ),
        duration_ms=media.duration_ms,
        words=media.words,
    )


def _prompt_of(request: AssetRequest) -> str:
    for field in ("prompt", "text", "tag"):
        if value := getattr(request, field, None):
            return str(value)
    return f"{getattr(request, 'genre', '')}, {getattr(request, 'mood', '')}"
