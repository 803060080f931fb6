"""Staging: slots of those who speak, and transitions by what comes next."""

from __future__ import annotations

import pytest

from domain.arrangement import build_layout
from domain.layout import Layout
from domain.plot import Emotion, Mood, Plot, PlotRow
from domain.run import Mode, RunSpec
from domain.staging import Slot, Transition, choose_transition, slots_of


def _row(sequence: int, char_id: str = "", emotion: Emotion = Emotion.NEUTRAL) -> PlotRow:
    name = {"char_1": "Mina", "char_2": "Leo"}.get(char_id, "")
    return PlotRow(
        scene_id=f"scene_{sequence}", char_id=char_id, char_name=name, text="Hi.", emotion=emotion
    )


def _layout(*rows: PlotRow, **choices: object) -> Layout:
    plot = Plot(
        title="planned",
        language="en",
        source="script",
        rows=rows,
        visuals={row.scene_id: "x" for row in rows},
    )
    spec = RunSpec.model_validate({"prompt": "x", **choices})
    return build_layout("run", spec, plot, seed=1, revisions={})


@pytest.mark.parametrize(
    ("speakers", "slots"),
    [
        ([], {}),
        (["char_1"], {"char_1": Slot.CENTER}),
        (["char_2", "char_1"], {"char_1": Slot.LEFT, "char_2": Slot.RIGHT}),
    ],
)
def test_who_speaks_has_a_slot(speakers: list[str], slots: dict[str, Slot]) -> None:
    assert slots_of(speakers) == slots


def test_captions_name_who_speaks_where_more_than_one_does() -> None:
    two = _layout(_row(1, "char_1"), _row(2, "char_2"), _row(3))
    named = [scene.subtitles[0].speaker for scene in two.scenes]
    assert [(s.name, s.slot) if s else None for s in named] == [
        ("Mina", Slot.LEFT),
        ("Leo", Slot.RIGHT),
        None,
    ]
    one = _layout(_row(1, "char_1"), _row(2, "char_1"))
    assert all(scene.subtitles[0].speaker is None for scene in one.scenes)


@pytest.mark.parametrize(
    ("before", "after", "mood", "expected"),
    [
        pytest.param(_row(1), _row(2, emotion=Emotion.SURPRISED), Mood.CALM, {"cut"}, id="shock"),
        pytest.param(_row(1), _row(2, emotion=Emotion.SAD), Mood.UPBEAT, {"dip"}, id="sad"),
        pytest.param(_row(1), _row(2, emotion=Emotion.EXCITED), Mood.CALM, {"push"}, id="go"),
        pytest.param(_row(1, "char_1"), _row(2, "char_2"), Mood.CALM, {"cut"}, id="speakers"),
        pytest.param(_row(1), _row(2), Mood.CALM, {"fade", "wipe"}, id="calm"),
        pytest.param(_row(1), _row(2), Mood.DARK, {"fade", "dip"}, id="dark"),
        pytest.param(_row(1), None, Mood.EPIC, {"cut"}, id="the end"),
    ],
)
def test_a_transition_suits_what_comes_next(
    before: PlotRow, after: PlotRow | None, mood: Mood, expected: set[str]
) -> None:
    found: set[Transition] = {
        choose_transition(
            [before], [after] if after else None, mood=mood, mode=Mode.GENERAL, seed=seed
        )
        for seed in range(2)
    }
    assert found == expected


def test_a_cut_takes_no_time_and_others_do() -> None:
    layout = _layout(_row(1), _row(2, emotion=Emotion.ANGRY), _row(3, emotion=Emotion.ANGRY))
    assert [(s.transition == "cut", s.transition_ms == 0) for s in layout.scenes] == [
        (True, True),
        (False, False),
        (True, True),
    ]


def test_cards_are_off_unless_asked_for() -> None:
    layout = _layout(_row(1))
    assert (layout.title_card, layout.end_card, layout.title) == (None, None, "planned")


def test_cards_take_their_time_before_and_after_the_scenes() -> None:
    layout = _layout(_row(1), _row(2), title="Mine", title_card=True, end_card=" the  end ")
    assert layout.title == "Mine"
    assert layout.title_card is not None
    assert layout.end_card is not None
    assert (layout.title_card.text, layout.end_card.text) == ("Mine", "the end")
    assert layout.scene_starts_ms()[0] == layout.title_card.duration_ms
    scenes = sum(scene.duration_ms for scene in layout.scenes)
    assert layout.timeline.total_duration_ms == scenes + layout.cards_ms
    assert layout.cards_ms % 100 == 0


def test_a_card_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing readable"):
        RunSpec(prompt="x", end_card="  ")


def test_all_that_is_to_be_read_is_known_for_its_glyphs() -> None:
    layout = _layout(_row(1, "char_1"), _row(2, "char_2"), title_card=True, end_card="Fin")
    assert layout.words_shown().split() == [
        "planned",
        "planned",
        "Fin",
        "Mina",
        "Leo",
        "Hi.",
        "Hi.",
    ]
