"""What can go wrong with a provider.

ProviderError
├── RetryableProviderError
│   ├── ProviderTimeout
│   ├── ProviderUnavailable
│   └── RateLimited (retry_after)
└── PermanentProviderError
    ├── AuthenticationFailed
    ├── QuotaExceeded
    ├── InvalidProviderRequest
    ├── ContentRejected
    ├── CostLimitReached
    └── TooManyCalls

Vendor exceptions never leave `providers`. A message says what, which value, what to do next.
"""

from __future__ import annotations

from datetime import timedelta

from domain.ledger import LedgerEntry


class ProviderError(Exception):
    """Any failure of a provider.

    `may_have_charged`: the request left and no answer that says otherwise came back, so it
    stands in the ledger as lost.
    """

    def __init__(self, message: str, *, may_have_charged: bool = False) -> None:
        super().__init__(message)
        self.may_have_charged = may_have_charged
        # What was sent for the asset, for whoever must account for it; the activity fills it in.
        self.calls: tuple[LedgerEntry, ...] = ()


class RetryableProviderError(ProviderError):
    """The same call may well succeed later."""


class ProviderTimeout(RetryableProviderError):
    """No answer in time."""


class ProviderUnavailable(RetryableProviderError):
    """Out of reach, overloaded, or its answer cannot be read."""


class RateLimited(RetryableProviderError):
    """Too many calls; `retry_after` is what the service asked for, if it said."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PermanentProviderError(ProviderError):
    """The same call will fail again."""


class AuthenticationFailed(PermanentProviderError):
    """The key is missing, wrong or without the right."""


class QuotaExceeded(PermanentProviderError):
    """The account has nothing left."""


class InvalidProviderRequest(PermanentProviderError):
    """The service understood the request and cannot do it."""


class ContentRejected(PermanentProviderError):
    """Refused by the service's content rules."""


class CostLimitReached(PermanentProviderError):
    """The next call would cost more than the run may still spend."""


class TooManyCalls(PermanentProviderError):
    """So many calls were sent for one asset that another is not worth its price."""
