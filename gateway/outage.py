"""What Temporal's errors mean for those who ask us, and how often it is asked while it is away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from temporalio.service import RPCError, RPCStatusCode

from gateway.problems import Problem, RunNotFound, TemporalAway

BREAK_SECONDS = 1.5
_AWAY = {
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,
    RPCStatusCode.RESOURCE_EXHAUSTED,
    RPCStatusCode.INTERNAL,
}


class TemporalRefused(Problem):
    """Temporal answers, and will not do what was asked: trying again changes nothing."""

    def __init__(self, exc: RPCError) -> None:
        said = f"Temporal refuses ({exc.status.name}): {exc.message[:300]}"
        super().__init__(
            502, "Temporal refuses", f"{said}; look at the gateway's TEMPORAL_* settings"
        )


class BadName(Problem):
    """Temporal cannot take a value that was asked for."""

    def __init__(self, exc: RPCError) -> None:
        super().__init__(400, "bad request", f"Temporal cannot take this: {exc.message[:300]}")


class Breaker:
    """Once the server was away, everybody is told so at once; one at a time finds out anew."""

    def __init__(self, seconds: float = BREAK_SECONDS) -> None:
        self._seconds = seconds
        self._until: float | None = None
        self._is_probing = False

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """Around one call that raises `TemporalAway` where the server is. Raises it too."""
        now = asyncio.get_running_loop().time
        probes = self._until is not None
        if self._until is not None and (self._is_probing or now() < self._until):
            raise TemporalAway
        self._is_probing = self._is_probing or probes
        try:
            yield
            self._until = None
        except TemporalAway:
            self._until = now() + self._seconds
            raise
        except Problem:
            self._until = None
            raise
        finally:
            if probes:
                self._is_probing = False


def translated(exc: RPCError, run_id: str = "") -> Problem:
    """Temporal's errors as ours: the one place that knows which of them may pass."""
    if exc.status is RPCStatusCode.NOT_FOUND:
        return RunNotFound(run_id)
    if exc.status is RPCStatusCode.INVALID_ARGUMENT:
        return RunNotFound(run_id) if run_id else BadName(exc)
    return TemporalAway() if exc.status in _AWAY else TemporalRefused(exc)
