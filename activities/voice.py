"""The voice: one spoken line per activity."""

from __future__ import annotations

from temporalio import activity

from activities.assets import make_asset
from activities.errors import translated
from activities.heartbeat import report
from domain.assets import AssetKind
from providers.base import SpeechProvider
from providers.registry import Role
from storage.store import LocalStore
from workflows.activities import AssetResult, SynthesizeLine, VoiceActivities


class Voice(VoiceActivities):
    """Speaks the lines."""

    def __init__(self, voices: Role[SpeechProvider], store: LocalStore) -> None:
        self._voices = voices
        self._store = store

    @activity.defn
    async def synthesize_line(self, request: SynthesizeLine) -> AssetResult:
        with translated():
            provider = self._voices.get(request.provider)
        return await make_asset(
            self._store,
            AssetKind.VOICE,
            provider,
            request.request,
            lambda: provider.synthesize(request.request, report=report),
        )
