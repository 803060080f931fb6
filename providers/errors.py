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
    ├── AnswerRefused
    ├── CostLimitReached
    ├── TooManyCalls
    └── DoneWithout

Vendor exceptions never leave `providers`. A message says what, which value, what to do next.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

FIRST_PAUSE = timedelta(seconds=2)
MAX_PAUSE = timedelta(minutes=2)


class ProviderError(Exception):
    """Any failure of a provider.

    `may_have_charged` is about the request that failed: it left, and no answer that says
    otherwise came back. It says nothing of a job that an earlier request began: while
    `Call.job` is kept, that call is open whatever becomes of a poll.
    """

    # What became of a run's asset, for whoever decides what follows: another provider may do it.
    category: ClassVar[str] = "provider"

    def __init__(self, message: str, *, may_have_charged: bool = False) -> None:
        super().__init__(message)
        self.may_have_charged = may_have_charged
        # What the run has spent so far, for whoever tells the failure; the activity fills it in.
        self.spent_usd: float | None = None


class RetryableProviderError(ProviderError):
    """The same call may well succeed later."""


class ProviderTimeout(RetryableProviderError):
    """No answer in time."""


class ProviderUnavailable(RetryableProviderError):
    """Out of reach, overloaded, or its answer cannot be read."""


class RateLimited(RetryableProviderError):
    """Too many calls; `retry_after` is what the service asked for, if it said.

    `pause` is how long all calls of the service rest.
    """

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.pause = min(retry_after or FIRST_PAUSE, MAX_PAUSE)


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


class AnswerRefused(PermanentProviderError):
    """What the service sent is too large, or at an address that is not public."""


class CostLimitReached(PermanentProviderError):
    """The next call would cost more than the run may still spend."""


class TooManyCalls(PermanentProviderError):
    """So many calls were sent for one asset that another is not worth its price."""


class DoneWithout(PermanentProviderError):
    """A source that costs nothing has no answer, or gives none: the embedded provider goes on in
    its place whatever the run says of failures, and says why.
    """
