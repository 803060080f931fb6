"""Settings of the command line, beyond the worker's own."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError

from cli.errors import BAD_USAGE, CliError
from worker.settings import WorkerSettings


class CliSettings(WorkerSettings):
    """The worker's settings and where the Temporal CLI is."""

    temporal_cli: Path | None = Field(
        default=None, description="the Temporal CLI; else PATH, else the one beside Python"
    )


def load_settings() -> CliSettings:
    """Raises `CliError` naming each variable that is wrong."""
    try:
        return CliSettings()
    except ValidationError as exc:
        wrong = "; ".join(
            f"AUTOSHORTS_{str(item['loc'][0]).upper()}: {item['msg']}" for item in exc.errors()
        )
        raise CliError(wrong, BAD_USAGE) from exc
