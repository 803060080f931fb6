"""Time limits and retries of every activity, by the kind of work it is.

Waiting in a queue counts against none of them: `start_to_close` begins with the work.
`schedule_to_close` is a last resort, days away.
"""

from __future__ import annotations

from datetime import timedelta

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityCancellationType, ActivityConfig, LocalActivityConfig

HEARTBEAT_TIMEOUT = timedelta(seconds=15)
LAST_RESORT = timedelta(days=7)

# A defect of our own code would only repeat itself.
DEFECTS = (
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "IndexError",
    "KeyError",
    "NotImplementedError",
    "TypeError",
    "UnicodeDecodeError",
    "ValidationError",
    "ValueError",
    "ZeroDivisionError",
)
# Every deploy or kill costs an attempt, and so does each look at a service whose places are all
# taken; `activities/errors.py` counts those that really failed and ends them.
ASSET_RETRY = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(seconds=30),
    maximum_attempts=100_000,
    non_retryable_error_types=DEFECTS,
)
LOCAL_WORK_RETRY = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(seconds=30),
    maximum_attempts=50,
    non_retryable_error_types=DEFECTS,
)
# A database that is restarted is waited for.
RECORD_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    maximum_interval=timedelta(seconds=10),
    maximum_attempts=1000,
    non_retryable_error_types=DEFECTS,
)
# The record of a run is not optional: whatever is in the way, it is written once it can be. The
# run's own time limit is the last resort (workflows/client.py).
CLOSE_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    maximum_interval=timedelta(seconds=30),
    non_retryable_error_types=DEFECTS,
)


def _work(start_to_close: timedelta, retry: RetryPolicy) -> ActivityConfig:
    return ActivityConfig(
        start_to_close_timeout=start_to_close,
        schedule_to_close_timeout=LAST_RESORT,
        heartbeat_timeout=HEARTBEAT_TIMEOUT,
        retry_policy=retry,
        cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    )


# A model on one's own machine writes three answers of 4,000 tokens at 5 a second, then scene by
# scene; one that hangs is ended by its provider, and a worker that died by its missing heartbeat.
PLOT = _work(timedelta(minutes=90), ASSET_RETRY)
IMAGE = _work(timedelta(minutes=5), ASSET_RETRY)
MUSIC = _work(timedelta(minutes=5), ASSET_RETRY)
VOICE = _work(timedelta(minutes=3), ASSET_RETRY)
EMBEDDED = _work(timedelta(minutes=10), LOCAL_WORK_RETRY)
RENDER = _work(timedelta(minutes=50), LOCAL_WORK_RETRY)
QA = _work(timedelta(minutes=10), LOCAL_WORK_RETRY)

OPEN = ARRANGE = FILL = STOP = LocalActivityConfig(
    start_to_close_timeout=timedelta(minutes=1),
    retry_policy=RECORD_RETRY,
    # A longer pause is the server's: one in the worker keeps it from ending.
    local_retry_threshold=timedelta(seconds=1),
)
# Not local: what a local activity did stands before the server has heard why, and a cancel that
# comes in between would make the run end in another way than its record says.
CLOSE = ActivityConfig(
    start_to_close_timeout=timedelta(minutes=2),
    heartbeat_timeout=HEARTBEAT_TIMEOUT,
    retry_policy=CLOSE_RETRY,
)


def on(config: ActivityConfig, *, queue: str, summary: str = "") -> ActivityConfig:
    """The same on a task queue, with a line of its own in the Web UI's timeline."""
    return {**config, "task_queue": queue, "summary": summary}
