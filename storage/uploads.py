"""Uploaded reference pictures, by the name that `reference_images` takes."""

from __future__ import annotations

import re
from pathlib import Path

_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")


class UnknownUpload(Exception):
    """A name under which nothing was uploaded."""


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
