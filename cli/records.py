"""What the command line reads runs from: the records, and Temporal where a server is up."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

from temporalio.client import WorkflowExecution

from cli.session import Session
from cli.settings import CliSettings
from gateway.executions import Executions, Head
from gateway.problems import TemporalAway
from gateway.reader import RunReader
from storage.storage import Storage


class NoServer(Executions):
    """No server is up: of a run that is open, the records alone can be asked."""

    def __init__(self) -> None:
        self.calls = Counter()

    async def head(self, run_id: str) -> Head:
        self._refuse()

    async def listed(self, query: str, *, limit: int) -> list[WorkflowExecution]:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TemporalAway


@asynccontextmanager
async def open_storage(settings: CliSettings) -> AsyncIterator[Storage]:
    """Blobs and records; an earlier version's data folder is taken over. Raises `StorageError`."""
    storage = await asyncio.to_thread(Storage.open, settings)
    try:
        yield storage
    finally:
        storage.close()


@asynccontextmanager
async def open_reader(settings: CliSettings, session: Session | None) -> AsyncIterator[RunReader]:
    """The read model that the gateway has too. Raises `StorageError`."""
    async with open_storage(settings) as storage:
        yield RunReader(Executions(session.client) if session else NoServer(), storage)
