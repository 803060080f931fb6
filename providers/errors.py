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
    └── ContentRejected

Vendor exceptions never leave `providers`. A message says what, which value, what to do next.
"""

from __future__ import annotations

from datetime import timedelta


class ProviderError(Exception):
    """Any failure of a provider."""


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
