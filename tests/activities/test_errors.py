"""Every error of ours becomes Temporal's in one place, with what may be done about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError

from activities.errors import Stopped, Waiting, translated
from domain.failure import Category, Failure
from providers.errors import ContentRejected, ProviderTimeout, RateLimited
from rendering.errors import RenderingError
from storage.errors import LeaseLost, MissingArtifact, StorageAway, StorageError

SEVEN = timedelta(seconds=7)


@pytest.mark.parametrize(
    ("error", "retried", "category", "delay"),
    [
        (ProviderTimeout("slow"), True, Category.PROVIDER, None),
        (RateLimited("later", SEVEN), True, Category.PROVIDER, SEVEN),
        (ContentRejected("no"), False, Category.PROVIDER, None),
        (Waiting("all places are taken", SEVEN), True, Category.OTHER, SEVEN),
        (Stopped("another has failed"), False, Category.STOPPED, None),
        (RenderingError("bad picture"), False, Category.OTHER, None),
        (StorageError("full"), False, Category.OTHER, None),
        (MissingArtifact("gone"), False, Category.OTHER, None),
        (StorageAway("the database is restarted"), True, Category.OTHER, None),
        (LeaseLost("it has passed on"), True, Category.OTHER, None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_errors_are_translated_in_one_place(
    error: Exception, retried: bool, category: Category, delay: timedelta | None
) -> None:
    with pytest.raises(ApplicationError) as caught, translated():
        raise error
    assert caught.value.type == type(error).__name__
    assert caught.value.message == str(error)
    assert caught.value.non_retryable is not retried
    assert caught.value.next_retry_delay == delay
    (details,) = caught.value.details
    assert isinstance(details, Failure)
    assert details.category is category
