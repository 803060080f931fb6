"""The store, the uploads and the open jobs of a data folder of version 0.1.0."""

from __future__ import annotations

from pathlib import Path

from domain.assets import ArtifactRef, Asset
from storage.files import sha256_of
from storage.ledger import Ledger
from storage.old_files import Damaged, OldFolder, changed_at, left_where_it_is, read_json
from storage.tables import assets, uploads

_NO_KINDS = frozenset({"blobs", "jobs", "segments"})


def take_assets(old: OldFolder) -> int:
    """`store/<kind>/<2 letters>/<key>.json` and the file beside each."""
    taken = 0
    for record in sorted((old.root / "store").glob("*/*/*.json")):
        kind = record.parent.parent.name
        if kind in _NO_KINDS or record.name.endswith(".data.json"):
            continue
        with left_where_it_is(record):
            _take_asset(old, kind, record)
            taken += 1
    return taken


def _take_asset(old: OldFolder, kind: str, record: Path) -> None:
    content = read_json(record)
    asset = Asset.model_validate(content)
    ref, path = old.named(content["artifact"])
    old.keep(ref, path)
    row = {
        "kind": kind,
        "key": record.stem,
        "sha256": ref.sha256,
        "created_at": changed_at(record),
        "document": asset.model_dump_json(),
    }
    old.put(assets, row)
    # The record last: while it is there, the asset is looked at again.
    path.unlink(missing_ok=True)
    record.unlink()


def take_uploads(old: OldFolder) -> int:
    """`uploads/<name>`: pictures under the name that `reference_images` takes."""
    taken = 0
    for path in sorted((old.root / "uploads").glob("[!.]*")):
        with left_where_it_is(path):
            _take_upload(old, path)
            taken += 1
    return taken


def _take_upload(old: OldFolder, path: Path) -> None:
    size = path.stat().st_size
    ref = ArtifactRef(sha256=sha256_of(path), bytes=size, media_type="image/png")
    if not ref.sha256.startswith(path.stem):
        raise Damaged("it is not the picture that was uploaded under this name")
    old.keep(ref, path)
    row = {
        "name": path.name,
        "sha256": ref.sha256,
        "bytes": ref.bytes,
        "media_type": ref.media_type,
        "created_at": changed_at(path),
    }
    old.put(uploads, row)
    path.unlink()


def take_jobs(old: OldFolder, ledger: Ledger) -> int:
    """`store/jobs/<2 letters>/<key>.json`: what services were making when the folder was left."""
    taken = 0
    for path in sorted((old.root / "store" / "jobs").glob("*/*.json")):
        with left_where_it_is(path):
            job = read_json(path)
            ledger.keep_job(str(job["provider"]), path.stem, str(job["job"]))
            path.unlink()
            taken += 1
    return taken
