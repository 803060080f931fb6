"""A client of one run's stream: cut now and then, resumed where it was, and exact about it."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from contextlib import closing

import httpx

from tests.gateway_client import Seen, each_event

PAUSE_SECONDS = 0.2
CUT_AFTER_EVENTS = (1, 12)


class Client(threading.Thread):
    """Reads until the run has ended."""

    def __init__(self, url: str, run_id: str, deadline: float) -> None:
        super().__init__(name=run_id, daemon=True)
        self.run_id = run_id
        self.seen: Counter[int] = Counter()
        self.covered = -1
        self.resets = 0
        self._url = url
        self._deadline = deadline
        self._last_id = ""
        self._ended = False

    def run(self) -> None:
        with httpx.Client(base_url=self._url, timeout=60) as client:
            while not self._ended and time.monotonic() < self._deadline:
                try:
                    self._read(client)
                except httpx.HTTPError:
                    """Cut from the other side: resumed below."""
                time.sleep(PAUSE_SECONDS)

    def lost(self, last_seq: int) -> int:
        """Durable events up to `last_seq` that never came."""
        return sum(not self.seen[seq] for seq in range(self.covered + 1, last_seq + 1))

    @property
    def doubled(self) -> int:
        return sum(count - 1 for count in self.seen.values())

    def _read(self, client: httpx.Client) -> None:
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
        self.resets += event.type == "reset"
        self._ended = event.type == "ended"
        if event.id:
            self._last_id = event.id
            self.seen[event.seq] += 1
