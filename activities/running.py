"""Which run an activity works for."""

from __future__ import annotations

from temporalio import activity


def this_run() -> str:
    """The run's id."""
    return activity.info().workflow_id or ""


def this_execution() -> tuple[str, str]:
    """The run's id, and that of the execution that asked."""
    return this_run(), activity.info().workflow_run_id or ""
