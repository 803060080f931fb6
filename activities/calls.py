"""What a provider's calls cost, kept where no crash can lose it.

A call is written down as `sent` before it leaves. An attempt that finds such an entry knows that
its answer died with an earlier attempt: it becomes `lost`, which costs money and is never hidden.
A call that began a job stays open until it is known what became of the job.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio import activity

from activities.errors import Stopped, Waiting
from activities.heartbeat import report, report_job, reported_job
from domain.ledger import CallOutcome, LedgerEntry, Purchase, cost_of
from providers.errors import CostLimitReached, ProviderError, TooManyCalls
from storage.errors import CostLimit, DoesNotFitNow
from storage.leases import Lease
from storage.storage import Storage

# Answers that may be lost, and calls in all, for one asset of one run: where they cost money.
MAX_LOST_ANSWERS = 4
MAX_CALLS = 8
# So long until money that others have put aside may have come back.
MONEY_WAIT = timedelta(seconds=2)


class CountedCall:
    """The `Call` of an activity: counted in the run's ledger."""

    def __init__(self, storage: Storage, purchase: Purchase, lease: Lease) -> None:
        info = activity.info()
        self._storage = storage
        self._ledger = storage.ledger
        self._run_id = info.workflow_id or ""
        self._purchase = purchase
        self._lease = lease
        self._entries: tuple[LedgerEntry, ...] = ()
        self._job: str | None = None

    @property
    def key(self) -> str:
        return self._purchase.key

    @property
    def number(self) -> int:
        return len(self._entries)

    @property
    def job(self) -> str | None:
        return self._job

    @property
    def is_abandoned(self) -> bool:
        details = activity.cancellation_details()
        return details is not None and details.cancel_requested

    @property
    def cost_usd(self) -> float:
        """What this asset has cost this run so far."""
        return round(sum(entry.spent_usd for entry in self._entries), 6)

    def report(self, fraction: float, message: str = "") -> None:
        report(fraction, message)

    async def open(self) -> None:
        """Read what earlier attempts left. Raises `StorageError`."""
        self._job = await self._kept_job() or reported_job()
        await self._reload()
        if self._job is None:
            # It is not in the store, so whatever was answered is gone.
            died = "the worker died before the answer was stored"
            await self._settle(CallOutcome.LOST, message=died, paid_too=True)

    async def sending(self) -> None:
        if await self._storage.call(self._storage.runs.is_stopping, self._run_id):
            raise Stopped(f"{self._purchase.asset}: something else of the run has failed for good")
        await self._settle(CallOutcome.PAID)
        self._refuse_if_too_many()
        try:
            await self._storage.call(
                self._ledger.send, self._run_id, self._purchase, lease=self._lease
            )
        except DoesNotFitNow as exc:
            raise Waiting(str(exc), MONEY_WAIT) from exc
        except CostLimit as exc:
            raise CostLimitReached(str(exc)) from exc
        await self._reload()

    async def charged(self, units: Mapping[str, float] | None = None) -> None:
        await self._settle(CallOutcome.PAID, units=dict(units) if units else None)

    async def refused(self, message: str) -> None:
        await self._settle(CallOutcome.REFUSED, message=message)

    async def keep_job(self, job: str | None) -> None:
        await self._remember(job)
        if job is None:
            await self._settle(CallOutcome.LOST, message="the service has lost the job")

    async def taken_back(self, message: str) -> None:
        await self._settle(CallOutcome.REFUSED, message=message)
        await self._remember(None)

    async def close(self) -> None:
        """The asset is stored: nothing is open any more."""
        await self._settle(CallOutcome.PAID)
        if self._job is not None:
            await self._remember(None)

    async def failed(self, error: ProviderError) -> None:
        """Book what a failure says of the call that is under way."""
        if self._job is not None:
            # What failed is a look at the job; only its provider says what became of it.
            return
        if error.may_have_charged:
            await self._settle(CallOutcome.LOST, message=str(error), paid_too=True)
        else:
            await self._settle(CallOutcome.REFUSED, message=str(error))

    async def spent_by_run(self) -> float:
        return await self._storage.call(self._ledger.spent, self._run_id)

    async def _kept_job(self) -> str | None:
        return await self._storage.call(self._ledger.job, self._purchase.provider, self.key)

    async def _reload(self) -> None:
        self._entries = await self._storage.call(self._ledger.calls, self._run_id, self.key)

    async def _remember(self, job: str | None) -> None:
        ended, self._job = self._job, job
        call_id = self._entries[-1].id if self._entries else None
        await self._storage.call(
            self._ledger.keep_job,
            self._purchase.provider,
            self.key,
            job,
            call_id=call_id,
            ended=ended if job is None else None,
        )
        report_job(job)

    def _refuse_if_too_many(self) -> None:
        if self._purchase.estimate_usd == 0:
            return
        lost = sum(entry.outcome is CallOutcome.LOST for entry in self._entries)
        charged = sum(entry.outcome is not CallOutcome.REFUSED for entry in self._entries)
        if lost > MAX_LOST_ANSWERS or charged >= MAX_CALLS:
            raise TooManyCalls(
                f"{self._purchase.asset}: {charged} calls of "
                f"{self._purchase.provider}, {lost} of them with lost answers: "
                f"{self._entries[-1].message or 'no reason was given'}"
            )

    async def _settle(
        self,
        outcome: CallOutcome,
        *,
        units: dict[str, float] | None = None,
        message: str = "",
        paid_too: bool = False,
    ) -> None:
        """Say what became of the last call, if that is not known already."""
        open_ones = (CallOutcome.SENT, CallOutcome.PAID) if paid_too else (CallOutcome.SENT,)
        if not self._entries or self._entries[-1].outcome not in open_ones:
            return
        await self._storage.call(
            self._ledger.settle,
            self._entries[-1].id,
            outcome,
            units=units,
            cost_usd=None if units is None else cost_of(units, self._purchase.price),
            message=message,
        )
        await self._reload()


@asynccontextmanager
async def counted(storage: Storage, purchase: Purchase, lease: Lease) -> AsyncIterator[CountedCall]:
    """A call whose costs are booked, whatever happens inside."""
    call = CountedCall(storage, purchase, lease)
    await call.open()
    try:
        yield call
    except ProviderError as exc:
        await call.failed(exc)
        exc.spent_usd = await call.spent_by_run()
        raise
    else:
        await call.close()
