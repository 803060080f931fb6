"""What a run has told so far, folded: as much as its view needs, however long its log is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from datetime import datetime

from domain.assets import ArtifactRef
from domain.events import (
    AssetReady,
    Event,
    LogWritten,
    PlanReady,
    PromptUnderstood,
    ProviderDegraded,
    QaJudged,
)
from domain.qa import Finding
from domain.run import SceneStatus

MAX_LOGS = 200

_Item = tuple[str, str]
_LAST_NUMBER = re.compile(r"(\d+)$")


class Story:
    """The events of a run, one after another.

    A plan may come again: with other scenes after QA sent the film back, or with the lengths
    that the scenes really have. What a plan names no longer is no part of the film.
    """

    def __init__(self) -> None:
        self.begun_at: datetime | None = None
        self.progress = 0.0
        self.understood: PromptUnderstood | None = None
        self.logs: deque[str] = deque(maxlen=MAX_LOGS)
        self.verdicts: list[QaJudged] = []
        self._lengths: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._assets: dict[_Item, AssetReady] = {}
        self._lesser: dict[_Item, ProviderDegraded] = {}
        self._made_since: set[_Item] = set()

    def add(self, event: Event) -> None:
        """The next event; of a kind that this version does not know, only when it was."""
        self.begun_at = self.begun_at or event.at
        self.progress = event.progress
        match event:
            case PromptUnderstood():
                self.understood = event
            case PlanReady():
                self._plan(event)
            case AssetReady():
                self._assets[event.kind, event.name] = event
                self._made_since.add((event.kind, event.name))
            case LogWritten():
                self.logs.append(event.message)
            case ProviderDegraded():
                self._lesser[event.kind, event.name] = event
            case QaJudged():
                self.verdicts.append(event)
                self._made_since.clear()

    @property
    def scenes(self) -> tuple[SceneStatus, ...]:
        """As the newest plan has them, with what was made for them."""
        return tuple(
            SceneStatus(
                scene_id=scene_id,
                text=text,
                image=self.image(scene_id),
                voices=self.voices(scene_id),
                duration_ms=self._lengths[scene_id],
            )
            for scene_id, text in self._texts.items()
        )

    def image(self, scene_id: str) -> ArtifactRef | None:
        made = self._assets.get(("image", scene_id))
        return made.artifact if made else None

    def voices(self, scene_id: str) -> tuple[ArtifactRef, ...]:
        """In the order of their lines."""
        lines = [e for e in self._assets.values() if e.kind == "voice" and e.scene_id == scene_id]
        return tuple(e.artifact for e in sorted(lines, key=lambda e: _number(e.name)))

    @property
    def degraded(self) -> tuple[ProviderDegraded, ...]:
        """What is lesser in the film as it is now: not what was replaced or left out since."""
        return tuple(event for event in self._lesser.values() if self._is_in_film(event))

    @property
    def reopened(self) -> tuple[Finding, ...]:
        """The findings of the last verdict, but for those whose asset has come since."""
        findings: Iterable[Finding] = self.verdicts[-1].findings if self.verdicts else ()
        return tuple(
            finding
            for finding in findings
            if tuple(finding.asset_name.split("/", 1)) not in self._made_since
        )

    def _plan(self, event: PlanReady) -> None:
        texts = {str(scene.get("scene_id")): str(scene.get("text")) for scene in event.scenes}
        self._lengths = {
            str(scene.get("scene_id")): int(scene.get("duration_ms") or 0) for scene in event.scenes
        }
        spoken_anew = {name for name, text in texts.items() if self._texts.get(name) != text}
        self._texts = texts
        self._assets = {
            item: made
            for item, made in self._assets.items()
            if made.scene_id is None
            or made.scene_id in texts.keys() - (spoken_anew if made.kind == "voice" else set())
        }

    def _is_in_film(self, event: ProviderDegraded) -> bool:
        item = (event.kind, event.name)
        if made := self._assets.get(item):
            return made.provider == event.provider
        if event.kind not in ("image", "voice") or not self._texts:
            return True
        return event.name in self._texts or event.name.rpartition("_line_")[0] in self._texts


def _number(name: str) -> int:
    found = _LAST_NUMBER.search(name)
    return int(found[1]) if found else 0
