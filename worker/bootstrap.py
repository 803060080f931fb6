"""The composition root: the only module that knows every concrete class."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker

from activities.archive import Archivist
from activities.assets import Stores
from activities.composer import Composer
from activities.designer import Designer
from activities.director import Director
from activities.heartbeat import HeartbeatInterceptor
from activities.plan import PlanWriter
from activities.qa import Inspector
from activities.voice import Voice
from domain.run import TASK_QUEUE
from providers.limits import Limit
from providers.llm.rules.phrases import PHRASES
from providers.registry import AUTO, ProviderRegistry
from providers.service import Tools
from providers.tts.voices import VARIANTS
from storage.capabilities import Capabilities, Capability, write_capabilities
from storage.ledger import LedgerStore
from storage.runs import RunFolders
from storage.store import LocalStore
from storage.uploads import Uploads
from worker.search_attributes import register_run_state
from worker.settings import WorkerSettings
from workflows.short_video import AutoShorts

# Percent ticks and cancellations travel on heartbeats; the SDK's own throttle would hold
# them back for most of the heartbeat timeout.
HEARTBEAT_THROTTLE = timedelta(seconds=0.4)
# A worker that died owns its runs' workflow tasks for this long.
STICKY_TIMEOUT = timedelta(seconds=2)
SHUTDOWN_GRACE = timedelta(seconds=0.5)


@asynccontextmanager
async def running_worker(client: Client, settings: WorkerSettings) -> AsyncIterator[Worker]:
    """A worker that polls for as long as the block lasts, with everything it needs."""
    has_run_state = await register_run_state(client)
    uploads = Uploads(settings.data_dir)
    providers = ProviderRegistry(
        settings.providers, tools=Tools(limit=Limit(1), read_upload=uploads.path)
    )
    try:
        await asyncio.to_thread(write_capabilities, settings.data_dir, _capabilities(providers))
        activities = build_activities(settings, providers, run_state_attribute=has_run_state)
        async with new_worker(client, activities, max_activities=settings.max_activities) as worker:
            yield worker
    finally:
        await providers.aclose()


def new_worker(client: Client, activities: list[Any], *, max_activities: int) -> Worker:
    """A worker for `AutoShorts` runs, not yet started."""
    return Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[AutoShorts],
        activities=activities,
        interceptors=[HeartbeatInterceptor()],
        max_concurrent_activities=max_activities,
        max_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        default_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        sticky_queue_schedule_to_start_timeout=STICKY_TIMEOUT,
        graceful_shutdown_timeout=SHUTDOWN_GRACE,
    )


def _capabilities(providers: ProviderRegistry) -> Capabilities:
    """What gateways tell of this deployment."""
    return Capabilities(
        providers={
            name: Capability(
                provider=role.resolve(AUTO), why=role.why(AUTO), choices=(AUTO, *role.names)
            )
            for name, role in providers.roles.items()
        },
        voices=VARIANTS,
        languages=tuple(sorted(PHRASES)),
    )


def build_activities(
    settings: WorkerSettings, providers: ProviderRegistry, *, run_state_attribute: bool
) -> list[Any]:
    """Every activity, as bound methods with their collaborators."""
    root = settings.data_dir
    store, folders, uploads = LocalStore(root), RunFolders(root), Uploads(root)
    stores = Stores(store, LedgerStore(root))
    archivist = Archivist(
        folders,
        uploads,
        stores.ledger,
        providers,
        run_state_attribute=run_state_attribute,
        max_cost_usd=settings.max_cost_usd,
    )
    planner = PlanWriter(providers.planner, stores, folders)
    designer = Designer(providers.images, stores)
    composer = Composer(providers.music, providers.sounds, stores)
    voice = Voice(providers.voice, stores)
    director = Director(store, folders, root / "store" / "segments")
    inspector = Inspector(store, folders)
    return [
        archivist.open_run,
        archivist.close_run,
        planner.write_plot,
        planner.save_plan,
        designer.generate_image,
        composer.generate_music,
        composer.generate_sound,
        voice.synthesize_line,
        director.render_video,
        inspector.inspect_video,
    ]
