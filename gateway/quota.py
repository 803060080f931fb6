"""What one key may have under way or use up; where no key is needed nobody is counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.requests import Request

from domain.run import WORKFLOW_TYPE
from gateway.collaborators import Gateway
from gateway.problems import Problem

UPLOAD_WINDOW = timedelta(days=1)
# What was announced and not begun for longer than this was refused, or Temporal lists it.
UNBEGUN = timedelta(minutes=1)
_RUNNING = f'WorkflowType = "{WORKFLOW_TYPE}" AND ExecutionStatus = "Running"'
RUN_RETRY_SECONDS = 60
UPLOAD_RETRY_SECONDS = 3600


def owner_of(request: Request) -> str | None:
    """A short fingerprint of the caller's key, the same for its sessions; None without keys."""
    owner: str | None = getattr(request.state, "owner", None)
    return owner


async def require_quota(gateway: Gateway, request: Request) -> None:
    """Raises a 429 where the caller's key has as many runs under way as it may."""
    owner, limit = owner_of(request), gateway.settings.max_open_runs
    if owner is None:
        return
    under_way = await gateway.storage.call(gateway.storage.runs.open_runs, owner)
    if under_way >= limit and await _open_at_most(gateway, limit) >= limit:
        raise Problem(
            429,
            "too many runs",
            f"this key has {limit} runs under way and may have no more: wait for one to end, "
            "cancel one, or raise AUTOSHORTS_MAX_OPEN_RUNS",
            headers={"Retry-After": str(RUN_RETRY_SECONDS)},
        )


async def _open_at_most(gateway: Gateway, limit: int) -> int:
    """How many runs there can be under way in all, by Temporal's word.

    The records call a run open that was terminated, or announced and never begun: without this
    such runs would use up a key for ever. Raises `TemporalAway`.
    """
    running = await gateway.executions.listed(_RUNNING, limit=limit)
    newest = await gateway.storage.call(
        gateway.storage.runs.page, states=None, before=None, limit=limit
    )
    since = datetime.now(UTC) - UNBEGUN
    unbegun = [row for row in newest if not row.execution_id and row.created_at >= since]
    return len(running) + len(unbegun)


async def require_room(gateway: Gateway, request: Request, more_bytes: int) -> None:
    """Raises a 429 where an upload would exceed what the caller's key may send in a day."""
    owner, limit = owner_of(request), gateway.settings.max_upload_bytes_per_day
    if owner is None:
        return
    since = datetime.now(UTC) - UPLOAD_WINDOW
    used = await gateway.storage.call(gateway.storage.uploads.bytes_since, owner, since)
    if used + more_bytes > limit:
        raise Problem(
            429,
            "too many uploads",
            f"this key has uploaded {used} bytes in 24 hours and may upload {limit}: wait, or "
            "raise AUTOSHORTS_MAX_UPLOAD_BYTES_PER_DAY",
            headers={"Retry-After": str(UPLOAD_RETRY_SECONDS)},
        )
