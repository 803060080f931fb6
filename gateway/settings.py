"""Settings of the gateway: `AUTOSHORTS_*`, beside those every process shares."""

from __future__ import annotations

import ipaddress
from typing import Annotated, Any

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from gateway.proxies import LOOPBACK, TrustedProxies
from storage.settings import StorageSettings

MIN_KEY_CHARACTERS = 16
Names = Annotated[tuple[str, ...], NoDecode]


class GatewaySettings(StorageSettings):
    """What a gateway may be told."""

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 takes any")
    api_key: SecretStr | None = Field(
        default=None, description="who knows it may use the API; needed beyond loopback"
    )
    public_hosts: Names = Field(
        default=(), description="host names by which a reverse proxy is reached"
    )
    cors_origins: Names = Field(
        default=(), description="origins of other sites that may use the API"
    )
    trusted_proxies: Names | None = Field(
        default=None,
        description="addresses or networks of reverse proxies whose X-Forwarded-For and "
        "X-Forwarded-Proto are believed; unset: this machine, where public_hosts are set",
    )
    max_streams: int = Field(default=2000, ge=1, description="event streams at once")
    max_watchers: int = Field(default=500, ge=1, description="runs that are watched at once")
    max_open_runs: int = Field(default=50, ge=1, description="runs under way at once, for a key")
    max_upload_bytes_per_day: int = Field(
        default=2**30, ge=1, description="bytes of reference pictures in 24 hours, for a key"
    )

    @field_validator("public_hosts", "cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _are_separated_by_commas(cls, names: Any) -> Any:
        if isinstance(names, str):
            return tuple(name.strip() for name in names.split(",") if name.strip())
        return names

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        TrustedProxies(names or ())
        return names

    @field_validator("api_key")
    @classmethod
    def _is_long_enough(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and len(key.get_secret_value()) < MIN_KEY_CHARACTERS:
            raise ValueError(f"must have at least {MIN_KEY_CHARACTERS} characters")
        return key

    @property
    def proxies(self) -> TrustedProxies:
        """A host name of its own means a reverse proxy, and that is most often on this machine."""
        default = LOOPBACK if self.public_hosts else ()
        return TrustedProxies(default if self.trusted_proxies is None else self.trusted_proxies)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def needs_key(self) -> bool:
        """Whether it must not start without a key."""
        return not self.is_loopback or bool(self.public_hosts)
