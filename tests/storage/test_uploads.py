"""Uploaded pictures: blobs with a name, an owner and a size."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from storage.storage import Storage
from storage.uploads import BadPicture, TooManyPixels, UnknownUpload, Uploads
from tests.records import with_tables


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    opened = Storage.in_memory(with_tables(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def uploads(storage: Storage) -> Uploads:
    return storage.uploads


def _picture(colour: str = "teal", size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_kept_under_a_name_and_read_back(uploads: Uploads, kind: str) -> None:
    name = uploads.save(_picture(kind=kind))
    with Image.open(uploads.path(name)) as picture:
        assert (picture.format, picture.size) == ("PNG", (40, 30))
    ref = uploads.ref(name)
    assert name == f"{ref.sha256[:24]}.png"
    assert (ref.media_type, ref.bytes) == ("image/png", uploads.path(name).stat().st_size)


def test_one_picture_has_one_name(uploads: Uploads) -> None:
    assert uploads.save(_picture()) == uploads.save(_picture()) != uploads.save(_picture("red"))


@pytest.mark.parametrize(
    "name", ["0" * 24 + ".png", "../records.db", "", "a/b", "nul\0", "x" * 500], ids=repr
)
def test_a_name_that_was_never_given_is_unknown(uploads: Uploads, name: str) -> None:
    with pytest.raises(UnknownUpload, match="nothing was uploaded under"):
        uploads.ref(name)
    with pytest.raises(UnknownUpload, match="upload it first"):
        uploads.path(name)


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"GIF89a", _picture()[:40]])
def test_what_is_no_picture_is_refused(uploads: Uploads, data: bytes) -> None:
    with pytest.raises(BadPicture, match="not a picture that can be read"):
        uploads.save(data)


def test_a_picture_of_too_many_pixels_is_refused(uploads: Uploads) -> None:
    with pytest.raises(TooManyPixels, match="8000 x 5001"):
        uploads.save(_picture(size=(8000, 5001), kind="GIF"))


def test_what_each_owner_has_uploaded_is_counted_from_a_time_on(uploads: Uploads) -> None:
    sizes = [
        uploads.ref(uploads.save(_picture(colour), owner=owner)).bytes
        for colour, owner in [("red", "ann"), ("green", "ann"), ("blue", "bob"), ("gold", None)]
    ]
    past, future = (datetime.now(UTC) + timedelta(hours=hours) for hours in (-1, 1))
    assert uploads.bytes_since("ann", past) == sizes[0] + sizes[1]
    assert uploads.bytes_since("bob", past) == sizes[2]
    assert uploads.bytes_since(None, past) == sizes[3]
    assert uploads.bytes_since("ann", future) == 0
    assert uploads.bytes_since("nobody", past) == 0
