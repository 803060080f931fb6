"""The designer: one picture per activity."""

from __future__ import annotations

from temporalio import activity

from activities.assets import make_asset
from activities.errors import translated
from activities.heartbeat import report
from domain.assets import AssetKind
from providers.base import ImageProvider
from providers.registry import Role
from storage.store import LocalStore
from workflows.activities import AssetResult, DesignerActivities, GenerateImage


class Designer(DesignerActivities):
    """Makes the pictures."""

    def __init__(self, images: Role[ImageProvider], store: LocalStore) -> None:
        self._images = images
        self._store = store

    @activity.defn
    async def generate_image(self, request: GenerateImage) -> AssetResult:
        with translated():
            provider = self._images.get(request.provider)
        return await make_asset(
            self._store,
            AssetKind.IMAGE,
            provider,
            request.request,
            lambda: provider.generate(request.request, report=report),
        )
