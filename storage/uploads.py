"""Uploaded reference pictures, by the name that `reference_images` takes."""

from __future__ import annotations

import io
import re
import warnings
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import func, select

from domain.assets import ArtifactRef
from storage.blobs import Blobs
from storage.database import Database, put_if_absent, utc_now
from storage.tables import uploads

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class UnknownUpload(Exception):
    """A name under which nothing was uploaded."""


class BadPicture(Exception):
    """Bytes that are no picture."""


class TooManyPixels(BadPicture):
    """A picture that would take too much memory."""


FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MEDIA_TYPE = "image/png"
MAX_PIXELS = 40_000_000
MAX_SIDE = 2048
PNG_LEVEL = 3


class Uploads:
    """Pictures that were uploaded: blobs, under the names that runs ask for."""

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self._database = database
        self._blobs = blobs

    def save(self, data: bytes, *, owner: str | None = None) -> str:
        """Keep a picture and return its name. Raises `BadPicture` and `StorageError`.

        It is decoded and encoded anew, so that nothing but a picture is kept.
        """
        ref = self._blobs.put(_reencoded(data), MEDIA_TYPE)
        row = {
            "name": f"{ref.sha256[:24]}.png",
            "sha256": ref.sha256,
            "bytes": ref.bytes,
            "media_type": ref.media_type,
            "owner": owner,
            "created_at": utc_now(),
        }
        self._database.transact(lambda connection: put_if_absent(connection, uploads, row))
        return str(row["name"])

    def ref(self, name: str) -> ArtifactRef:
        """The picture of that name. Raises `UnknownUpload` and `StorageError`."""
        columns = (uploads.c.sha256, uploads.c.bytes, uploads.c.media_type)
        query = select(*columns).where(uploads.c.name == name)
        row = None
        if _NAME.fullmatch(name):
            with self._database.read() as connection:
                row = connection.execute(query).one_or_none()
        if row is None:
            raise UnknownUpload(
                f"reference_images: nothing was uploaded under {name!r}; upload it first"
            )
        return ArtifactRef(sha256=row.sha256, bytes=row.bytes, media_type=row.media_type)

    def path(self, name: str) -> Path:
        """A file of it on this machine, checked. Raises `UnknownUpload` and `StorageError`."""
        return self._blobs.file(self.ref(name))

    def bytes_since(self, owner: str | None, since: datetime) -> int:
        """How much this owner has uploaded since then. Raises `StorageError`."""
        query = select(func.sum(uploads.c.bytes)).where(
            uploads.c.owner == owner, uploads.c.created_at >= since
        )
        with self._database.read() as connection:
            return int(connection.scalar(query) or 0)


def _reencoded(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                _require_few_pixels(opened.width, opened.height)
                # A JPEG can be decoded at a half or a quarter of its size.
                opened.draft(None, (MAX_SIDE, MAX_SIDE))
                picture = _flat(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise TooManyPixels(f"the picture has too many pixels: {exc}") from exc
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as exc:
        raise BadPicture(
            f"the file is not a picture that can be read ({', '.join(FORMATS)})"
        ) from exc
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=PNG_LEVEL)
    return buffer.getvalue()


def _require_few_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise TooManyPixels(
            f"the picture has {width} x {height} pixels; "
            f"at most {MAX_PIXELS // 1_000_000} megapixels are taken"
        )


def _flat(picture: Image.Image) -> Image.Image:
    """Eight bits per channel, on white where it can be seen through."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # Pillow cuts 16 bits off at 255 where they should be divided.
        picture = picture.convert("F").point(lambda value: value * (255 / 65_535)).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    return picture.convert("RGB")
