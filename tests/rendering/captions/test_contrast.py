"""Captions can be read on any picture: contrast is measured in drawn frames."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from domain.run import CaptionStyle
from rendering.captions.contrast import MIN_CONTRAST, caption_contrast
from rendering.captions.raster import CaptionState, caption_states
from rendering.clips import CaptionClip
from rendering.planar import new_planes, rgb_of_planes
from tests.rendering.captions.scenes import LINES, scene_with, tag_of

SIZE = (540, 960)
Frame = NDArray[np.uint8]


def flat(level: int) -> Frame:
    return np.full((SIZE[1], SIZE[0], 3), level, np.uint8)


def noise(cell: int) -> Frame:
    rng = np.random.default_rng(cell)
    small = rng.integers(0, 256, (SIZE[1] // cell + 1, SIZE[0] // cell + 1, 3), np.uint8)
    return np.asarray(cv2.resize(small, SIZE, interpolation=cv2.INTER_NEAREST), np.uint8)


def stripes(period: int) -> Frame:
    frame = flat(0)
    frame[:, np.arange(SIZE[0]) // period % 2 == 0] = (255, 214, 58)
    return frame


PICTURES = {
    "white": flat(255),
    "black": flat(0),
    "grey": flat(119),
    "fine noise": noise(1),
    "busy": noise(12),
    "stripes of the bright colour": stripes(9),
}


def drawn_over(picture: Frame, state: CaptionState) -> Frame:
    box = state.box
    frame = picture.copy()
    below = frame[box.top : box.bottom, box.left : box.right]
    kept = 1 - state.rgba[..., 3:].astype(np.float32) / 255
    below[:] = np.clip(below * kept + state.rgba[..., :3] + 0.5, 0, 255)
    return frame


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("style", ["karaoke", "plain", "pop"])
def test_letters_stand_out_from_any_picture(style: CaptionStyle, picture: str) -> None:
    for name in ("ko", "en", "ja", "ar", "hi", "th"):
        scene = scene_with(LINES[name], tag_of(name), style=style)
        for state in caption_states(scene, size_px=SIZE, language=tag_of(name)):
            contrast = caption_contrast(drawn_over(PICTURES[picture], state), state)
            assert contrast is not None
            assert contrast >= MIN_CONTRAST


@pytest.mark.parametrize("picture", PICTURES)
def test_they_do_so_in_the_encoders_planes_too(picture: str) -> None:
    for state in caption_states(scene_with(LINES["en"], "en"), size_px=SIZE, language="en"):
        planes = new_planes(*SIZE)
        yuv = cv2.cvtColor(PICTURES[picture], cv2.COLOR_RGB2YUV_I420).ravel()
        edges = np.cumsum([plane.size for plane in planes])[:-1]
        for plane, values in zip(planes, np.split(yuv, edges), strict=True):
            plane[:] = values.reshape(plane.shape)
        CaptionClip(state, SIZE).paint(planes, 0.0)
        contrast = caption_contrast(rgb_of_planes(planes), state)
        assert contrast is not None
        assert contrast >= MIN_CONTRAST


def test_letters_without_an_outline_would_be_found() -> None:
    state = caption_states(scene_with("salt", "en", style="plain"), size_px=SIZE, language="en")[0]
    bare = state.rgba.copy()
    # The letters alone: as bright as they are opaque.
    bare[..., 3] = bare[..., 0]
    naked = CaptionState(state.start_ms, state.end_ms, state.x, state.y, bare)
    found = caption_contrast(drawn_over(PICTURES["white"], naked), naked)
    assert found is not None
    assert found < MIN_CONTRAST


@pytest.mark.parametrize("text", ["family 👨‍👩‍👧‍👦🇰🇷🎉!", "a ⬜️ b 🏳️ c", "🟨 gelb"])
@pytest.mark.parametrize("style", ["karaoke", "pop"])
def test_emoji_of_the_letters_own_colours_take_nothing_from_them(
    text: str, style: CaptionStyle
) -> None:
    for state in caption_states(scene_with(text, "en", style=style), size_px=SIZE, language="en"):
        contrast = caption_contrast(drawn_over(PICTURES["white"], state), state)
        assert contrast is None or contrast >= MIN_CONTRAST


def test_emoji_are_pictures_and_no_letters() -> None:
    state = caption_states(scene_with("🐳 🎵", "en"), size_px=SIZE, language="en")[0]
    assert caption_contrast(drawn_over(PICTURES["white"], state), state) is None
