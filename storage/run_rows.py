"""What the rows of runs and events mean: from documents to values and back."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import (
    CompoundSelect,
    Row,
    Select,
    desc,
    false,
    literal,
    select,
    tuple_,
    union_all,
)

from domain.events import EVENT, FILM_KINDS, Event, OtherEvent
from domain.run import Outcome, RunSpec, RunState, RunStatus
from storage.tables import Moment, runs

PROMPT_CHARACTERS = 80
LIST_COLUMNS = (
    runs.c.run_id,
    runs.c.execution_id,
    runs.c.state,
    runs.c.outcome,
    runs.c.created_at,
    runs.c.title,
    runs.c.prompt,
    runs.c.duration_ms,
    runs.c.has_video,
    runs.c.has_thumbnail,
)
_FILM_NAMES = {kind: name for name, kind in FILM_KINDS.items()}

logger = logging.getLogger(__name__)
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class StoredRun:
    """All that is known of a run; `execution_id` is None until a workflow has claimed its name."""

    run_id: str
    execution_id: str | None
    first_execution_id: str | None
    state: RunState
    outcome: Outcome | None
    created_at: datetime
    updated_at: datetime
    title: str | None
    prompt: str | None
    duration_ms: int | None
    cost_usd: float
    spec: RunSpec | None
    status: RunStatus | None
    owner: str | None
    retry_of: str | None
    folder: str
    is_stopping: bool


@dataclass(frozen=True, slots=True)
class RunRow:
    """What lists show of a run; `prompt` is its beginning."""

    run_id: str
    execution_id: str | None
    state: RunState
    outcome: Outcome | None
    created_at: datetime
    title: str | None
    prompt: str | None
    duration_ms: int | None
    has_video: bool
    has_thumbnail: bool


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event, the execution that wrote it, and its JSON as that was written."""

    execution_id: str
    event: Event
    document: str


def page_query(
    *, states: Collection[RunState] | None, before: tuple[datetime, str] | None, limit: int
) -> Select[Any] | CompoundSelect[Any]:
    """The newest runs in these states, each state's by its index and only as many as needed."""
    place = (runs.c.created_at, runs.c.run_id)
    query = select(*LIST_COLUMNS).order_by(*(column.desc() for column in place)).limit(limit)
    if before is not None:
        query = query.where(tuple_(*place) < tuple_(literal(before[0], Moment), before[1]))
    if states is None:
        return query
    parts = [select(query.where(runs.c.state == state).subquery()) for state in sorted(set(states))]
    if not parts:
        return query.where(false())
    return union_all(*parts).order_by(desc("created_at"), desc("run_id")).limit(limit)


def stored_run(row: Row[*tuple[Any, ...]]) -> StoredRun:
    spec = _document(RunSpec, row.spec, row.run_id)
    return StoredRun(
        run_id=row.run_id,
        execution_id=row.execution_id,
        first_execution_id=row.first_execution_id,
        state=_state(row.state),
        outcome=_outcome(row.outcome),
        created_at=row.created_at,
        updated_at=row.updated_at,
        title=row.title,
        prompt=spec.prompt if spec else row.prompt,
        duration_ms=row.duration_ms,
        cost_usd=row.cost_usd,
        spec=spec,
        status=_document(RunStatus, row.status, row.run_id),
        owner=row.owner,
        retry_of=row.retry_of,
        folder=row.folder,
        is_stopping=row.is_stopping,
    )


def listed_run(row: Row[*tuple[Any, ...]]) -> RunRow:
    values = dict(row._mapping)
    values["state"] = _state(row.state)
    values["outcome"] = _outcome(row.outcome)
    return RunRow(**values)


def stored_event(row: Row[*tuple[Any, ...]]) -> StoredEvent:
    """An event that this version cannot read is passed on as it is."""
    try:
        event: Event = EVENT.validate_json(row.document)
    except ValidationError:
        event = OtherEvent.model_validate_json(row.document)
    return StoredEvent(row.execution_id, event, row.document)


def spec_values(spec: RunSpec | None) -> dict[str, Any]:
    """The columns that say what was asked for; none where that is not known."""
    if spec is None:
        return {}
    return {
        "spec": spec.model_dump_json(exclude_defaults=True),
        "prompt": plain(spec.prompt)[:PROMPT_CHARACTERS],
    }


def status_values(status: RunStatus) -> dict[str, Any]:
    """The columns that say how a run ended, or where it is."""
    lengths = [scene.duration_ms for scene in status.scenes]
    return {
        **spec_values(status.spec),
        "state": status.state,
        "outcome": status.outcome,
        "updated_at": status.updated_at,
        "cost_usd": status.cost_usd,
        "has_video": _FILM_NAMES["video"] in status.artifacts,
        "has_thumbnail": _FILM_NAMES["thumbnail"] in status.artifacts,
        "status": status.model_dump_json(),
        **({"title": plain(status.title)} if status.title else {}),
        **({"duration_ms": sum(lengths)} if lengths else {}),
    }


def plain(text: str) -> str:
    """Without the one letter that PostgreSQL keeps in no text."""
    return text.replace("\0", "")


def _state(value: str) -> RunState:
    """One that a newer version has between two of ours is told as the first."""
    return RunState(value) if value in RunState.__members__ else RunState.INIT


def _outcome(value: str | None) -> Outcome | None:
    return Outcome(value) if value else None


def _document(model: type[ModelT], text: str | None, run_id: str) -> ModelT | None:
    if text is None:
        return None
    try:
        return model.model_validate_json(text)
    except ValidationError as exc:
        logger.warning(
            "run %r: its %s cannot be read: %d fields are not known to this version",
            run_id,
            model.__name__,
            exc.error_count(),
        )
        return None
