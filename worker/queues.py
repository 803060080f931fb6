"""What a worker may be there for, by the names that `--queues` takes."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

# A render keeps its finished segments, so it is handed over at once, whoever waits.
HAND_OVER = timedelta(seconds=0.5)


class Queue(StrEnum):
    """A kind of work: Temporal has one task queue or more for each (domain/run.py)."""

    WORKFLOWS = "workflows"
    ASSETS = "assets"
    RENDER = "render"

    def grace(self, drain: timedelta) -> timedelta:
        """How long what is under way may go on, once a worker that has `drain` is told to end."""
        return min(drain, HAND_OVER) if self is Queue.RENDER else drain


ALL = frozenset(Queue)


def parse_queues(names: str) -> frozenset[Queue]:
    """`workflows,assets` as queues. Raises ValueError that names those there are."""
    said = [name.strip() for name in names.split(",") if name.strip()]
    known = {queue.value: queue for queue in Queue}
    if wrong := [name for name in said if name not in known]:
        raise ValueError(f"there is no queue {wrong[0]!r}; there are {', '.join(known)}")
    if not said:
        raise ValueError(f"name at least one queue of {', '.join(known)}")
    return frozenset(known[name] for name in said)
