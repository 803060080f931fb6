"""A gateway of one's own for the tests, in its own process, and what a client sees of it."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from bench.machine import Machine, script


@dataclass
class GatewayProcess:
    """A running `autoshorts gateway`."""

    process: subprocess.Popen[str]
    url: str
    log: Path

    def client(self, **options: Any) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=30, verify=False, **options)

    def counted(self, name: str) -> float:
        """The sum of a metric over its labels."""
        text = httpx.get(f"{self.url}/metrics", verify=False).raise_for_status().text
        return sum(
            sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == name
        )

    def stop(self) -> float:
        """SIGTERM; seconds until it was gone."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=15)
        return time.monotonic() - begin

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def gateway(here: Machine, *, port: int = 0, **settings: str) -> Iterator[GatewayProcess]:
    """A gateway for a machine's server and data folder."""
    log = here.root / f"gateway{time.monotonic_ns()}.log"
    env = here.env | {f"AUTOSHORTS_{name.upper()}": value for name, value in settings.items()}
    with log.open("w") as out:
        process = subprocess.Popen(
            [script("autoshorts"), "gateway", "--port", str(port)],
            env=env,
            stdout=out,
            stderr=out,
            text=True,
        )
    try:
        yield GatewayProcess(process, _url(process, log), log)
    finally:
        if process.poll() is None:
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)


def _url(process: subprocess.Popen[str], log: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for line in log.read_text().splitlines():
            if "listens on" in line:
                url = line.split()[-1]
                with suppress(httpx.TransportError):
                    if httpx.get(f"{url}/healthz", verify=False).status_code == 200:
                        return url
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"the gateway did not start: {log.read_text()[-2000:]}")


@dataclass(frozen=True)
class Seen:
    """One event as a client gets it."""

    id: str
    type: str
    data: dict[str, Any]

    @property
    def seq(self) -> int:
        return int(self.id.rpartition(":")[2]) if self.id else -1


def each_event(client: httpx.Client, run_id: str, *, last_id: str = "") -> Generator[Seen]:
    """The events of one connection as they come, by the rules of WHATWG HTML section 9.2."""
    headers = {"Last-Event-ID": last_id} if last_id else {}
    with client.stream("GET", f"/api/runs/{run_id}/events", headers=headers) as response:
        if response.status_code == 204:
            return
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        fields: dict[str, str] = {}
        for line in response.iter_lines():
            if line == "":
                if "data" in fields:
                    data = json.loads(fields["data"])
                    assert fields["event"] == data["type"]
                    yield Seen(fields.get("id", ""), fields["event"], data)
                fields = {}
            elif not line.startswith(":"):
                name, _, value = line.partition(":")
                fields[name] = value.removeprefix(" ")


def events(
    client: httpx.Client, run_id: str, *, last_id: str = "", stop_after: int | None = None
) -> list[Seen]:
    """The events of one connection, to its end."""
    with closing(each_event(client, run_id, last_id=last_id)) as coming:
        return list(islice(coming, stop_after))


def durable(seen: list[Seen]) -> list[Seen]:
    return [event for event in seen if event.id]
