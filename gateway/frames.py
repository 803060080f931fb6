"""Events as they go over the wire, encoded once for all clients.

WHATWG HTML, section 9.2: `id`, `event`, `data`, a blank line. JSON has no raw line breaks, so
one `data` line holds an event. Names never are `error`, `open` or `message`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

import pydantic_core

MAX_LOG_BYTES = 1024 * 1024
# So much of what is too old is let go at a time.
_LET_GO = 0.75

_EVENT_ID = re.compile(r"([0-9a-f-]{36}):(\d{1,9})")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
_RESERVED = {"error", "open", "message", "snapshot", "reset", "progress", "bye"}
OTHER_KIND = "other"


@dataclass(frozen=True)
class Position:
    """How much of which execution's log a client has."""

    execution_id: str
    seq: int

    @classmethod
    def parse(cls, text: str | None) -> Position | None:
        """What a `Last-Event-ID` says; None for anything that is not one of ours."""
        match = _EVENT_ID.fullmatch(text or "")
        return cls(match[1], int(match[2])) if match else None


@dataclass(frozen=True)
class Entry:
    """An event as it was sent, and the execution that wrote it."""

    execution_id: str
    seq: int
    data: dict[str, Any]

    @property
    def kind(self) -> str:
        """The event's name on the wire: its type, where that can be one."""
        kind = str(self.data.get("type"))
        return kind if _KIND.fullmatch(kind) and kind not in _RESERVED else OTHER_KIND

    @property
    def frame(self) -> bytes:
        return encode(self.kind, self.data, event_id=f"{self.execution_id}:{self.seq}")


def encode(
    kind: str, data: object, *, event_id: str | None = None, retry_ms: int | None = None
) -> bytes:
    """One event; `data` is anything that JSON can hold, or JSON in one line."""
    lines = []
    if event_id is not None:
        lines.append(f"id: {event_id}")
    if retry_ms is not None:
        lines.append(f"retry: {retry_ms}")
    text = data if isinstance(data, bytes) else pydantic_core.to_json(data)
    lines += [f"event: {kind}", "data: "]
    return b"".join(("\n".join(lines).encode(), text, b"\n\n"))


class FrameLog:
    """The newest frames of a run's durable events, by dense seq, and who wrote which.

    A run that goes on in another execution goes on counting. What is older than `floor` is no
    longer held here: the records have it.
    """

    def __init__(self, *, max_bytes: int = MAX_LOG_BYTES) -> None:
        self.floor = 0
        self.ended = False
        self._frames: list[bytes] = []
        self._bytes = 0
        self._max_bytes = max_bytes
        # The first seq of each execution that wrote some of it, whether held here or not.
        self._firsts: list[int] = []
        self._writers: list[str] = []

    @property
    def origin(self) -> int:
        """The first seq that there is a way to."""
        return self._firsts[0] if self._firsts else 0

    @property
    def last_seq(self) -> int:
        return self.floor + len(self._frames) - 1

    @property
    def size_bytes(self) -> int:
        return self._bytes

    def append(self, entry: Entry) -> None:
        """Raises ValueError where the event is not the next one."""
        if self._firsts and entry.seq != self.last_seq + 1:
            raise ValueError(f"expected seq {self.last_seq + 1}, got {entry.seq}")
        if not self._firsts:
            self.floor = entry.seq
        if not self._writers or self._writers[-1] != entry.execution_id:
            self._firsts.append(entry.seq)
            self._writers.append(entry.execution_id)
        frame = entry.frame
        self._frames.append(frame)
        self._bytes += len(frame)
        self.ended = self.ended or entry.kind == "ended"
        if self._bytes > self._max_bytes:
            self._let_go()

    def after(self, seq: int) -> bytes:
        """Every frame newer than `seq`, as one piece; `floor` - 1 is the oldest to ask for."""
        start = seq + 1 - self.floor
        return b"".join(self._frames[start if start > 0 else 0 :])

    def writer_of(self, seq: int) -> str | None:
        """The execution that wrote an event; None for one that there is not."""
        at = bisect_right(self._firsts, seq) - 1
        return self._writers[at] if at >= 0 and seq <= self.last_seq else None

    def holds(self, position: Position) -> bool:
        """Whether a client that is there can go on without a gap."""
        return self.writer_of(position.seq) == position.execution_id

    def _let_go(self) -> None:
        kept = self._bytes
        count = 0
        while kept > self._max_bytes * _LET_GO and count < len(self._frames) - 1:
            kept -= len(self._frames[count])
            count += 1
        del self._frames[:count]
        self.floor += count
        self._bytes = kept
