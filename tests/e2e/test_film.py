"""A real short from `temporal workflow start`, opened and held against its layout."""

from __future__ import annotations

import re

import av
import numpy as np
from numpy.typing import NDArray

from domain.layout import Layout
from domain.plot import read_csv
from domain.qa import Verdicts
from domain.record import Manifest, RunRecord
from domain.run import Outcome, RunState
from rendering.captions.raster import caption_states
from tests.e2e.conftest import SHORT, Desk
from tests.ffmpeg import run_ffmpeg

Gray = NDArray[np.uint8]


async def test_a_prompt_alone_becomes_a_film_that_is_what_it_should_be(desk: Desk) -> None:
    run_id = "e2e/바다 film"
    desk.machine.start(run_id, {"prompt": "바다는 왜 짤까"})
    await desk.closes(run_id, seconds=120)
    folder = desk.machine.folder(run_id)
    video = folder / "final_video.mp4"
    layout = Layout.model_validate_json((folder / "layout.json").read_bytes())
    record = RunRecord.model_validate_json((folder / "run.json").read_bytes())
    manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())

    assert record.status.state is RunState.END
    assert record.status.outcome is Outcome.COMPLETED
    assert record.status.progress == 1.0
    assert layout.metadata.language == "ko"
    assert len(read_csv((folder / "plot.csv").read_text())) == len(layout.scenes)
    assert {entry.provenance.provider for entry in manifest.entries} == {
        "rules",
        "painter",
        "synth",
        "espeak",
    }

    verdicts = Verdicts.model_validate_json((folder / "qa.json").read_bytes())
    assert verdicts.passed
    assert verdicts.run_id == run_id
    assert [check.passed for check in verdicts.attempts[-1].checks].count(True) >= 35
    assert record.status.artifacts["qa.json"].media_type == "application/json"

    seconds = layout.timeline.total_duration_ms / 1000
    answer = desk.machine.workflow("result", "--workflow-id", run_id)
    assert answer["result"]["duration_ms"] == layout.timeline.total_duration_ms
    with av.open(str(video)) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.width, picture.height) == (1080, 1920)
        assert picture.average_rate == 30
        assert (picture.codec_context.name, picture.profile) == ("h264", "High")
        assert picture.pix_fmt == "yuv420p"
        assert sound.codec_context.name == "aac"
        assert (sound.sample_rate, sound.channels) == (48_000, 2)
        assert film.duration is not None
        assert abs(film.duration / av.time_base - seconds) < 0.1
        frames = [
            np.asarray(frame.to_ndarray(format="gray"), np.uint8) for frame in film.decode(picture)
        ]
    assert len(frames) == round(seconds * 30)
    data = video.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    said = run_ffmpeg(["-i", video, "-vn", "-af", "ebur128", "-f", "null", "-"])
    assert abs(float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1]) + 14) <= 1
    assert_captions_are_seen(frames, layout)


async def test_a_film_without_voice_and_music_is_one_to_read(desk: Desk) -> None:
    silent = {**SHORT, "providers": {"voice": "none", "music": "none"}}
    desk.machine.start("silent", silent)
    await desk.closes("silent", seconds=120)
    assert (await desk.status("silent")).outcome is Outcome.COMPLETED
    folder = desk.machine.folder("silent")
    layout = Layout.model_validate_json((folder / "layout.json").read_bytes())
    assert layout.global_bgm is None
    lines = [line for scene in layout.scenes for line in scene.dialogue]
    assert not any(line.voiced for line in lines)
    # Half a second a word or so: time to read it.
    assert all(line.duration_ms >= 250 * len(line.text.split()) for line in lines)
    assert all(line.words[-1].end_ms == line.duration_ms for line in lines)
    assert "-->" in (folder / "captions.srt").read_text()


def assert_captions_are_seen(frames: list[Gray], layout: Layout) -> None:
    """White ink where the layout's captions are, in a frame of each."""
    for scene, begin in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        states = caption_states(scene, size_px=(1080, 1920), language="ko")
        assert states
        for state in states[:2]:
            middle = (state.start_ms + state.end_ms) // 2
            frame = frames[layout.frame_at(begin + middle)]
            ink = state.rgba[..., :3].min(axis=2) > 250
            seen = frame[state.y : state.box.bottom, state.x : state.box.right][ink]
            assert float(np.median(seen)) > 200
