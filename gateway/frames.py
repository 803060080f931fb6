"""Events as they go over the wire, encoded once for all clients.

WHATWG HTML, section 9.2: `id`, `event`, `data`, a blank line. JSON has no raw line breaks, so
one `data` line holds an event. Names never are `error`, `open` or `message`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pydantic_core

from domain.events import Event

_EVENT_ID = re.compile(r"^([0-9a-f-]{36}):(\d{1,9})$")


@dataclass(frozen=True)
class Position:
    """How much of which execution's log a client has."""

    execution_id: str
    seq: int

    @classmethod
    def parse(cls, text: str | None) -> Position | None:
        """What a `Last-Event-ID` says; None for anything that is not one of ours."""
        match = _EVENT_ID.match(text or "")
        return cls(match[1], int(match[2])) if match else None


def encode(
    kind: str, data: object, *, event_id: str | None = None, retry_ms: int | None = None
) -> bytes:
    """One event; `data` is anything that JSON can hold."""
    lines = []
    if event_id is not None:
        lines.append(f"id: {event_id}")
    if retry_ms is not None:
        lines.append(f"retry: {retry_ms}")
    lines += [f"event: {kind}", f"data: {pydantic_core.to_json(data).decode()}"]
    return ("\n".join(lines) + "\n\n").encode()


@dataclass
class FrameLog:
    """The frames of one execution's durable events, by dense seq from `base`."""

    execution_id: str
    base: int = 0
    frames: list[bytes] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    ended: bool = False

    @property
    def last_seq(self) -> int:
        return self.base + len(self.frames) - 1

    def append(self, event: Event) -> None:
        """Raises ValueError where the event is not the next one."""
        if self.frames and event.seq != self.last_seq + 1:
            raise ValueError(f"expected seq {self.last_seq + 1}, got {event.seq}")
        if not self.frames:
            self.base = event.seq
        data = event.model_dump(mode="json")
        self.frames.append(encode(event.type, data, event_id=f"{self.execution_id}:{event.seq}"))
        self.events.append(event)
        self.ended = self.ended or event.type == "ended"

    def after(self, seq: int) -> bytes:
        """Every frame newer than `seq`, as one piece."""
        start = seq + 1 - self.base
        return b"".join(self.frames[start if start > 0 else 0 :])

    def holds(self, seq: int) -> bool:
        """Whether a client that has `seq` can go on from here without a gap."""
        return self.base - 1 <= seq <= self.last_seq
