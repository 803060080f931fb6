"""Which execution of a run is heard: the last one that spoke first.

Temporal runs one workflow id as a chain of executions: continued as new, or reset. Once another
has followed an execution, what is left of that one (an activity that was not told) changes
nothing any more.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.run import RunState, run_folder
from storage.database import put_if_absent, utc_now
from storage.tables import executions, runs

# Without the documents: they may be long.
_DECIDING = (
    runs.c.run_id,
    runs.c.execution_id,
    runs.c.first_execution_id,
    runs.c.outcome,
    runs.c.created_at,
)


def locked_run(connection: Connection, run_id: str) -> Row[*tuple[Any, ...]] | None:
    """The run's row, held until the transaction ends; None where there is none."""
    query = select(*_DECIDING).where(runs.c.run_id == run_id).with_for_update()
    return connection.execute(query).one_or_none()


def put_run(connection: Connection, run_id: str, values: Mapping[str, Any]) -> bool:
    """Make the run's row, with a folder that is no other run's; False where there is one."""
    defaults = {
        "state": RunState.INIT,
        "updated_at": utc_now(),
        "cost_usd": 0.0,
        "has_video": False,
        "has_thumbnail": False,
        "is_stopping": False,
    }
    for name in _folders(run_id):
        row = {**defaults, **values, "folder": name, "folder_folded": name.casefold()}
        if put_if_absent(connection, runs, {"run_id": run_id, **row}):
            return True
        if connection.scalar(select(runs.c.run_id).where(runs.c.run_id == run_id)):
            return False
    raise AssertionError("there is always another folder")


def is_heard(connection: Connection, row: Row[*tuple[Any, ...]] | None, execution_id: str) -> bool:
    """Whether this execution may write; a new one takes the run over and opens it again."""
    if row is None or row.execution_id == execution_id:
        return True
    entry = {"run_id": row.run_id, "execution_id": execution_id}
    if not put_if_absent(connection, executions, entry):
        return False
    opened = {
        "execution_id": execution_id,
        "outcome": None,
        "status": None,
        "is_stopping": False,
        "has_video": False,
        "has_thumbnail": False,
        **({"state": RunState.INIT} if row.outcome else {}),
    }
    connection.execute(update(runs).where(runs.c.run_id == row.run_id).values(opened))
    return True


def _folders(run_id: str) -> Iterator[str]:
    """An older run's folder may differ from this one's in nothing but case."""
    name = run_folder(run_id)
    yield name
    yield from (f"{name}-{number}" for number in itertools.count(2))
