"""A run as far as it was read, whoever told it: the records, its worker, or Temporal itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import pydantic_core
from pydantic import ValidationError

from domain.events import EVENT
from domain.run import Outcome, RunError, RunState, RunStatus
from gateway.executions import Head
from gateway.frames import Entry
from gateway.problems import TemporalAway
from gateway.story import Story
from gateway.views import RunView, view_of
from storage.runs import StoredEvent, StoredRun

UNREADABLE = "the run's worker is of another version than this gateway, which cannot read all of it"
_WORDS = {
    Outcome.TERMINATED: "the run was terminated in Temporal",
    Outcome.TIMED_OUT: "the run took longer than its time limit in Temporal",
}


class RunLog:
    """A run as far as it was read: its status, and what its log has told, folded."""

    def __init__(self, run_id: str) -> None:
        self.run_id = run_id
        self.status: RunStatus | None = None
        self.story = Story()
        self.trouble: str | None = None
        self.live_progress = 0.0
        self.execution_id = ""
        self.last_seq = -1
        self.ended = False

    @property
    def is_begun(self) -> bool:
        return self.last_seq >= 0

    def add(self, entry: Entry) -> None:
        """The next event. Of one that cannot be understood only its place is kept."""
        self.last_seq, self.execution_id = entry.seq, entry.execution_id
        self.ended = self.ended or entry.kind == "ended"
        with suppress(ValidationError):
            self.story.add(EVENT.validate_python(entry.data))

    def view(self) -> RunView:
        """Raises `TemporalAway` before the first reading."""
        if self.status is None:
            raise TemporalAway
        return view_of(
            self.status,
            self.story,
            live_progress=self.live_progress,
            warnings=(self.trouble,) if self.trouble else (),
        )


@dataclass(frozen=True)
class Reading:
    """What is known of a run at one moment."""

    execution_id: str
    status: RunStatus
    view: RunView

    @cached_property
    def body(self) -> bytes:
        """The view as JSON, encoded once."""
        return self.view.model_dump_json().encode()


def overruled(status: RunStatus, head: Head) -> RunStatus:
    """Temporal's word on how a run ended, where no code of the run was left to say it."""
    if head.outcome is None or status.outcome is not None:
        return status
    words = _WORDS.get(head.outcome, f"the run ended: {head.outcome}")
    completed = head.outcome is Outcome.COMPLETED
    return status.model_copy(
        update={
            "state": RunState.END if completed else RunState.FAILED,
            "outcome": head.outcome,
            "detail": words,
            "error": None
            if completed
            else RunError(type=head.outcome.value, message=words, state=status.state),
        }
    )


def ended_entry(log: RunLog, execution_id: str) -> Entry:
    status = log.status
    assert status is not None
    completed = status.outcome is Outcome.COMPLETED
    data = {
        "seq": log.last_seq + 1,
        "at": status.updated_at.isoformat(),
        "progress": max(log.story.progress, status.progress),
        "type": "ended",
        "state": RunState.END if completed else RunState.FAILED,
        "outcome": status.outcome or Outcome.FAILED,
        "artifacts": {name: ref.model_dump() for name, ref in status.artifacts.items()},
        "error": status.error and status.error.model_dump(mode="json"),
    }
    return Entry(execution_id, log.last_seq + 1, data)


def entry_of(stored: StoredEvent) -> Entry:
    data = pydantic_core.from_json(stored.document)
    return Entry(stored.execution_id, stored.event.seq, data)


def reading_of(log: RunLog, execution_id: str) -> Reading:
    view = log.view()
    assert log.status is not None
    return Reading(execution_id, log.status, view)


def status_of(
    stored: StoredRun | None, head: Head | None, *, run_id: str = "", detail: str = ""
) -> RunStatus:
    """As much as the row and Temporal's own description say."""
    if stored is None:
        assert head is not None
        return RunStatus(
            run_id=run_id,
            state=head.state,
            progress=1.0 if head.state is RunState.END else 0.0,
            detail=detail,
            created_at=head.created_at,
            updated_at=head.created_at,
            spec=None,
        )
    if stored.status is not None:
        return stored.status
    state = head.state if head and head.outcome is None else stored.state
    return RunStatus(
        run_id=stored.run_id,
        state=state,
        progress=1.0 if stored.outcome is Outcome.COMPLETED else 0.0,
        detail=detail,
        created_at=stored.created_at,
        updated_at=stored.updated_at,
        spec=stored.spec,
        title=stored.title,
        cost_usd=stored.cost_usd,
        outcome=stored.outcome,
    )
