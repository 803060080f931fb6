"""What every real service needs: its settings from the environment, and a check of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from providers.errors import InvalidProviderRequest
from providers.limits import Limit


class ServiceSettings(BaseSettings):
    """Settings of one service. A subclass names its variables and says when it is configured."""

    model_config = SettingsConfigDict(
        env_prefix="AUTOSHORTS_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        populate_by_name=True,
    )

    @property
    def concurrency(self) -> int:
        """Calls of the service at once in one worker."""
        return 4

    @property
    def configured_by(self) -> str | None:
        """What makes `auto` choose this service, such as "OPENAI_API_KEY is set"; None if not."""
        return None

    @property
    def lacks(self) -> str | None:
        """What must be set before it can be used, for an error; None where nothing lacks."""
        return None

    @property
    def remark(self) -> str | None:
        """What `doctor` says where something is set that is of no use by itself."""
        return None


@dataclass(frozen=True)
class Checked:
    """What the cheapest authenticated call of a service said."""

    ok: bool
    said: str


@dataclass(frozen=True)
class Tools:
    """What a service is given: its share of the service, and the uploaded pictures by name."""

    limit: Limit
    read_upload: Callable[[str], Path]


def no_uploads(name: str) -> Path:
    """For a deployment without uploads."""
    raise InvalidProviderRequest(f"reference_images: nothing was uploaded under {name!r}")
