"""What others may tell a running workflow; checked by hand, for a typed signal can wedge it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from pydantic import Field, ValidationError

from domain.model import Frozen

# A run takes so many; what comes after is dropped, and said once.
MAX_REPORTS = 500


class ProgressReport(Frozen):
    """The argument of signal `report_progress`."""

    message: str = Field(min_length=1, max_length=2000)
    level: Literal["info", "warning", "error"] = "info"


class InvalidMessage(ValueError):
    """A message that is not what it should be; its text names the field."""


def parse_progress_report(inputs: Collection[Any]) -> ProgressReport:
    """Raises `InvalidMessage`."""
    if len(inputs) != 1:
        raise InvalidMessage(f'expected one JSON object {{"message": "…"}}, got {len(inputs)}')
    try:
        return ProgressReport.model_validate(*inputs, extra="forbid")
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        path = ".".join(str(step) for step in first["loc"]) or "input"
        raise InvalidMessage(f"{path}: {first['msg']}") from exc
