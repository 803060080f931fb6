"""Every curl line of docs/api.md does what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bench.machine import Machine
from domain.run import RunState
from gateway.operations import PATHS
from tests.gateway.conftest import SHORT
from tests.gateway_client import GatewayProcess, gateway

PAGE = (Path(__file__).parent.parent.parent / "docs" / "api.md").read_text()
KEY = "a-long-enough-key-for-docs"
KEYLESS, KEYED = (re.findall(r"^\$ (curl .*)$", part, re.M) for part in PAGE.split("## Keys"))

pytestmark = pytest.mark.skipif(
    not shutil.which("curl") and not os.environ.get("CI"), reason="there is no curl here"
)


def _run(line: str, url: str, folder: Path) -> None:
    """As a shell would, but a status from 400 on is an error."""
    done = subprocess.run(
        ["bash", "-c", f'curl() {{ command curl --fail-with-body -m 60 "$@"; }}; {line}'],
        env={"PATH": os.environ["PATH"], "U": url, "KEY": KEY},
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    Image.new("RGB", (60, 40), "orange").save(folder / "fox.jpg")
    return folder


@pytest.fixture(scope="module", autouse=True)
def _no_run_goes_on(running_gateway: GatewayProcess) -> Iterator[None]:
    """What the page's lines have started nobody waits for."""
    yield
    with running_gateway.client() as client:
        states = [state.value for state in RunState if not state.is_terminal]
        for run in client.get("/api/runs", params={"state": states, "limit": 100}).json()["items"]:
            client.post(run["links"]["cancel"])


@pytest.mark.parametrize("line", KEYLESS)
def test_a_line_without_a_key(api: httpx.Client, finished: str, folder: Path, line: str) -> None:
    run_id = finished
    if "/cancel" in line:
        run_id = api.post("/api/runs", json={**SHORT, "num_cuts": 5}).json()["run_id"]
    _run(line.replace("RUN", run_id), str(api.base_url).rstrip("/"), folder)


def test_the_lines_with_a_key(site: Machine, folder: Path) -> None:
    with gateway(site, api_key=KEY) as locked:
        for line in KEYED:
            _run(line, locked.url, folder)


def test_every_route_is_on_the_page() -> None:
    table = PAGE.replace("…/artifacts/{name}", "/api/runs/{run_id}/artifacts/{name}")
    assert not [path for path in PATHS if path not in table]
