"""The event log and its pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.events import (
    EVENT,
    MAX_EVENTS,
    MAX_PAGE_BYTES,
    EventLog,
    EventsQuery,
    LogWritten,
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


def test_the_oldest_events_give_way_and_the_base_says_so() -> None:
    page = a_log(MAX_EVENTS + 5).page(EventsQuery(limit=1), RunState.QA)
    assert page.base == 5
    assert page.events[0].seq == 5


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
