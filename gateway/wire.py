"""What goes over the event stream: a run's own events, and those that the gateway makes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from domain.events import Event
from domain.model import Frozen
from domain.run import RunState
from gateway.views import RunView

EVENT_TYPES = (
    *("snapshot", "reset", "state", "understood", "plan", "asset", "log", "degraded", "qa"),
    *("progress", "ended", "bye"),
)


class Snapshot(Frozen):
    """The whole run, as far as `seq`; begins a stream. Carries no id."""

    type: Literal["snapshot"] = "snapshot"
    seq: int = Field(ge=-1, description="the newest event that `run` covers; -1 for none")
    run: RunView


class Reset(Frozen):
    """A snapshot that begins the stream anew: forget what you have. Carries no id."""

    type: Literal["reset"] = "reset"
    seq: int = Field(ge=-1, description="the newest event that `run` covers; -1 for none")
    run: RunView


class Ticked(Frozen):
    """How far it is, between two events. Carries no id."""

    type: Literal["progress"] = "progress"
    state: RunState
    progress: float = Field(ge=0, le=1)
    detail: str
    eta_seconds: int | None


class Bye(Frozen):
    """The stream ends before the run does: come back after `retry`. Carries no id."""

    type: Literal["bye"] = "bye"
    reason: str = Field(description="restarting, busy, old, Temporal is away")


StreamEvent = Annotated[Snapshot | Reset | Ticked | Bye, Field(discriminator="type")] | Event
