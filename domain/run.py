"""A run: what is asked for, the states it goes through, and how it is named."""

from __future__ import annotations

import base64
import hashlib
import itertools
import secrets
from collections.abc import Collection, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import Field, ValidationError, field_validator

from domain.assets import ArtifactRef, Seed
from domain.model import Frozen

WORKFLOW_TYPE = "AutoShorts"
RUN_STATE_ATTRIBUTE = "RunState"
# In the memo of a run that one of our own programs started, whichever version it is.
STARTED_BY = "autoshorts_version"

MAX_PROMPT_CHARACTERS = 20_000
MAX_CUTS = 10
MAX_SCRIPT_SCENES = 60
MAX_FOLDER_BYTES = 120
MAX_TITLE_CHARACTERS = 120


class RunState(StrEnum):
    """Where a run is; also the values of the `RunState` search attribute."""

    INIT = "INIT"
    PLOT_GENERATION = "PLOT_GENERATION"
    ASSET_GENERATION = "ASSET_GENERATION"
    RENDERING = "RENDERING"
    QA = "QA"
    END = "END"
    FAILED = "FAILED"

    @property
    def is_terminal(self) -> bool:
        return not TRANSITIONS[self]


TRANSITIONS: dict[RunState, frozenset[RunState]] = {
    RunState.INIT: frozenset({RunState.PLOT_GENERATION, RunState.FAILED}),
    RunState.PLOT_GENERATION: frozenset({RunState.ASSET_GENERATION, RunState.FAILED}),
    RunState.ASSET_GENERATION: frozenset({RunState.RENDERING, RunState.FAILED}),
    RunState.RENDERING: frozenset({RunState.QA, RunState.FAILED}),
    RunState.QA: frozenset({RunState.END, RunState.PLOT_GENERATION, RunState.FAILED}),
    RunState.END: frozenset(),
    RunState.FAILED: frozenset(),
}


class IllegalTransition(ValueError):
    """A move that the state machine does not allow."""


def check_transition(current: RunState, target: RunState) -> None:
    """Raise `IllegalTransition` unless the table allows `current` → `target`."""
    if target not in TRANSITIONS[current]:
        allowed = ", ".join(sorted(TRANSITIONS[current])) or "nothing: it is terminal"
        raise IllegalTransition(f"{current} → {target} is not allowed; from {current}: {allowed}")


class Mode(StrEnum):
    """What kind of short it is."""

    GENERAL = "general"
    STORY = "story"
    AD = "ad"


class AspectRatio(StrEnum):
    """Width to height of the video."""

    PORTRAIT = "9:16"
    LANDSCAPE = "16:9"
    SQUARE = "1:1"
    FEED = "4:5"

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return _SIZES_PX[self]


_SIZES_PX = {
    AspectRatio.PORTRAIT: (1080, 1920),
    AspectRatio.LANDSCAPE: (1920, 1080),
    AspectRatio.SQUARE: (1080, 1080),
    AspectRatio.FEED: (1080, 1350),
}


CaptionStyle = Literal["karaoke", "plain", "pop"]
Captions = Literal[CaptionStyle, "off"]


class Providers(Frozen):
    """Which provider each role uses: `auto`, or a provider's name; `none` for no music or voice."""

    planner: str = Field(default="auto", min_length=1, max_length=64)
    images: str = Field(default="auto", min_length=1, max_length=64)
    music: str = Field(default="auto", min_length=1, max_length=64)
    voice: str = Field(default="auto", min_length=1, max_length=64)


class RunSpec(Frozen):
    """Everything a user may say about the short to be made. Only `prompt` is required."""

    prompt: str = Field(
        min_length=1,
        max_length=MAX_PROMPT_CHARACTERS,
        description="a topic, or a finished script that is then kept word for word",
    )
    mode: Mode = Field(default=Mode.GENERAL, description="the kind of short")
    num_characters: Literal[1, 2] = Field(default=1, description="how many speak")
    num_cuts: Annotated[int, Field(ge=1, le=MAX_CUTS)] | None = Field(
        default=None, description="how many scenes; null lets the planner decide"
    )
    art_style: str = Field(
        default="파스텔 수채화", max_length=200, description="manner of the pictures, in any words"
    )
    music_genre: str = Field(default="ambient", max_length=200, description="kind of music")
    reference_images: tuple[str, ...] = Field(
        default=(), max_length=8, description="names of uploaded pictures to draw from"
    )
    lora_strength: float = Field(default=0.8, ge=0, le=1, description="strength of the style LoRA")
    voice_id: str | None = Field(
        default=None, max_length=200, description="one voice for every character"
    )
    language: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="BCP 47 tag such as ko or pt-BR; null detects it from the prompt",
    )
    locale: str | None = Field(
        default=None,
        max_length=40,
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
        description="BCP 47 tag of the user's own language: decides where few words say little",
    )
    aspect_ratio: AspectRatio = Field(default=AspectRatio.PORTRAIT, description="shape")
    captions: Captions = Field(
        default="karaoke",
        description="lines whose words light up, plain lines, a large word at a time, or none",
    )
    title: str | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_TITLE_CHARACTERS,
        description="name of the short; null lets the planner decide",
    )
    title_card: bool = Field(default=False, description="begin with the title")
    end_card: str | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_TITLE_CHARACTERS,
        description="words to end with, such as a channel's name; null for none",
    )
    providers: Providers = Field(default=Providers(), description="which provider per role")
    on_failure: Literal["fail", "degrade"] = Field(
        default="fail",
        description="when a service fails for good: fail, or go on with the embedded provider",
    )
    max_cost_usd: Annotated[float, Field(ge=0, le=10_000)] | None = Field(
        default=None, description="what the run may spend; null takes the deployment's limit"
    )
    seed: Seed | None = Field(default=None, description="repeats a video; null draws one")
    max_qa_retries: int = Field(default=2, ge=0, le=5, description="how often QA may send it back")

    @field_validator("prompt")
    @classmethod
    def _has_something_to_say(cls, prompt: str) -> str:
        if not _is_readable(prompt):
            raise ValueError("has nothing readable in it: write a topic or paste a script")
        return prompt

    @field_validator("title", "end_card")
    @classmethod
    def _can_be_read(cls, text: str | None) -> str | None:
        if text is not None and not _is_readable(text):
            raise ValueError("has nothing readable in it: write some words or leave it out")
        return text and " ".join(text.split())


def _is_readable(text: str) -> bool:
    return any(not c.isspace() and c.isprintable() for c in text)


class InvalidInput(ValueError):
    """An input that cannot become the value it should be; its text names each field."""


def parse_spec(inputs: Collection[Any], *, tolerant: bool = False) -> RunSpec:
    """The `RunSpec` in a workflow's raw inputs.

    `tolerant` where one of our own programs wrote it: a newer one may know more fields. Raises
    `InvalidInput` with one sentence that names every field that is wrong.
    """
    value = next(iter(inputs), None)
    if len(inputs) != 1 or not isinstance(value, dict):
        got = _json_type(value) if len(inputs) == 1 else f"{len(inputs)} inputs"
        example = '{"prompt": "why the sea is salty"}'
        raise InvalidInput(f"input: expected one JSON object such as {example}, got {got}")
    try:
        return RunSpec.model_validate(value, extra="ignore" if tolerant else "forbid")
    except ValidationError as exc:
        raise InvalidInput(describe_validation_error(exc)) from exc


def unknown_fields(value: Any) -> tuple[str, ...]:
    """The fields of a raw spec that this version does not know."""
    return tuple(sorted(set(value) - set(RunSpec.model_fields))) if isinstance(value, dict) else ()


def describe_validation_error(error: ValidationError) -> str:
    """One line: each field by its path, and what it should be."""
    parts = []
    for item in error.errors(include_url=False, include_context=False):
        path = ".".join(str(step) for step in item["loc"]) or "input"
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "is not a field"
            if len(item["loc"]) == 1 and error.title == RunSpec.__name__:
                message += f"; the fields are {', '.join(RunSpec.model_fields)}"
        parts.append(f"{path}: {message}")
    return "; ".join(dict.fromkeys(parts))


def _json_type(value: object) -> str:
    if value is None:
        return "null"
    names: dict[type, str] = {bool: "a boolean", str: "a string", list: "a list"}
    return names.get(type(value), "a number")


def run_id_base(prompt: str, now: datetime) -> str:
    """`YYYYMMDD_HHMM_` (UTC) and the first 8 letters or digits of the prompt."""
    letters = "".join(itertools.islice((c for c in prompt if c.isalnum()), 8))
    return f"{now:%Y%m%d_%H%M}_{letters or 'short'}"


def run_id_candidates(prompt: str, now: datetime) -> Iterator[str]:
    """The base id, then the same with another random ending each time, for as long as needed."""
    base = run_id_base(prompt, now)
    yield base
    while True:
        letters = base64.b32encode(secrets.token_bytes(5)).decode().lower()
        yield f"{base}_{letters[:5]}"


def run_folder(run_id: str) -> str:
    """The folder name of any workflow id: percent-encoded, and the same for no other id.

    Hashed where it would be too long, or where a file system that ignores case could take it for
    another's.
    """
    name = quote(run_id, safe="")
    if name.strip(".") == "":
        name = name.replace(".", "%2E")
    if len(name) > MAX_FOLDER_BYTES or run_id != run_id.lower():
        digest = hashlib.sha256(run_id.encode()).hexdigest()[:16]
        name = f"{name[: MAX_FOLDER_BYTES - 17].rstrip('%')}-{digest}"
    return name


class Outcome(StrEnum):
    """How a run ended."""

    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TERMINATED = "terminated"
    TIMED_OUT = "timed_out"


class RunError(Frozen):
    """Why a run failed, for a person and for a program."""

    type: str
    message: str
    state: RunState


class SceneStatus(Frozen):
    """What a viewer may know of one scene while it is being made."""

    scene_id: str
    text: str = Field(description="what is said in it; of a long scene the beginning")
    image: ArtifactRef | None = None
    voices: tuple[ArtifactRef, ...] = ()
    duration_ms: int


class RunStatus(Frozen):
    """The answer to query `status`, and the heart of `run.json`."""

    run_id: str
    state: RunState
    progress: float = Field(ge=0, le=1)
    detail: str = Field(description="one sentence: what is happening now")
    created_at: datetime
    updated_at: datetime
    spec: RunSpec | None
    title: str | None = None
    language: str | None = None
    seed: int | None = None
    qa_retries: int = 0
    cost_usd: float = Field(default=0.0, ge=0, description="spent so far, by the price table")
    scenes: tuple[SceneStatus, ...] = ()
    artifacts: dict[str, ArtifactRef] = Field(default_factory=dict)
    outcome: Outcome | None = None
    error: RunError | None = None


class RunResult(Frozen):
    """What a finished run answers: its files, by name, and its length."""

    run_id: str
    duration_ms: int
    artifacts: dict[str, ArtifactRef]
    qa_retries: int
    degraded: tuple[str, ...] = ()
