"""What the workers of a deployment can do, for gateways that know no provider themselves.

Each worker writes `capabilities.json` at its start; there is no secret in it.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from domain.model import Frozen
from storage.files import write_atomically

NAME = "capabilities.json"


class Capability(Frozen):
    """The provider that a role will use, and why."""

    provider: str
    why: str
    choices: tuple[str, ...]


class Capabilities(Frozen):
    """All of a deployment."""

    providers: dict[str, Capability] = {}
    voices: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def write_capabilities(root: Path, capabilities: Capabilities) -> None:
    """Raises `StorageError`."""
    write_atomically(root / NAME, capabilities.model_dump_json(indent=1).encode())


def read_capabilities(root: Path) -> Capabilities:
    """What was written last; nothing where no worker was here yet."""
    try:
        return Capabilities.model_validate_json((root / NAME).read_bytes())
    except (OSError, ValidationError):
        return Capabilities()
