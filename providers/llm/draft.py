"""What a language model answers with: plain shapes that strict JSON schema allows.

No defaults, and no limits: those hang on what was asked (`schemas.py`); what a plot must be beside
is checked in `tasks.py`.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.plot import Emotion, Mood

A = TypeVar("A", bound=BaseModel)

# Some templates put the opening tag into the prompt, so that only the closing one is answered.
_THINKING = re.compile(r"^.*</think(?:ing)?>|<think(?:ing)?>.*", re.DOTALL)
_FENCE = re.compile(r"```[a-zA-Z]*\s*\n(.*?)```", re.DOTALL)
MAX_PROBLEMS = 8


class Unusable(ValueError):
    """An answer that is no plot; `problems` are sentences that a model can act on."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems[:MAX_PROBLEMS]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Line(_Answer):
    """One spoken line."""

    speaker: str = Field(description="the name of one of `characters`")
    text: str = Field(description="exactly what is said aloud, nothing else")
    emotion: Emotion


class DraftScene(_Answer):
    """One scene of a new plot."""

    picture: str = Field(description="English: one frame, what is to be seen")
    lines: list[Line]


class Character(_Answer):
    """Somebody who speaks or is seen."""

    name: str
    looks: str = Field(description="English: age, build, hair, clothes; blank if never seen")


class Draft(_Answer):
    """A new plot."""

    title: str
    language: str = Field(description="BCP 47 tag of the lines")
    mood: Mood
    characters: list[Character]
    scenes: list[DraftScene]


class IllustratedScene(_Answer):
    """What is chosen for one scene of a script that stands."""

    scene: int
    picture: str = Field(description="English: one frame, what is to be seen")
    emotions: list[Emotion] = Field(description="one for each line, in order")


class Illustrations(_Answer):
    """What is chosen for a script whose words stand."""

    title: str
    mood: Mood
    characters: list[Character]
    scenes: list[IllustratedScene]


class NewScene(_Answer):
    """One scene written anew."""

    scene: int
    picture: str = Field(description="English: one frame, what is to be seen")
    lines: list[Line]


class Rewrite(_Answer):
    """The scenes that were to be written anew."""

    scenes: list[NewScene]


class OneScene(_Answer):
    """One scene, where a model writes them one by one."""

    picture: str = Field(description="English: one frame, what is to be seen")
    text: str = Field(description="exactly what is said aloud, nothing else")


class OnePicture(_Answer):
    """The picture of one scene of a script that stands."""

    picture: str = Field(description="English: one frame, what is to be seen")


def parsed(kind: type[A], text: str) -> A:
    """The answer in a reply, whether bare, in a fenced block, or among words.

    Raises `Unusable`.
    """
    try:
        return kind.model_validate(_object_in(text))
    except ValidationError as exc:
        problems = [
            f"{'.'.join(str(step) for step in item['loc']) or 'the answer'}: {item['msg']}"
            for item in exc.errors(include_url=False, include_input=False)
        ]
        raise Unusable(problems) from exc


def _object_in(text: str) -> Any:
    text = _THINKING.sub("", text).strip()
    fenced = _FENCE.search(text)
    text = fenced[1] if fenced else text
    begin, end = text.find("{"), text.rfind("}")
    if begin < 0 or end < begin:
        raise Unusable(["the reply has no JSON object in it: answer with one JSON object only"])
    try:
        return json.loads(text[begin : end + 1], strict=False)
    except ValueError as exc:
        raise Unusable([f"the JSON cannot be read: {exc}"]) from exc
