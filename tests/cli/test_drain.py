"""A worker that is told to end: paid calls under way finish, unless it is told again."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from bench.machine import Machine, leftovers, machine, wait_until
from tests.e2e.conftest import Desk
from tests.simulators.openai import KEY, OpenAISimulator
from worker.settings import WorkerSettings

ROOT = Path(__file__).parent.parent.parent
SPEC = {"prompt": "Rain falls. Rivers run. The sea is salty.", "seed": 7, "aspect_ratio": "1:1"}
PICTURES = 3


@pytest.fixture
def service() -> Iterator[OpenAISimulator]:
    with OpenAISimulator() as simulator:
        simulator.work_seconds = (1.5, 1.5)
        yield simulator


@pytest.fixture
def here(tmp_path: Path, service: OpenAISimulator) -> Iterator[Machine]:
    with machine(tmp_path) as found:
        found.settings = {
            "OPENAI_BASE_URL": service.base_url,
            "OPENAI_API_KEY": KEY,
            "AUTOSHORTS_PLANNER": "rules",
            "AUTOSHORTS_IMAGES": "openai",
            "AUTOSHORTS_VOICE": "none",
            "AUTOSHORTS_MUSIC": "none",
        }
        yield found


def _worker_with_pictures_under_way(
    here: Machine, service: OpenAISimulator
) -> subprocess.Popen[bytes]:
    worker = here.start_worker()
    here.start("sea", SPEC)
    wait_until(lambda: len(service.seen) >= PICTURES, seconds=40, what="pictures are asked for")
    return worker


async def test_what_is_paid_for_finishes_and_is_not_bought_again(
    here: Machine, service: OpenAISimulator
) -> None:
    worker = _worker_with_pictures_under_way(here, service)
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    assert len(service.charges) == PICTURES
    assert leftovers(here.data) == []
    here.start_worker()
    client = await Client.connect(here.address, data_converter=pydantic_data_converter)
    desk = Desk(here, client)
    await desk.closes("sea", seconds=90)
    assert await desk.state("sea") == "END"
    assert len(service.charges) == PICTURES


def test_a_second_signal_ends_it_at_once(here: Machine, service: OpenAISimulator) -> None:
    service.work_seconds = (60, 60)
    worker = _worker_with_pictures_under_way(here, service)
    begin = time.monotonic()
    worker.terminate()
    log = here.root / "worker0.log"
    wait_until(lambda: b"once more ends now" in log.read_bytes(), seconds=5, what="it drains")
    assert worker.poll() is None
    worker.send_signal(signal.SIGTERM)
    worker.wait(timeout=20)
    assert time.monotonic() - begin < 10
    wait_until(lambda: leftovers(here.data) == [], seconds=5, what="nothing is left")


def test_compose_waits_longer_than_a_worker_drains() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    drain = WorkerSettings.model_fields["drain_seconds"].default
    assert int(services["worker"]["stop_grace_period"].removesuffix("s")) > drain
    assert services["render"]["command"] == ["worker", "--queues", "render"]
    assert services["render"]["environment"] == services["worker"]["environment"]
