"""The machine, the services and the runs; and the one who kills."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from bench.chaos.client import Client
from bench.chaos.victims import GatewayPart, Part, ServerPart, WorkerPart
from bench.machine import Machine, machine
from deploy.postgres import Postgres
from deploy.seaweedfs import SeaweedFS
from domain.run import RunState
from tests.providers.services import SERVICES
from tests.simulators.server import Simulator

Records = Literal["sqlite", "postgres"]
Blobs = Literal["folder", "s3"]

# How long a service takes, and how long it is quiet before somebody dies: seconds, from and to.
WORK_SECONDS = (0.2, 2.0)
LIFE_SECONDS = (0.5, 18.0)
# What a run and a kill may cost at most, on a machine that has much else to do.
RUN_SECONDS = 120.0
KILL_SECONDS = 30.0
# Where no service is simulated for a role.
EMBEDDED = {"planner": "rules", "images": "painter", "music": "synth", "voice": "espeak"}
# Of so many runs one is asked for twice at once: the same words, the same seed.
TWIN_EVERY = 4


@dataclass(frozen=True)
class Plan:
    """How long a night, and where everything is kept."""

    runs: int
    kills: int
    records: Records = "sqlite"
    blobs: Blobs = "folder"

    @property
    def seconds(self) -> float:
        return self.runs * RUN_SECONDS + self.kills * KILL_SECONDS


class Chaos:
    """Everything that stands while runs are made."""

    def __init__(
        self, here: Machine, services: list[Simulator], chance: random.Random, *, seconds: float
    ) -> None:
        self.machine = here
        self.services = services
        self.chance = chance
        self.run_ids: list[str] = []
        self.clients: list[Client] = []
        self._gateways = [GatewayPart(here), GatewayPart(here)]
        # How often each dies, in proportion.
        self._parts: list[Part] = [
            *[WorkerPart(here, "workflows")] * 2,
            *[WorkerPart(here, "assets")] * 3,
            *[WorkerPart(here, "render")] * 2,
            *self._gateways,
            ServerPart(here),
        ]
        self._doomed: list[Part] = []
        self._deadline = time.monotonic() + seconds
        for part in dict.fromkeys(self._parts):
            part.start()

    def start_run(self) -> None:
        """One more run, and who watches it."""
        number = len(self.run_ids)
        run_id = f"chaos_{number}"
        self.run_ids.append(run_id)
        self.machine.start(run_id, _spec(number - 1 if number % TWIN_EVERY == 1 else number))
        urls = [gateway.url for gateway in self._gateways]
        self.clients.append(Client(urls, run_id, self._deadline))
        self.clients[-1].start()

    def kill(self) -> str:
        """After a while somebody dies, with everything it started, and is started again."""
        time.sleep(self.chance.uniform(*LIFE_SECONDS))
        if not self._doomed:
            self._doomed = self.chance.sample(self._parts, len(self._parts))
        part = self._doomed.pop()
        part.kill()
        part.start()
        return part.name

    def states(self) -> dict[str, int]:
        """How many runs are in each state, as a gateway lists them."""
        url = f"{self._gateways[0].url}/api/runs"
        answer = httpx.get(url, params={"limit": 100}, timeout=30)
        return dict(Counter(run["state"] for run in answer.raise_for_status().json()["items"]))

    def is_busy(self) -> bool:
        """Whether a run has not ended; one may not be listed yet."""
        ended = sum(n for state, n in self.states().items() if RunState(state).is_terminal)
        return ended < len(self.run_ids)

    def wait_for_end(self) -> None:
        while self.is_busy() and time.monotonic() < self._deadline:
            time.sleep(0.5)


@contextmanager
def chaos(root: Path, chance: random.Random, plan: Plan) -> Iterator[Chaos]:
    """A machine whose workers and gateways know every service that the tests simulate."""
    with ExitStack() as stack:
        here = stack.enter_context(machine(root))
        if plan.records == "postgres":
            postgres = stack.enter_context(Postgres(root / "postgres"))
            here.settings["AUTOSHORTS_DATABASE"] = postgres.database("autoshorts")
        if plan.blobs == "s3":
            seaweedfs = stack.enter_context(SeaweedFS(root / "seaweedfs"))
            here.settings.update(seaweedfs.environment)
            here.settings["AUTOSHORTS_STORE"] = f"s3://{seaweedfs.bucket}/films"
        services = {kind: stack.enter_context(kind()) for kind in {s.simulator for s in SERVICES}}
        for service in SERVICES:
            here.settings.update(service.environment(services[service.simulator].url))
        for simulator in services.values():
            simulator.work_seconds = WORK_SECONDS
        yield Chaos(here, list(services.values()), chance, seconds=plan.seconds)


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
