"""Runs that are started from Python: how they are named, and what is sent."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.exceptions import WorkflowAlreadyStartedError

from domain.run import STARTED_BY, AspectRatio, RunSpec
from workflows import client as starting
from workflows.client import RunIdTaken, start_short

PROMPT = "why the sea is salty"


class Counting:
    """A client that remembers names as a server does, and counts what it is asked."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.calls: Counter[str] = Counter()
        self.sent: list[tuple[Any, dict[str, Any]]] = []

    async def start_workflow(self, kind: str, spec: Any, *, id: str, **options: Any) -> Any:
        self.calls["start"] += 1
        self.sent.append((spec, options))
        if id in self.taken:
            raise WorkflowAlreadyStartedError(id, kind)
        self.taken.add(id)
        return WorkflowHandle(None, id)  # type: ignore[arg-type]


class Noon(datetime):
    """The clock stands still."""

    @classmethod
    def now(cls, tz: Any = None) -> Noon:
        return cls(2026, 11, 24, 12, 5, tzinfo=tz)


@pytest.fixture
def counting() -> Any:
    return Counting()


async def test_a_hundred_starts_in_a_minute_cost_two_hundred_calls_at_most(
    counting: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "datetime", Noon)
    ids = [(await start_short(counting, RunSpec(prompt=PROMPT))).id for _ in range(100)]

    assert len(set(ids)) == 100
    assert all(id.startswith("20261124_1205_whythese") for id in ids)
    assert counting.calls["start"] <= 200


async def test_a_chosen_name_that_is_taken_is_refused(counting: Any) -> None:
    await start_short(counting, RunSpec(prompt=PROMPT), run_id="sea")
    with pytest.raises(RunIdTaken, match="'sea' is taken"):
        await start_short(counting, RunSpec(prompt=PROMPT), run_id="sea")


async def test_only_what_was_said_is_sent_and_who_sent_it(counting: Any) -> None:
    spec = RunSpec(prompt=PROMPT, aspect_ratio=AspectRatio.SQUARE)
    await start_short(counting, spec)

    sent, options = counting.sent[0]
    assert json.loads(json.dumps(sent)) == {"prompt": PROMPT, "aspect_ratio": "1:1"}
    assert STARTED_BY in options["memo"]


async def test_a_field_of_a_newer_version_is_passed_over_where_we_sent_it(
    client: Client, stage: Any
) -> None:
    handle = await client.start_workflow(
        "AutoShorts",
        {"prompt": PROMPT, "watermark": "mine"},
        id=f"{stage.queue}_newer",
        task_queue=stage.queue,
        memo={STARTED_BY: "9.0.0"},
    )
    await handle.result()
    said = [e.message for e in stage.crew.kept if e.type == "log"]
    assert any("watermark" in message for message in said)
