"""For those who run it: alive, ready, counted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from gateway.answers import json_answer
from gateway.collaborators import Gateway, gateway_of
from gateway.problems import Problem
from gateway.views import StatusView

KEPT_SECONDS = 2.0


async def healthz(request: Request) -> Response:
    """GET /healthz: the process is alive."""
    return json_answer(StatusView(status="ok"))


class Readiness:
    """GET /readyz: the server can be reached and a worker polls.

    It is open to all, so one question at a time is asked, and its answer kept, good or bad.
    """

    def __init__(self) -> None:
        self._trouble: Problem | None = None
        self._until = 0.0
        self._asking = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """Raises `TemporalAway`, `TemporalRefused`."""
        async with self._asking:
            if time.monotonic() >= self._until:
                self._trouble = await _trouble(gateway_of(request))
                self._until = time.monotonic() + KEPT_SECONDS
        if self._trouble:
            return self._trouble.response()
        return json_answer(StatusView(status="ready"))


async def _trouble(gateway: Gateway) -> Problem | None:
    try:
        if await gateway.executions.has_worker():
            return None
    except Problem as problem:
        return problem
    said = "no worker is polling: start `autoshorts worker` or `autoshorts up`"
    return Problem(503, "no worker", said, headers={"Retry-After": "5"})


async def metrics(request: Request) -> Response:
    """GET /metrics, in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Counts(gateway_of(request)))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)


class _Counts(Collector):
    """What the gateway counts anyway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        hub = self._gateway.hub
        yield GaugeMetricFamily(
            "autoshorts_streams", "Event streams that are open.", value=len(hub.streams)
        )
        yield GaugeMetricFamily(
            "autoshorts_watchers", "Runs that are being watched.", value=hub.watchers
        )
        calls = CounterMetricFamily(
            "autoshorts_temporal_calls", "Calls to Temporal by name.", labels=("name",)
        )
        for name, count in self._gateway.executions.calls.items():
            calls.add_metric((name,), count)
        yield calls
