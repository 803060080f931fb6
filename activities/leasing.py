"""One buyer per asset, and no more calls of a service than it allows, over all workers.

Whoever finds another at it waits, and waiting is the server's: the attempt ends at once and says
when to look again.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from temporalio import activity

from activities.errors import Waiting
from providers.errors import RateLimited
from storage.errors import LeaseLost, StorageError
from storage.leases import Lease
from storage.storage import Storage

LEASE_SECONDS = 20.0
RENEW_SECONDS = 5.0
ANOTHER_IS_AT_IT = timedelta(seconds=1.5)
PLACES_ARE_TAKEN = timedelta(seconds=1)
LONGEST_WAIT = timedelta(seconds=8)


@asynccontextmanager
async def asset_lease(storage: Storage, key: str) -> AsyncIterator[Lease]:
    """The right to buy the asset of this key. Raises `Waiting` where another has it."""
    take = _taking(storage, f"asset/{key}")
    async with _held(storage, take, "another run is making it", ANOTHER_IS_AT_IT) as lease:
        yield lease


@asynccontextmanager
async def place_at(storage: Storage, service: str, places: int) -> AsyncIterator[None]:
    """One of the places at a service; a rate limit inside pauses it for all workers.

    Raises `Waiting` where none is free, or while the service is paused.
    """
    await _until_resumed(storage, service)
    owner, attempt = _owner()

    def take() -> Lease | None:
        return storage.services.take_place(
            service, places, owner, attempt=attempt, seconds=LEASE_SECONDS
        )

    message = f"all places at {service} are taken"
    async with _held(storage, take, message, PLACES_ARE_TAKEN):
        try:
            yield
        except RateLimited as exc:
            until = datetime.now(UTC) + exc.pause
            await storage.call(storage.services.pause, service, until)
            raise


async def _until_resumed(storage: Storage, service: str) -> None:
    until = await storage.call(storage.services.paused_until, service)
    if until and (left := until - datetime.now(UTC)) > timedelta(0):
        seconds = left.total_seconds()
        raise Waiting(f"{service} asked to wait {seconds:.0f} s", _spread(left))


@asynccontextmanager
async def _held(
    storage: Storage, take: Callable[[], Lease | None], message: str, wait: timedelta
) -> AsyncIterator[Lease]:
    lease = await storage.call(take)
    if lease is None:
        growing = wait * min(1.5 ** (activity.info().attempt - 1), 64)
        raise Waiting(message, _spread(min(growing, LONGEST_WAIT)))
    renewing = asyncio.create_task(_renew(storage, lease))
    try:
        yield lease
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing
        with suppress(StorageError):
            await storage.call(storage.leases.free, lease)


async def _renew(storage: Storage, lease: Lease) -> None:
    """Until the work is done; one that was lost stays lost, and the ledger refuses its holder."""
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        try:
            await storage.call(storage.leases.renew, lease, LEASE_SECONDS)
        except LeaseLost as exc:
            activity.logger.warning("%s", exc)
            return
        except StorageError as exc:
            activity.logger.warning("%s is not renewed yet: %s", lease.name, exc)


def _taking(storage: Storage, name: str) -> Callable[[], Lease | None]:
    owner, attempt = _owner()
    return lambda: storage.leases.take(name, owner, attempt=attempt, seconds=LEASE_SECONDS)


def _owner() -> tuple[str, int]:
    """The activity that is at work, whichever worker has it; its attempts succeed one another."""
    info = activity.info()
    return f"{info.workflow_run_id}/{info.activity_id}", info.attempt


def _spread(delay: timedelta) -> timedelta:
    """Many who wait for one thing do not all come back at once."""
    return delay * random.uniform(1.0, 1.5)
