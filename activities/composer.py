"""The composer: the music, and the sound effects."""

from __future__ import annotations

from temporalio import activity

from activities.assets import make_asset
from activities.errors import translated
from activities.heartbeat import report
from domain.assets import AssetKind
from providers.base import MusicProvider, SoundProvider
from providers.registry import Role
from storage.store import LocalStore
from workflows.activities import (
    AssetResult,
    ComposerActivities,
    GenerateMusic,
    GenerateSound,
)


class Composer(ComposerActivities):
    """Makes music and sound effects."""

    def __init__(
        self, music: Role[MusicProvider], sounds: Role[SoundProvider], store: LocalStore
    ) -> None:
        self._music = music
        self._sounds = sounds
        self._store = store

    @activity.defn
    async def generate_music(self, request: GenerateMusic) -> AssetResult:
        with translated():
            provider = self._music.get(request.provider)
        return await make_asset(
            self._store,
            AssetKind.MUSIC,
            provider,
            request.request,
            lambda: provider.generate(request.request, report=report),
        )

    @activity.defn
    async def generate_sound(self, request: GenerateSound) -> AssetResult:
        with translated():
            provider = self._sounds.get(request.provider)
        return await make_asset(
            self._store,
            AssetKind.SOUND,
            provider,
            request.request,
            lambda: provider.generate(request.request, report=report),
        )
