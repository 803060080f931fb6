"""A plot by a chat model: asked, held against the rules, told back; a small model is helped."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Protocol, TypeVar

from pydantic import BaseModel

from domain.plot import Plot, PlotRequest
from providers.base import Call
from providers.errors import InvalidProviderRequest
from providers.llm.by_scenes import ByScenes, by_scenes
from providers.llm.chat import Chat, Question
from providers.llm.draft import MAX_PROBLEMS, Unusable
from providers.llm.illustrating import IllustrateTask
from providers.llm.manner import ContextTooSmall
from providers.llm.progress import Progress, called
from providers.llm.prompts import told_afresh, told_back
from providers.llm.rewriting import RewriteTask
from providers.llm.rules.planner import write_plot
from providers.llm.schemas import Schema
from providers.llm.stream import Reply
from providers.llm.tasks import Task, WriteTask

# The first answer, and twice told what was wrong with it.
ANSWERS = 3
# Of a whole plot, where its scenes can be had one by one: a small model mends little at once.
WHOLE_ANSWERS = 2
# Of an answer that ran on, so much is said back.
MAX_SAID_BACK = 400

T = TypeVar("T", covariant=True)


class Asked(Protocol[T]):
    """One thing to ask for, and how its answer is read."""

    @property
    def answer(self) -> type[BaseModel]: ...
    @property
    def schema(self) -> Schema: ...
    def messages(self) -> list[dict[str, str]]: ...
    def read(self, reply: str) -> T:
        """Raises `Unusable`."""


def task_for(request: PlotRequest, *, briefly: bool = False) -> Task | Plot:
    """What to ask for; a plot where nothing need be asked.

    Raises `InvalidProviderRequest`.
    """
    if request.previous and request.findings:
        if request.previous.source == "script":
            return write_plot(request)
        return RewriteTask(request, request.previous)
    by_rules = write_plot(request)
    if by_rules.source == "script":
        return IllustrateTask(request, by_rules, briefly)
    return WriteTask(request, by_rules.language, briefly)


class PlotWriter:
    """Writes plots with one model. One that `is_small` is asked in few words, and scene by scene
    where it cannot write a whole plot: for models that cost nothing but time.
    """

    def __init__(self, chat: Chat, model: str, *, is_small: bool) -> None:
        self._chat = chat
        self._model = called(model)
        self._is_small = is_small

    async def write(self, request: PlotRequest, *, call: Call) -> Plot:
        """Raises from `providers.errors`; no plot is returned that breaks a rule."""
        task = await asyncio.to_thread(task_for, request, briefly=self._is_small)
        if isinstance(task, Plot):
            return task
        way = Progress(call, self._model)
        scenes = by_scenes(task) if self._is_small else None
        if scenes is None:
            return await self._had(task, "the plot", way)
        try:
            return await self._had(task, "the plot", way.part(0, 2), answers=WHOLE_ANSWERS)
        except _NoUse:
            return await self._scene_by_scene(scenes, way.part(1, 2))

    async def _scene_by_scene(self, scenes: ByScenes, way: Progress) -> Plot:
        for number in range(1, scenes.count + 1):
            what = f"scene {number} of {scenes.count}"
            part = way.part(number - 1, scenes.count, what)
            try:
                scenes.add(await self._had(scenes.next(), what, part))
            except _NoUse:
                if not scenes.are_enough:
                    raise
                break
        try:
            return await asyncio.to_thread(scenes.plot)
        except Unusable as exc:
            raise _NoUse(self._model, "the plot", exc.problems) from exc

    async def _had(self, asked: Asked[T], what: str, way: Progress, *, answers: int = ANSWERS) -> T:
        """The first of so many answers that can be used. Raises `_NoUse` where none can."""
        reply, problems = Reply(""), list[str]()
        for turn in range(answers):
            part = way.part(turn, answers)
            part.begin(problems[0] if problems else "")
            reply = await self._answer(asked, reply, problems, part)
            try:
                return await asyncio.to_thread(asked.read, reply.text)
            except Unusable as exc:
                problems = [*_about(reply), *exc.problems][:MAX_PROBLEMS]
        raise _NoUse(self._model, what, problems)

    async def _answer(
        self, asked: Asked[T], last: Reply, problems: list[str], way: Progress
    ) -> Reply:
        """The next answer. Where the last one does not fit beside what is asked, its faults do.

        Raises `ContextTooSmall`, and whatever `Chat.ask` does.
        """
        messages = asked.messages()
        if not problems:
            return await self._ask(asked, messages, way)
        said = last.text[:MAX_SAID_BACK] if last.ran_on else last.text
        try:
            return await self._ask(asked, [*messages, *told_back(said, problems)], way)
        except ContextTooSmall:
            return await self._ask(asked, told_afresh(messages, problems), way)

    async def _ask(self, asked: Asked[T], messages: list[dict[str, str]], way: Progress) -> Reply:
        question = Question(messages, asked.answer.__name__, asked.schema)
        tell = partial(way.written, of=question.at_most)
        return await self._chat.ask(question, call=way.call, tell=tell)


class _NoUse(InvalidProviderRequest):
    """None of a model's answers could be used."""

    def __init__(self, model: str, what: str, problems: list[str]) -> None:
        super().__init__(
            f"{model} wrote no usable version of {what} in {ANSWERS} answers "
            f"({'; '.join(problems)}): try a larger model, or AUTOSHORTS_PLANNER=rules"
        )


def _about(reply: Reply) -> list[str]:
    if reply.ran_on:
        return ["the answer ran on without an end and was stopped: be briefer"]
    return ["the answer was cut off: be briefer"] if reply.cut_off else []
