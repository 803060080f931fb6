"""A plot scene by scene, for a model that cannot write it whole: short questions, short answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from domain.plot import Emotion, Mood, Plot
from providers.llm.briefs import PLAIN_PICTURE, by_scene, spoken_bounds
from providers.llm.cast import Cast
from providers.llm.draft import (
    Draft,
    DraftScene,
    IllustratedScene,
    Illustrations,
    Line,
    OnePicture,
    OneScene,
    Unusable,
    parsed,
)
from providers.llm.echoes import cut_off, echoes, old_words, repetitions, whole_sentences
from providers.llm.faults import language_faults, picture_faults, scene_faults
from providers.llm.illustrating import IllustrateTask
from providers.llm.rules.phrases import NAMES, PHRASES
from providers.llm.rules.planner import write_plot
from providers.llm.schemas import Bounds, Schema, bounded
from providers.llm.short_prompts import one_picture, one_scene
from providers.llm.tasks import LEAST_SCENES, MIN_SCENES, Task, WriteTask


@dataclass(frozen=True)
class SceneAsked:
    """One scene to ask for, and how its answer is read."""

    answer: type[BaseModel]
    bounds: Bounds
    told: list[dict[str, str]]
    read: Callable[[str], Any]

    @property
    def schema(self) -> Schema:
        return bounded(self.answer, self.bounds)

    def messages(self) -> list[dict[str, str]]:
        return self.told


class ByScenes(ABC):
    """The scenes of a plot, asked for in order."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._done: list[Any] = []

    @property
    def are_enough(self) -> bool:
        """Whether those that were added make a plot, though others cannot be had."""
        return False

    @abstractmethod
    def next(self) -> SceneAsked:
        """The scene after those that were added."""

    def add(self, scene: Any) -> None:
        """What `next` has read."""
        self._done.append(scene)

    @abstractmethod
    def plot(self) -> Plot:
        """Of all scenes. Raises `Unusable`."""


def by_scenes(task: Task) -> ByScenes | None:
    """How to ask for a task scene by scene; None where it is small already."""
    match task:
        case WriteTask():
            return _Written(task)
        case IllustrateTask():
            return _Illustrated(task)
    return None


class _Written(ByScenes):
    """A new plot; two speakers have a scene each by turns."""

    def __init__(self, task: WriteTask) -> None:
        super().__init__(task.scenes or MIN_SCENES)
        self._task = task
        phrases = PHRASES.get(task.language.split("-")[0].lower())
        self._names = (phrases.names if phrases else NAMES)[: task.request.num_characters]

    @property
    def are_enough(self) -> bool:
        return self._task.scenes is None and len(self._done) >= LEAST_SCENES

    def next(self) -> SceneAsked:
        number = len(self._done) + 1
        said = [line.text for scene in self._done for line in scene.lines]
        told = one_scene(self._task.brief, number, self.count, said)
        # Without what it is about, and what was said: those may be taken up.
        self._told = f"{told[0]['content']}\n{told[1]['content'].rpartition(chr(10))[2]}"
        return SceneAsked(
            OneScene,
            {
                "OneScene.picture": PLAIN_PICTURE,
                "OneScene.text": spoken_bounds(self._task.language, plain=True),
            },
            told,
            self._read,
        )

    def plot(self) -> Plot:
        by_rules = write_plot(self._task.request)
        return self._task.plot_of_draft(
            Draft(
                title=by_rules.title,
                language=self._task.language,
                mood=Mood(by_rules.mood),
                characters=[],
                scenes=self._done,
            )
        )

    def _read(self, reply: str) -> DraftScene:
        """Raises `Unusable`."""
        answer = parsed(OneScene, reply)
        speaker = self._names[len(self._done) % len(self._names)]
        at_most = spoken_bounds(self._task.language, plain=True)["maxLength"]
        text = whole_sentences(answer.text, at_most)
        line = Line(speaker=speaker, text=text, emotion=Emotion.NEUTRAL)
        scene = DraftScene(picture=answer.picture, lines=[line])
        number = len(self._done) + 1
        scenes = {n: (s.picture, s.lines) for n, s in enumerate([*self._done, scene], 1)}
        cast = Cast(dict.fromkeys(self._names, ""), {}, dialogue=len(self._names) > 1)
        problems = [
            *scene_faults({number: scenes[number]}, cast),
            *cut_off([text], at_most),
            *language_faults(text, self._task.language),
            *repetitions(list(scenes.values())),
            *old_words(list(scenes.values())),
            *echoes([answer.picture, text], self._told),
        ]
        if problems:
            raise Unusable(problems)
        return scene


class _Illustrated(ByScenes):
    """Pictures for a script, whose emotions are those that its words have."""

    def __init__(self, task: IllustrateTask) -> None:
        self._scenes = by_scene(task.script.rows)
        super().__init__(len(self._scenes))
        self._task = task

    def next(self) -> SceneAsked:
        said = " ".join(row.text for row in self._scenes[len(self._done)][1])
        return SceneAsked(
            OnePicture, {"OnePicture.picture": PLAIN_PICTURE}, one_picture(said), self._read
        )

    def plot(self) -> Plot:
        script = self._task.script
        return self._task.plot_of_answer(
            Illustrations(
                title=script.title,
                mood=Mood(script.mood),
                characters=[],
                scenes=[
                    IllustratedScene(
                        scene=number, picture=picture, emotions=[row.emotion for row in rows]
                    )
                    for (number, rows), picture in zip(self._scenes, self._done, strict=True)
                ],
            )
        )

    def _read(self, reply: str) -> str:
        """Raises `Unusable`."""
        picture = parsed(OnePicture, reply).picture
        number, rows = self._scenes[len(self._done)]
        said = [row.text for row in rows]
        names = {row.char_name for row in self._task.script.rows}
        if problems := list(picture_faults(f"scene {number}", picture, said, names)):
            raise Unusable(problems)
        return picture
