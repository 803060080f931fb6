"""One machine with a worker and a gateway, and one finished run, for all tests of the API."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from bench.machine import Machine, machine
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
