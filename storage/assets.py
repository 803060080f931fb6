"""The index of finished assets, by the hash of everything that decides them.

Who writes a key first, wins: whoever made the same thing meanwhile gets the winner's, so that
what a key names never changes under a run that uses it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection, delete, select

from domain.assets import Asset, Made
from storage.database import Database, put_if_absent, utc_now
from storage.errors import StorageError
from storage.tables import assets, film_assets

SCHEMA_VERSION = 1

Kept = TypeVar("Kept", bound=BaseModel)

logger = logging.getLogger(__name__)


def asset_key(provider: str, model: str, request: BaseModel, *, settings: str = "") -> str:
    """The hash of all that decides an asset: provider, model, request and schema version.

    `settings` stands for what the deployment's settings decide beside the model.
    """
    decides: dict[str, object] = {
        "schema": SCHEMA_VERSION,
        "provider": provider,
        "model": model,
        "request": request.model_dump(mode="json"),
    }
    if settings:
        decides["settings"] = settings
    canonical = json.dumps(decides, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class AssetIndex:
    """Finished assets by kind and key, and those that each run has taken for its film."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, kind: str, key: str) -> Asset | None:
        """The asset, or None where it must be made. Raises `StorageError`."""
        with self._database.read() as connection:
            return _found(connection, kind, key)

    def add(self, kind: str, key: str, asset: Asset) -> Asset:
        """Keep a finished asset, and return the one that the key names now: the first one's.

        Raises `StorageError`.
        """
        row = {
            "kind": str(kind),
            "key": key,
            "sha256": asset.artifact.sha256,
            "created_at": utc_now(),
            "document": asset.model_dump_json(),
        }

        def work(connection: Connection) -> Asset:
            # The winner's may be discarded before it is read: then the key is free again.
            while True:
                if put_if_absent(connection, assets, row):
                    return asset
                if winner := _found(connection, kind, key):
                    return winner

        return self._database.transact(work)

    def discard(self, kind: str, key: str, sha256: str) -> None:
        """Forget an asset whose bytes are gone or damaged; one made anew since then stays.

        Raises `StorageError`.
        """

        def work(connection: Connection) -> bool:
            is_that = (assets.c.kind == kind, assets.c.key == key, assets.c.sha256 == sha256)
            return bool(connection.execute(delete(assets).where(*is_that)).rowcount)

        if self._database.transact(work):
            logger.warning("the %s %s… is gone or damaged; it is made again", kind, key[:12])

    def keep_made(self, run_id: str, made: Made) -> Made:
        """Keep what a run uses for an item, and return what it uses: the first one said.

        Raises `StorageError`.
        """
        row = {
            "run_id": run_id,
            "name": made.name,
            "digest": made.digest,
            "kind": str(made.kind),
            "key": made.key,
            "sha256": made.asset.artifact.sha256,
            "created_at": utc_now(),
            "document": made.model_dump_json(),
        }

        def work(connection: Connection) -> Made:
            if put_if_absent(connection, film_assets, row):
                return made
            first = select(film_assets.c.document).where(
                film_assets.c.run_id == run_id,
                film_assets.c.name == made.name,
                film_assets.c.digest == made.digest,
            )
            return _read(Made, connection.execute(first).scalar_one())

        return self._database.transact(work)

    def made(self, run_id: str) -> tuple[Made, ...]:
        """All that a run has used, oldest first. Raises `StorageError`."""
        query = select(film_assets.c.document).where(film_assets.c.run_id == run_id)
        order = (film_assets.c.created_at, film_assets.c.name, film_assets.c.digest)
        with self._database.read() as connection:
            documents = connection.execute(query.order_by(*order)).scalars()
            return tuple(_read(Made, document) for document in documents)


def _found(connection: Connection, kind: str, key: str) -> Asset | None:
    query = select(assets.c.document).where(assets.c.kind == kind, assets.c.key == key)
    document = connection.execute(query).scalar()
    return None if document is None else _read(Asset, document)


def _read(model: type[Kept], document: str) -> Kept:
    try:
        return model.model_validate_json(document)
    except ValidationError as exc:
        raise StorageError(
            f"a stored {model.__name__} cannot be read: a newer AutoShorts wrote it, so bring "
            f"this one up to date: {document[:200]}"
        ) from exc
