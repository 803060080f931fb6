"""Designer, composer and voice, side by side: whatever the bill lists and the run does not have."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable, Iterator

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    import workflows.options as options
    from domain.assets import AssetKind
    from domain.bill import BillItem
    from domain.failure import Category
    from domain.queues import Queues
    from domain.run import RunSpec
    from workflows.activities import (
        ArchivistActivities,
        AssetsMade,
        ComposerActivities,
        Deployment,
        DesignerActivities,
        EmbeddedActivities,
        MakeAsset,
        MakeEmbedded,
        Plan,
        Terms,
        VoiceActivities,
    )
    from workflows.failures import failure_of, reason_of
    from workflows.journal import Journal

ASSETS_IN_FLIGHT = 16
# What is made here costs nothing to look up again, so three scenes are one step of the history.
SCENES_TOGETHER = 3
# Services of music have no sound effects.
ROLES = {AssetKind.IMAGE: "images", AssetKind.VOICE: "voice", AssetKind.MUSIC: "music"}

Job = Callable[[], Awaitable[None]]


class Crew:
    """Makes the assets of one bill."""

    def __init__(self, plan: Plan, deployment: Deployment, spec: RunSpec, journal: Journal) -> None:
        self._plan = plan
        self._deployment = deployment
        self._spec = spec
        self._journal = journal
        self._queues = Queues(workflow.info().task_queue)
        self._done = sum(item.made for item in plan.items)

    @property
    def lacking(self) -> tuple[BillItem, ...]:
        """What is to be made; the rest is there from an earlier round."""
        return tuple(item for item in self._plan.items if not item.made)

    async def make_all(self) -> None:
        """Raises the first failure, after what was under way has ended."""
        await side_by_side(self._jobs(), stop=self._stop)

    def _jobs(self) -> Iterator[Job]:
        """A service's assets one by one, the embedded ones by what belongs together."""
        scenes: dict[str, list[BillItem]] = {}
        soundtrack: list[BillItem] = []
        for item in self.lacking:
            role = ROLES.get(item.kind)
            if role and self._deployment.is_service(role):
                yield self._single(item, role)
            elif item.scene_id:
                scenes.setdefault(item.scene_id, []).append(item)
            else:
                soundtrack.append(item)
        each = list(scenes.values())
        groups = [each[at : at + SCENES_TOGETHER] for at in range(0, len(each), SCENES_TOGETHER)]
        for group in groups[:-1]:
            yield self._together(itertools.chain(*group))
        if rest := [*itertools.chain(*groups[-1] if groups else ()), *soundtrack]:
            yield self._together(rest)

    def _single(self, item: BillItem, role: str) -> Job:
        async def job() -> None:
            try:
                self._keep(await self._ask_service(item, role))
            except ActivityError as exc:
                self._journal.spent(failure_of(exc).spent_usd)
                if not self._may_replace(exc):
                    raise
                reason = reason_of(exc)
            else:
                return
            embedded = getattr(self._deployment.embedded, role)
            instead = f"made by {embedded}, since {reason}"
            self._journal.replaced(item.name, embedded, instead)
            self._keep(await self._ask_embedded((item,), instead=instead))

        return job

    def _together(self, items: Iterable[BillItem]) -> Job:
        async def job() -> None:
            self._keep(await self._ask_embedded(tuple(items)))

        return job

    async def _ask_service(self, item: BillItem, role: str) -> AssetsMade:
        request = MakeAsset(
            bill=self._plan.bill,
            item=item,
            provider=getattr(self._deployment.providers, role),
            terms=terms_of(self._deployment, role),
        )
        queue = self._queues.service(self._deployment.services[role])
        summary = self._summary(item)
        match item.kind:
            case AssetKind.IMAGE:
                return await workflow.execute_activity_method(
                    DesignerActivities.generate_image,
                    request,
                    **options.on(options.IMAGE, queue=queue, summary=summary),
                )
            case AssetKind.VOICE:
                return await workflow.execute_activity_method(
                    VoiceActivities.synthesize_line,
                    request,
                    **options.on(options.VOICE, queue=queue, summary=summary),
                )
        return await workflow.execute_activity_method(
            ComposerActivities.generate_music,
            request,
            **options.on(options.MUSIC, queue=queue, summary=summary),
        )

    async def _ask_embedded(
        self, items: tuple[BillItem, ...], *, instead: str | None = None
    ) -> AssetsMade:
        """Raises ActivityError."""
        deployment = self._deployment
        request = MakeEmbedded(
            bill=self._plan.bill,
            items=items,
            providers=deployment.embedded if instead else deployment.providers,
            instead=instead,
        )
        summary = ", ".join(self._summaries(items))
        return await workflow.execute_activity_method(
            EmbeddedActivities.make_assets,
            request,
            **options.on(options.EMBEDDED, queue=self._queues.assets, summary=summary),
        )

    def _keep(self, result: AssetsMade) -> None:
        self._journal.spent(result.spent_usd)
        for made in result.assets:
            self._done += 1
            self._journal.asset_ready(made, done=self._done, total=len(self._plan.items))

    async def _stop(self, exc: BaseException) -> None:
        """The first failure for good is told at once; what has not begun does not begin."""
        if isinstance(exc, ActivityError):
            self._journal.note(f"{reason_of(exc)}; what is under way is finished first", "error")
            self._journal.advance(0.0, f"failed: {reason_of(exc)}")
            await workflow.execute_local_activity_method(
                ArchivistActivities.stop_run, **options.STOP
            )

    def _may_replace(self, exc: ActivityError) -> bool:
        if workflow.cancellation_reason() is not None:
            raise asyncio.CancelledError
        is_theirs = failure_of(exc).category is Category.PROVIDER
        return is_theirs and self._spec.on_failure == "degrade"

    def _summaries(self, items: tuple[BillItem, ...]) -> Iterator[str]:
        """Of `scene 2, 3/5`, `2 pictures`, `2 lines`, `music`: what there is."""
        scenes = dict.fromkeys(item.scene_id for item in items if item.scene_id)
        if scenes:
            numbers = ", ".join(scene.removeprefix("scene_") for scene in scenes)
            yield f"scene{'s' * (len(scenes) > 1)} {numbers}/{len(self._plan.scenes)}"
        for kind, what in ((AssetKind.IMAGE, "picture"), (AssetKind.VOICE, "line")):
            if n := sum(item.kind is kind for item in items):
                yield f"{n} {what}{'s' * (n > 1)}"
        yield from (item.name.removeprefix("sound/") for item in items if not item.scene_id)

    def _summary(self, item: BillItem) -> str:
        if not item.scene_id:
            return item.name
        _, _, line = item.name.partition("_line_")
        return self._place(item.scene_id) + (f", line {line}" if line else "")

    def _place(self, scene_id: str) -> str:
        return f"scene {scene_id.removeprefix('scene_')}/{len(self._plan.scenes)}"


def terms_of(deployment: Deployment, role: str) -> Terms:
    """On which terms a role's provider is asked."""
    return Terms(price=deployment.prices.get(role, {}), limit_usd=deployment.max_cost_usd)


async def side_by_side(
    jobs: Iterable[Job], *, stop: Callable[[BaseException], Awaitable[None]]
) -> None:
    """Run all jobs, a few at a time.

    After the first failure `stop` is told at once, what is under way is asked to end, no other is
    begun, and that failure is raised. A cancellation ends all of them.
    """
    waiting = iter(jobs)
    running: list[asyncio.Task[None]] = []
    failure: BaseException | None = None
    try:
        while True:
            while failure is None and len(running) < ASSETS_IN_FLIGHT:
                if (job := next(waiting, None)) is None:
                    break
                running.append(asyncio.ensure_future(job()))
            if not running:
                break
            done, running = await workflow.wait(running, return_when=asyncio.FIRST_COMPLETED)
            failed = next((e for task in done if (e := _failure_of(task))), None)
            if failed is not None and failure is None:
                failure = failed
                await stop(failed)
                _cancel(running)
    except asyncio.CancelledError:
        _cancel(running)
        await asyncio.gather(*running, return_exceptions=True)
        raise
    if failure is not None:
        raise failure


def _failure_of(task: asyncio.Task[None]) -> BaseException | None:
    if task.cancelled():
        return asyncio.CancelledError()
    return task.exception()


def _cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
