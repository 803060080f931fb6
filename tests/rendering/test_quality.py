"""QA finds what is wrong with a film, says where, and what to make anew; and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PIL import Image

from domain.layout import Layout
from domain.qa import QaReport, Redo
from rendering.captions.placement import Box
from rendering.quality.checks import RULES
from rendering.quality.inspect import gather, inspect_short
from rendering.quality.judgement import Evidence, Rule
from rendering.render import render_short
from tests.ffmpeg import run_ffmpeg
from tests.shorts import Short, keep, make_short
from tests.sounds import silence, wav

COPY = ["-c", "copy"]
COPY_SOUND = ["-c:v", "libx264", "-crf", "16", "-profile:v", "high", "-c:a", "copy"]
COPY_PICTURE = ["-c:v", "copy", "-c:a", "aac", "-b:a", "192k"]
FASTSTART = ["-movflags", "+faststart"]
BT601 = "setparams=color_primaries=smpte170m:color_trc=smpte170m:colorspace=smpte170m"
PALE = "[0:v]split[a][b];[b]crop=iw:ih*0.4:0:ih,lutyuv=y='val*0.5+117.5'[c];[a][c]overlay=0:H*0.6"
CLICK = (
    "aevalsrc='0.9*sin(2*PI*3000*t)*between(t,1.25,1.255)':c=mono:s=48000,pan=stereo|c0=c0|c1=c0[c];"
    "[0:a][c]amix=normalize=0:duration=first[m]"
)


def _inspect(short: Short, film: Path, layout: Layout | None = None) -> QaReport:
    return inspect_short(film, layout or short.layout, files=short.files)


def _found(report: QaReport) -> set[str]:
    return {finding.check for finding in report.findings}


def _changed(film: Path, out: Path, *options: str) -> Path:
    run_ffmpeg(["-i", film, *options, *FASTSTART, "-y", out])
    return out


def _rendered(short: Short, layout: Layout, tmp_path: Path) -> Path:
    render_short(layout, files=short.files, segments=tmp_path / "s", out=tmp_path / "out")
    return tmp_path / "out" / "final_video.mp4"


def _rule(name: str) -> Rule:
    return next(rule for rule in RULES if rule.name == name)


def test_a_good_film_passes_every_check(short: Short, film: Path) -> None:
    report = _inspect(short, film)
    assert report.findings == ()
    made = [check.name for check in report.checks]
    # The film is too small for one, and names no source for the other: they have their own below.
    assert made == [r.name for r in RULES if r.name not in ("caption contrast", "sources")]
    assert all(check.passed for check in report.checks)


# What is done to a good film; what must be found; whether that must be all.
FAULTS = [
    pytest.param([*COPY, "-an"], {"streams"}, True, id="no sound"),
    pytest.param(["-c:v", "mpeg4", "-b:v", "4M"], {"video codec"}, False, id="mpeg4"),
    pytest.param([*COPY_SOUND, "-profile:v", "main"], {"profile"}, True, id="main profile"),
    pytest.param(
        [*COPY_SOUND, "-pix_fmt", "yuv444p", "-profile:v", "high444"],
        {"pixel format", "profile"}, True, id="4:4:4",
    ),
    pytest.param([*COPY_SOUND, "-vf", BT601], {"colours"}, True, id="bt601"),
    pytest.param([*COPY_SOUND, "-vf", "scale=272:480"], {"size"}, True, id="another size"),
    pytest.param([*COPY_SOUND, "-r", "25"], {"frame rate", "frames"}, False, id="25 fps"),
    pytest.param([*COPY, "-bsf:v", "noise=drop=eq(n\\,51)"], {"frames"}, False, id="one lost"),
    pytest.param(
        [*COPY, "-bsf:v", "setts=pts=PTS+if(eq(N\\,31)\\,900\\,0)"],
        {"frame times"}, True, id="one late",
    ),
    pytest.param([*COPY, "-bsf:v", "noise=drop=eq(n\\,0)"], {"first frame"}, False, id="no key"),
    pytest.param([*COPY, "-t", "2"], {"frames", "video length", "audio length"}, False, id="half"),
    pytest.param([*COPY_PICTURE, "-c:a", "libmp3lame"], {"audio codec"}, False, id="mp3"),
    pytest.param([*COPY_PICTURE, "-ar", "44100"], {"sample rate"}, True, id="44.1 kHz"),
    pytest.param([*COPY_PICTURE, "-ac", "1"], {"channels"}, False, id="mono"),
    pytest.param([*COPY_PICTURE, "-af", "apad=pad_dur=0.5"], {"audio length"}, True, id="hangs on"),
    pytest.param(
        [*COPY_SOUND, "-vf", "drawbox=c=black:t=fill:enable='between(t,0.7,1.2)'"],
        {"black frames"}, False, id="black",
    ),
    pytest.param(
        [*COPY_SOUND, "-vf", "loop=loop=45:size=1:start=20"],
        {"frozen frames"}, False, id="frozen",
    ),
    pytest.param([*COPY_SOUND, "-vf", "negate"], {"pictures"}, False, id="negative"),
    pytest.param(
        [*COPY_SOUND, "-vf", "drawbox=c=gray:t=fill:y=ih/2"], {"captions"}, False, id="no captions"
    ),
    pytest.param([*COPY_PICTURE, "-af", "volume=-3dB"], {"loudness"}, True, id="quiet"),
    pytest.param(
        [*COPY_PICTURE, "-filter_complex", CLICK, "-map", "0:v", "-map", "[m]"],
        {"true peak"}, True, id="a click",
    ),
    pytest.param(
        [*COPY_PICTURE, "-af", "volume=18dB"], {"clipping", "true peak", "loudness"}, True,
        id="clipped",
    ),
    pytest.param([*COPY_PICTURE, "-af", "volume=0"], {"silence", "loudness", "voices"}, True,
                 id="silent"),
    pytest.param(
        [*COPY_PICTURE, "-af", "volume=enable='lt(t,2.2)':volume=0.001"], {"voices"}, False,
        id="voice gone",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("options", "expected", "alone"), FAULTS)
def test_a_fault_of_the_file_is_found(
    short: Short,
    film: Path,
    tmp_path: Path,
    options: list[str],
    expected: set[str],
    alone: bool,
) -> None:
    report = _inspect(short, _changed(film, tmp_path / "changed.mp4", *options))
    assert expected <= _found(report)
    assert not alone or expected == _found(report)
    assert not report.passed


def test_an_index_at_the_end_is_found(short: Short, film: Path, tmp_path: Path) -> None:
    out = tmp_path / "late.mp4"
    run_ffmpeg(["-i", film, *COPY, "-y", out])
    assert _found(_inspect(short, out)) == {"fast start"}


def test_a_file_too_large_for_the_platforms_is_found(
    short: Short, film: Path, tmp_path: Path
) -> None:
    """By a box of nothing at its end."""
    out, size = tmp_path / "large.mp4", 301_000_000
    out.write_bytes(film.read_bytes())
    with out.open("rb+") as file:
        file.seek(0, 2)
        file.write((size - file.tell()).to_bytes(4) + b"free")
        file.truncate(size)
    assert _found(_inspect(short, out)) == {"file size"}


def test_timestamps_that_stand_still_are_found(short: Short, film: Path, tmp_path: Path) -> None:
    """In the sound's table of durations, the one for all its packets is set to nothing."""
    out, data = tmp_path / "still.mp4", bytearray(film.read_bytes())
    table = data.index(b"stts", data.index(b"soun"))
    data[table + 16 : table + 20] = bytes(4)
    out.write_bytes(data)
    assert "timestamps" in _found(_inspect(short, out))


@pytest.mark.parametrize("milliseconds", [60, 200, -120])
def test_sound_that_is_not_with_its_picture_is_found(
    short: Short, film: Path, tmp_path: Path, milliseconds: int
) -> None:
    out, sound = tmp_path / "late.mp4", tmp_path / "sound.m4a"
    late, early = f"adelay={milliseconds}:all=1", f"atrim=start={-milliseconds / 1000}"
    moved = late if milliseconds > 0 else f"{early},asetpts=PTS-STARTPTS,apad=pad_dur=1"
    run_ffmpeg(["-i", film, "-vn", "-af", moved, "-b:a", "192k", "-y", sound])
    maps = ["-map", "0:v", "-map", "1:a", "-shortest", *COPY, *FASTSTART]
    run_ffmpeg(["-i", film, "-i", sound, *maps, "-y", out])
    report = _inspect(short, out)
    assert "sync" in _found(report)
    measured = next(check.measured for check in report.checks if check.name == "sync")
    assert abs(int(measured.split()[0]) - milliseconds) <= 3


def test_a_sound_track_that_begins_late_is_found(short: Short, film: Path, tmp_path: Path) -> None:
    """By its edit list, and not by its samples."""
    out = tmp_path / "late.mp4"
    late: list[str | Path] = ["-itsoffset", "0.15", "-i", film, "-map", "0:v", "-map", "1:a"]
    run_ffmpeg(["-i", film, *late, *COPY, *FASTSTART, "-y", out])
    assert "sync" in _found(_inspect(short, out))


def test_a_voice_without_its_end_is_found(short: Short, film: Path, tmp_path: Path) -> None:
    line = short.layout.scenes[0].dialogue[0]
    end = (line.start_ms + line.duration_ms) / 1000
    mute = f"volume=enable='between(t,{end - 0.6},{end})':volume=0.01"
    report = _inspect(short, _changed(film, tmp_path / "cut.mp4", *COPY_PICTURE, "-af", mute))
    assert [(f.check, f.line_id, f.redo) for f in report.findings] == [
        ("voices whole", line.line_id, Redo.RENDER)
    ]


def test_a_voice_longer_than_its_scene_is_found(short: Short, film: Path) -> None:
    scene = short.layout.scenes[0]
    cut = scene.model_copy(update={"duration_ms": scene.dialogue[0].start_ms + 500})
    layout = short.layout.model_copy(update={"scenes": (cut, *short.layout.scenes[1:])})
    report = _inspect(short, film, layout)
    assert ("voices whole", "scene_1") in {(f.check, f.scene_id) for f in report.findings}


def test_a_file_that_is_no_film_is_a_finding(short: Short, tmp_path: Path) -> None:
    path = tmp_path / "final_video.mp4"
    path.write_bytes(b"\0" * 5000)
    report = _inspect(short, path)
    assert [(f.check, f.redo) for f in report.findings] == [("readable", Redo.RENDER)]


def test_a_truncated_film_is_a_finding(short: Short, film: Path, tmp_path: Path) -> None:
    path = tmp_path / "final_video.mp4"
    path.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    assert not _inspect(short, path).passed


async def test_a_caption_that_is_pale_is_found(tmp_path: Path) -> None:
    large = await make_short(tmp_path, "바다는 왜 짤까요?", resolution="540x960")
    good = _rendered(large, large.layout, tmp_path)
    report = _inspect(large, good)
    assert report.findings == ()
    assert "caption contrast" in {check.name for check in report.checks}
    pale = _changed(good, tmp_path / "pale.mp4", *COPY_SOUND, "-filter_complex", PALE)
    assert [(f.check, f.scene_id, f.redo) for f in _inspect(large, pale).findings] == [
        ("caption contrast", "scene_1", Redo.RENDER)
    ]


def _picture(seed: int) -> bytes:
    noise = np.random.default_rng(seed).integers(0, 255, (9, 5, 3), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).resize((270, 480), Image.Resampling.BICUBIC).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_picture_of_another_scene_is_found(short: Short, film: Path) -> None:
    report = _inspect(short, film, short.with_picture("scene_1", _picture(3)))
    assert [(f.check, f.redo, f.scene_id) for f in report.findings] == [
        ("pictures", Redo.RENDER, "scene_1")
    ]


def test_a_flat_picture_is_to_be_painted_again(short: Short, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (270, 480), "#808080").save(buffer, "PNG")
    layout = short.with_picture("scene_2", buffer.getvalue())
    report = _inspect(short, _rendered(short, layout, tmp_path), layout)
    assert [(f.check, f.asset_name) for f in report.findings] == [
        ("blank pictures", "image/scene_2")
    ]


@pytest.mark.parametrize("quality", [None, 60], ids=["the same file", "saved again"])
def test_a_picture_seen_twice_is_to_be_painted_again(
    short: Short, tmp_path: Path, quality: int | None
) -> None:
    image = short.layout.scenes[0].images[0].image
    assert image is not None
    data = short.file(image).read_bytes()
    if quality:
        buffer = io.BytesIO()
        Image.open(io.BytesIO(data)).convert("RGB").save(buffer, "JPEG", quality=quality)
        data = buffer.getvalue()
    layout = short.with_picture("scene_2", data)
    report = _inspect(short, _rendered(short, layout, tmp_path), layout)
    assert [(f.check, f.asset_name) for f in report.findings] == [
        ("duplicate pictures", "image/scene_2")
    ]
    assert "scene_1" in report.findings[0].message


def _captioned(short: Short, text: str) -> Layout:
    scene = short.layout.scenes[0]
    subtitle = scene.subtitles[0].model_copy(update={"text": text})
    scenes = (scene.model_copy(update={"subtitles": (subtitle,)}), *short.layout.scenes[1:])
    return short.layout.model_copy(update={"scenes": scenes})


def test_words_that_no_caption_shows_send_the_plan_back(short: Short, tmp_path: Path) -> None:
    first, *rest = short.layout.scenes[0].dialogue[0].text.split()
    layout = _captioned(short, " ".join(rest))
    report = _inspect(short, _rendered(short, layout, tmp_path), layout)
    assert [(f.check, f.redo, f.scene_id) for f in report.findings] == [
        ("caption words", Redo.PLAN, "scene_1")
    ]
    assert first in report.findings[0].message


def test_a_sign_without_a_glyph_sends_the_plan_back(short: Short, film: Path) -> None:
    report = _inspect(short, film, _captioned(short, "바다는 왜 짤까요? \U00012000"))
    assert ("glyphs", Redo.PLAN) in {(f.check, f.redo) for f in report.findings}
    assert any("U+12000" in finding.message for finding in report.findings)


def test_a_silent_voice_is_to_be_spoken_again(short: Short, film: Path) -> None:
    quiet = keep(short.folder, wav(silence(1)), "audio/wav")
    scene = short.layout.scenes[0]
    line = scene.dialogue[0].model_copy(update={"audio": quiet})
    scenes = (scene.model_copy(update={"dialogue": (line,)}), *short.layout.scenes[1:])
    report = _inspect(short, film, short.layout.model_copy(update={"scenes": scenes}))
    assert [(f.asset_name, f.check) for f in report.findings] == [
        (f"voice/{line.line_id}", "voices")
    ]


def _outside(evidence: Evidence) -> Evidence:
    assert evidence.seen
    first, *rest = evidence.seen.drawn
    moved = replace(first, boxes=(Box(0, 0, 20, 20),))
    return replace(evidence, seen=replace(evidence.seen, drawn=[moved, *rest]))


def _too_short(evidence: Evidence) -> Evidence:
    assert evidence.seen
    first, *rest = evidence.seen.drawn
    brief = replace(first, covered=0.5)
    return replace(evidence, seen=replace(evidence.seen, drawn=[brief, *rest]))


def _hour(evidence: Evidence) -> Evidence:
    return replace(evidence, facts=replace(evidence.facts, duration_seconds=3600.0))


# Faults that no layout can have, or that would take too long to make.
@pytest.mark.parametrize(
    ("name", "spoil", "redo"),
    [
        pytest.param("safe area", _outside, Redo.PLAN, id="outside"),
        pytest.param("caption words", _too_short, Redo.PLAN, id="too short"),
        pytest.param("duration", _hour, Redo.PLAN, id="an hour"),
    ],
)
def test_a_fault_of_the_evidence_is_found(
    short: Short, film: Path, name: str, spoil: Callable[[Evidence], Evidence], redo: Redo
) -> None:
    evidence, rule = gather(film, short.layout, files=short.files), _rule(name)
    good, bad = rule.judge(evidence), rule.judge(spoil(evidence))
    assert good is not None
    assert bad is not None
    assert good.faults == ()
    assert len(bad.faults) == 1
    assert rule.redo is redo


def test_a_script_is_held_against_its_source(short: Short, film: Path) -> None:
    said = [line for scene in short.layout.scenes for line in scene.dialogue]
    source = " ".join(line.text for line in said)
    for texts, odd in (((source,), 0), ((source.replace(said[-1].text, "Nothing of it."),), 1)):
        report = inspect_short(film, short.layout, files=short.files, told_by=texts)
        check = next(check for check in report.checks if check.name == "sources")
        assert check.measured == f"{len(said) - odd} of {len(said)} lines stand in the source"
        assert [(f.check, f.redo) for f in report.findings] == [("sources", Redo.PLAN)] * odd


def test_every_check_has_a_film_that_fails_it() -> None:
    """A check that is added is added here too."""
    by_file = {name for fault in FAULTS for name in cast(set[str], fault.values[1])}
    elsewhere = {
        "fast start", "file size", "caption contrast", "timestamps", "sync", "voices whole",
        "blank pictures", "duplicate pictures", "caption words", "glyphs", "safe area", "duration",
        "sources",
    }  # fmt: skip
    assert by_file | elsewhere == {rule.name for rule in RULES}


def test_the_page_of_checks_is_true() -> None:
    page = (Path(__file__).parents[2] / "docs" / "qa.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    assert rows == [
        f"| {rule.name} | {rule.expected} | {rule.redo} | {rule.reason} |" for rule in RULES
    ]
