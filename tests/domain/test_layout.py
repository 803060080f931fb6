"""The layout: built from a plot, filled with files, and always whole."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.arrangement import build_layout, with_assets
from domain.assets import ArtifactRef, Provenance, SoundAsset
from domain.layout import FPS, Layout
from domain.plot import Plot, PlotRow
from domain.run import RunSpec

REF = ArtifactRef(sha256="0" * 64, bytes=1, media_type="image/png")


def a_plot(scenes: int = 3, lines: int = 2) -> Plot:
    return Plot(
        title="t",
        language="en",
        source="script",
        rows=tuple(
            PlotRow(
                scene_id=f"scene_{scene}",
                char_id="char_1",
                char_name="Ann",
                text=f"Line {line} of scene {scene}.",
                duration_ms=1500,
            )
            for scene in range(1, scenes + 1)
            for line in range(1, lines + 1)
        ),
        visuals={f"scene_{scene}": "the sea" for scene in range(1, scenes + 1)},
    )


def a_layout(**revisions: int) -> Layout:
    return build_layout("run", RunSpec(prompt="x"), a_plot(), seed=7, revisions=revisions)


def voices(layout: Layout, duration_ms: int) -> dict[str, SoundAsset]:
    provenance = Provenance(provider="p", model="m", licence="CC0-1.0")
    asset = SoundAsset(artifact=REF, provenance=provenance, duration_ms=duration_ms)
    return {line.line_id: asset for scene in layout.scenes for line in scene.dialogue}


def test_times_add_up_and_lines_follow_one_another() -> None:
    layout = a_layout()
    assert layout.timeline.total_duration_ms == sum(s.duration_ms for s in layout.scenes)
    for scene in layout.scenes:
        first, second = scene.dialogue
        assert first.start_ms + first.duration_ms < second.start_ms
        assert second.start_ms + second.duration_ms < scene.duration_ms
    exact = layout.timeline.total_duration_ms * FPS / 1000
    assert abs(layout.frame_count - exact) <= 0.5


def test_the_last_scene_has_no_transition() -> None:
    last = a_layout().scenes[-1]
    assert (last.transition, last.transition_ms) == ("cut", 0)


def test_a_scene_becomes_as_long_as_its_voices() -> None:
    planned = a_layout()
    filled = with_assets(
        planned,
        images={scene.scene_id: REF for scene in planned.scenes},
        voices=voices(planned, 3210),
        music=REF,
        sounds={sound.tag: REF for scene in planned.scenes for sound in scene.sfx},
    )
    assert all(line.duration_ms == 3210 for s in filled.scenes for line in s.dialogue)
    assert filled.timeline.total_duration_ms > planned.timeline.total_duration_ms
    assert filled.scenes[0].images[0].image == REF


def test_captions_stay_until_the_next_line_or_the_transition() -> None:
    scene = a_layout().scenes[0]
    first, second = scene.subtitles
    assert first.start_ms + first.duration_ms == second.start_ms
    assert second.start_ms + second.duration_ms == scene.duration_ms - scene.transition_ms


def test_a_revision_changes_that_asset_only() -> None:
    before = a_layout()
    after = build_layout(
        "run", RunSpec(prompt="x"), a_plot(), seed=7, revisions={"image/scene_2": 1, "music": 1}
    )
    assert after.scenes[1].images[0].seed != before.scenes[1].images[0].seed
    assert after.scenes[0] == before.scenes[0]
    assert after.scenes[2] == before.scenes[2]
    assert after.global_bgm != before.global_bgm


def test_one_seed_repeats_a_layout_and_another_shares_nothing() -> None:
    assert a_layout() == a_layout()
    other = build_layout("run", RunSpec(prompt="x"), a_plot(), seed=8, revisions={})
    mine = {scene.images[0].seed for scene in a_layout().scenes}
    assert len(mine) == 3
    assert mine.isdisjoint(scene.images[0].seed for scene in other.scenes)


def _spoken(*texts: str, speakers: str = "11", scenes: str = "11") -> Layout:
    """Lines of two speakers, in the scenes named."""
    rows = tuple(
        PlotRow(
            scene_id=f"scene_{scene}", char_id=f"char_{who}", char_name=who, text=text,
            duration_ms=1000,
        )
        for text, who, scene in zip(texts, speakers, scenes, strict=True)
    )  # fmt: skip
    visuals = {row.scene_id: "sea" for row in rows}
    plot = Plot(title="t", language="en", source="script", rows=rows, visuals=visuals)
    return build_layout("run", RunSpec(prompt="x"), plot, seed=7, revisions={})


def _rest(layout: Layout) -> int:
    """From the end of the first line to the beginning of the second."""
    starts = zip(layout.scenes, layout.scene_starts_ms(), strict=True)
    spans = [
        (begin + line.start_ms, begin + line.start_ms + line.duration_ms)
        for scene, begin in starts
        for line in scene.dialogue
    ]
    return spans[1][0] - spans[0][1]


def test_a_breath_is_as_long_as_its_mark_its_speaker_and_its_paragraph_ask() -> None:
    clause, sentence = _rest(_spoken("Rain,", "Sun.")), _rest(_spoken("Rain.", "Sun."))
    reply = _rest(_spoken("Rain.", "Sun.", speakers="12"))
    paragraph = _rest(_spoken("Rain.", "Sun.", scenes="12"))
    assert clause < sentence < reply < paragraph


def test_a_voice_has_ended_before_its_picture_goes_and_the_film_rings_out() -> None:
    layout = a_layout()
    for scene in layout.scenes:
        last = scene.dialogue[-1]
        assert last.start_ms + last.duration_ms < scene.duration_ms - scene.transition_ms
    final = layout.scenes[-1]
    spoken_ms = final.dialogue[-1].start_ms + final.dialogue[-1].duration_ms
    assert final.duration_ms - spoken_ms >= 900


def without_captions() -> Layout:
    return build_layout("run", RunSpec(prompt="x", captions="off"), a_plot(), seed=7, revisions={})


def test_captions_can_be_off() -> None:
    assert not any(scene.subtitles for scene in without_captions().scenes)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        pytest.param(
            ["timeline", "total_duration_ms"], 5, "but the scenes and cards last", id="total"
        ),
        pytest.param(["scenes", 1, "scene_id"], "scene_1", "used twice", id="scene id"),
        pytest.param(["scenes", 1, "sequence"], 5, "numbered", id="sequence"),
        pytest.param(["scenes", 0, "dialogue", 0, "char_id"], "char_9", "nobody", id="speaker"),
        pytest.param(["scenes", 0, "images", 0, "ref_id"], "char_9", "nobody", id="shown"),
        pytest.param(["scenes", 0, "dialogue", 1, "start_ms"], 99_999, "ends at", id="outside"),
        pytest.param(["scenes", 0, "dialogue", 1, "start_ms"], 200, "begins before", id="overlap"),
        pytest.param(["scenes", 0, "subtitles", 0, "line_id"], "x", "not said there", id="caption"),
        pytest.param(["scenes", 0, "sfx", 0, "start_ms"], 99_999, "ends at", id="sound"),
        pytest.param(["scenes", 0, "transition_ms"], 99_999, "its transition", id="transition"),
    ],
)
def test_a_layout_that_is_not_whole_is_refused(path: list[Any], value: object, said: str) -> None:
    data = a_layout().model_dump()
    target: Any = data
    for step in path[:-1]:
        target[step] if isinstance(target, tuple) else None
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(ValidationError, match=said):
        Layout.model_validate(data)


@pytest.mark.parametrize("length", [None, 0, -5, 10**9])
def test_a_voice_has_a_length(length: int | None) -> None:
    provenance = Provenance(provider="p", model="m", licence="CC0-1.0")
    with pytest.raises(ValidationError, match="duration_ms"):
        SoundAsset.model_validate(
            {"artifact": REF, "provenance": provenance, "duration_ms": length}
        )
