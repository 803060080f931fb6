"""The designer: one picture per activity."""

from __future__ import annotations

from temporalio import activity

from activities.assets import Stores, make_asset
from activities.errors import translated
from domain.assets import AssetKind
from providers.base import ImageProvider
from providers.registry import Role
from workflows.activities import AssetResult, DesignerActivities, GenerateImage


class Designer(DesignerActivities):
    """Makes the pictures."""

    def __init__(self, images: Role[ImageProvider], stores: Stores) -> None:
        self._images = images
        self._stores = stores

    @activity.defn
    async def generate_image(self, request: GenerateImage) -> AssetResult:
        with translated():
            provider = self._images.get(request.provider)
        return await make_asset(
            self._stores,
            AssetKind.IMAGE,
            provider,
            request.request,
            lambda call: provider.generate(request.request, call=call),
            terms=request.terms,
        )
