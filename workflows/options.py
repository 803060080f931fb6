"""Time limits and retries of every activity, by the kind of work it is."""

from __future__ import annotations

from datetime import timedelta

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityCancellationType, ActivityConfig

HEARTBEAT_TIMEOUT = timedelta(seconds=15)
STAGE_TIMEOUT = timedelta(hours=2)
CLOSE_TIMEOUT = timedelta(seconds=30)

# Every deploy or kill costs an attempt, so work may begin often; STAGE_TIMEOUT bounds the
# whole, and what would only repeat itself is not retried at all (activities/errors.py).
WORK_RETRY = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(seconds=30),
    maximum_attempts=20,
)
CLOSE_RETRY = RetryPolicy(initial_interval=timedelta(milliseconds=500), maximum_attempts=3)


def _work(start_to_close: timedelta) -> ActivityConfig:
    return ActivityConfig(
        start_to_close_timeout=start_to_close,
        schedule_to_close_timeout=STAGE_TIMEOUT,
        heartbeat_timeout=HEARTBEAT_TIMEOUT,
        retry_policy=WORK_RETRY,
        cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    )


OPEN = SAVE = _work(timedelta(minutes=1))
PLOT = _work(timedelta(minutes=5))
IMAGE = _work(timedelta(minutes=5))
MUSIC = _work(timedelta(minutes=5))
VOICE = _work(timedelta(minutes=3))
RENDER = _work(timedelta(minutes=50))
QA = _work(timedelta(minutes=10))
CLOSE = ActivityConfig(
    start_to_close_timeout=CLOSE_TIMEOUT / 2,
    schedule_to_close_timeout=CLOSE_TIMEOUT,
    heartbeat_timeout=HEARTBEAT_TIMEOUT,
    retry_policy=CLOSE_RETRY,
)


def with_summary(config: ActivityConfig, summary: str) -> ActivityConfig:
    """The same, with a line of its own in the Web UI's timeline."""
    return {**config, "summary": summary}
