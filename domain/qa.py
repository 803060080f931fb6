"""The verdict on a finished video: a value, not an exception."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from domain.model import Frozen


class Redo(StrEnum):
    """What must be made anew to mend a finding."""

    PLAN = "plan"
    IMAGE = "image"
    VOICE = "voice"
    MUSIC = "music"
    RENDER = "render"


class Finding(Frozen):
    """One thing that is wrong."""

    check: str = Field(description="name of the check that found it")
    message: str = Field(description="one sentence: what was seen and what was expected")
    redo: Redo
    scene_id: str | None = Field(default=None, description="null where it is the whole video")
    line_id: str | None = Field(default=None, description="for a voice")

    @model_validator(mode="after")
    def _names_what_is_redone(self) -> Finding:
        if self.redo is Redo.IMAGE and not self.scene_id:
            raise ValueError("scene_id: a picture to be made anew needs its scene")
        if self.redo is Redo.VOICE and not self.line_id:
            raise ValueError("line_id: a voice to be made anew needs its line")
        return self

    @property
    def asset_name(self) -> str:
        """The name under which revisions are counted: `image/scene_1`, `plan`, `render`, …"""
        match self.redo:
            case Redo.IMAGE:
                return f"image/{self.scene_id}"
            case Redo.VOICE:
                return f"voice/{self.line_id}"
            case _:
                return str(self.redo)


class Check(Frozen):
    """One check that was made, passed or not."""

    name: str
    passed: bool
    measured: str = Field(description="what was measured, with its unit")
    expected: str


class QaReport(Frozen):
    """Every check, and what they found."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.findings


class Verdict(Frozen):
    """One attempt's report, and the film that was judged."""

    attempt: int = Field(ge=1)
    video_sha256: str
    passed: bool
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...] = ()


class Verdicts(Frozen):
    """`qa.json`: the last attempt's verdict decides; those before it say what was mended."""

    run_id: str
    passed: bool
    attempts: tuple[Verdict, ...]

    def before(self, attempt: int) -> tuple[Verdict, ...]:
        """What is left where `attempt` is judged, for the first time or anew."""
        return tuple(verdict for verdict in self.attempts if verdict.attempt < attempt)
