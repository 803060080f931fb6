"""Layout and files to one film: right, repeatable, and going on where it stopped."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from domain.layout import Layout
from rendering.errors import RenderingCancelled, RenderingError
from rendering.moviepy_clip import moviepy
from rendering.planar import Plane, new_planes, planes_of_rgb, rgb_of_planes
from rendering.quality.film import frames
from rendering.render import Rendered, render_short
from rendering.segments import Composer, plan_segments
from tests.shorts import Short


def _render(short: Short, layout: Layout, folder: Path, name: str = "out") -> Rendered:
    return render_short(layout, files=short.files, segments=folder / "segments", out=folder / name)


def test_the_cut_is_seamless_where_a_transition_ends(short: Short) -> None:
    """The next scene's picture goes on moving where the crossfade left it."""
    film = [luma.astype(np.int16).copy() for _, luma in _film_frames(short)]
    cut = short.layout.frame_at(short.layout.scene_starts_ms()[1])
    steps = [float(np.abs(b[:200] - a[:200]).mean()) for a, b in zip(film, film[1:], strict=False)]
    assert steps[cut - 1] < 2 * max(steps[cut : cut + 5]) + 1


def _film_frames(short: Short) -> list[tuple[float, Plane]]:
    composer, result = Composer(short.layout, short.files, captions=False), []
    for segment in plan_segments(short.layout):
        clip, begin = composer.clip(segment)
        for index in range(segment.frames):
            planes = new_planes(*short.layout.timeline.size_px)
            clip.paint(planes, begin + index / short.layout.timeline.fps)
            result.append((0.0, planes[0]))
    return result


def test_what_was_encoded_is_not_encoded_again(short: Short, tmp_path: Path) -> None:
    first = _render(short, short.layout, tmp_path)
    again = _render(short, short.layout, tmp_path, "again")
    assert first.encoded_segments == len(plan_segments(short.layout))
    assert again.encoded_segments == 0
    one, two = (tmp_path / name / "final_video.mp4" for name in ("out", "again"))
    assert one.read_bytes() == two.read_bytes()


def test_a_changed_picture_encodes_only_its_own_segments(short: Short, tmp_path: Path) -> None:
    _render(short, short.layout, tmp_path)
    buffer = io.BytesIO()
    Image.new("RGB", (300, 500), "teal").save(buffer, "PNG")
    changed = short.with_picture("scene_2", buffer.getvalue())
    shown = [
        s
        for s in plan_segments(changed)
        if "scene_2" in (s.scene.scene_id, s.following.scene_id if s.following else "")
    ]
    assert _render(short, changed, tmp_path, "changed").encoded_segments == len(shown)


def test_a_render_that_died_goes_on_from_its_finished_segments(
    short: Short, tmp_path: Path
) -> None:
    planned = plan_segments(short.layout)
    said: list[str] = []
    with pytest.raises(RenderingCancelled):
        render_short(
            short.layout,
            files=short.files,
            segments=tmp_path / "segments",
            out=tmp_path / "out",
            report=lambda fraction, message: said.append(message),
            cancelled=lambda: len(said) > planned[0].frames + planned[1].frames + 20,
        )
    finished = len(list((tmp_path / "segments").glob("*.mp4")))
    assert 0 < finished < len(planned)
    assert _render(short, short.layout, tmp_path).encoded_segments == len(planned) - finished


def test_what_fails_beside_the_encoding_ends_it(short: Short, tmp_path: Path) -> None:
    """The sound is mixed while frames are encoded: nobody waits for a film without one."""
    voice = short.layout.scenes[0].dialogue[0].audio
    assert voice is not None
    (short.folder / "torn").write_bytes(b"no sound")
    torn = {voice.sha256: short.folder / "torn"}

    with pytest.raises(RenderingError, match="torn cannot be read as sound"):
        render_short(
            short.layout,
            files=lambda ref: torn.get(ref.sha256, short.file(ref)),
            segments=tmp_path / "segments",
            out=tmp_path / "out",
        )
    assert list((tmp_path / "out").iterdir()) == []
    assert not list((tmp_path / "segments").glob("*.tmp"))


def test_clips_are_moviepy_s_own_to_preview_and_to_save(short: Short, tmp_path: Path) -> None:
    """Its timing, effects and compositions take them as any other clip."""
    first, transition = plan_segments(short.layout)[:2]
    composer = Composer(short.layout, short.files)
    scene, begin = composer.clip(first)
    crossfade, _ = composer.clip(transition)
    scene.save_frame(str(tmp_path / "frame.png"), t=begin + 0.5)
    saved = np.asarray(Image.open(tmp_path / "frame.png").convert("RGB"))
    assert np.array_equal(saved, scene.get_frame(begin + 0.5))
    film = moviepy.concatenate_videoclips([scene.subclipped(0, 0.5), crossfade.with_duration(0.2)])
    film.write_videofile(str(tmp_path / "preview.mp4"), fps=10, logger=None)
    assert len(list(frames(tmp_path / "preview.mp4"))) == 7
    faded = scene.with_effects([moviepy.vfx.FadeIn(1.0)])
    assert faded.get_frame(0.1).mean() < scene.get_frame(0.1).mean()


def test_cancelling_leaves_nothing_half_done(short: Short, tmp_path: Path) -> None:
    calls = iter(range(10_000))
    with pytest.raises(RenderingCancelled):
        render_short(
            short.layout,
            files=short.files,
            segments=tmp_path / "segments",
            out=tmp_path / "out",
            cancelled=lambda: next(calls) > 20,
        )
    assert list((tmp_path / "out").iterdir()) == []
    assert not list((tmp_path / "segments").glob("*.tmp"))


def test_a_picture_that_is_none_is_named(short: Short, tmp_path: Path) -> None:
    layout = short.with_picture("scene_2", b"not a picture")
    with pytest.raises(RenderingError, match="scene_2: .* cannot be read as a picture"):
        _render(short, layout, tmp_path)


def test_colours_survive_the_way_to_planes_and_back() -> None:
    rgb = np.zeros((32, 32, 3), np.uint8)
    rgb[:] = (200, 80, 40)
    back = rgb_of_planes(planes_of_rgb(rgb))
    assert np.abs(back.astype(int) - rgb).max() <= 2


def test_the_film_moves_in_every_frame(short: Short) -> None:
    previous = None
    for _, luma in _film_frames(short):
        current = luma.astype(np.int16)
        if previous is not None:
            assert np.abs(current - previous).mean() > 0.01
        previous = current.copy()


def test_importing_moviepy_reads_no_env_file(tmp_path: Path) -> None:
    """Its import would hand the secrets of any `.env` above it to every child process."""
    (tmp_path / ".env").write_text("CANARY=sings\n")
    code = "import os, rendering.moviepy_clip; print(os.environ.get('CANARY', 'silent'))"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "silent"
