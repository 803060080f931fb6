"""A client of one run's stream: cut now and then, resumed where it was, and exact about it."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import cycle

import httpx

from tests.gateway_client import Seen, each_event

PAUSE_SECONDS = 0.2
CUT_AFTER_EVENTS = (1, 12)


class Client(threading.Thread):
    """Reads until the run has ended, from each gateway in its turn."""

    def __init__(self, urls: Sequence[str], run_id: str, deadline: float) -> None:
        super().__init__(name=run_id, daemon=True)
        self.run_id = run_id
        self.seen: Counter[int] = Counter()
        self.types: Counter[str] = Counter()
        self.covered = -1
        self.resets = 0
        self._urls = cycle(urls)
        self._deadline = deadline
        self._last_id = ""
        self._ended = False

    def run(self) -> None:
        while not self._ended and time.monotonic() < self._deadline:
            try:
                with httpx.Client(base_url=next(self._urls), timeout=60, verify=False) as client:
                    self._read(client)
            except (httpx.HTTPError, Refused):
                """Cut from the other side, or not known there yet: asked again below."""
            time.sleep(PAUSE_SECONDS)

    def lost(self, last_seq: int) -> int:
        """Durable events up to `last_seq` that never came."""
        return sum(not self.seen[seq] for seq in range(self.covered + 1, last_seq + 1))

    @property
    def doubled(self) -> int:
        return sum(count - 1 for count in self.seen.values())

    def _read(self, client: httpx.Client) -> None:
        if not self._last_id and client.get(f"/api/runs/{self.run_id}").status_code != 200:
            raise Refused(self.run_id)
        left = random.randint(*CUT_AFTER_EVENTS)
        with closing(each_event(client, self.run_id, last_id=self._last_id)) as coming:
            for event in coming:
                self._take(event)
                left -= bool(event.id)
                if not left or self._ended:
                    return

    def _take(self, event: Seen) -> None:
        if event.type == "snapshot":
            self.covered = event.data["seq"]
        self.types[event.type] += 1
        self.resets += event.type == "reset"
        self._ended = event.type == "ended"
        if event.id:
            self._last_id = event.id
            self.seen[event.seq] += 1


class Refused(Exception):
    """A gateway does not serve the run at this moment."""
