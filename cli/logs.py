"""Where log lines go: a file beside the data while a screen is shown, else stderr."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter

from storage.errors import explained

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
MAX_BYTES = 2_000_000
LOG = "autoshorts.log"
# Two processes that turn one file over would lose lines.
RENDER_LOG = "render.log"


def log_to_file(data_dir: Path, name: str = LOG) -> Path:
    """Keep the terminal clean: log lines go to a file in `logs/`."""
    path = log_path(data_dir, name)
    with explained("write", path):
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=MAX_BYTES, backupCount=2, encoding="utf-8"
        )
    _install(handler)
    return path


def log_path(data_dir: Path, name: str) -> Path:
    """A file in `logs/`, which is made."""
    path = data_dir / "logs" / name
    with explained("write", path):
        path.parent.mkdir(parents=True, exist_ok=True)
    return path


def log_to_stderr() -> None:
    """For services: their log is their screen."""
    _install(logging.StreamHandler())


def _install(handler: logging.Handler) -> None:
    # A log that cannot be written (a full disk) must not write over the screen.
    logging.raiseExceptions = False
    handler.setFormatter(logging.Formatter(FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    quiet = TelemetryFilter(core_level="ERROR", other_level="ERROR")
    Runtime.set_default(
        Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(filter=quiet))),
        error_if_already_set=False,
    )
