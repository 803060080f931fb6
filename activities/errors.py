"""Provider, storage and rendering errors as Temporal sees them: the only translation.

The type is the class name; the details say of which category the failure is
(`domain/failure.py`). What would only repeat itself is not retried; what merely waits is asked
again when the server's timer says so, and takes no slot meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from temporalio.exceptions import ApplicationError

from activities.heartbeat import count_failure
from domain.failure import Category, Failure
from providers.errors import PermanentProviderError, ProviderError, RateLimited
from rendering.errors import RenderingError
from storage.errors import LeaseLost, StorageAway, StorageError
from storage.uploads import UnknownUpload

# A service that fails so often in a row is not asked again for this asset.
MAX_FAILURES = 20


class Waiting(Exception):
    """Nothing is wrong; what is needed is not free yet."""

    def __init__(self, message: str, delay: timedelta) -> None:
        super().__init__(message)
        self.delay = delay


class Stopped(Exception):
    """Something else of the run has failed for good, so this is not begun."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise `ApplicationError` for every error of ours inside."""
    try:
        yield
    except Waiting as exc:
        raise _error(exc, delay=exc.delay) from exc
    except Stopped as exc:
        raise _error(exc, Category.STOPPED, retry=False) from exc
    except PermanentProviderError as exc:
        raise _error(exc, Category.PROVIDER, retry=False) from exc
    except ProviderError as exc:
        delay = exc.pause if isinstance(exc, RateLimited) else None
        again = count_failure() < MAX_FAILURES
        raise _error(exc, Category.PROVIDER, retry=again, delay=delay) from exc
    except (LeaseLost, StorageAway) as exc:
        raise _error(exc) from exc
    except (StorageError, UnknownUpload, RenderingError) as exc:
        raise _error(exc, retry=False) from exc


def _error(
    error: Exception,
    category: Category = Category.OTHER,
    *,
    retry: bool = True,
    delay: timedelta | None = None,
) -> ApplicationError:
    spent = error.spent_usd if isinstance(error, ProviderError) else None
    return ApplicationError(
        str(error),
        Failure(category=category, spent_usd=spent),
        type=type(error).__name__,
        non_retryable=not retry,
        next_retry_delay=delay,
    )
