"""The machine, the services and the runs; and the one who kills."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from bench.chaos.client import Client
from bench.machine import Machine, machine
from domain.run import RunState
from tests.gateway_client import GatewayProcess, gateway
from tests.providers.services import SERVICES
from tests.simulators.server import Simulator

# How long a service takes, and how long a worker lives: seconds, from and to.
WORK_SECONDS = (0.2, 2.0)
LIFE_SECONDS = (0.5, 18.0)
DEADLINE_SECONDS = 1500.0
# Where no service is simulated for a role.
EMBEDDED = {"planner": "rules", "images": "painter", "music": "synth", "voice": "espeak"}


class Chaos:
    """Everything that stands while runs are made."""

    def __init__(
        self,
        here: Machine,
        served: GatewayProcess,
        services: list[Simulator],
        chance: random.Random,
    ) -> None:
        self.machine = here
        self.gateway = served
        self.services = services
        self.chance = chance
        self.run_ids: list[str] = []
        self.clients: list[Client] = []
        self._worker = here.start_worker()
        self._deadline = time.monotonic() + DEADLINE_SECONDS

    def start_run(self) -> None:
        """One more run, and who watches it."""
        number = len(self.run_ids)
        self.run_ids.append(f"chaos_{number}")
        self.machine.start(self.run_ids[-1], _spec(number))
        self.clients.append(Client(self.gateway.url, self.run_ids[-1], self._deadline))
        self.clients[-1].start()

    def kill_worker(self) -> None:
        """After a while, with everything that it started; then another one polls."""
        time.sleep(self.chance.uniform(*LIFE_SECONDS))
        os.killpg(self._worker.pid, signal.SIGKILL)
        self._worker.wait()
        self._worker = self.machine.start_worker()

    def states(self) -> dict[str, int]:
        """How many runs are in each state, as the gateway lists them."""
        answer = httpx.get(f"{self.gateway.url}/api/runs", params={"limit": 100}, timeout=30)
        return dict(Counter(run["state"] for run in answer.raise_for_status().json()["items"]))

    def is_busy(self) -> bool:
        return any(not RunState(state).is_terminal for state in self.states())

    def wait_for_end(self) -> None:
        while self.is_busy() and time.monotonic() < self._deadline:
            time.sleep(0.5)


@contextmanager
def chaos(root: Path, chance: random.Random) -> Iterator[Chaos]:
    """A machine whose worker and gateway know every service that the tests simulate."""
    with ExitStack() as stack:
        here = stack.enter_context(machine(root))
        services = {kind: stack.enter_context(kind()) for kind in {s.simulator for s in SERVICES}}
        for service in SERVICES:
            here.settings.update(service.environment(services[service.simulator].url))
        for simulator in services.values():
            simulator.work_seconds = WORK_SECONDS
        served = stack.enter_context(gateway(here))
        yield Chaos(here, served, list(services.values()), chance)


def _spec(number: int) -> dict[str, object]:
    """A run whose words, pictures and music are nobody else's, by each service in its turn."""
    return {
        "prompt": (
            f"Lighthouse number {number} stands alone. Its lamp turns {number + 2} times a minute. "
            f"Ship {number} comes home by its light."
        ),
        "aspect_ratio": "1:1",
        "art_style": f"ink on paper {number}",
        "music_genre": f"ambient {number}",
        "seed": number,
        "providers": {role: names[number % len(names)] for role, names in _choices().items()},
    }


def _choices() -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for service in SERVICES:
        names[service.role].append(service.name)
    return {role: [name] for role, name in EMBEDDED.items()} | names
