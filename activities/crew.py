"""Designer, voice and composer: what a service makes, one by one, and what is made here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Any

from temporalio import activity

from activities.assets import Order, answer, asset_of, bill_at, keep_made, obtain
from activities.errors import translated
from domain.assets import AssetKind, AssetRequest
from domain.bill import Bill, BillItem
from domain.run import Providers
from providers.base import Call, Media
from providers.offers import AUTO
from providers.registry import ProviderRegistry
from storage.storage import Storage
from workflows.activities import (
    AssetMade,
    AssetsMade,
    ComposerActivities,
    DesignerActivities,
    EmbeddedActivities,
    MakeAsset,
    MakeEmbedded,
    Terms,
    VoiceActivities,
)


class Crew(DesignerActivities, VoiceActivities, ComposerActivities, EmbeddedActivities):
    """All who make assets."""

    def __init__(self, providers: ProviderRegistry, storage: Storage) -> None:
        self._providers = providers
        self._storage = storage

    @activity.defn
    async def generate_image(self, request: MakeAsset) -> AssetsMade:
        return await self._single(request)

    @activity.defn
    async def synthesize_line(self, request: MakeAsset) -> AssetsMade:
        return await self._single(request)

    @activity.defn
    async def generate_music(self, request: MakeAsset) -> AssetsMade:
        return await self._single(request)

    @activity.defn
    async def make_assets(self, request: MakeEmbedded) -> AssetsMade:
        return await self._several(request)

    async def _single(self, request: MakeAsset) -> AssetsMade:
        with translated():
            bill = await bill_at(self._storage, request.bill)
            made = await self._make(
                bill.request(request.item.name),
                request.item,
                request.provider,
                request.terms,
            )
            return await answer(self._storage, made)

    async def _several(self, request: MakeEmbedded) -> AssetsMade:
        with translated():
            bill = await bill_at(self._storage, request.bill)
            made = await _all(self._embedded(bill, request, item) for item in request.items)
            return await answer(self._storage, *made)

    async def _embedded(self, bill: Bill, request: MakeEmbedded, item: BillItem) -> AssetMade:
        asked = bill.request(item.name)
        provider = _chosen(request.providers, item.kind)
        return await self._make(asked, item, provider, Terms(), instead=request.instead)

    async def _make(
        self,
        request: AssetRequest,
        item: BillItem,
        choice: str,
        terms: Terms,
        *,
        instead: str | None = None,
    ) -> AssetMade:
        provider = self._provider(item.kind, choice)
        order = Order(item.kind, item.name, item.digest, request, provider, terms)

        async def make(call: Call) -> Any:
            media = await _ask(provider, request, call)
            return await asset_of(self._storage, order, provider, media)

        asset, cached = await obtain(self._storage, order, make)
        return await keep_made(self._storage, order, asset, cached=cached, instead=instead)

    def _provider(self, kind: AssetKind, choice: str) -> Any:
        """Raises `InvalidProviderRequest`."""
        match kind:
            case AssetKind.IMAGE:
                return self._providers.images.get(choice)
            case AssetKind.VOICE:
                return self._providers.voice.get(choice)
            case AssetKind.MUSIC:
                return self._providers.music.get(choice)
            case AssetKind.SOUND:
                # Services of music have no sound effects.
                return self._providers.sounds.get(AUTO)


async def _all(making: Iterable[Awaitable[AssetMade]]) -> list[AssetMade]:
    """Side by side, each to its end: a failure, the first is raised then, wastes no sibling."""
    results = await asyncio.gather(*making, return_exceptions=True)
    made = [result for result in results if not isinstance(result, BaseException)]
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return made


def _chosen(providers: Providers, kind: AssetKind) -> str:
    match kind:
        case AssetKind.IMAGE:
            return providers.images
        case AssetKind.VOICE:
            return providers.voice
        case AssetKind.MUSIC:
            return providers.music
        case AssetKind.SOUND:
            return AUTO


async def _ask(provider: Any, request: AssetRequest, call: Call) -> Media:
    speaks = hasattr(provider, "synthesize")
    ask = provider.synthesize if speaks else provider.generate
    media: Media = await ask(request, call=call)
    return media
