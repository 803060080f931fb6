"""Opening an object store by its URL: keys, region and endpoint come from the environment.

The variables are those of the services' own tools: `AWS_*`, `GOOGLE_*`, `AZURE_*`.
"""

from __future__ import annotations

import functools
import ipaddress
import os
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from obstore.store import MemoryStore, from_url

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
_ENDPOINTS = {
    "s3": ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"),
    "gs": ("GOOGLE_BASE_URL",),
    "az": ("AZURE_STORAGE_ENDPOINT", "AZURE_ENDPOINT"),
}


def open_bucket(url: str) -> ObjectStore:
    """The store behind `s3://…`, `gs://…`, `az://…` or `memory:///…`. Raises `StorageError`."""
    scheme = urlsplit(url).scheme
    if scheme == "memory":
        return _memory(url)
    client: ClientConfig = {**CLIENT, "allow_http": _may_be_http(scheme)}
    with explained_bucket("open", url):
        return from_url(url, client_options=client, retry_config=RETRIES)


@functools.cache
def _memory(url: str) -> MemoryStore:
    # One per URL, so that a worker and a gateway in one process see the same bytes.
    return MemoryStore()


def _may_be_http(scheme: str) -> bool:
    """Whether the endpoint may be spoken to in clear. Raises `StorageError` where it must not."""
    variable, endpoint = _endpoint(scheme)
    if not endpoint.startswith("http://"):
        return False
    if os.environ.get("AWS_ALLOW_HTTP", "").lower() in ("true", "1") or _is_here(endpoint):
        return True
    raise StorageError(
        f"{variable} is {endpoint!r}, which is not encrypted: use https://, "
        "or set AWS_ALLOW_HTTP=true where the network is yours"
    )


def _endpoint(scheme: str) -> tuple[str, str]:
    """The variable that names it, and what it says."""
    for variable in _ENDPOINTS[scheme]:
        if value := os.environ.get(variable):
            return variable, value
    return "", ""


def _is_here(endpoint: str) -> bool:
    host = urlsplit(endpoint).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
