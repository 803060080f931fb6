"""The composition root: the only module that knows every concrete class.

What a kind of work needs is imported where that work is put together, so that a process loads
no more than its queues ask of it: composing films alone takes a second of it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from temporalio.client import Client
from temporalio.worker import Worker

from domain.offers import Offer, merged
from domain.queues import Queues
from providers.errors import ProviderError
from storage.errors import StorageError
from storage.storage import Storage
from storage.workers import Capabilities, Capability
from worker.polling import QUICK, new_worker, polling
from worker.queues import ALL, Queue
from worker.search_attributes import register_run_state
from worker.settings import WorkerSettings

if TYPE_CHECKING:
    from providers.registry import ProviderRegistry

REPORT_SECONDS = 20.0
EXPIRES_SECONDS = 60.0

logger = logging.getLogger(__name__)


@asynccontextmanager
async def running_worker(
    client: Client,
    settings: WorkerSettings,
    *,
    queues: frozenset[Queue] = ALL,
    drain: timedelta = QUICK,
) -> AsyncIterator[None]:
    """Workers that poll for as long as the block lasts, with everything they need.

    `drain` is what calls under way have to finish at its end. Raises `StorageError`.
    """
    has_run_state = await register_run_state(client)
    async with AsyncExitStack() as stack:
        storage = await asyncio.to_thread(Storage.open, settings)
        stack.callback(storage.close)
        bench = Workbench(settings, storage, queues, run_state_attribute=has_run_state)
        stack.push_async_callback(bench.aclose)
        await stack.enter_async_context(_reported(storage, bench))
        await stack.enter_async_context(
            polling(
                worker for queue in sorted(queues) for worker in bench.workers(client, queue, drain)
            )
        )
        yield


@dataclass
class Workbench:
    """What the workers of one process share."""

    settings: WorkerSettings
    storage: Storage
    queues: frozenset[Queue]
    run_state_attribute: bool

    @cached_property
    def providers(self) -> ProviderRegistry:
        from providers.registry import ProviderRegistry
        from providers.service import Tools

        tools = Tools(read_upload=self.storage.uploads.path)
        return ProviderRegistry(self.settings.providers, tools=tools)

    async def aclose(self) -> None:
        if "providers" in self.__dict__:
            await self.providers.aclose()

    def workers(self, client: Client, queue: Queue, drain: timedelta) -> Sequence[Worker]:
        """The workers of one kind of work, not yet started."""
        names, slots, grace = Queues(), self.settings.max_activities, queue.grace(drain)
        match queue:
            case Queue.WORKFLOWS:
                return [
                    new_worker(
                        client,
                        names.runs,
                        self.light_work(),
                        slots=slots,
                        grace=grace,
                        runs_workflows=True,
                    )
                ]
            case Queue.ASSETS:
                return [
                    new_worker(client, name, self.asset_work(), slots=slots, grace=grace)
                    for name in (names.assets, *map(names.service, self.providers.queues()))
                ]
            case Queue.RENDER:
                return [
                    new_worker(client, name, self.film_work(), slots=1, grace=grace)
                    for name in (names.render, names.qa)
                ]

    def light_work(self) -> list[Any]:
        from activities.archive import Archivist
        from activities.layout import Arranger
        from activities.plan import PlanWriter

        archivist = Archivist(
            self.storage,
            self.providers,
            offers=self.offers,
            run_state_attribute=self.run_state_attribute,
            max_cost_usd=self.settings.max_cost_usd,
        )
        arranger = Arranger(self.storage)
        planner = PlanWriter(self.providers.planner, self.storage)
        return [
            archivist.open_run,
            archivist.keep_events,
            archivist.stop_run,
            archivist.close_run,
            arranger.arrange,
            arranger.fill,
            planner.write_plot,
        ]

    def asset_work(self) -> list[Any]:
        from activities.crew import Crew
        from activities.plan import PlanWriter

        crew = Crew(self.providers, self.storage)
        planner = PlanWriter(self.providers.planner, self.storage)
        return [
            planner.write_plot,
            crew.generate_image,
            crew.synthesize_line,
            crew.generate_music,
            crew.make_assets,
        ]

    def film_work(self) -> list[Any]:
        from activities.director import Director
        from activities.qa import Inspector

        director = Director(self.storage, self.settings.data_dir / "cache")
        return [director.render_video, Inspector(self.storage).inspect_video]

    def offers(self) -> tuple[Offer, ...]:
        """What all workers of the deployment have, this one's first. Raises `StorageError`."""
        others = [offer for w in self.storage.workers.living() for offer in w.capabilities.offers]
        return merged([*self.own_offers(), *others])

    def own_offers(self) -> tuple[Offer, ...]:
        """What this process can make; a service only where it polls for it."""
        asks_services = Queue.ASSETS in self.queues
        return tuple(o for o in self.providers.offers() if asks_services or not o.service)

    def capabilities(self) -> Capabilities:
        """What others are told of this worker."""
        if Queue.ASSETS not in self.queues:
            return Capabilities()
        from providers.llm.rules.phrases import PHRASES
        from providers.offers import AUTO

        languages = tuple(sorted(PHRASES))
        voice = self.providers.embedded_voice(AUTO)
        able = [v for v in voice.voices if v.engine not in voice.lacking] if voice else []
        return Capabilities(
            providers={
                name: Capability(
                    provider=role.resolve(AUTO), why=role.why(AUTO), choices=(AUTO, *role.names)
                )
                for name, role in self.providers.roles.items()
            },
            voices=tuple(dict.fromkeys(voice.id for voice in able)),
            catalogue=tuple(able),
            casts={tag: voice.cast(tag) for tag in languages} if voice else {},
            languages=languages,
            offers=self.own_offers(),
        )


@asynccontextmanager
async def _reported(storage: Storage, bench: Workbench) -> AsyncIterator[None]:
    """The deployment knows this worker for as long as it lives, and a little longer."""
    worker_id = f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:6]}"
    names = tuple(sorted(queue.value for queue in bench.queues))

    async def report() -> None:
        # Anew each time: a model on this machine may have been started meanwhile.
        able = await asyncio.to_thread(bench.capabilities)
        await storage.call(storage.workers.report, worker_id, able, names, seconds=EXPIRES_SECONDS)

    async def go_on() -> None:
        while True:
            await asyncio.sleep(REPORT_SECONDS)
            try:
                await report()
            except (StorageError, ProviderError) as exc:
                logger.warning("this worker is not reported: %s", exc)

    await report()
    reporting = asyncio.create_task(go_on())
    try:
        yield
    finally:
        reporting.cancel()
        with suppress(asyncio.CancelledError):
            await reporting
        with suppress(StorageError):
            await storage.call(storage.workers.forget, worker_id)
