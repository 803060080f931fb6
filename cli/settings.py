"""Settings of the command line, beyond the worker's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings

from cli.errors import BAD_USAGE, CliError
from gateway.settings import GatewaySettings
from worker.settings import WorkerSettings

S = TypeVar("S", bound=BaseSettings)


class CliSettings(WorkerSettings):
    """The worker's settings and where the Temporal CLI is."""

    temporal_cli: Path | None = Field(
        default=None, description="the Temporal CLI; else PATH, else the one beside Python"
    )


def load_settings() -> CliSettings:
    """Raises `CliError` naming each variable that is wrong."""
    return _loaded(CliSettings)


def load_gateway_settings(*, host: str | None = None, port: int | None = None) -> GatewaySettings:
    """The gateway's settings, with what the command line said. Raises `CliError`."""
    said = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    return _loaded(GatewaySettings, **said)


def _loaded(kind: type[S], **said: Any) -> S:
    try:
        return kind(**said)
    except ValidationError as exc:
        wrong = "; ".join(
            f"AUTOSHORTS_{str(item['loc'][0]).upper()}: {item['msg']}" for item in exc.errors()
        )
        raise CliError(wrong, BAD_USAGE) from exc
