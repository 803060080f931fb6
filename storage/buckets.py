"""Opening an object store by its URL; keys, region and endpoint are set beside it.

The variables are those of the services' own tools: `AWS_*`, `GOOGLE_*`, `AZURE_*`.
"""

from __future__ import annotations

import functools
import ipaddress
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from obstore.store import MemoryStore, from_url
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.bucket_errors import explained_bucket
from storage.errors import StorageError

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

# A store that is gone is told within these; a film on a slow line may take its time.
CLIENT: ClientConfig = {
    "connect_timeout": timedelta(seconds=3),
    "read_timeout": timedelta(seconds=30),
    "timeout": timedelta(minutes=10),
}
RETRIES: RetryConfig = {
    "max_retries": 3,
    "retry_timeout": timedelta(seconds=30),
    "backoff": {
        "init_backoff": timedelta(milliseconds=100),
        "max_backoff": timedelta(seconds=2),
        "base": 2,
    },
}
_PREFIXES = {"s3": "aws_", "gs": "google_", "az": "azure_"}
_ENDPOINTS = {
    "s3": ("aws_endpoint_url_s3", "aws_endpoint_url"),
    "gs": ("google_base_url",),
    "az": ("azure_storage_endpoint",),
}


class BucketSettings(BaseSettings):
    """What a `.env` may say too; obstore itself reads these and more from the environment."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    aws_access_key_id: str | None = None
    aws_secret_access_key: SecretStr | None = None
    aws_session_token: SecretStr | None = None
    aws_region: str | None = None
    aws_default_region: str | None = None
    aws_endpoint_url: str | None = None
    aws_endpoint_url_s3: str | None = None
    aws_allow_http: bool = False
    google_application_credentials: str | None = None
    google_base_url: str | None = None
    azure_storage_account_name: str | None = None
    azure_storage_account_key: SecretStr | None = None
    azure_storage_endpoint: str | None = None


def open_bucket(url: str) -> ObjectStore:
    """The store behind `s3://…`, `gs://…`, `az://…` or `memory:///…`. Raises `StorageError`."""
    scheme = urlsplit(url).scheme
    if scheme == "memory":
        return _memory(url)
    settings = BucketSettings()
    client: ClientConfig = {**CLIENT, "allow_http": _may_be_http(settings, scheme)}
    config: Any = _config(settings, _PREFIXES[scheme])
    with explained_bucket("open", url):
        return from_url(url, config=config, client_options=client, retry_config=RETRIES)


def _config(settings: BucketSettings, prefix: str) -> dict[str, str]:
    """What is set, by obstore's names: the variables' own."""
    found = {}
    for name in BucketSettings.model_fields:
        value = getattr(settings, name)
        if name.startswith(prefix) and value and not isinstance(value, bool):
            found[name] = value.get_secret_value() if isinstance(value, SecretStr) else value
    return found


@functools.cache
def _memory(url: str) -> MemoryStore:
    # One per URL, so that a worker and a gateway in one process see the same bytes.
    return MemoryStore()


def _may_be_http(settings: BucketSettings, scheme: str) -> bool:
    """Whether the endpoint may be spoken to in clear. Raises `StorageError` where it must not."""
    named = [(name, getattr(settings, name) or "") for name in _ENDPOINTS[scheme]]
    clear = [(name, endpoint) for name, endpoint in named if endpoint.startswith("http://")]
    for name, endpoint in clear:
        if not (settings.aws_allow_http or _is_here(endpoint)):
            raise StorageError(
                f"{name.upper()} is {endpoint!r}, which is not encrypted: use https://, "
                "or set AWS_ALLOW_HTTP=true where the network is yours"
            )
    return bool(clear)


def _is_here(endpoint: str) -> bool:
    host = urlsplit(endpoint).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
