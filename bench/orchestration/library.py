"""A library of many runs: the first page of the list, and what the gateway holds of it."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psutil
from sqlalchemy import insert, select

from bench.machine import Machine, machine
from deploy.postgres import Postgres
from domain.run import Outcome, RunSpec, RunState, RunStatus
from storage.database import Database
from storage.settings import StorageSettings
from storage.storage import Storage
from storage.tables import runs as table

FIRST_PAGES = 30
MORE_PAGES = 60
PAGE = 50
ROWS_AT_ONCE = 500
FIRST = "library_0"


async def measure(*, runs: int) -> dict[str, Any]:
    """On SQLite and on PostgreSQL."""
    return await asyncio.to_thread(_measure, runs)


def _measure(runs: int) -> dict[str, Any]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        here = stack.enter_context(machine(folder / "sqlite"))
        found: dict[str, Any] = {"runs": runs, "sqlite": _library(here, runs)}
        postgres = stack.enter_context(Postgres(folder / "postgres"))
        there = Machine(folder / "client", server_port=here.port)
        stack.callback(there.close)
        there.settings["AUTOSHORTS_DATABASE"] = postgres.database("autoshorts")
        return found | {"postgresql": _library(there, runs)}


def _library(here: Machine, runs: int) -> dict[str, float]:
    url = here.start_gateway()
    gateway = psutil.Process(here.gateways[-1].pid)
    with httpx.Client(base_url=url, timeout=60) as client:
        empty = _first_pages(client)
        before = gateway.memory_info().rss
        _fill(here, runs)
        full = _first_pages(client)
        listed = _walk(client)
        after = gateway.memory_info().rss
    assert listed == min(runs, PAGE * MORE_PAGES), f"{listed} of {runs} runs were listed"
    return {
        "first_page_ms": round(statistics.median(full), 1),
        "first_page_max_ms": round(max(full), 1),
        "first_page_of_none_ms": round(statistics.median(empty), 1),
        "gateway_rss_before_mb": round(before / 2**20, 1),
        "gateway_rss_after_mb": round(after / 2**20, 1),
    }


def _first_pages(client: httpx.Client) -> list[float]:
    """Milliseconds of each."""
    took = []
    for _ in range(FIRST_PAGES):
        begin = time.perf_counter()
        client.get("/api/runs", params={"limit": PAGE}).raise_for_status()
        took.append((time.perf_counter() - begin) * 1000)
    return took


def _walk(client: httpx.Client) -> int:
    """How many runs so many pages hold."""
    listed, cursor = 0, None
    for _ in range(MORE_PAGES):
        params = {"limit": PAGE} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/runs", params=params).raise_for_status().json()
        listed += len(page["items"])
        cursor = page["next"]
        if not cursor:
            break
    return listed


def _fill(here: Machine, runs: int) -> None:
    """One run by the store's own means, and the rest like it."""
    now = datetime.now(UTC)
    with here.inside():
        storage = Storage.open(StorageSettings())
    storage.runs.claim(FIRST, "execution", "execution", _spec(0), created_at=now)
    storage.runs.close(FIRST, "execution", _status(FIRST, now))
    storage.close()
    database = Database.open(here.settings.get("AUTOSHORTS_DATABASE") or here.data / "records.db")
    with database.write() as connection:
        query = select(table).where(table.c.run_id == FIRST)
        like = dict(connection.execute(query).mappings().one())
        rows = [_another(like, number, now) for number in range(1, runs)]
        for begin in range(0, len(rows), ROWS_AT_ONCE):
            connection.execute(insert(table), rows[begin : begin + ROWS_AT_ONCE])
    database.close()


def _another(like: dict[str, Any], number: int, now: datetime) -> dict[str, Any]:
    name = f"library_{number}"
    at = now - timedelta(minutes=number)
    status = _status(name, at).model_dump_json()
    own = {"run_id": name, "execution_id": f"execution {number}", "folder": name}
    return (
        like | own | {"folder_folded": name, "created_at": at, "updated_at": at, "status": status}
    )


def _spec(number: int) -> RunSpec:
    return RunSpec(prompt=f"Why is the sea salty? Answer number {number} of many to come.")


def _status(run_id: str, at: datetime) -> RunStatus:
    return RunStatus(
        run_id=run_id,
        state=RunState.END,
        progress=1,
        detail="finished",
        created_at=at,
        updated_at=at,
        spec=_spec(0),
        title="The sea",
        outcome=Outcome.COMPLETED,
    )
