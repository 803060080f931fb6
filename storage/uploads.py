"""Uploaded reference pictures, by the name that `reference_images` takes."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from storage.files import write_atomically

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class UnknownUpload(Exception):
    """A name under which nothing was uploaded."""


class BadPicture(Exception):
    """Bytes that are no picture."""


class TooManyPixels(BadPicture):
    """A picture that would take too much memory."""


FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MAX_PIXELS = 40_000_000
MAX_SIDE = 2048
PNG_LEVEL = 3


class Uploads:
    """The folder `uploads/` below a data folder."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "uploads"

    def path(self, name: str) -> Path:
        """The picture. Raises `UnknownUpload`; a name with a path in it was never uploaded."""
        if not _NAME.fullmatch(name) or not (path := self._folder / name).is_file():
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
