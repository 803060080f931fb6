"""Where blobs and records are: `AUTOSHORTS_*`, the same for every process of a deployment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

STORE_EXAMPLES = "s3://bucket/prefix, gs://bucket/prefix, az://container/prefix, file:///folder"
DATABASE_EXAMPLES = "postgresql://user:password@host/name, sqlite:////folder/records.db"
BUCKET_SCHEMES = frozenset({"s3", "gs", "az"})
_STORE_SCHEMES = BUCKET_SCHEMES | {"file", "memory"}
_DATABASE_SCHEMES = frozenset({"postgresql", "sqlite"})


class StorageSettings(BaseSettings):
    """The data folder, and what of it is kept elsewhere."""

    model_config = SettingsConfigDict(
        env_prefix="AUTOSHORTS_",
        env_file=".env",
        extra="ignore",
        # A database's password would else be in the error about its address.
        hide_input_in_errors=True,
    )

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("autoshorts", appauthor=False)),
        description="run folders, caches and, where nothing else is set, all that is kept",
    )
    store: str | None = Field(
        default=None, description=f"where films and assets are kept: {STORE_EXAMPLES}"
    )
    database: SecretStr | None = Field(
        default=None, description=f"where runs and accounts are kept: {DATABASE_EXAMPLES}"
    )

    @field_validator("store")
    @classmethod
    def _is_a_store(cls, store: str | None) -> str | None:
        return _required_url("AUTOSHORTS_STORE", store, _STORE_SCHEMES, STORE_EXAMPLES)

    @field_validator("database")
    @classmethod
    def _is_a_database(cls, database: SecretStr | None) -> SecretStr | None:
        url = database.get_secret_value() if database else None
        _required_url("AUTOSHORTS_DATABASE", url, _DATABASE_SCHEMES, DATABASE_EXAMPLES)
        return database if url else None

    @property
    def blobs_folder(self) -> Path:
        """Where blobs are while no other store is set."""
        return self.data_dir / "store" / "blobs"

    @property
    def cache_folder(self) -> Path:
        """What may be deleted at any time: this machine's copies of what is kept elsewhere."""
        return self.data_dir / "cache"


def _required_url(
    variable: str, url: str | None, schemes: frozenset[str], examples: str
) -> str | None:
    """The URL, None where it is empty. Raises `ValueError` that does not repeat a password."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError as exc:
        raise ValueError(f"{variable} is no URL; examples: {examples}") from exc
    if parts.scheme not in schemes:
        said = f"{parts.scheme}://…" if "://" in url else "not a URL"
        raise ValueError(f"{variable} is {said}; it must be one such as {examples}")
    if parts.scheme in BUCKET_SCHEMES:
        _require_bucket(variable, parts.netloc)
    elif parts.scheme in ("file", "sqlite") and not parts.path.strip("/"):
        raise ValueError(f"{variable} names no file; examples: {examples}")
    elif parts.scheme == "postgresql" and not parts.path.strip("/"):
        raise ValueError(f"{variable} names no database; examples: {examples}")
    return url


def _require_bucket(variable: str, place: str) -> None:
    if not place:
        raise ValueError(f"{variable} names no bucket; examples: {STORE_EXAMPLES}")
    if "@" in place:
        raise ValueError(
            f"{variable} must not hold keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
            "(or GOOGLE_APPLICATION_CREDENTIALS, or AZURE_STORAGE_*) beside it"
        )
