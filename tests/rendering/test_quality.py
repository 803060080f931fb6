"""QA finds what is wrong with a film, and says what to make anew."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from domain.layout import Layout
from domain.qa import QaReport, Redo
from rendering.ffmpeg import run_ffmpeg
from rendering.quality.inspect import inspect_short
from rendering.render import render_short
from tests.shorts import Short, keep


def _inspect(short: Short, film: Path, layout: Layout | None = None) -> QaReport:
    return inspect_short(film, layout or short.layout, files=short.files)


def _found(report: QaReport) -> set[tuple[str, Redo]]:
    return {(finding.check, finding.redo) for finding in report.findings}


def _changed(film: Path, out: Path, *options: str) -> Path:
    encoder = ["-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    run_ffmpeg(["-i", film, *encoder, *options, "-movflags", "+faststart", "-y", out])
    return out


def test_a_good_film_passes_every_check(short: Short, film: Path) -> None:
    report = _inspect(short, film)
    assert report.findings == ()
    assert len(report.checks) >= 20
    assert all(check.passed for check in report.checks)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(["-vf", "drawbox=c=black:t=fill"], "black frames", id="black"),
        pytest.param(["-vf", "loop=loop=60:size=1:start=20"], "frozen frames", id="frozen"),
        pytest.param(["-vf", "drawbox=c=gray:t=fill:y=ih/4"], "captions", id="captions hidden"),
        pytest.param(["-vf", "negate"], "pictures", id="pictures wrong"),
        pytest.param(["-af", "volume=-9dB"], "loudness", id="quiet"),
        pytest.param(["-af", "volume=18dB"], "clipping", id="clipped"),
        pytest.param(["-af", "volume=enable='gt(t,1)':volume=0"], "voices", id="voice gone"),
        pytest.param(["-af", "volume=0"], "silence", id="silent"),
        pytest.param(["-ar", "44100"], "sample rate", id="sample rate"),
        pytest.param(["-pix_fmt", "yuv444p", "-profile:v", "high444"], "pixel format", id="4:4:4"),
        pytest.param(["-r", "25"], "frame rate", id="25 fps"),
        pytest.param(["-t", "2"], "frames", id="cut short"),
        pytest.param(["-an"], "streams", id="no sound"),
        pytest.param(["-vf", "scale=272:480"], "size", id="size"),
    ],
)  # fmt: skip
def test_a_fault_is_found(
    short: Short, film: Path, tmp_path: Path, options: list[str], expected: str
) -> None:
    report = _inspect(short, _changed(film, tmp_path / "changed.mp4", *options))
    assert expected in {finding.check for finding in report.findings}
    assert not report.passed


def test_an_index_at_the_end_is_found(short: Short, film: Path, tmp_path: Path) -> None:
    out = tmp_path / "late.mp4"
    run_ffmpeg(["-i", film, "-c", "copy", "-y", out])
    assert _found(_inspect(short, out)) == {("fast start", Redo.RENDER)}


def test_a_file_that_is_no_film_is_a_finding(short: Short, tmp_path: Path) -> None:
    path = tmp_path / "final_video.mp4"
    path.write_bytes(b"\0" * 5000)
    assert _found(_inspect(short, path)) == {("readable", Redo.RENDER)}


def test_a_truncated_film_is_a_finding(short: Short, film: Path, tmp_path: Path) -> None:
    path = tmp_path / "final_video.mp4"
    path.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    assert not _inspect(short, path).passed


def test_swapped_pictures_are_found(short: Short, film: Path) -> None:
    one, two = (scene.images[0].image for scene in short.layout.scenes)
    assert one is not None
    assert two is not None
    swapped = short.with_picture("scene_1", short.file(two).read_bytes())
    report = _inspect(short, film, swapped)
    assert [(f.check, f.redo, f.scene_id) for f in report.findings] == [
        ("pictures", Redo.RENDER, "scene_1")
    ]


def test_a_flat_picture_is_to_be_painted_again(short: Short, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (270, 480), "#808080").save(buffer, "PNG")
    layout = short.with_picture("scene_2", buffer.getvalue())
    render_short(layout, files=short.files, segments=tmp_path / "s", out=tmp_path / "out")
    report = _inspect(short, tmp_path / "out" / "final_video.mp4", layout)
    assert ("pictures", Redo.IMAGE) in _found(report)
    assert {f.asset_name for f in report.findings if f.redo is Redo.IMAGE} == {"image/scene_2"}


def test_a_silent_voice_is_to_be_spoken_again(short: Short, film: Path) -> None:
    from providers.music.synth.music import to_wav

    silence = keep(short.folder, to_wav(np.zeros((2, 22_050), np.float32)), "audio/wav")
    scene = short.layout.scenes[0]
    line = scene.dialogue[0].model_copy(update={"audio": silence})
    scenes = (scene.model_copy(update={"dialogue": (line,)}), *short.layout.scenes[1:])
    report = _inspect(short, film, short.layout.model_copy(update={"scenes": scenes}))
    assert [(f.asset_name, f.check) for f in report.findings] == [
        (f"voice/{line.line_id}", "voices")
    ]


def test_a_sign_without_a_glyph_sends_the_plan_back(short: Short, film: Path) -> None:
    scene = short.layout.scenes[0]
    subtitle = scene.subtitles[0].model_copy(update={"text": "바다 \U00012000"})
    scenes = (scene.model_copy(update={"subtitles": (subtitle,)}), *short.layout.scenes[1:])
    report = _inspect(short, film, short.layout.model_copy(update={"scenes": scenes}))
    assert ("glyphs", Redo.PLAN) in _found(report)
    assert any("U+12000" in finding.message for finding in report.findings)
