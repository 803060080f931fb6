"""One machine with a worker and a gateway, and one finished run, for all tests of the API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from playwright.async_api import Browser, async_playwright

from bench.machine import Machine, machine
from tests.gateway.browser import launch
from tests.gateway.quick import Quick, quick_gateway
from tests.gateway.stage import Stage
from tests.gateway_client import GatewayProcess, gateway

SHORT = {"prompt": "바다는 왜 짤까", "num_cuts": 1, "aspect_ratio": "1:1"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("site")) as here:
        here.start_worker()
        yield here


@pytest.fixture(scope="session")
def running_gateway(site: Machine) -> Iterator[GatewayProcess]:
    with gateway(site) as running:
        yield running


@pytest.fixture
def api(running_gateway: GatewayProcess) -> Iterator[httpx.Client]:
    with running_gateway.client() as client:
        yield client


@pytest.fixture(scope="session")
def finished(site: Machine, running_gateway: GatewayProcess) -> str:
    """The id of a run that ended well."""
    with running_gateway.client() as client:
        run_id: str = client.post("/api/runs", json=SHORT).json()["run_id"]
        with client.stream("GET", f"/api/runs/{run_id}/events") as response:
            for _ in response.iter_lines():
                """To its end."""
        assert client.get(f"/api/runs/{run_id}").json()["state"] == "END"
    return run_id


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of the page."""
    async with async_playwright() as playwright:
        launched = await launch(playwright.chromium)
        yield launched
        await launched.close()


@pytest.fixture(scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """A gateway in front of runs that do what they are told."""
    async with Stage(tmp_path_factory.mktemp("stage")).serving() as serving:
        yield serving


@pytest.fixture(scope="session")
async def quick(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Quick]:
    """A gateway whose runs take a moment."""
    async with quick_gateway(tmp_path_factory.mktemp("quick")) as running:
        yield running
