"""Workers that poll a task queue each, and end together."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from temporalio.client import Client
from temporalio.worker import PollerBehaviorSimpleMaximum, UnsandboxedWorkflowRunner, Worker

from activities.heartbeat import HeartbeatInterceptor
from workflows.short_video import AutoShorts

# Percent ticks and cancellations travel on heartbeats; the SDK's own throttle would hold
# them back for most of the heartbeat timeout.
HEARTBEAT_THROTTLE = timedelta(seconds=0.4)
# A worker that died owns its runs' workflow tasks for this long.
STICKY_TIMEOUT = timedelta(seconds=2)
QUICK = timedelta(seconds=0.5)
POLLERS = 5


def settle() -> None:
    """Once for a process, before its workers poll: what is loaded by now stays for good, so the
    garbage collector need not look at it again, nor as often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@asynccontextmanager
async def polling(workers: Iterable[Worker]) -> AsyncIterator[None]:
    """All of them poll; at the end all stop polling at once, and each drains by itself."""
    entered = [await worker.__aenter__() for worker in workers]
    failure: BaseException | None = None
    try:
        yield
    except BaseException as exc:
        failure = exc
        raise
    finally:
        kind = type(failure) if failure else None
        await asyncio.gather(*(worker.__aexit__(kind, failure, None) for worker in entered))


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
        # The sandbox costs as much again as all the rest; what it would find is found by the tests,
        # which replay every kind of run inside it.
        workflow_runner=UnsandboxedWorkflowRunner(),
        # Else the SDK hashes every loaded module at each start.
        build_id=version("autoshorts"),
        max_concurrent_activities=slots,
        activity_task_poller_behavior=PollerBehaviorSimpleMaximum(min(slots, POLLERS)),
        max_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        default_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        sticky_queue_schedule_to_start_timeout=STICKY_TIMEOUT,
        graceful_shutdown_timeout=grace,
    )
