"""Who is killed: the workers of each queue, the gateways, the Temporal server."""

from __future__ import annotations

import subprocess
from abc import ABC, abstractmethod

from bench.machine import Machine, free_ports, kill_group


class Part(ABC):
    """A process that dies and is started again."""

    name: str

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def kill(self) -> None:
        """By SIGKILL, with everything that it started."""


class WorkerPart(Part):
    """A worker of one kind of work."""

    def __init__(self, here: Machine, queues: str) -> None:
        self.name = f"worker of {queues}"
        self._machine = here
        self._queues = queues
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = self._machine.start_worker("--queues", self._queues)

    def kill(self) -> None:
        assert self._process is not None
        kill_group(self._process)


class GatewayPart(Part):
    """A gateway that comes back where it was."""

    name = "gateway"

    def __init__(self, here: Machine) -> None:
        self._machine = here
        self._port = free_ports(1)[0]
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> None:
        self.url = self._machine.start_gateway(port=self._port)
        self._process = self._machine.gateways[-1]

    def kill(self) -> None:
        assert self._process is not None
        kill_group(self._process)


class ServerPart(Part):
    """The Temporal server, whose database is on disk; it runs already."""

    name = "Temporal server"

    def __init__(self, here: Machine) -> None:
        self._machine = here

    def start(self) -> None:
        if self._machine.server is None or self._machine.server.poll() is not None:
            self._machine.start_server()

    def kill(self) -> None:
        self._machine.kill_server()
