"""Short questions to whatever listens on a port of this machine, with little patience."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

from providers.body import MIB
from providers.http import trusted

# In this order: `localhost` may be either.
HOSTS = ("127.0.0.1", "::1")
CONNECT_SECONDS = 0.15
ANSWER_SECONDS = 0.3
# Once it is known what listens; a machine at work answers late.
PATIENT_SECONDS = 1.5
MAX_BYTES = 2 * MIB

T = TypeVar("T")


@dataclass(frozen=True)
class Answered:
    """A status, and the JSON object that came with it."""

    status: int
    body: dict[str, Any]

    def has(self, name: str) -> bool:
        return isinstance(self.body.get(name), list)

    def items(self, name: str) -> list[dict[str, Any]]:
        """The objects of a list in it."""
        listed = self.body.get(name)
        return [i for i in listed if isinstance(i, dict)] if isinstance(listed, list) else []


class Asking:
    """One host and port of this machine."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self.url = str(client.base_url).rstrip("/")
        self.at = client.base_url.netloc.decode()

    def get(self, path: str, *, patiently: bool = False) -> Answered | None:
        """None for whatever is no JSON object that comes in time."""
        seconds = PATIENT_SECONDS if patiently else ANSWER_SECONDS
        until, data = time.monotonic() + seconds, bytearray()
        timeout = httpx.Timeout(seconds, connect=CONNECT_SECONDS)
        try:
            with self._client.stream("GET", path, timeout=timeout) as response:
                for piece in response.iter_bytes():
                    data += piece
                    if len(data) > MAX_BYTES or time.monotonic() > until:
                        return None
            body = json.loads(data)
        except (httpx.TransportError, httpx.DecodingError, ValueError):
            return None
        return Answered(response.status_code, body) if isinstance(body, dict) else None


def asking(port: int, question: Callable[[Asking], T | None]) -> T | None:
    """What the first of the loopback addresses says to it; None where nobody does."""
    for host in HOSTS:
        if not _listens(host, port):
            continue
        url = httpx.URL(scheme="http", host=host, port=port)
        # Not through a proxy: that would be another machine.
        with httpx.Client(base_url=url, trust_env=False, verify=trusted()) as client:
            if answer := question(Asking(client)):
                return answer
    return None


def _listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), CONNECT_SECONDS):
            return True
    except OSError:
        return False
