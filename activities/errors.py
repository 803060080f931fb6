"""Provider, storage and rendering errors as Temporal sees them: the only translation.

The type is the class name. What would only repeat itself is not retried.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from temporalio.exceptions import ApplicationError

from providers.errors import PermanentProviderError, ProviderError, RateLimited
from rendering.errors import RenderingError
from storage.errors import MissingArtifact, StorageError
from storage.uploads import UnknownUpload


@contextmanager
def translated() -> Iterator[None]:
    """Raise `ApplicationError` for every error of ours inside."""
    try:
        yield
    except RateLimited as exc:
        raise _application_error(exc, delay=exc.retry_after) from exc
    except PermanentProviderError as exc:
        raise _application_error(exc, non_retryable=True) from exc
    except (MissingArtifact, UnknownUpload, StorageError) as exc:
        raise _application_error(exc, non_retryable=True) from exc
    except RenderingError as exc:
        raise _application_error(exc, non_retryable=True) from exc
    except ProviderError as exc:
        raise _application_error(exc) from exc


def _application_error(
    error: Exception, *, non_retryable: bool = False, delay: timedelta | None = None
) -> ApplicationError:
    calls = error.calls if isinstance(error, ProviderError) else ()
    return ApplicationError(
        str(error),
        *([calls] if calls else []),
        type=type(error).__name__,
        non_retryable=non_retryable,
        next_retry_delay=delay,
    )
