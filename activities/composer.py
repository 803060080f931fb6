"""The composer: the music, and the sound effects."""

from __future__ import annotations

from temporalio import activity

from activities.assets import Stores, make_asset
from activities.errors import translated
from domain.assets import AssetKind
from providers.base import MusicProvider, SoundProvider
from providers.registry import AUTO, Role
from workflows.activities import (
    AssetResult,
    ComposerActivities,
    GenerateMusic,
    GenerateSound,
)


class Composer(ComposerActivities):
    """Makes music and sound effects."""

    def __init__(
        self, music: Role[MusicProvider], sounds: Role[SoundProvider], stores: Stores
    ) -> None:
        self._music = music
        self._sounds = sounds
        self._stores = stores

    @activity.defn
    async def generate_music(self, request: GenerateMusic) -> AssetResult:
        with translated():
            provider = self._music.get(request.provider)
        return await make_asset(
            self._stores,
            AssetKind.MUSIC,
            provider,
            request.request,
            lambda call: provider.generate(request.request, call=call),
            terms=request.terms,
        )

    @activity.defn
    async def generate_sound(self, request: GenerateSound) -> AssetResult:
        with translated():
            # Services of music have no sound effects.
            provider = self._sounds.get(AUTO)
        return await make_asset(
            self._stores,
            AssetKind.SOUND,
            provider,
            request.request,
            lambda call: provider.generate(request.request, call=call),
            terms=request.terms,
        )
