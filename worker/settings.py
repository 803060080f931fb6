"""Settings of a worker: `AUTOSHORTS_*` in the environment, or in a `.env` beside it."""

from __future__ import annotations

import os

from pydantic import Field

from domain.run import Providers
from storage.settings import StorageSettings


class WorkerSettings(StorageSettings):
    """What a worker may be told, beside where blobs and records are."""

    planner: str = Field(default="auto", description="planner: auto, openai, wikipedia, rules")
    images: str = Field(default="auto", description="pictures: auto, comfyui, openai, painter")
    music: str = Field(
        default="auto", description="music and sound effects: auto, elevenlabs, mubert, none, synth"
    )
    voice: str = Field(
        default="auto",
        description="voice: auto, elevenlabs, openai, playht, none, espeak, neural",
    )
    max_cost_usd: float | None = Field(
        default=None, ge=0, description="what a run may spend that names no limit of its own"
    )
    max_activities: int = Field(
        default_factory=lambda: 2 * (os.cpu_count() or 1) + 2,
        ge=1,
        le=1000,
        description="activities side by side",
    )

    drain_seconds: int = Field(
        default=120, ge=0, le=3600, description="what paid calls have to finish, once told to end"
    )

    @property
    def providers(self) -> Providers:
        """The deployment's choice per role."""
        return Providers(
            planner=self.planner, images=self.images, music=self.music, voice=self.voice
        )
