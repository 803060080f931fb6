"""The plot and its CSV form."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.plot import COLUMNS, Plot, PlotError, PlotRow, read_csv, write_csv

ROW = PlotRow(scene_id="scene_1", char_id="char_1", char_name="Ann", text="Hello.")


def test_the_columns_are_the_seeds() -> None:
    assert COLUMNS == (
        "scene_id",
        "char_id",
        "char_name",
        "text",
        "text_type",
        "emotion",
        "subtitle_position",
        "duration_ms",
    )


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_survives_the_csv(text: str) -> None:
    if not text.strip():
        return
    rows = (ROW.model_copy(update={"text": text}),)
    assert read_csv(write_csv(rows)) == rows


def test_quotes_commas_newlines_and_a_bom_survive() -> None:
    rows = (ROW.model_copy(update={"text": 'He said: "no",\nand left.'}),)
    text = write_csv(rows)
    assert read_csv("\ufeff" + text) == rows
    assert list(csv.reader(io.StringIO(text, newline="")))[1][3] == rows[0].text


HEADER = ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "header: expected the columns", id="empty"),
        pytest.param("scene_id,text\n", "got scene_id, text", id="columns"),
        pytest.param(HEADER + "\n", "no rows", id="no rows"),
        pytest.param(HEADER + "\nscene_1,char_1\n", "row 1: expected 8 cells", id="short row"),
        pytest.param(
            HEADER + "\nscene_1,,,hi,narration,neutral,bottom,5000,x\n",
            "row 1: expected 8 cells",
            id="long row",
        ),
        pytest.param(
            HEADER + "\nscene_1,,,hi,narration,glad,bottom,5000\n", "row 1, emotion", id="emotion"
        ),
        pytest.param(
            HEADER + "\nfirst,,,hi,narration,sad,bottom,5000\n", "scene_1, scene_2", id="scene id"
        ),
        pytest.param(HEADER + '\nscene_1,,,"hi,narration\n', "line", id="open quote"),
    ],
)
def test_a_bad_csv_names_row_and_column(text: str, said: str) -> None:
    with pytest.raises(PlotError, match=said):
        read_csv(text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            {"rows": (ROW.model_copy(update={"scene_id": "scene_2"}),)}, "in order", id="gap"
        ),
        pytest.param({"visuals": {}}, "exactly one", id="no visual"),
        pytest.param({"appearances": {"char_9": "tall"}}, "nobody", id="appearance"),
        pytest.param(
            {"rows": (ROW, ROW.model_copy(update={"char_name": "Bob"}))}, "two names", id="names"
        ),
    ],
)
def test_a_plot_that_does_not_hold_together_is_refused(
    change: dict[str, object], said: str
) -> None:
    whole: dict[str, object] = {
        "title": "t",
        "language": "en",
        "source": "script",
        "rows": (ROW,),
        "visuals": {"scene_1": "x"},
    }
    Plot.model_validate(whole)
    with pytest.raises(ValidationError, match=said):
        Plot.model_validate(whole | change)


@pytest.mark.parametrize("scene_id", ["scene_1\n", "scene_01", "scene_0", " scene_1", "scene_1 "])
def test_a_scene_id_is_taken_whole_or_not_at_all(scene_id: str) -> None:
    with pytest.raises(ValidationError, match="is not of the form"):
        PlotRow(scene_id=scene_id, text="x")


@pytest.mark.parametrize("char_id", ["char_1\n", "char_0", "CHAR_1"])
def test_a_character_id_is_taken_whole_or_not_at_all(char_id: str) -> None:
    with pytest.raises(ValidationError, match="neither blank nor"):
        PlotRow(scene_id="scene_1", char_id=char_id, text="x")
