"""Any picture file as upright 8-bit sRGB, with its alpha where it has some."""

from __future__ import annotations

import io
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from rendering.errors import RenderingError

# An animation may begin with an empty frame; no further than this is looked for a better one.
FRAMES_LOOKED_AT = 12
_SIXTEEN_BITS = 65_535
_BROAD_MODES = ("I", "I;16", "I;16B", "I;16L", "F")
_ALPHA_MODES = ("RGBA", "LA", "PA", "La", "RGBa")


def read_picture(path: Path, *, side_px: int) -> Image.Image:
    """RGB or RGBA. A picture that is much larger than `side_px` may come smaller.

    Raises `RenderingError` where it cannot be read.
    """
    try:
        with Image.open(path) as opened:
            # JPEG decodes at a half, a quarter or an eighth much faster.
            opened.draft("RGB", (side_px, side_px))
            return _as_srgb(ImageOps.exif_transpose(_best_frame(opened)))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as exc:
        raise RenderingError(f"{path.name} cannot be read as a picture: {exc}") from exc
    except Image.DecompressionBombError as exc:
        raise RenderingError(f"{path.name} is too large a picture: {exc}") from exc


def _best_frame(opened: Image.Image) -> Image.Image:
    """The first frame that shows something."""
    if getattr(opened, "n_frames", 1) == 1:
        return opened
    for frame in islice(ImageSequence.Iterator(opened), FRAMES_LOOKED_AT):
        extrema = frame.convert("RGB").resize((32, 32)).getextrema()
        if any(high - low > 8 for low, high in extrema):  # type: ignore[misc]
            return frame.copy()
    opened.seek(0)
    return opened


def _as_srgb(picture: Image.Image) -> Image.Image:
    if picture.mode in _BROAD_MODES:
        return _eight_bit(picture).convert("RGB")
    if picture.mode in _ALPHA_MODES or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        if "icc_profile" not in picture.info:
            return rgba
        colors = _managed(rgba.convert("RGB"), picture.info["icc_profile"])
        colors.putalpha(rgba.getchannel("A"))
        return colors
    if picture.mode == "LAB":
        return _converted(picture, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    if picture.mode in ("RGB", "CMYK") and "icc_profile" in picture.info:
        return _managed(picture, picture.info["icc_profile"])
    return picture.convert("RGB")


def _eight_bit(picture: Image.Image) -> Image.Image:
    values = np.asarray(picture, np.float32)
    brightest = float(values.max(initial=0.0))
    if picture.mode == "F":
        span = next((s for s in (1.0, 255.0) if brightest <= s), brightest)
    else:
        span = max(_SIXTEEN_BITS, brightest)
    return Image.fromarray((values * (255 / span)).clip(0, 255).astype(np.uint8))


def _managed(picture: Image.Image, profile: bytes) -> Image.Image:
    """By the picture's own profile; one that is damaged or of another kind counts as none."""
    try:
        return _converted(picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        return picture.convert("RGB")


def _converted(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    srgb = ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(picture, profile, srgb, outputMode="RGB")
    assert converted is not None
    return converted
