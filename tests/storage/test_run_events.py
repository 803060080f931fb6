"""The events of runs, whoever wrote them and how often: on both databases."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import text

from domain.events import OtherEvent, StateChanged
from domain.run import Outcome, RunSpec, RunState
from storage.database import Database
from storage.runs import RunRecords
from storage.tables import metadata
from tests.storage.run_samples import NOON, SPEC, ended, logged, messages, start_run
from tests.storage.writers import address


@pytest.fixture
def records(database: Database) -> RunRecords:
    return RunRecords(database)


def test_events_are_kept_once_however_often_they_are_sent(records: RunRecords) -> None:
    start_run(records)
    records.append_events("sea", "e1", logged(0, 1))
    records.append_events("sea", "e1", logged(0, 1, 2))
    records.append_events("sea", "e1", [])
    assert [seq for _, seq, _ in messages(records)] == [0, 1, 2]


def test_events_of_an_execution_that_was_continued_stay(records: RunRecords) -> None:
    start_run(records)
    records.append_events("sea", "e1", logged(0, 1))
    records.claim("sea", "e2", "e1", None, created_at=NOON)
    records.append_events("sea", "e2", logged(2, 3))
    assert [(who, seq) for who, seq, _ in messages(records)] == [
        ("e1", 0), ("e1", 1), ("e2", 2), ("e2", 3),
    ]  # fmt: skip


def test_events_that_a_reset_undid_go(records: RunRecords) -> None:
    start_run(records)
    records.append_events("sea", "e1", logged(0, 1, 2, 3, message="old"))
    records.append_events("sea", "e2", logged(2, message="new"))
    assert messages(records) == [("e1", 0, "old"), ("e1", 1, "old"), ("e2", 2, "new")]


def test_events_are_read_from_a_place_on(records: RunRecords) -> None:
    start_run(records)
    records.append_events("sea", "e1", logged(*range(1200)))
    assert [stored.event.seq for stored in records.events("sea", after=1100, limit=3)] == [
        1101, 1102, 1103,
    ]  # fmt: skip
    assert len(records.events("sea")) == 1200
    assert records.events("unknown") == ()


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        pytest.param('{"type": "review", "stars": 5', "review", id="of a newer version"),
        pytest.param('{"type": "state", "state": "DREAMING"', "state", id="with a newer state"),
    ],
)
def test_an_event_that_this_version_does_not_know_is_passed_on(
    database: Database, records: RunRecords, document: str, kind: str
) -> None:
    whole = f'{document}, "seq": 0, "at": "2026-11-20T12:00:00Z", "progress": 0.5}}'
    with database.write() as connection:
        connection.execute(
            metadata.tables["events"].insert(),
            {"run_id": "sea", "seq": 0, "execution_id": "e1", "document": whole},
        )
    event = records.events("sea")[0].event
    assert isinstance(event, OtherEvent)
    assert (event.type, event.seq) == (kind, 0)


def test_what_a_newer_version_wrote_of_a_run_is_left_out_and_the_rest_is_shown(
    database: Database, records: RunRecords
) -> None:
    start_run(records)
    records.close("sea", "e1", ended())
    with database.write() as connection:
        connection.execute(text("""update runs set spec = '{"mode": "opera"}'"""))
    run = records.get("sea")
    assert run is not None
    assert (run.spec, run.prompt, run.outcome) == (None, SPEC.prompt, Outcome.COMPLETED)


def test_letters_that_a_database_does_not_take_are_no_reason_to_lose_a_run(
    records: RunRecords,
) -> None:
    spec = RunSpec(prompt="nul \0 and 바다 🌊")
    records.announce("sea", spec, created_at=NOON)
    records.close("sea", "e1", ended(spec=spec, title="so\0 it is"))
    records.append_events("sea", "e1", logged(0, message="\0 🌊"))
    run = records.get("sea")
    assert run is not None
    assert run.spec == spec
    assert messages(records) == [("e1", 0, "\0 🌊")]


def test_writers_of_several_processes_lose_nothing(database: Database) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.storage.many_runs", address(database)]
    started = [
        subprocess.Popen([*command, str(name), "40"], stderr=subprocess.PIPE) for name in range(2)
    ]
    assert [process.communicate()[1].decode() for process in started] == ["", ""]
    records = RunRecords(database)
    assert len(records.events("shared 0")) == 40
    assert len(records.events("shared 1")) == 40
    assert len(records.page(states={RunState.QA}, before=None, limit=200)) == 82


def test_state_events_are_read_back_as_they_were(records: RunRecords) -> None:
    event = StateChanged(
        seq=0,
        at=NOON,
        progress=0.1,
        state=RunState.PLOT_GENERATION,
        previous=RunState.INIT,
        detail="writing",
    )
    records.append_events("sea", "e1", [event])
    assert records.events("sea")[0].event == event
