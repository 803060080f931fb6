"""Designer, composer and voice, side by side: one activity for every asset of a layout."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain import requests
    from domain.arrangement import with_assets
    from domain.assets import ArtifactRef, Asset
    from domain.layout import DialogueLine, Layout, Scene
    from domain.run import RunSpec
    from workflows import options
    from workflows.activities import (
        AssetResult,
        ComposerActivities,
        DesignerActivities,
        GenerateImage,
        GenerateMusic,
        GenerateSound,
        SynthesizeLine,
        VoiceActivities,
    )
    from workflows.journal import Journal
    from workflows.purchases import Purchases

ASSETS_IN_FLIGHT = 8

Job = Callable[[], Awaitable[None]]


class Crew:
    """Makes all the assets of one layout."""

    def __init__(
        self, layout: Layout, spec: RunSpec, purchases: Purchases, journal: Journal
    ) -> None:
        self._layout = layout
        self._spec = spec
        self._purchases = purchases
        self._journal = journal
        self._made: dict[str, Asset] = {}
        self._jobs = list(self._all_jobs())

    @property
    def size(self) -> int:
        """How many assets there are to make."""
        return len(self._jobs)

    async def make_all(self) -> Layout:
        """The layout with its files; raises the first failure, after the others in flight."""
        await side_by_side(self._jobs)
        music = self._made["music"]
        return with_assets(
            self._layout,
            images=self._artifacts("image"),
            voices={name.removeprefix("voice/"): asset for name, asset in self._made.items()},
            music=None if music.is_left_out else music.artifact,
            sounds=self._artifacts("sound"),
        )

    def _all_jobs(self) -> Iterable[Job]:
        scenes = self._layout.scenes
        for scene in scenes:
            yield partial(self._picture, scene)
        for scene in scenes:
            for line in scene.dialogue:
                yield partial(self._voice, scene, line)
        yield self._music
        for tag in dict.fromkeys(sound.tag for scene in scenes for sound in scene.sfx):
            yield partial(self._sound, tag)

    async def _picture(self, scene: Scene) -> None:
        name = f"image/{scene.scene_id}"
        request = requests.image_request(self._layout, scene, self._spec)
        config = options.with_summary(options.IMAGE, self._place(scene))
        result = await self._purchases.buy(
            "images",
            name,
            request,
            lambda provider, terms: workflow.execute_activity_method(
                DesignerActivities.generate_image,
                GenerateImage(provider=provider, terms=terms, request=request),
                **config,
            ),
        )
        self._keep(name, result, scene.scene_id)

    async def _voice(self, scene: Scene, line: DialogueLine) -> None:
        number = scene.dialogue.index(line) + 1
        of_lines = f", line {number}/{len(scene.dialogue)}" if len(scene.dialogue) > 1 else ""
        name = f"voice/{line.line_id}"
        request = requests.speech_request(self._layout, line, self._spec)
        config = options.with_summary(options.VOICE, self._place(scene) + of_lines)
        result = await self._purchases.buy(
            "voice",
            name,
            request,
            lambda provider, terms: workflow.execute_activity_method(
                VoiceActivities.synthesize_line,
                SynthesizeLine(provider=provider, terms=terms, request=request),
                **config,
            ),
        )
        self._keep(name, result, scene.scene_id)

    async def _music(self) -> None:
        if not self._layout.global_bgm:
            return
        request = requests.music_request(self._layout.global_bgm)
        config = options.with_summary(
            options.MUSIC, f"{request.mood}, {request.duration_ms / 1000:.0f} s"
        )
        result = await self._purchases.buy(
            "music",
            "music",
            request,
            lambda provider, terms: workflow.execute_activity_method(
                ComposerActivities.generate_music,
                GenerateMusic(provider=provider, terms=terms, request=request),
                **config,
            ),
        )
        self._keep("music", result, None)

    async def _sound(self, tag: str) -> None:
        result = await workflow.execute_activity_method(
            ComposerActivities.generate_sound,
            GenerateSound(provider="auto", request=requests.sound_request(self._layout, tag)),
            **options.with_summary(options.MUSIC, tag),
        )
        self._keep(f"sound/{tag}", result, None)

    def _keep(self, name: str, result: AssetResult, scene_id: str | None) -> None:
        self._made[name] = result.asset
        self._journal.asset_ready(
            name,
            result.asset,
            cached=result.cached,
            scene_id=scene_id,
            done=len(self._made),
            total=self.size,
        )

    def _artifacts(self, kind: str) -> dict[str, ArtifactRef]:
        prefix = f"{kind}/"
        return {
            name.removeprefix(prefix): asset.artifact
            for name, asset in self._made.items()
            if name.startswith(prefix)
        }

    def _place(self, scene: Scene) -> str:
        return f"scene {scene.sequence}/{len(self._layout.scenes)}"


async def side_by_side(jobs: Iterable[Job]) -> None:
    """Run all jobs, a few at a time.

    After a failure those in flight still finish (and are kept), no other is begun, and the
    first failure is raised. A cancellation ends all of them.
    """
    gate = asyncio.Semaphore(ASSETS_IN_FLIGHT)
    has_failed = False

    async def one(job: Job) -> None:
        nonlocal has_failed
        async with gate:
            if has_failed:
                return
            try:
                await job()
            except BaseException:
                has_failed = True
                raise

    # With return_exceptions the gathering waits for all, so nothing goes on behind its back.
    outcomes = await asyncio.gather(*(one(job) for job in jobs), return_exceptions=True)
    for outcome in outcomes:
        if outcome is not None:
            raise outcome
