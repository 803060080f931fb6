"""Pictures of any kind fill the frame: upright, in their colours, and never stretched."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageDraw

from rendering.decoding import read_picture
from rendering.errors import RenderingError
from rendering.fitting import fit
from rendering.picture import load_picture
from rendering.planar import rgb_of_planes

Rgb = NDArray[np.uint8]
RED, BLUE = (220, 40, 40), (40, 60, 200)


def _scene(width: int, height: int, at: tuple[float, float] = (0.5, 0.5)) -> Image.Image:
    """A red disc on soft blue, so that a stretched or lost disc is noticed."""
    rows = np.linspace(90, 60, height)[:, None, None] * np.array([0.5, 0.8, 2.0])
    picture = Image.fromarray(np.broadcast_to(rows, (height, width, 3)).astype(np.uint8))
    x, y, radius = at[0] * width, at[1] * height, min(width, height) * 0.16
    ImageDraw.Draw(picture).ellipse((x - radius, y - radius, x + radius, y + radius), RED)
    return picture


def _saved(folder: Path, picture: Image.Image, kind: str, **options: object) -> Path:
    path = folder / "picture"
    picture.save(path, kind, **options)
    return path


def _shown(path: Path, width: int = 270, height: int = 480) -> Rgb:
    return rgb_of_planes(load_picture(path, width, height).planes)


def _disc(rgb: Rgb) -> tuple[float, float, float, float]:
    """(middle x, middle y, width, height) of what is red, px."""
    red = (rgb[..., 0].astype(int) - rgb[..., 2] > 90) & (rgb[..., 0] > 150)
    rows, columns = np.flatnonzero(red.any(axis=1)), np.flatnonzero(red.any(axis=0))
    assert len(rows), "the disc is not to be seen"
    return (
        float(columns.mean()), float(rows.mean()),
        float(np.ptp(columns) + 1), float(np.ptp(rows) + 1),
    )  # fmt: skip


SHAPES = [(1600, 900), (900, 1600), (1000, 1000), (2400, 500), (400, 2000), (24, 16), (3000, 60)]


@pytest.mark.parametrize("frame", [(270, 480), (480, 270), (270, 270), (270, 338)])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("at", [(0.5, 0.5), (0.8, 0.3), (0.2, 0.6)])
def test_a_picture_of_any_shape_is_never_stretched_and_keeps_its_subject(
    shape: tuple[int, int], frame: tuple[int, int], at: tuple[float, float]
) -> None:
    rgb = fit(_scene(*shape, at), *frame)
    assert rgb.shape == (frame[1], frame[0], 3)
    if min(shape) > 50:
        _, _, width, height = _disc(rgb)
        assert width == pytest.approx(height, rel=0.06, abs=3)


def test_a_picture_of_the_frame_s_own_shape_is_shown_whole() -> None:
    picture = _scene(270, 480, (0.3, 0.7))
    assert np.array_equal(fit(picture, 270, 480), np.asarray(picture))


def test_a_wide_picture_is_laid_on_a_darker_fill_of_itself() -> None:
    rgb = fit(_scene(1600, 600), 270, 480).astype(int)
    top, middle = rgb[:60], rgb[225:255]
    assert top.mean() < 0.8 * middle.mean()
    assert np.abs(np.diff(top.mean(axis=2), axis=1)).max() < 4


@pytest.mark.parametrize("orientation", range(2, 9))
def test_an_orientation_in_the_file_is_heeded(tmp_path: Path, orientation: int) -> None:
    """Stored turned by the inverse, so that it is upright only where the tag is heeded."""
    upright = _scene(900, 1600, (0.7, 0.25))
    undo: dict[int, Callable[[Image.Image], Image.Image]] = {
        2: lambda p: p.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: lambda p: p.transpose(Image.Transpose.ROTATE_180),
        4: lambda p: p.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: lambda p: p.transpose(Image.Transpose.TRANSPOSE),
        6: lambda p: p.transpose(Image.Transpose.ROTATE_90),
        7: lambda p: p.transpose(Image.Transpose.TRANSVERSE),
        8: lambda p: p.transpose(Image.Transpose.ROTATE_270),
    }
    exif = upright.getexif()
    exif[0x0112] = orientation
    path = _saved(tmp_path, undo[orientation](upright), "JPEG", exif=exif, quality=95)
    x, y, _, _ = _disc(_shown(path))
    assert (x, y) == pytest.approx((0.7 * 270, 0.25 * 480), abs=6)


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        pytest.param("PNG", lambda p: p, id="png"),
        pytest.param("WEBP", lambda p: p, id="webp"),
        pytest.param("JPEG", lambda p: p.convert("CMYK"), id="cmyk"),
        pytest.param("TIFF", lambda p: p.convert("CMYK"), id="cmyk tiff"),
        pytest.param("PNG", lambda p: p.quantize(64), id="palette"),
        pytest.param("GIF", lambda p: p.quantize(64), id="gif"),
        pytest.param("BMP", lambda p: p, id="bmp"),
        pytest.param("TIFF", lambda p: p, id="tiff"),
        pytest.param("PNG", lambda p: p.convert("RGBA"), id="opaque alpha"),
    ],
)
def test_colours_survive_every_mode(
    tmp_path: Path, kind: str, make: Callable[[Image.Image], Image.Image]
) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    rgb = _shown(_saved(tmp_path, make(_scene(270, 480)), kind, **options)).astype(int)
    assert np.abs(rgb[240, 135] - RED).max() < 24
    assert rgb[20, 135, 2] > rgb[20, 135, 0] + 60


@pytest.mark.parametrize("depth", ["16 bit", "float", "float to 255", "1 bit", "8 bit"])
def test_grays_of_every_depth_keep_their_light(tmp_path: Path, depth: str) -> None:
    ramp = np.tile(np.linspace(0, 1, 270, dtype=np.float32), (480, 1))
    ramp[:, :2], ramp[:, -2:] = 0, 1
    pictures = {
        "16 bit": (Image.fromarray((ramp * 65_535).astype(np.uint16)), "PNG"),
        "float": (Image.fromarray(ramp), "TIFF"),
        "float to 255": (Image.fromarray(ramp * 255), "TIFF"),
        "1 bit": (Image.fromarray((ramp > 0.5).astype(np.uint8) * 255).convert("1"), "PNG"),
        "8 bit": (Image.fromarray((ramp * 255).astype(np.uint8)), "PNG"),
    }
    rgb = _shown(_saved(tmp_path, *pictures[depth])).astype(int)
    quarter, last = rgb[240, 67].mean(), rgb[240, 265].mean()
    assert quarter < 10 if depth == "1 bit" else quarter == pytest.approx(64, abs=6)
    assert last > 240


def test_a_profile_in_the_file_is_heeded(tmp_path: Path) -> None:
    """In this profile what is called red is blue."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    rgb = _shown(_saved(tmp_path, _scene(270, 480), "PNG", icc_profile=swapped)).astype(int)
    assert rgb[240, 135, 2] > rgb[240, 135, 0] + 100


def test_a_damaged_profile_counts_as_none(tmp_path: Path) -> None:
    path = _saved(tmp_path, _scene(270, 480), "PNG", icc_profile=b"not a profile" * 20)
    assert np.abs(_shown(path)[240, 135].astype(int) - RED).max() < 8


def test_lab_is_read(tmp_path: Path) -> None:
    to_lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    picture = ImageCms.applyTransform(_scene(270, 480), to_lab)
    assert picture is not None
    rgb = _shown(_saved(tmp_path, picture, "TIFF"))
    assert np.abs(rgb[240, 135].astype(int) - RED).max() < 24


@pytest.mark.parametrize(("ink", "is_light"), [((20, 25, 60), False), ((245, 240, 200), True)])
def test_a_cut_out_shape_stands_whole_on_a_tone_that_it_stands_out_from(
    tmp_path: Path, ink: tuple[int, int, int], is_light: bool
) -> None:
    logo = Image.new("RGBA", (900, 500))
    ImageDraw.Draw(logo).rectangle((300, 180, 700, 300), fill=(*ink, 255))
    rgb = _shown(_saved(tmp_path, logo, "PNG")).astype(int)
    corner, middle = rgb[5, 5].mean(), rgb[240, 135].mean()
    assert bool(middle > corner) == is_light
    assert abs(middle - corner) > 90
    row = np.abs(rgb[240].mean(axis=1) - middle) < 12
    assert 0.7 * 270 < row.sum() < 0.95 * 270


def test_an_animation_shows_its_first_frame_with_something_in_it(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (270, 480)), _scene(270, 480, (0.6, 0.4)), _scene(270, 480)]
    path = _saved(tmp_path, frames[0], "GIF", save_all=True, append_images=frames[1:], duration=90)
    x, y, _, _ = _disc(_shown(path))
    assert (x, y) == pytest.approx((0.6 * 270, 0.4 * 480), abs=6)


def test_a_tiny_picture_is_enlarged_softly() -> None:
    checks = np.kron(np.indices((8, 5)).sum(axis=0) % 2, np.ones((1, 1))).astype(np.uint8) * 255
    rgb = fit(Image.fromarray(checks).convert("RGB"), 270, 480).astype(int)
    assert np.abs(np.diff(rgb[..., 0], axis=1)).max() < 12


def test_a_huge_jpeg_is_not_decoded_whole(tmp_path: Path) -> None:
    path = _saved(tmp_path, _scene(90, 160).resize((4500, 8000)), "JPEG")
    assert read_picture(path, side_px=480).height <= 1000
    x, y, width, height = _disc(_shown(path))
    assert width == pytest.approx(height, rel=0.06)
    assert (x, y) == pytest.approx((135, 240), abs=4)


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a"]
)
def test_what_is_no_picture_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "scene_1.png"
    path.write_bytes(data)
    with pytest.raises(RenderingError, match=r"scene_1\.png cannot be read as a picture"):
        load_picture(path, 270, 480)


def test_a_truncated_picture_says_so(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    _scene(300, 500).save(buffer, "PNG")
    path = tmp_path / "cut.png"
    path.write_bytes(buffer.getvalue()[: buffer.tell() // 2])
    with pytest.raises(RenderingError, match="cut.png"):
        load_picture(path, 270, 480)
