"""The voice: one spoken line per activity."""

from __future__ import annotations

from temporalio import activity

from activities.assets import Stores, make_asset
from activities.errors import translated
from domain.assets import AssetKind
from providers.base import SpeechProvider
from providers.registry import Role
from workflows.activities import AssetResult, SynthesizeLine, VoiceActivities


class Voice(VoiceActivities):
    """Speaks the lines."""

    def __init__(self, voices: Role[SpeechProvider], stores: Stores) -> None:
        self._voices = voices
        self._stores = stores

    @activity.defn
    async def synthesize_line(self, request: SynthesizeLine) -> AssetResult:
        with translated():
            provider = self._voices.get(request.provider)
        return await make_asset(
            self._stores,
            AssetKind.VOICE,
            provider,
            request.request,
            lambda call: provider.synthesize(request.request, call=call),
            terms=request.terms,
        )
