"""The composition root: the only module that knows every concrete class."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import uuid
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from temporalio.client import Client
from temporalio.worker import PollerBehaviorSimpleMaximum, Worker

from activities.archive import Archivist
from activities.crew import Crew
from activities.director import Director
from activities.heartbeat import HeartbeatInterceptor
from activities.layout import Arranger
from activities.plan import PlanWriter
from activities.qa import Inspector
from domain.offers import Offer, merged, services_of
from domain.run import ASSETS_QUEUE, QA_QUEUE, RENDER_QUEUE, TASK_QUEUE, service_queue
from providers.llm.rules.phrases import PHRASES
from providers.registry import AUTO, ProviderRegistry
from providers.service import Tools
from providers.tts.voices import VARIANTS
from storage.errors import StorageError
from storage.storage import Storage
from storage.workers import Capabilities, Capability
from worker.queues import ALL, Queue
from worker.search_attributes import register_run_state
from worker.settings import WorkerSettings
from workflows.short_video import AutoShorts

# Percent ticks and cancellations travel on heartbeats; the SDK's own throttle would hold
# them back for most of the heartbeat timeout.
HEARTBEAT_THROTTLE = timedelta(seconds=0.4)
# A worker that died owns its runs' workflow tasks for this long.
STICKY_TIMEOUT = timedelta(seconds=2)
QUICK = timedelta(seconds=0.5)
POLLERS = 2
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
        providers = ProviderRegistry(
            settings.providers, tools=Tools(read_upload=storage.uploads.path)
        )
        stack.push_async_callback(providers.aclose)
        bench = Workbench(settings, storage, providers, run_state_attribute=has_run_state)
        await stack.enter_async_context(_reported(storage, bench, queues))
        await stack.enter_async_context(
            polling(worker for queue in sorted(queues) for worker in bench.workers(client, queue, drain))
        )
        yield


@asynccontextmanager
async def polling(workers: Iterable[Worker]) -> AsyncIterator[None]:
    """All of them poll; at the end all stop polling at once, and each drains by itself."""
    entered = [await worker.__aenter__() for worker in workers]
    try:
        yield
    finally:
        await asyncio.gather(*(worker.__aexit__(None, None, None) for worker in entered))


@dataclass(frozen=True)
class Workbench:
    """What the workers of one process share."""

    settings: WorkerSettings
    storage: Storage
    providers: ProviderRegistry
    run_state_attribute: bool

    def workers(self, client: Client, queue: Queue, drain: timedelta) -> Sequence[Worker]:
        """The workers of one kind of work, not yet started."""
        slots, grace = self.settings.max_activities, queue.grace(drain)
        match queue:
            case Queue.WORKFLOWS:
                return [
                    new_worker(client, TASK_QUEUE, self.light_work(), slots=slots, grace=grace,
                               runs_workflows=True)
                ]
            case Queue.ASSETS:
                names = [service_queue(name) for name in services_of(self.providers.offers())]
                return [
                    new_worker(client, name, self.asset_work(), slots=slots, grace=grace)
                    for name in (ASSETS_QUEUE, *names)
                ]
            case Queue.RENDER:
                return [
                    new_worker(client, name, self.film_work(), slots=1, grace=grace)
                    for name in (RENDER_QUEUE, QA_QUEUE)
                ]

    def light_work(self) -> list[Any]:
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
        crew = Crew(self.providers, self.storage)
        planner = PlanWriter(self.providers.planner, self.storage)
        return [
            planner.write_plot,
            crew.generate_image,
            crew.synthesize_line,
            crew.generate_music,
            crew.make_scene,
            crew.make_soundtrack,
        ]

    def film_work(self) -> list[Any]:
        director = Director(self.storage, self.settings.data_dir / "cache")
        return [director.render_video, Inspector(self.storage).inspect_video]

    def offers(self) -> tuple[Offer, ...]:
        """What all workers of the deployment have, this one's first. Raises `StorageError`."""
        others = [offer for w in self.storage.workers.living() for offer in w.capabilities.offers]
        return merged([*self.providers.offers(), *others])

    def capabilities(self) -> Capabilities:
        """What gateways tell of this worker."""
        roles = self.providers.roles
        return Capabilities(
            providers={
                name: Capability(
                    provider=role.resolve(AUTO), why=role.why(AUTO), choices=(AUTO, *role.names)
                )
                for name, role in roles.items()
            },
            voices=VARIANTS,
            languages=tuple(sorted(PHRASES)),
            offers=self.providers.offers(),
        )


def new_worker(
    client: Client,
    task_queue: str,
    activities: list[Any],
    *,
    slots: int,
    grace: timedelta = QUICK,
    runs_workflows: bool = False,
) -> Worker:
    """A worker of one task queue, not yet started."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[AutoShorts] if runs_workflows else [],
        activities=activities,
        interceptors=[HeartbeatInterceptor()],
        # Else the SDK hashes every loaded module at each start.
        build_id=version("autoshorts"),
        max_concurrent_activities=slots,
        activity_task_poller_behavior=PollerBehaviorSimpleMaximum(min(slots, POLLERS)),
        max_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        default_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        sticky_queue_schedule_to_start_timeout=STICKY_TIMEOUT,
        graceful_shutdown_timeout=grace,
    )


@asynccontextmanager
async def _reported(
    storage: Storage, bench: Workbench, queues: frozenset[Queue]
) -> AsyncIterator[None]:
    """The deployment knows this worker for as long as it lives, and a little longer."""
    worker_id = f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:6]}"
    able = await asyncio.to_thread(bench.capabilities)
    names = tuple(sorted(queue.value for queue in queues))

    async def report() -> None:
        await storage.call(storage.workers.report, worker_id, able, names, seconds=EXPIRES_SECONDS)

    async def go_on() -> None:
        while True:
            await asyncio.sleep(REPORT_SECONDS)
            try:
                await report()
            except StorageError as exc:
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
