"""What a provider's calls cost, kept where no crash can lose it.

A call is written down as `sent` before it leaves. An attempt that finds such an entry knows that
its answer died with an earlier attempt: it becomes `lost`, which costs money and is never hidden.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from temporalio import activity

from activities.heartbeat import report, report_job, reported_job
from domain.ledger import CallOutcome, LedgerEntry, Price, Units, cost_of, spent
from providers.errors import CostLimitReached, ProviderError, TooManyCalls
from storage.ledger import LedgerStore

# Answers that may be lost, and calls in all, for one asset of one run.
MAX_LOST_ANSWERS = 4
MAX_CALLS = 8


@dataclass(frozen=True)
class Purchase:
    """What is to be bought, and for how much."""

    asset: str
    key: str
    provider: str
    model: str
    units: Units
    price: Price
    may_spend_usd: float | None


class CountedCall:
    """The `Call` of an activity: counted in the run's ledger."""

    def __init__(self, ledger: LedgerStore, run_id: str, purchase: Purchase) -> None:
        self._ledger = ledger
        self._run_id = run_id
        self._purchase = purchase
        self._entries: list[LedgerEntry] = []
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
    def entries(self) -> tuple[LedgerEntry, ...]:
        return tuple(self._entries)

    @property
    def cost_usd(self) -> float:
        """What this asset has cost this run so far."""
        return spent(self._entries)

    def report(self, fraction: float, message: str = "") -> None:
        report(fraction, message)

    async def open(self) -> None:
        """Read what earlier attempts left. Raises `StorageError`."""
        await asyncio.to_thread(self._open)

    async def sending(self) -> None:
        self._refuse_if_too_much()
        self._add(CallOutcome.SENT)
        await self._write()

    async def charged(self, units: Mapping[str, float] | None = None) -> None:
        self._settle(CallOutcome.PAID, units=dict(units) if units else None)
        await self._write()

    async def refused(self, message: str) -> None:
        self._settle(CallOutcome.REFUSED, message=message)
        await self._write()

    async def keep_job(self, job: str | None) -> None:
        await self._remember(job)
        if job is None:
            self._settle(CallOutcome.LOST, message="the service has lost the job")
        elif self._entries:
            self._entries[-1] = self._entries[-1].model_copy(update={"job": job})
        await self._write()

    async def close(self) -> None:
        """The asset is stored: nothing is open any more."""
        self._settle(CallOutcome.PAID)
        await self._write()
        if self._job is not None:
            await self._remember(None)

    async def failed(self, error: ProviderError) -> None:
        """Book what a failure says of the call that is under way."""
        if not error.may_have_charged:
            self._settle(CallOutcome.REFUSED, message=str(error))
        elif self._job is None:
            self._settle(CallOutcome.LOST, message=str(error), paid_too=True)
        await self._write()

    def _open(self) -> None:
        key, provider = self._purchase.key, self._purchase.provider
        self._job = self._ledger.job(provider, key) or reported_job()
        self._entries = list(self._ledger.calls(self._run_id, key))
        if self._entries and self._job is None:
            # It is not in the store, so whatever was answered is gone.
            died = "the worker died before the answer was stored"
            self._settle(CallOutcome.LOST, message=died, paid_too=True)
            self._ledger.write(self._run_id, key, self._entries)

    async def _remember(self, job: str | None) -> None:
        self._job = job
        key, provider = self._purchase.key, self._purchase.provider
        await asyncio.to_thread(self._ledger.keep_job, provider, key, job)
        report_job(job)

    def _refuse_if_too_much(self) -> None:
        lost = sum(entry.outcome is CallOutcome.LOST for entry in self._entries)
        charged = sum(entry.outcome is not CallOutcome.REFUSED for entry in self._entries)
        if lost > MAX_LOST_ANSWERS or charged >= MAX_CALLS:
            raise TooManyCalls(
                f"{self._purchase.asset}: {charged} calls of "
                f"{self._purchase.provider}, {lost} of them with lost answers: "
                f"{self._entries[-1].message or 'no reason was given'}"
            )
        limit, next_usd = self._purchase.may_spend_usd, self._estimate_usd
        if limit is not None and next_usd > 0 and self.cost_usd + next_usd > limit + 1e-9:
            raise CostLimitReached(
                f"{self._purchase.asset}: {self._purchase.provider} would charge about "
                f"${next_usd:.4f} and ${max(limit - self.cost_usd, 0):.4f} may still be spent: "
                "raise max_cost_usd, or choose an embedded provider"
            )

    @property
    def _estimate_usd(self) -> float:
        return cost_of(self._purchase.units, self._purchase.price)

    def _add(self, outcome: CallOutcome) -> None:
        self._settle(CallOutcome.PAID)
        purchase = self._purchase
        self._entries.append(
            LedgerEntry(
                asset=purchase.asset,
                key=purchase.key,
                number=len(self._entries) + 1,
                provider=purchase.provider,
                model=purchase.model,
                at=datetime.now(UTC),
                units=purchase.units,
                cost_usd=self._estimate_usd,
                outcome=outcome,
            )
        )

    def _settle(
        self,
        outcome: CallOutcome,
        *,
        units: Units | None = None,
        message: str = "",
        paid_too: bool = False,
    ) -> None:
        """Say what became of the last call, if that is not known already."""
        open_ones = (CallOutcome.SENT, CallOutcome.PAID) if paid_too else (CallOutcome.SENT,)
        if not self._entries or self._entries[-1].outcome not in open_ones:
            return
        change: dict[str, object] = {"outcome": outcome, "message": message}
        if units is not None:
            change |= {"units": units, "cost_usd": cost_of(units, self._purchase.price)}
        self._entries[-1] = self._entries[-1].model_copy(update=change)

    async def _write(self) -> None:
        if self._entries:
            await asyncio.to_thread(
                self._ledger.write, self._run_id, self._purchase.key, self._entries
            )


@asynccontextmanager
async def counted(ledger: LedgerStore, purchase: Purchase) -> AsyncIterator[CountedCall]:
    """A call whose costs are booked, whatever happens inside."""
    call = CountedCall(ledger, activity.info().workflow_id or "", purchase)
    await call.open()
    try:
        yield call
    except ProviderError as exc:
        await call.failed(exc)
        exc.calls = call.entries
        raise
    else:
        await call.close()
