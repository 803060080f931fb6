"""Ask the store first, the provider second, and keep what it made and what it cost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from temporalio import activity

from activities.calls import counted
from activities.errors import Stopped
from activities.heartbeat import report
from activities.leasing import asset_lease, place_at
from activities.running import this_run
from domain.assets import ArtifactRef, Asset, AssetKind, AssetRequest, Made, Provenance, SoundAsset
from domain.bill import Bill
from domain.ledger import Price, Purchase, estimated_units
from domain.plot import PlotRequest
from providers.base import Call, Media, Uncounted
from providers.errors import ProviderUnavailable
from storage.assets import asset_key
from storage.storage import Storage
from workflows.activities import AssetMade, AssetsMade, Terms

T = TypeVar("T")


class NamedProvider(Protocol):
    """What names a provider's answer in the store, and its service."""

    name: str
    model: str
    fingerprint: str

    @property
    def service(self) -> str | None: ...
    @property
    def places(self) -> int: ...


@dataclass(frozen=True)
class Order:
    """One asset to be had: by its key, else of the provider."""

    kind: str
    name: str
    digest: str
    request: AssetRequest | PlotRequest
    provider: NamedProvider
    terms: Terms = Terms()

    @property
    def key(self) -> str:
        provider = self.provider
        return asset_key(provider.name, provider.model, self.request, settings=provider.fingerprint)

    @property
    def purchase(self) -> Purchase:
        price: Price = self.terms.price
        return Purchase(
            asset=self.name,
            key=self.key,
            provider=self.provider.name,
            model=self.provider.model,
            units=estimated_units(self.request),
            price=price,
            limit_usd=self.terms.limit_usd,
        )


Make = Callable[[Call], Awaitable[Asset]]


async def obtain(storage: Storage, order: Order, make: Make) -> tuple[Asset, bool]:
    """The asset and whether it had been there: from the store, else by `make`, and then kept.

    Where two make it at once the first stands, and both get that one. Raises `ProviderError`,
    `StorageError`, `Waiting`, `Stopped`.
    """
    if found := await _found(storage, order):
        return found, True
    if order.provider.service is None:
        return await _add(storage, order, await make(_Reporting(order.key))), False
    return await finishing(storage, _bought(storage, order, order.provider.service, make))


async def _bought(storage: Storage, order: Order, service: str, make: Make) -> tuple[Asset, bool]:
    run_id = this_run()
    if await storage.call(storage.runs.is_stopping, run_id):
        raise Stopped(f"{order.name}: something else of the run has failed for good")
    async with asset_lease(storage, order.key) as lease:
        if found := await _found(storage, order):
            return found, True
        async with (
            place_at(storage, service, order.provider.places),
            counted(storage, order.purchase, lease) as call,
        ):
            made = await make(call)
            costly = made.provenance.model_copy(update={"cost_usd": call.cost_usd})
            asset = made.model_copy(update={"provenance": costly})
            return await _add(storage, order, asset), False


async def finishing(storage: Storage, work: Awaitable[T]) -> T:
    """Await `work`; it is finished though the activity is cancelled, where that is only because
    something else of the run has failed: what was paid for is kept.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        run_id = this_run()
        if not task.done() and not await storage.call(storage.runs.is_stopping, run_id):
            task.cancel()
            await asyncio.wait([task])
            raise
    return await task


async def keep_made(
    storage: Storage, order: Order, asset: Asset, *, cached: bool, instead: str | None = None
) -> AssetMade:
    """The run's choice for an item of its bill: decided once, whoever comes second."""
    if instead:
        replaced = asset.provenance.model_copy(update={"degraded": instead})
        asset = asset.model_copy(update={"provenance": replaced})
    made = await storage.call(
        storage.assets.keep_made,
        this_run(),
        Made(
            name=order.name,
            digest=order.digest,
            kind=order.kind,
            key=order.key,
            asset=asset,
            cached=cached,
        ),
    )
    return AssetMade(
        name=made.name,
        artifact=made.asset.artifact,
        provider=made.asset.provenance.provider,
        cached=made.cached,
        degraded=made.asset.provenance.degraded,
    )


async def answer(storage: Storage, *made: AssetMade) -> AssetsMade:
    """With what the whole run has spent so far, by its ledger."""
    spent = await storage.call(storage.ledger.spent, this_run())
    return AssetsMade(assets=made, spent_usd=spent)


async def bill_at(storage: Storage, ref: ArtifactRef) -> Bill:
    """What a film's assets are asked for by. Raises `StorageError`."""
    return Bill.model_validate_json(await storage.call(storage.blobs.get, ref))


async def asset_of(storage: Storage, order: Order, provider: NamedProvider, media: Media) -> Asset:
    """A provider's answer, its bytes kept. Raises `ProviderUnavailable` where it is no answer."""
    report(1.0, "saving")
    if order.kind != AssetKind.IMAGE and not media.duration_ms:
        raise ProviderUnavailable(
            f"{provider.name} answered {order.name} with a sound that has no length",
            may_have_charged=True,
        )
    artifact = await storage.call(storage.blobs.put, media.data, media.media_type)
    provenance = Provenance(
        provider=provider.name,
        model=media.model,
        seed=getattr(order.request, "seed", None),
        prompt=_prompt_of(order.request),
        licence=media.licence,
        degraded=media.degraded,
        note=media.note,
    )
    kind = Asset if order.kind == AssetKind.IMAGE else SoundAsset
    return kind.model_validate(
        {
            "artifact": artifact,
            "provenance": provenance,
            "duration_ms": media.duration_ms,
            "words": media.words,
        }
    )


async def _found(storage: Storage, order: Order) -> Asset | None:
    """What the index has, if its bytes are right; a damaged one is made again."""
    asset = await storage.call(storage.assets.find, order.kind, order.key)
    if asset is None or await storage.call(storage.blobs.holds, asset.artifact):
        return asset
    activity.logger.warning("%s: its bytes are gone or damaged; it is made again", order.name)
    sha256 = asset.artifact.sha256
    await storage.call(storage.assets.discard, order.kind, order.key, sha256)
    return None


async def _add(storage: Storage, order: Order, asset: Asset) -> Asset:
    return await storage.call(storage.assets.add, order.kind, order.key, asset)


class _Reporting(Uncounted):
    """A `Call` that costs nothing: only how far it is counts."""

    def __init__(self, key: str) -> None:
        self.key = key

    def report(self, fraction: float, message: str = "") -> None:
        report(fraction, message)


def _prompt_of(request: AssetRequest | PlotRequest) -> str:
    for field in ("prompt", "text", "tag"):
        if value := getattr(request, field, None):
            return str(value)
    return f"{getattr(request, 'genre', '')}, {getattr(request, 'mood', '')}"
