"""The event log and its pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.events import (
    EVENT,
    MAX_LOG_BYTES,
    MAX_PAGE_BYTES,
    PIECE_BYTES,
    EventLog,
    EventsQuery,
    LogWritten,
    OtherEvent,
)
from domain.run import RunState

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def a_log(count: int, message: str = "x") -> EventLog:
    log = EventLog()
    for seq in range(count):
        log.append(LogWritten(seq=seq, at=NOW, progress=0.5, message=message))
    return log


def test_pages_join_to_the_whole_log() -> None:
    log, seen, query = a_log(450), [], EventsQuery()
    while True:
        page = log.page(query, RunState.QA)
        seen += [event.seq for event in page.events]
        query = EventsQuery(after=page.next)
        if not page.more:
            break
    assert seen == list(range(450))


def test_a_page_is_bounded_in_bytes_but_never_empty() -> None:
    page = a_log(10, "m" * 100_000).page(EventsQuery(), RunState.QA)
    assert len(page.events) == 2
    assert len(page.model_dump_json()) < MAX_PAGE_BYTES
    assert page.more
    assert len(a_log(1, "m" * 300_000).page(EventsQuery(), RunState.QA).events) == 1


def test_the_oldest_events_give_way_once_they_are_kept_and_the_base_says_so() -> None:
    count = 2 * MAX_LOG_BYTES // 100_000
    log = a_log(count, "m" * 100_000)
    assert log.page(EventsQuery(limit=1), RunState.QA).base == 0
    log.kept(count)
    page = log.page(EventsQuery(limit=1), RunState.QA)
    assert 0 < page.base < count
    assert page.events[0].seq == page.base
    held = [log.page(EventsQuery(after=seq - 1, limit=1), RunState.QA).events[0]
            for seq in range(page.base, count)]  # fmt: skip
    assert [event.seq for event in held] == list(range(page.base, count))
    assert sum(len(event.model_dump_json()) for event in held) <= MAX_LOG_BYTES


def test_what_was_not_kept_stays_however_much_it_is() -> None:
    log = a_log(30, "m" * 100_000)
    log.kept(10)
    assert log.page(EventsQuery(limit=1), RunState.QA).base == 10
    assert log.unkept_bytes > MAX_LOG_BYTES


def test_pieces_join_to_what_was_not_kept_and_each_is_small() -> None:
    log = a_log(500, "m" * 1000)
    log.kept(100)
    pieces = list(log.unkept())
    assert [event.seq for piece in pieces for event in piece] == list(range(100, 500))
    for piece in pieces:
        assert sum(len(event.model_dump_json()) for event in piece) <= PIECE_BYTES
    log.kept(500)
    assert (list(log.unkept()), log.unkept_bytes) == ([], 0)


def test_an_execution_that_continues_another_goes_on_counting() -> None:
    log = EventLog(base=40)
    with pytest.raises(ValueError, match="expected seq 40"):
        log.append(LogWritten(seq=0, at=NOW, progress=0, message="x"))
    log.append(LogWritten(seq=40, at=NOW, progress=0, message="x"))
    page = log.page(EventsQuery(after=-1), RunState.QA, "e2")
    assert (page.execution_id, page.base, page.next, page.more) == ("e2", 40, 40, False)


def test_a_reader_who_knows_all_gets_nothing_and_stays_where_it_is() -> None:
    page = a_log(3).page(EventsQuery(after=2), RunState.QA)
    assert (page.events, page.next, page.more) == ((), 2, False)


def test_a_gap_in_the_sequence_is_refused() -> None:
    with pytest.raises(ValueError, match="expected seq 3"):
        a_log(3).append(LogWritten(seq=7, at=NOW, progress=0, message="x"))


def test_an_event_is_known_by_its_type() -> None:
    event = EVENT.validate_json(
        '{"seq":0,"at":"2026-11-24T00:00:00Z","progress":0,"type":"log","message":"x"}'
    )
    assert isinstance(event, LogWritten)


def test_an_event_of_a_newer_version_is_passed_on_as_it_is() -> None:
    said = {"seq": 0, "at": "2026-11-24T00:00:00Z", "progress": 0.5, "type": "sparkled", "hue": 7}
    event = EVENT.validate_python(said)
    assert isinstance(event, OtherEvent)
    assert event.model_dump(mode="json") == said


def test_what_a_newer_version_adds_to_an_event_is_passed_over() -> None:
    event = EVENT.validate_json(
        '{"seq":0,"at":"2026-11-24T00:00:00Z","progress":0,"type":"log","message":"x","new":1}'
    )
    assert event == LogWritten(seq=0, at=NOW, progress=0, message="x")
