"""What a run may spend, and what happens when a service fails for good."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from pydantic import TypeAdapter, ValidationError

    from domain.assets import AssetRequest
    from domain.ledger import LedgerEntry, cost_of, estimated_units
    from domain.plot import PlotRequest
    from domain.run import RunSpec
    from workflows.activities import Deployment, Terms
    from workflows.journal import Journal

# What a failed provider raises (providers/errors.py); anything else is not its fault, and the
# embedded provider would not help.
PROVIDER_FAILURES = frozenset(
    {
        "ProviderTimeout",
        "ProviderUnavailable",
        "RateLimited",
        "AuthenticationFailed",
        "QuotaExceeded",
        "InvalidProviderRequest",
        "ContentRejected",
        "CostLimitReached",
        "TooManyCalls",
    }
)
# A lost answer is asked for once more; that much is put aside where the limit allows it.
CALLS_PUT_ASIDE = 2

_ENTRIES: TypeAdapter[tuple[LedgerEntry, ...]] = TypeAdapter(tuple[LedgerEntry, ...])


class Bought(Protocol):
    """The answer of every activity that asks a provider."""

    @property
    def calls(self) -> tuple[LedgerEntry, ...]: ...


B = TypeVar("B", bound=Bought)


class Purchases:
    """Asks providers on the run's terms."""

    def __init__(self, deployment: Deployment, spec: RunSpec, journal: Journal) -> None:
        self._deployment = deployment
        self._spec = spec
        self._journal = journal
        limit = spec.max_cost_usd
        self._limit = deployment.max_cost_usd if limit is None else limit
        self._put_aside = 0.0

    async def buy(
        self,
        role: str,
        asset: str,
        request: AssetRequest | PlotRequest,
        ask: Callable[[str, Terms], Awaitable[B]],
    ) -> B:
        """`ask(provider, terms)` of the chosen provider; of the embedded one where the chosen
        fails for good and the run says `degrade`. Raises what `ask` raises.
        """
        chosen = getattr(self._deployment.providers, role)
        embedded = getattr(self._deployment.embedded, role)
        price = self._deployment.prices.get(role, {})
        with self._reserved(cost_of(estimated_units(request), price)) as may_spend:
            try:
                result = await ask(chosen, Terms(asset=asset, price=price, may_spend_usd=may_spend))
            except ActivityError as exc:
                self._journal.paid(_calls_of(exc))
                if not self._may_replace(exc, chosen, embedded):
                    raise
                reason = str(exc.cause.message) if isinstance(exc.cause, ApplicationError) else ""
            else:
                self._journal.paid(result.calls)
                return result
        self._journal.replaced(asset, embedded, f"made by {embedded}, since {reason}")
        return await ask(embedded, Terms(asset=asset))

    @contextmanager
    def _reserved(self, estimate_usd: float) -> Iterator[float | None]:
        """What may be spent, put aside for as long as the block lasts; None without a limit.

        Where there is not enough, nothing is put aside: the store may still have the asset.
        """
        if self._limit is None:
            yield None
            return
        left = max(self._limit - self._journal.cost_usd - self._put_aside, 0.0)
        share = min(left, CALLS_PUT_ASIDE * estimate_usd)
        share = share if share >= estimate_usd else 0.0
        self._put_aside += share
        try:
            yield share
        finally:
            self._put_aside -= share

    def _may_replace(self, exc: ActivityError, chosen: str, embedded: str) -> bool:
        cause = exc.cause
        is_theirs = isinstance(cause, ApplicationError) and cause.type in PROVIDER_FAILURES
        if workflow.cancellation_reason() is not None:
            raise asyncio.CancelledError
        return is_theirs and self._spec.on_failure == "degrade" and chosen != embedded


def _calls_of(exc: ActivityError) -> tuple[LedgerEntry, ...]:
    details = exc.cause.details if isinstance(exc.cause, ApplicationError) else ()
    try:
        return _ENTRIES.validate_python(details[0]) if details else ()
    except ValidationError:
        return ()
