"""The thumbnail and the contact sheet: real frames, readable, of any film."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from domain.layout import Layout
from rendering.contact_sheet import ContactSheet
from rendering.render import render_short
from rendering.segments import Composer, plan_segments
from rendering.thumbnail import Thumbnail
from tests.shorts import Short


def _thumbnail(short: Short, title: str, **changes: object) -> Image.Image:
    layout = short.layout.model_copy(update={"title": title, **changes})
    thumbnail, composer = Thumbnail(layout), Composer(layout, short.files)
    for segment in plan_segments(layout):
        thumbnail.consider(composer, segment)
    return Image.open(io.BytesIO(thumbnail.jpeg()))


@pytest.mark.parametrize(
    "title",
    [
        "바다는 왜 짤까?",
        "لماذا البحر مالح",
        "海はなぜ塩辛いのか",
        "x" * 180,
        " ".join(["word"] * 40),
    ],
)
def test_a_title_fits_and_can_be_read_at_120_px(short: Short, title: str) -> None:
    plain, titled = (np.asarray(_thumbnail(short, t), np.int16) for t in (".", title))
    assert plain.shape == (480, 270, 3)
    white = titled.min(axis=2) > 235
    columns = np.flatnonzero((white & (plain.min(axis=2) <= 235)).any(axis=0))
    assert columns[0] >= 270 * 0.05
    assert columns[-1] <= 270 * 0.95
    small = np.asarray(
        Image.fromarray(titled.astype(np.uint8)).convert("L").resize((120, 213)), np.int16
    )
    assert small.max() > 225


def test_the_thumbnail_is_a_frame_of_the_film_without_captions(short: Short) -> None:
    """Below the title it is the middle of a scene, to the pixel but for JPEG."""
    thumbnail = np.asarray(_thumbnail(short, "A"), np.int16)
    composer, distances = Composer(short.layout, short.files, captions=False), []
    for segment in plan_segments(short.layout):
        if segment.is_body:
            clip, begin = composer.clip(segment)
            frame = clip.get_frame(begin + segment.frames // 2 / 30).astype(np.int16)
            distances.append(
                min(float(np.abs(frame[r] - thumbnail[r]).mean()) for r in (slice(0, 60),
                                                                            slice(420, 480)))
            )  # fmt: skip
    assert min(distances) < 4


def test_the_sheet_has_a_frame_for_each_caption_in_time_order(short: Short, film: Path) -> None:
    sheet = ContactSheet(short.layout)
    captions = sum(len(scene.subtitles) for scene in short.layout.scenes)
    assert len(sheet.frames) == captions
    picture = Image.open(film.with_name("contact_sheet.jpg"))
    cells = [picture.crop((12 + i * 282, 12, 12 + i * 282 + 270, 492)) for i in range(captions)]
    assert picture.size == (captions * 282 + 12, 480 + 34 + 24)
    composer = Composer(short.layout, short.files)
    for frame, cell in zip(sorted(sheet.frames), cells, strict=True):
        segment = next(s for s in plan_segments(short.layout) if s.first <= frame < s.last)
        clip, begin = composer.clip(segment)
        composed = clip.get_frame(begin + (frame - segment.first) / 30).astype(np.int16)
        assert np.abs(composed - np.asarray(cell)).mean() < 6


def test_a_kept_segment_gives_the_same_sheet(short: Short, tmp_path: Path) -> None:
    for name in ("new", "kept"):
        render_short(short.layout, files=short.files, segments=tmp_path / "s", out=tmp_path / name)
    new, kept = (
        np.asarray(Image.open(tmp_path / name / "contact_sheet.jpg"), np.int16)
        for name in ("new", "kept")
    )
    assert np.abs(new - kept).mean() < 3


def test_without_captions_the_sheet_has_a_frame_for_each_line(short: Short) -> None:
    scenes = tuple(s.model_copy(update={"subtitles": ()}) for s in short.layout.scenes)
    layout = Layout.model_validate(short.layout.model_copy(update={"scenes": scenes}).model_dump())
    assert len(ContactSheet(layout).frames) == sum(len(s.dialogue) for s in scenes)
