"""The one door to all that is kept: blobs, records, and the run folders made from them."""

from __future__ import annotations

import asyncio
import contextvars
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from storage.assets import AssetIndex
from storage.blobs import Blobs
from storage.database import Database
from storage.errors import explained
from storage.folders import RunFolders
from storage.keys import IdempotencyKeys
from storage.leases import Leases
from storage.ledger import Ledger
from storage.runs import RunRecords
from storage.schema import migrate
from storage.services import Services
from storage.sessions import Sessions
from storage.settings import StorageSettings
from storage.takeover import take_over
from storage.uploads import Uploads
from storage.workers import WorkerRecords

THREADS = 8
DATABASE_FILE = "records.db"

P = ParamSpec("P")
T = TypeVar("T")


class Storage:
    """What a deployment keeps; every part is synchronous and safe for many threads."""

    def __init__(self, data_dir: Path, database: Database, blobs: Blobs) -> None:
        self.data_dir = data_dir
        self.database = database
        self.blobs = blobs
        self.runs = RunRecords(database)
        self.assets = AssetIndex(database)
        self.ledger = Ledger(database)
        self.leases = Leases(database)
        self.services = Services(database)
        self.uploads = Uploads(database, blobs)
        self.keys = IdempotencyKeys(database)
        self.workers = WorkerRecords(database)
        self.sessions = Sessions(database)
        self.folders = RunFolders(data_dir, database, blobs)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="storage")

    @classmethod
    def open(cls, settings: StorageSettings) -> Storage:
        """Open what the settings name, in today's form, with all of an older data folder.

        Raises `StorageError`.
        """
        data_dir = settings.data_dir.absolute()
        with explained("make", data_dir):
            data_dir.mkdir(parents=True, exist_ok=True)
        url = settings.database.get_secret_value() if settings.database else None
        database = Database.open(url or data_dir / DATABASE_FILE)
        try:
            migrate(database)
            blobs = Blobs.open(settings)
            take_over(data_dir, database, blobs)
        except BaseException:
            database.close()
            raise
        return cls(data_dir, database, blobs)

    @classmethod
    def in_memory(cls, data_dir: Path) -> Storage:
        """For tests: blobs in memory, and records that a power failure may take.

        Records are a file in `data_dir` all the same: memory has no second connection.
        """
        database = Database.open(data_dir / DATABASE_FILE, durable=False)
        migrate(database)
        settings = StorageSettings(_env_file=None, data_dir=data_dir, store="memory:///")
        return cls(data_dir, database, Blobs.open(settings))

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something that waits for a disk or a database, in a thread kept for that.

        Not in asyncio's own threads: there it would wait behind renders and painters.
        """
        context = contextvars.copy_context()
        work = functools.partial(context.run, function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Wait for what is under way, then let go of everything."""
        self._threads.shutdown(wait=True)
        self.database.close()
