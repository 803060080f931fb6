"""What a run tells those who watch it.

One vocabulary on the wire (decisions 14). These are the durable ones, each with a dense
`seq`; `snapshot`, `reset`, `progress` and `bye` are made by the gateway and carry none.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, TypeAdapter

from domain.assets import ArtifactRef, AssetKind
from domain.model import Frozen
from domain.qa import Finding
from domain.run import Outcome, RunError, RunState, RunStatus

MAX_EVENTS = 2000
MAX_PAGE_EVENTS = 200
MAX_PAGE_BYTES = 256 * 1024

FILM_KINDS: dict[str, Literal["video", "captions", "thumbnail"]] = {
    "final_video.mp4": "video",
    "captions.srt": "captions",
    "thumbnail.jpg": "thumbnail",
}


class _Event(Frozen):
    seq: int = Field(ge=0, description="dense, from 0")
    at: datetime
    progress: float = Field(ge=0, le=1)


class StateChanged(_Event):
    """The run moved to another state."""

    type: Literal["state"] = "state"
    state: RunState
    previous: RunState
    detail: str


class PlanReady(_Event):
    """The plot is written and the layout is whole."""

    type: Literal["plan"] = "plan"
    title: str
    language: str
    source: str
    scenes: tuple[dict[str, Any], ...] = Field(description="scene_id, text, duration_ms of each")
    changed: bool = Field(default=True, description="false where a QA retry kept the plan")


class AssetReady(_Event):
    """A picture, voice line, piece of music or sound effect is finished, or the film is."""

    type: Literal["asset"] = "asset"
    kind: AssetKind | Literal["video", "captions", "thumbnail"]
    name: str = Field(description="scene id, line id, tag, or file name")
    scene_id: str | None = None
    artifact: ArtifactRef
    provider: str
    cached: bool = Field(description="taken from the store, not made again")
    done: int = Field(ge=0)
    total: int = Field(ge=0)


class LogWritten(_Event):
    """A notice; also what signal `report_progress` says."""

    type: Literal["log"] = "log"
    level: Literal["info", "warning", "error"] = "info"
    message: str


class ProviderDegraded(_Event):
    """Something was made in a lesser way than could be expected."""

    type: Literal["degraded"] = "degraded"
    kind: AssetKind | Literal["plot"]
    name: str
    provider: str
    message: str


class QaJudged(_Event):
    """QA gave its verdict."""

    type: Literal["qa"] = "qa"
    passed: bool
    attempt: int = Field(ge=1)
    findings: tuple[Finding, ...] = ()


class RunEnded(_Event):
    """The last event of a run."""

    type: Literal["ended"] = "ended"
    state: RunState
    outcome: Outcome
    artifacts: dict[str, ArtifactRef] = Field(default_factory=dict)
    error: RunError | None = None


Event = Annotated[
    StateChanged | PlanReady | AssetReady | LogWritten | ProviderDegraded | QaJudged | RunEnded,
    Field(discriminator="type"),
]
EventT = TypeVar(
    "EventT",
    StateChanged,
    PlanReady,
    AssetReady,
    LogWritten,
    ProviderDegraded,
    QaJudged,
    RunEnded,
)

EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class EventsQuery(Frozen):
    """The argument of query `events`."""

    after: int = Field(default=-1, ge=-1, description="the last seq already known; -1 for none")
    limit: int = Field(default=MAX_PAGE_EVENTS, ge=1, le=MAX_PAGE_EVENTS)
    with_status: bool = Field(default=False, description="whether the page carries the status too")


class EventPage(Frozen):
    """The answer of query `events`."""

    state: RunState
    base: int = Field(description="the oldest seq still held")
    events: tuple[Event, ...]
    next: int = Field(description="pass as `after` to go on")
    more: bool
    status: RunStatus | None = Field(default=None, description="where it was asked for")


class EventLog:
    """An append-only log that keeps the newest `MAX_EVENTS` events."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._base = 0

    @property
    def next_seq(self) -> int:
        return self._base + len(self._events)

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(self._events)

    def append(self, event: Event) -> None:
        """Raises ValueError where `event.seq` is not the next one."""
        if event.seq != self.next_seq:
            raise ValueError(f"expected seq {self.next_seq}, got {event.seq}")
        self._events.append(event)
        if len(self._events) > MAX_EVENTS:
            self._base += 1
            del self._events[0]

    def page(self, query: EventsQuery, state: RunState) -> EventPage:
        """At most `limit` events and about `MAX_PAGE_BYTES` of JSON, always at least one."""
        begin = max(query.after + 1 - self._base, 0)
        chosen: list[Event] = []
        size = 0
        for event in self._events[begin : begin + query.limit]:
            size += len(event.model_dump_json().encode())
            if chosen and size > MAX_PAGE_BYTES:
                break
            chosen.append(event)
        last = chosen[-1].seq if chosen else max(query.after, self._base - 1)
        return EventPage(
            state=state,
            base=self._base,
            events=tuple(chosen),
            next=last,
            more=last + 1 < self.next_seq,
        )
