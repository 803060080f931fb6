"""What every real service needs: its settings from the environment, and a check of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

import httpx
from pydantic import AfterValidator, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.ledger import Price
from providers.errors import InvalidProviderRequest


def _address(value: str) -> str:
    value = value.strip()
    shown = repr(value if "@" not in value else f"…@{value.rpartition('@')[2]}")
    if not value.lower().startswith(("http://", "https://")):
        raise _wrong(f"{shown} must begin with http:// or https://")
    try:
        host = httpx.URL(value).host
    except httpx.InvalidURL as exc:
        raise _wrong(f"{shown} is no address: {exc}") from exc
    if not host:
        raise _wrong(f"{shown} names no host")
    return value


def _wrong(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("address", "{sentence}", {"sentence": sentence})


# Where a server is: `http://…` or `https://…`.
Address = Annotated[str, AfterValidator(_address)]


class ServiceSettings(BaseSettings):
    """Settings of one service. A subclass names its variables and says when it is configured."""

    model_config = SettingsConfigDict(
        env_prefix="AUTOSHORTS_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    @property
    def service(self) -> str:
        """The name under which its account is shared: by all that use the same key and server."""
        raise NotImplementedError

    @property
    def places(self) -> int:
        """Calls of the service at once in a whole deployment."""
        return 4

    @property
    def found(self) -> str | None:
        """What it is, for people, where that is not settled by its name."""
        return None

    @property
    def comes_and_goes(self) -> bool:
        """Whether it may be there later though it is not there now, without another setting."""
        return False

    @property
    def price(self) -> Price:
        """US dollars per unit; empty where nothing is charged, or nobody knows."""
        return {}

    @property
    def configured_by(self) -> str | None:
        """What makes `auto` choose this service, such as "OPENAI_API_KEY is set"; None if not."""
        return None

    @property
    def sends(self) -> str | None:
        """What leaves for it and where to, where nobody set a key or an address for it."""
        return None

    @property
    def lacks(self) -> str | None:
        """What must be set before it can be used, for an error; None where nothing lacks."""
        return None

    @property
    def how(self) -> str | None:
        """What to set or start to have it, in a few words; None where nothing is advised."""
        return None

    @property
    def remark(self) -> str | None:
        """What `doctor` says where something is set that is of no use by itself."""
        return None


S = TypeVar("S", bound=ServiceSettings)


def read_settings(kind: type[S]) -> S:
    """From the environment. Raises `InvalidProviderRequest` that names the variable at fault."""
    try:
        return kind()
    except ValidationError as exc:
        faults = (_fault(kind, error) for error in exc.errors(include_input=False))
        raise InvalidProviderRequest("; ".join(faults)) from exc


def _fault(kind: type[ServiceSettings], error: ErrorDetails) -> str:
    name = str(error["loc"][0]) if error["loc"] else kind.__name__
    variable = f"AUTOSHORTS_{name.upper()}" if name in kind.model_fields else name
    return f"{variable}: {error['msg']}"


@dataclass(frozen=True)
class Checked:
    """What the cheapest authenticated call of a service said."""

    ok: bool
    said: str
    # Whether films need it; what another does as well does not keep anybody from beginning.
    needed: bool = True


@dataclass(frozen=True)
class Tools:
    """What a service is given: the uploaded pictures by name."""

    read_upload: Callable[[str], Path]


def no_uploads(name: str) -> Path:
    """For a deployment without uploads."""
    raise InvalidProviderRequest(f"reference_images: nothing was uploaded under {name!r}")
