"""Lists of runs, page by page: on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from domain.run import RunSpec, RunState
from storage.database import Database
from storage.keys import IdempotencyKeys
from storage.run_rows import page_query
from storage.runs import RunRecords
from storage.tables import metadata
from tests.storage.run_samples import NOON, SPEC, ended, logged, start_run


@pytest.fixture
def records(database: Database) -> RunRecords:
    return RunRecords(database)


def _many(records: RunRecords) -> list[tuple[datetime, str]]:
    """Twelve runs, three of each minute, and their places, newest first."""
    places = []
    for n in range(12):
        created_at = NOON + timedelta(minutes=n // 3)
        run_id = f"run {n:02}"
        records.claim(run_id, run_id, run_id, SPEC, created_at=created_at)
        records.progress(run_id, run_id, RunState.QA if n % 2 else RunState.RENDERING)
        places.append((created_at, run_id))
    return sorted(places, reverse=True)


@pytest.mark.parametrize("limit", [1, 4, 12])
@pytest.mark.parametrize(
    "states", [None, (RunState.QA, RunState.RENDERING)], ids=["all", "by state"]
)
def test_pages_show_every_run_once_newest_first(
    records: RunRecords, states: Sequence[RunState] | None, limit: int
) -> None:
    expected = _many(records)
    seen: list[tuple[datetime, str]] = []
    while page := records.page(states=states, before=seen[-1] if seen else None, limit=limit):
        assert len(page) <= limit
        seen.extend((row.created_at, row.run_id) for row in page)
    assert seen == expected


def test_a_page_shows_the_states_that_were_asked_for(records: RunRecords) -> None:
    _many(records)
    page = records.page(states={RunState.QA, RunState.END}, before=None, limit=100)
    assert [row.run_id for row in page] == [f"run {n:02}" for n in (11, 9, 7, 5, 3, 1)]
    assert records.page(states=set(), before=None, limit=100) == []


def test_a_long_prompt_is_shown_by_its_beginning(records: RunRecords) -> None:
    records.announce("sea", RunSpec(prompt="salt " * 4000), created_at=NOON)
    row = records.page(states=None, before=None, limit=1)[0]
    assert row.prompt == ("salt " * 16)
    run = records.get("sea")
    assert run is not None
    assert run.prompt == "salt " * 4000


@pytest.mark.parametrize("states", [None, (RunState.FAILED, RunState.END)], ids=["all", "by state"])
@pytest.mark.parametrize("before", [None, (NOON, "run 05")], ids=["first", "later"])
def test_a_page_reads_an_index_and_only_the_rows_it_shows(
    database: Database,
    records: RunRecords,
    states: Sequence[RunState] | None,
    before: tuple[datetime, str] | None,
) -> None:
    query = page_query(states=states, before=before, limit=20)
    compiled = query.compile(database.engine, compile_kwargs={"literal_binds": True})
    with database.write() as connection:
        if database.is_sqlite:
            plan = connection.execute(text(f"explain query plan {compiled}")).all()
            steps = [row.detail for row in plan if " runs" in row.detail]
            assert all("USING INDEX ix_runs_" in step for step in steps), steps
        else:
            connection.execute(text("set local enable_seqscan = off"))
            steps = [row[0] for row in connection.execute(text(f"explain {compiled}"))]
            assert not any("Seq Scan on runs" in step for step in steps), steps
        assert len([step for step in steps if "ix_runs_" in step]) == len(states or [1])


def test_open_runs_are_counted_by_their_owner(records: RunRecords) -> None:
    for n in range(3):
        records.announce(f"run {n}", SPEC, created_at=NOON, owner="ann")
    records.announce("other", SPEC, created_at=NOON, owner="bob")
    records.close("run 0", "e1", ended(run_id="run 0"))
    assert (records.open_runs("ann"), records.open_runs("bob")) == (2, 1)
    assert records.open_runs("nobody") == 0


def test_a_deleted_run_leaves_nothing_and_its_name_may_be_taken_again(
    database: Database, records: RunRecords
) -> None:
    start_run(records)
    start_run(records, "lake", execution="l1")
    records.append_events("sea", "e1", logged(0, 1))
    records.append_events("lake", "l1", logged(0))
    IdempotencyKeys(database).claim("key", "digest", "sea")
    records.close("sea", "e1", ended())
    records.delete("sea")
    assert records.get("sea") is None
    assert records.events("sea") == ()
    assert len(records.events("lake")) == 1
    with database.read() as connection:
        for table in metadata.tables.values():
            if "run_id" in table.c:
                query = select(func.count()).select_from(table).where(table.c.run_id == "sea")
                assert connection.scalar(query) == 0, table.name
    records.claim("sea", "x1", "x1", SPEC, created_at=NOON)
