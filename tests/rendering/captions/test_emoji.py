"""Emoji are drawn in colour, whatever their sequence, and never as boxes."""

from __future__ import annotations

import emoji
import numpy as np
import pytest

from rendering.captions.emoji import emoji_picture
from rendering.captions.fonts import font_runs, missing_glyphs
from rendering.captions.raster import caption_states
from rendering.captions.shape import shape_line
from tests.rendering.captions.scenes import scene_with


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("🐳", ("1f433",), id="one character"),
        pytest.param("👍🏽", ("1f44d-1f3fd",), id="skin tone"),
        pytest.param("👩‍👩‍👧‍👦", ("1f469-200d-1f469-200d-1f467-200d-1f466",), id="family"),
        pytest.param("👩🏿‍🚀", ("1f469-200d-1f680",), id="profession in a tone it is not kept in"),
        pytest.param("🇰🇷", ("1f1f0-1f1f7",), id="flag"),
        pytest.param("🏴󠁧󠁢󠁳󠁣󠁴󠁿", ("1f3f4-e0067-e0062-e0073-e0063-e0074-e007f",), id="flag of a region"),
        pytest.param("🏴󠁵󠁳󠁴󠁸󠁿", ("1f3f4",), id="flag of a region that has no picture"),
        pytest.param("1️⃣", ("31-20e3",), id="keycap"),
        pytest.param("❤️", ("2764",), id="asked for as emoji"),
        pytest.param("🐳‍🎵", ("1f433", "1f3b5"), id="a joined pair nobody has"),
    ],
)
def test_a_sequence_is_one_picture_or_its_parts(text: str, keys: tuple[str, ...]) -> None:
    assert [run.emoji for run in font_runs(text)] == [keys]


@pytest.mark.parametrize("text", ["12", "#", "©", "a", "한", "→", "❤︎"])
def test_text_stays_text(text: str) -> None:
    assert all(not run.emoji for run in font_runs(text))


def test_a_flag_that_nobody_has_shows_its_letters() -> None:
    (run,) = font_runs("🇦🇦")
    assert run.text == "AA"
    assert missing_glyphs("🇦🇦") == ()


def test_every_emoji_of_the_standard_is_drawn() -> None:
    """Newer ones than the pictures are named, so that a run can say so."""
    known = {name for name, facts in emoji.EMOJI_DATA.items() if facts["E"] <= 15}
    assert len(known) > 3000
    assert [name for name in known if missing_glyphs(name)] == []
    glyphs = [g for name in known for g in shape_line((name,), right_to_left=False).glyphs]
    assert all(glyph.index for glyph in glyphs)


def test_emoji_are_in_colour_and_stand_between_words() -> None:
    picture = emoji_picture("1f433")
    assert np.ptp(picture[picture[..., 3] > 200][:, :3], axis=1).max() > 80
    state = caption_states(scene_with("a 🐳 b", "en", style="plain"), size_px=(1080, 1920),
                           language="en")[0]  # fmt: skip
    levels = state.rgba.astype(int)
    blue = np.flatnonzero((levels[..., 2] > levels[..., 0] + 60).any(axis=0))
    assert 0.2 * state.box.width < blue.mean() < 0.8 * state.box.width
