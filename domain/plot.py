"""The plot: what the planner writes, and its CSV form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby
from typing import Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from domain.assets import Seed
from domain.model import Frozen
from domain.run import MAX_CUTS, MAX_SCRIPT_SCENES, Mode
from domain.sources import Source

# What it is called among a run's assets.
PLOT = "plot"
MAX_ROWS = 4 * MAX_SCRIPT_SCENES
SCENE_ID = re.compile(r"scene_([1-9][0-9]*)")
CHARACTER_ID = re.compile(r"char_([1-9][0-9]*)")


class TextType(StrEnum):
    """Whether a line is said by a character or told about them."""

    DIALOGUE = "dialogue"
    NARRATION = "narration"


class Emotion(StrEnum):
    """How a line is said."""

    NEUTRAL = "neutral"
    HAPPY = "happy"
    SAD = "sad"
    EXCITED = "excited"
    ANGRY = "angry"
    SURPRISED = "surprised"
    CALM = "calm"


class SubtitlePosition(StrEnum):
    """Where the caption of a line stands."""

    TOP = "top"
    CENTER = "center"
    BOTTOM = "bottom"


class Mood(StrEnum):
    """The planner's word for the music."""

    CALM = "calm"
    UPBEAT = "upbeat"
    DARK = "dark"
    EPIC = "epic"
    LOFI = "lofi"


class PlotRow(Frozen):
    """One line of the script. The field order is the CSV's column order."""

    scene_id: str
    char_id: str = Field(default="", description="blank for a narrator")
    char_name: str = ""
    text: str = Field(min_length=1)
    text_type: TextType = TextType.NARRATION
    emotion: Emotion = Emotion.NEUTRAL
    subtitle_position: SubtitlePosition = SubtitlePosition.BOTTOM
    duration_ms: int = Field(default=5000, ge=300, le=600_000, description="planned")

    @field_validator("scene_id")
    @classmethod
    def _is_a_scene_id(cls, value: str) -> str:
        if not SCENE_ID.fullmatch(value):
            raise ValueError(f"{value!r} is not of the form scene_1, scene_2, …")
        return value

    @field_validator("char_id")
    @classmethod
    def _is_a_character_id(cls, value: str) -> str:
        if value and not CHARACTER_ID.fullmatch(value):
            raise ValueError(f"{value!r} is neither blank nor of the form char_1, char_2, …")
        return value

    @field_validator("text")
    @classmethod
    def _says_something(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("is blank")
        return value

    @property
    def sequence(self) -> int:
        """The scene's position, from its id."""
        return int(self.scene_id.removeprefix("scene_"))


COLUMNS: tuple[str, ...] = tuple(PlotRow.model_fields)


class Plot(Frozen):
    """The planner's whole answer."""

    title: str = Field(min_length=1, max_length=200)
    language: str
    mood: Mood = Mood.CALM
    source: Literal["script", "outline", "llm", "sourced"] = Field(
        description="the user's own words; an outline made by rules; a language model; "
        "sentences of `sources`"
    )
    rows: tuple[PlotRow, ...] = Field(min_length=1, max_length=MAX_ROWS)
    visuals: dict[str, str] = Field(description="scene id → what its picture shows")
    appearances: dict[str, str] = Field(
        default_factory=dict, description="character id → looks, for the pictures"
    )
    sources: tuple[Source, ...] = Field(default=(), description="what its claims are taken from")
    credit: str = Field(
        default="", description="names the sources: said as the last line, else on the end card"
    )
    note: str | None = Field(default=None, description="one sentence on how the prompt was taken")

    rests: dict[str, int] = Field(
        default_factory=dict, description="line id (scene_1_line_1) → the rest before it, in ms"
    )
    sounds: dict[str, str] = Field(
        default_factory=dict, description="scene id → the sound effect that the script asks for"
    )

    @model_validator(mode="after")
    def _scenes_and_characters_agree(self) -> Plot:
        sequences = [key for key, _ in groupby(row.sequence for row in self.rows)]
        if sequences != list(range(1, len(sequences) + 1)):
            raise ValueError(f"rows: scenes must run 1, 2, 3, … in order, got {sequences}")
        if len(sequences) > MAX_SCRIPT_SCENES:
            raise ValueError(f"rows: {len(sequences)} scenes; at most {MAX_SCRIPT_SCENES}")
        scenes = {row.scene_id for row in self.rows}
        if set(self.visuals) != scenes:
            odd = ", ".join(sorted(set(self.visuals) ^ scenes))
            raise ValueError(f"visuals: every scene needs exactly one, these differ: {odd}")
        names: dict[str, str] = {}
        for row in self.rows:
            if row.char_id and names.setdefault(row.char_id, row.char_name) != row.char_name:
                raise ValueError(f"rows: {row.char_id} has two names")
        if unknown := set(self.appearances) - set(names):
            raise ValueError(f"appearances: nobody is called {', '.join(sorted(unknown))}")
        return self


class PlanFinding(Frozen):
    """What QA found wrong with the plan of one scene; the planner is to write it anew."""

    scene_id: str | None
    message: str


class PlotRequest(Frozen):
    """What the planner is asked."""

    prompt: str
    mode: Mode = Mode.GENERAL
    language: str | None = None
    locale: str | None = Field(default=None, description="the user's own language: a prior")
    num_characters: int = Field(default=1, ge=1, le=2)
    num_cuts: int | None = Field(default=None, ge=1, le=MAX_CUTS)
    art_style: str
    music_genre: str
    seed: Seed
    revision: int = Field(default=0, ge=0)
    previous: Plot | None = Field(default=None, description="on a QA retry: what to keep")
    findings: tuple[PlanFinding, ...] = ()


class PlotError(ValueError):
    """A plot CSV that cannot be read; its text names the row and the column."""


def write_csv(rows: Iterable[PlotRow]) -> str:
    """RFC 4180 text with a header; quotes, commas and newlines survive. No BOM."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(row.model_dump(mode="json").values())
    return buffer.getvalue()


def read_csv(text: str) -> tuple[PlotRow, ...]:
    """The rows of a plot CSV, strictly: exactly the known columns, in any order.

    A leading BOM is accepted. Raises `PlotError` naming row and column.
    """
    reader = csv.DictReader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True, restkey="", restval=None
    )
    try:
        header = reader.fieldnames or []
        if sorted(header) != sorted(COLUMNS):
            got = ", ".join(header) or "nothing"
            raise PlotError(f"header: expected the columns {', '.join(COLUMNS)}, got {got}")
        rows = tuple(_row(number, cells) for number, cells in enumerate(reader, start=1))
    except csv.Error as exc:
        raise PlotError(f"line {reader.line_num}: {exc}") from exc
    if not rows:
        raise PlotError("the plot has a header and no rows")
    return rows


def _row(number: int, cells: dict[str, str | None]) -> PlotRow:
    if "" in cells or None in cells.values():
        raise PlotError(f"row {number}: expected {len(COLUMNS)} cells")
    try:
        return PlotRow.model_validate(cells)
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        column = ".".join(str(step) for step in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise PlotError(f"row {number}, {column}: {message}") from exc
