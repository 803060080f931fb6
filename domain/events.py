"""What a run tells those who watch it.

One vocabulary on the wire (decisions 14). These are the durable ones, each with a dense
`seq`; `snapshot`, `reset`, `progress` and `bye` are made by the gateway and carry none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import ConfigDict, Discriminator, Field, Tag, TypeAdapter

from domain.assets import ArtifactRef, AssetKind
from domain.model import Frozen
from domain.qa import Finding
from domain.run import Outcome, RunError, RunState, RunStatus
from domain.understood import Understood

MAX_PAGE_EVENTS = 200
MAX_PAGE_BYTES = 256 * 1024
# What a run holds of its own log; what is older has been kept in the records.
MAX_LOG_BYTES = 1024 * 1024
# So much goes into the records at a time.
PIECE_BYTES = 48 * 1024
MAX_MESSAGE_CHARACTERS = 1000

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


class PromptUnderstood(_Event, Understood):
    """What the prompt was taken for, before anything is asked for it."""

    type: Literal["understood"] = "understood"


class PlanReady(_Event):
    """The plot is written and the layout is whole."""

    type: Literal["plan"] = "plan"
    title: str
    language: str
    source: str
    scenes: tuple[dict[str, Any], ...] = Field(
        description="scene_id, text (of a long scene the beginning), duration_ms of each"
    )
    changed: bool = Field(
        default=True,
        description="false where the plot is the same: a QA retry kept it, or the scenes now "
        "have the lengths of their voices",
    )


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


class OtherEvent(_Event):
    """An event of a version that knows more than this one: passed on as it is."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: str


_TYPES = ("state", "understood", "plan", "asset", "log", "degraded", "qa", "ended")


def _tag(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return kind if kind in _TYPES else "other"


Event = Annotated[
    Annotated[StateChanged, Tag("state")]
    | Annotated[PromptUnderstood, Tag("understood")]
    | Annotated[PlanReady, Tag("plan")]
    | Annotated[AssetReady, Tag("asset")]
    | Annotated[LogWritten, Tag("log")]
    | Annotated[ProviderDegraded, Tag("degraded")]
    | Annotated[QaJudged, Tag("qa")]
    | Annotated[RunEnded, Tag("ended")]
    | Annotated[OtherEvent, Tag("other")],
    Discriminator(_tag),
]
EventT = TypeVar(
    "EventT",
    StateChanged,
    PromptUnderstood,
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

    execution_id: str = Field(default="", description="Temporal's id of who wrote these events")
    state: RunState
    base: int = Field(description="the oldest seq still held; what is older is in the records")
    events: tuple[Event, ...]
    next: int = Field(description="pass as `after` to go on")
    more: bool
    status: RunStatus | None = Field(default=None, description="where it was asked for")


class EventLog:
    """An append-only log of one execution, bounded by bytes, kept in the records in pieces.

    `base` is the seq of its first event: an execution that continues another goes on counting.
    Only what was kept is ever dropped.
    """

    def __init__(self, base: int = 0) -> None:
        self._events: list[Event] = []
        self._sizes: list[int] = []
        self._bytes = 0
        self._base = base
        self._kept = base

    @property
    def next_seq(self) -> int:
        return self._base + len(self._events)

    @property
    def unkept_bytes(self) -> int:
        """How much there is that the records do not have yet."""
        return sum(self._sizes[self._kept - self._base :])

    def append(self, event: Event) -> None:
        """Raises ValueError where `event.seq` is not the next one."""
        if event.seq != self.next_seq:
            raise ValueError(f"expected seq {self.next_seq}, got {event.seq}")
        size = len(event.model_dump_json().encode())
        self._events.append(event)
        self._sizes.append(size)
        self._bytes += size

    def unkept(self) -> Iterator[tuple[Event, ...]]:
        """What the records do not have yet, in pieces of about `PIECE_BYTES` of JSON."""
        begin = end = self._kept - self._base
        size = 0
        while end < len(self._events):
            size += self._sizes[end]
            if end > begin and size > PIECE_BYTES:
                yield tuple(self._events[begin:end])
                begin, size = end, self._sizes[end]
            end += 1
        if end > begin:
            yield tuple(self._events[begin:end])

    def kept(self, up_to: int) -> None:
        """The records have every event before seq `up_to`; the oldest may go now."""
        self._kept = max(self._kept, up_to)
        while self._bytes > MAX_LOG_BYTES and self._base < self._kept:
            self._bytes -= self._sizes.pop(0)
            del self._events[0]
            self._base += 1

    def page(self, query: EventsQuery, state: RunState, execution_id: str = "") -> EventPage:
        """At most `limit` events and about `MAX_PAGE_BYTES` of JSON, always at least one."""
        begin = max(query.after + 1 - self._base, 0)
        end, size = begin, 0
        while end < min(len(self._events), begin + query.limit):
            size += self._sizes[end]
            if end > begin and size > MAX_PAGE_BYTES:
                break
            end += 1
        chosen = self._events[begin:end]
        last = chosen[-1].seq if chosen else max(query.after, self._base - 1)
        return EventPage(
            execution_id=execution_id,
            state=state,
            base=self._base,
            events=tuple(chosen),
            next=last,
            more=last + 1 < self.next_seq,
        )
