"""Uploaded reference pictures, by the name that `reference_images` takes."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from storage.files import write_atomically

_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")


class UnknownUpload(Exception):
    """A name under which nothing was uploaded."""


class BadPicture(Exception):
    """Bytes that are no picture, or too large a one."""


MAX_PIXELS = 40_000_000
MAX_SIDE = 2048


class Uploads:
    """The folder `uploads/` below a data folder."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "uploads"

    def path(self, name: str) -> Path:
        """The picture. Raises `UnknownUpload`; a name with a path in it was never uploaded."""
        path = self._folder / name
        if not _NAME.match(name) or not path.is_file():
            raise UnknownUpload(
                f"reference_images: nothing was uploaded under {name!r}; upload it first"
            )
        return path

    def save(self, data: bytes) -> str:
        """Keep a picture and return its name. Raises `BadPicture` and `StorageError`.

        It is decoded and encoded anew, so that nothing but a picture is kept.
        """
        encoded = _reencoded(data)
        name = f"{hashlib.sha256(encoded).hexdigest()[:24]}.png"
        write_atomically(self._folder / name, encoded)
        return name


def _reencoded(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise BadPicture(
                        f"the picture has {opened.width} x {opened.height} pixels; "
                        f"at most {MAX_PIXELS // 1_000_000} megapixels are taken"
                    )
                picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as exc:
        raise BadPicture("the file is not a picture that can be read (PNG, JPEG, WebP)") from exc
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise BadPicture("the picture is too large") from exc
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
