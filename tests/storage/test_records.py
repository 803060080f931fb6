"""The records of runs, from a name that is taken to an end that stays: on both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from domain.run import Outcome, RunSpec, RunState
from storage.database import Database
from storage.runs import RunNameTaken, RunRecords, RunRow
from storage.tables import runs
from tests.storage.run_samples import NOON, SPEC, ended, logged, messages, start_run
from tests.storage.writers import as_another_process


@pytest.fixture
def records(database: Database) -> RunRecords:
    return RunRecords(database)


def test_an_announced_run_is_listed_before_its_workflow_begins(records: RunRecords) -> None:
    assert records.announce("sea", SPEC, created_at=NOON, owner="ann", retry_of="lake")
    run = records.get("sea")
    assert run is not None
    assert (run.state, run.outcome, run.execution_id) == (RunState.INIT, None, None)
    assert (run.spec, run.prompt, run.owner, run.retry_of) == (SPEC, SPEC.prompt, "ann", "lake")
    assert run.created_at == NOON
    assert [row.run_id for row in records.page(states=None, before=None, limit=9)] == ["sea"]


def test_announcing_a_known_run_changes_nothing(records: RunRecords) -> None:
    start_run(records)
    before = records.get("sea")
    assert not records.announce("sea", RunSpec(prompt="another"), created_at=NOON, owner="bob")
    assert records.get("sea") == before


def test_an_announced_run_is_claimed_by_its_workflow_and_keeps_its_owner(
    records: RunRecords,
) -> None:
    records.announce("sea", SPEC, created_at=NOON - timedelta(seconds=1), owner="ann")
    start_run(records)
    run = records.get("sea")
    assert run is not None
    assert (run.execution_id, run.first_execution_id, run.owner) == ("e1", "e1", "ann")
    assert run.created_at == NOON


def test_a_claim_may_be_repeated(records: RunRecords) -> None:
    start_run(records)
    first = records.get("sea")
    start_run(records)
    again = records.get("sea")
    assert first
    assert again
    assert (again.execution_id, again.created_at) == (first.execution_id, first.created_at)


def test_a_name_that_another_run_had_is_refused_and_nothing_is_overwritten(
    records: RunRecords,
) -> None:
    start_run(records)
    records.close("sea", "e1", ended())
    before = records.get("sea")
    with pytest.raises(RunNameTaken, match="run id 'sea' is taken by a run of 2026-11-20 .*--id"):
        records.claim("sea", "x1", "x1", RunSpec(prompt="other"), created_at=NOON)
    assert records.get("sea") == before


def test_one_of_two_workflows_that_claim_a_name_at_once_gets_it(database: Database) -> None:
    barrier = threading.Barrier(2)

    def claim(execution: str) -> bool:
        with as_another_process(database) as mine:
            records = RunRecords(mine)
            barrier.wait()
            try:
                for n in range(10):
                    records.claim(f"run {n}", execution, execution, SPEC, created_at=NOON)
            except RunNameTaken:
                return False
            return True

    with ThreadPoolExecutor(2) as threads:
        won = list(threads.map(claim, ["a", "b"]))
    assert sum(won) <= 1
    with database.read() as connection:
        owners = connection.scalars(select(runs.c.first_execution_id)).all()
    assert owners
    assert set(owners) <= {"a", "b"}


def test_ids_that_differ_in_case_have_folders_that_differ_without(
    database: Database, records: RunRecords
) -> None:
    for run_id in ("Sea", "sea", "SEA", "sEa"):
        start_run(records, run_id)
    with database.read() as connection:
        names = connection.scalars(select(runs.c.folder)).all()
    assert len({name.lower() for name in names}) == 4
    sea = records.get("sea")
    assert sea is not None
    assert sea.folder == "sea"


def test_a_folder_that_an_older_run_has_is_left_to_it(
    database: Database, records: RunRecords
) -> None:
    start_run(records, "other")
    with database.write() as connection:
        connection.execute(text("update runs set folder = 'SEA', folder_folded = 'sea'"))
    start_run(records, "sea")
    sea = records.get("sea")
    assert sea is not None
    assert sea.folder == "sea-2"


def test_progress_says_where_a_run_is(records: RunRecords) -> None:
    start_run(records)
    records.progress("sea", "e1", RunState.RENDERING, title="Salt", duration_ms=7500)
    records.progress("sea", "e1", RunState.QA)
    row = records.page(states=None, before=None, limit=1)[0]
    assert (row.state, row.title, row.duration_ms) == (RunState.QA, "Salt", 7500)


def test_a_closed_run_tells_all_of_its_end(records: RunRecords) -> None:
    start_run(records)
    records.close("sea", "e1", ended())
    run = records.get("sea")
    assert run is not None
    assert run.status == ended()
    assert (run.outcome, run.state, run.cost_usd) == (Outcome.COMPLETED, RunState.END, 0.25)
    assert records.page(states=None, before=None, limit=1) == [
        RunRow(
            run_id="sea",
            execution_id="e1",
            state=RunState.END,
            outcome=Outcome.COMPLETED,
            created_at=NOON,
            title="The salty sea",
            prompt=SPEC.prompt,
            duration_ms=7500,
            has_video=True,
            has_thumbnail=False,
        )
    ]


def test_an_end_is_told_once(records: RunRecords) -> None:
    """A cancel that came too late, or a progress that was on its way, changes nothing."""
    start_run(records)
    records.close("sea", "e1", ended())
    records.close("sea", "e1", ended(Outcome.CANCELLED))
    records.progress("sea", "e1", RunState.RENDERING)
    records.stop("sea")
    run = records.get("sea")
    assert run is not None
    assert (run.outcome, run.state, run.is_stopping) == (Outcome.COMPLETED, RunState.END, False)


def test_a_close_without_a_claim_makes_the_record(records: RunRecords) -> None:
    records.close("sea", "e1", ended())
    run = records.get("sea")
    assert run is not None
    assert (run.execution_id, run.spec, run.created_at) == ("e1", SPEC, NOON)


def test_a_status_without_an_outcome_is_no_end(records: RunRecords) -> None:
    with pytest.raises(ValueError, match="'sea' has not ended"):
        records.close("sea", "e1", ended(None))


def test_an_execution_that_continues_another_has_its_run(records: RunRecords) -> None:
    start_run(records)
    records.progress("sea", "e1", RunState.QA)
    records.claim("sea", "e2", "e1", None, created_at=NOON + timedelta(minutes=1))
    run = records.get("sea")
    assert run is not None
    assert (run.execution_id, run.first_execution_id) == ("e2", "e1")
    assert (run.state, run.spec, run.created_at) == (RunState.QA, SPEC, NOON)


@pytest.mark.parametrize("begin", ["claim", "progress"])
def test_a_reset_opens_a_closed_run_again(records: RunRecords, begin: str) -> None:
    """A reset to a place behind the claim does not claim again: progress is its first word."""
    start_run(records)
    records.stop("sea")
    records.close("sea", "e1", ended(Outcome.FAILED))
    if begin == "claim":
        records.claim("sea", "e2", "e1", SPEC, created_at=NOON)
    else:
        records.progress("sea", "e2", RunState.RENDERING)
    run = records.get("sea")
    assert run is not None
    assert (run.outcome, run.status, run.is_stopping) == (None, None, False)
    assert run.execution_id == "e2"
    assert run.state is (RunState.INIT if begin == "claim" else RunState.RENDERING)
    assert not records.page(states=None, before=None, limit=1)[0].has_video


def test_the_first_word_of_a_reset_execution_may_be_its_end(records: RunRecords) -> None:
    start_run(records)
    records.close("sea", "e1", ended(Outcome.FAILED))
    records.close("sea", "e2", ended())
    run = records.get("sea")
    assert run is not None
    assert (run.execution_id, run.outcome) == ("e2", Outcome.COMPLETED)


def test_an_execution_that_was_followed_by_another_is_not_heard_any_more(
    records: RunRecords,
) -> None:
    start_run(records)
    records.progress("sea", "e2", RunState.QA)
    records.append_events("sea", "e2", logged(0, 1, message="new"))
    records.progress("sea", "e1", RunState.RENDERING)
    records.append_events("sea", "e1", logged(0, 1, 2, message="old"))
    records.close("sea", "e1", ended())
    records.claim("sea", "e1", "e1", SPEC, created_at=NOON)
    run = records.get("sea")
    assert run is not None
    assert (run.execution_id, run.state, run.outcome) == ("e2", RunState.QA, None)
    assert messages(records) == [("e2", 0, "new"), ("e2", 1, "new")]


def test_a_run_that_is_stopping_says_so(records: RunRecords) -> None:
    start_run(records)
    assert not records.is_stopping("sea")
    records.stop("sea")
    assert records.is_stopping("sea")
    assert not records.is_stopping("unknown")
