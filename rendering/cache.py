"""What several threads need at the same time, made once and soon forgotten."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class BoundedCache(Generic[T]):
    """Keeps what was used last. Who asks for what another thread is making waits for that;
    who asks for anything else does not."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[object, Future[T]] = OrderedDict()
        self._lock = threading.Lock()

    def get_or_make(self, key: object, make: Callable[[], T]) -> T:
        """What `make` raises is raised for all who wait, and is not kept."""
        with self._lock:
            future = self._kept.get(key)
            if future is not None:
                self._kept.move_to_end(key)
        return future.result() if future is not None else self._made(key, make)

    def _made(self, key: object, make: Callable[[], T]) -> T:
        mine: Future[T] = Future()
        with self._lock:
            future = self._kept.setdefault(key, mine)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        if future is not mine:
            return future.result()
        try:
            mine.set_result(make())
        except BaseException as exc:
            with self._lock:
                self._kept.pop(key, None)
            mine.set_exception(exc)
        return mine.result()
