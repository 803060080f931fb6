"""What threads share is made once, forgotten in time, and waited for by nobody else."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from rendering.cache import BoundedCache


def test_what_two_threads_want_is_made_once() -> None:
    cache: BoundedCache[int] = BoundedCache(2)
    begun, go_on, made = threading.Event(), threading.Event(), []

    def make() -> int:
        made.append(1)
        begun.set()
        assert go_on.wait(10)
        return 7

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get_or_make, "a", make)
        assert begun.wait(10)
        second = pool.submit(cache.get_or_make, "a", make)
        # While one is being made, another is to be had.
        assert cache.get_or_make("b", lambda: 8) == 8
        go_on.set()
        assert (first.result(10), second.result(10)) == (7, 7)
    assert len(made) == 1


def test_what_was_used_last_is_kept() -> None:
    cache: BoundedCache[str] = BoundedCache(2)
    for key in "abac":
        cache.get_or_make(key, lambda: "first")
    assert cache.get_or_make("a", lambda: "again") == "first"
    assert cache.get_or_make("b", lambda: "again") == "again"


def test_a_failure_is_told_and_not_kept() -> None:
    cache: BoundedCache[int] = BoundedCache(2)

    def fail() -> int:
        raise ValueError("torn")

    with pytest.raises(ValueError, match="torn"):
        cache.get_or_make("a", fail)
    assert cache.get_or_make("a", lambda: 1) == 1
