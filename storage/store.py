"""The store: finished assets by the hash of everything that decides them.

`store/<kind>/<2 letters>/<key>.<ending>` is the file, `<key>.json` beside it says what it is.
The record is written last, so an asset that has one is whole.
"""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ValidationError

from domain.assets import ArtifactRef, Asset, Provenance, WordTiming
from storage.errors import MissingArtifact, explained
from storage.files import sha256_of, write_atomically

SCHEMA_VERSION = 1
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "application/json": "json",
}

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


class LocalStore:
    """Assets in a folder; safe for many processes, since files only ever appear whole."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def find(self, kind: str, key: str) -> Asset | None:
        """The asset, its bytes checked against their hash; None where it must be made.

        A damaged one is taken out of the store first, so that it can be made again.
        """
        record = self._record(kind, key)
        try:
            asset = Asset.model_validate_json(record.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError:
            self._discard(record, "its record cannot be read")
            return None
        try:
            self.path(asset.artifact)
        except MissingArtifact as exc:
            self._discard(record, str(exc))
            return None
        return asset

    def save(
        self,
        kind: str,
        key: str,
        data: bytes,
        *,
        media_type: str,
        provenance: Provenance,
        duration_ms: int | None = None,
        words: tuple[WordTiming, ...] = (),
    ) -> Asset:
        """Keep a finished asset. Raises `StorageError` where the disk does not allow it."""
        record = self._record(kind, key)
        path = record.with_suffix("." + _ENDINGS.get(media_type, "bin"))
        if path == record:
            path = record.with_suffix(".data.json")
        write_atomically(path, data)
        asset = Asset(
            artifact=ArtifactRef(
                uri=path.relative_to(self.root).as_posix(),
                sha256=hashlib.sha256(data).hexdigest(),
                bytes=len(data),
                media_type=media_type,
            ),
            provenance=provenance,
            duration_ms=duration_ms,
            words=words,
        )
        write_atomically(record, asset.model_dump_json(indent=1).encode())
        return asset

    def path(self, ref: ArtifactRef) -> Path:
        """The file behind a reference, checked against its hash.

        Raises `MissingArtifact` where it is gone, changed, or outside the data folder.
        """
        path = self.locate(ref)
        with explained("read", path):
            if sha256_of(path) != ref.sha256:
                raise MissingArtifact(f"{path} is damaged: its hash is not {ref.sha256[:12]}…")
        return path

    def locate(self, ref: ArtifactRef) -> Path:
        """The same, checked by its length only: for those who serve it again and again."""
        parts = PurePosixPath(ref.uri).parts
        if not parts or ".." in parts or PurePosixPath(ref.uri).is_absolute():
            raise MissingArtifact(f"{ref.uri!r} is not a path below the data folder")
        path = self.root.joinpath(*parts)
        with explained("read", path):
            if not path.is_file():
                raise MissingArtifact(f"{path} is gone: start the run again to make it anew")
            if not path.resolve().is_relative_to(self.root.resolve()):
                raise MissingArtifact(f"{path} leads out of the data folder")
            if path.stat().st_size != ref.bytes:
                raise MissingArtifact(f"{path} is damaged: it is not {ref.bytes} bytes long")
        return path

    def _record(self, kind: str, key: str) -> Path:
        return self.root / "store" / kind / key[:2] / f"{key}.json"

    def _discard(self, record: Path, reason: str) -> None:
        logger.warning("store: %s: %s; it is made again", record.stem[:12], reason)
        with explained("remove", record):
            for path in record.parent.glob(f"{record.stem}.*"):
                path.unlink(missing_ok=True)
