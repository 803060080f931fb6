"""What may be asked for, how a run moves, and how it is named."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.run import (
    MAX_FOLDER_BYTES,
    TRANSITIONS,
    IllegalTransition,
    InvalidInput,
    RunSpec,
    RunState,
    check_transition,
    parse_spec,
    run_folder,
    run_id_candidates,
    unknown_fields,
)

SEED_TABLE = {
    ("INIT", "PLOT_GENERATION"),
    ("PLOT_GENERATION", "ASSET_GENERATION"),
    ("ASSET_GENERATION", "RENDERING"),
    ("RENDERING", "QA"),
    ("QA", "END"),
    ("QA", "PLOT_GENERATION"),
} | {(s, "FAILED") for s in ("INIT", "PLOT_GENERATION", "ASSET_GENERATION", "RENDERING", "QA")}
NOON = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)


def test_the_transition_table_is_the_seeds() -> None:
    table = {(str(a), str(b)) for a, targets in TRANSITIONS.items() for b in targets}
    assert table == SEED_TABLE


@pytest.mark.parametrize("pair", list(itertools.product(RunState, RunState)))
def test_every_other_move_is_refused(pair: tuple[RunState, RunState]) -> None:
    if (str(pair[0]), str(pair[1])) in SEED_TABLE:
        check_transition(*pair)
    else:
        with pytest.raises(IllegalTransition, match="is not allowed"):
            check_transition(*pair)


def test_only_end_and_failed_are_terminal() -> None:
    assert {state for state in RunState if state.is_terminal} == {RunState.END, RunState.FAILED}


def test_the_defaults_are_the_seeds() -> None:
    spec = parse_spec([{"prompt": "x"}])
    assert (spec.num_characters, spec.art_style, spec.music_genre) == (
        1,
        "파스텔 수채화",
        "ambient",
    )
    assert (spec.lora_strength, spec.voice_id, spec.num_cuts) == (0.8, None, None)


def test_every_field_is_described() -> None:
    assert all(field.description for field in RunSpec.model_fields.values())


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        pytest.param("바다는 왜 짤까?", "20261124_1205_바다는왜짤까", id="korean"),
        pytest.param("why the sea is salty", "20261124_1205_whythese", id="english"),
        pytest.param("../../etc/passwd", "20261124_1205_etcpassw", id="path"),
        pytest.param("🎉🎉", "20261124_1205_short", id="emoji"),
    ],
)
def test_a_run_is_named_after_its_minute_and_its_prompt(prompt: str, name: str) -> None:
    first, *others = itertools.islice(run_id_candidates(prompt, NOON), 50)
    assert first == name
    assert len(set(others)) == len(others)
    assert all(re.fullmatch(rf"{name}_[a-z2-7]{{5}}", other) for other in others)


@given(st.text(min_size=1))
def test_any_workflow_id_has_a_safe_folder_of_its_own(run_id: str) -> None:
    name = run_folder(run_id)
    assert "/" not in name
    assert "\\" not in name
    assert name.strip(".")
    assert len(name.encode()) <= MAX_FOLDER_BYTES


def test_ids_that_differ_late_have_different_folders() -> None:
    assert run_folder("가" * 200 + "a") != run_folder("가" * 200 + "b")
    assert run_folder("..") != ".."


def test_ids_that_differ_in_case_alone_have_folders_that_do_not() -> None:
    folders = [run_folder(run_id) for run_id in ("20261124_1205_TheSea", "20261124_1205_thesea")]
    assert folders[1] == "20261124_1205_thesea"
    assert len({folder.lower() for folder in folders}) == 2


def test_what_our_own_newer_programs_say_is_read_and_what_others_misspell_is_told() -> None:
    newer = {"prompt": "x", "sparkle": True}
    assert parse_spec([newer], tolerant=True) == parse_spec([{"prompt": "x"}])
    assert unknown_fields(newer) == ("sparkle",)
    with pytest.raises(InvalidInput, match="sparkle: is not a field; the fields are prompt"):
        parse_spec([newer])
