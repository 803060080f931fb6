"""The task queues: one for each resource, since waiting belongs to the server.

The runs themselves and their light work are on the queue that a run is started on; the others are
named after it, so that one namespace can hold several deployments.
"""

from __future__ import annotations

from dataclasses import dataclass

TASK_QUEUE = "autoshorts"


@dataclass(frozen=True)
class Queues:
    """The queues of a deployment."""

    runs: str = TASK_QUEUE

    @property
    def assets(self) -> str:
        """What the embedded providers make."""
        return f"{self.runs}-assets"

    @property
    def render(self) -> str:
        """What takes whole cores."""
        return f"{self.runs}-render"

    @property
    def qa(self) -> str:
        """The look at a film, which must not wait behind films."""
        return f"{self.runs}-qa"

    def service(self, name: str) -> str:
        """What a service makes: polled by those workers alone that have its key."""
        return f"{self.assets}-{name}"
