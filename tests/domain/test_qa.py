"""A verdict names what is to be made anew."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.qa import Finding, Redo


@pytest.mark.parametrize(
    ("redo", "names", "asset"),
    [
        (Redo.IMAGE, {"scene_id": "scene_2"}, "image/scene_2"),
        (Redo.VOICE, {"line_id": "scene_2_line_1"}, "voice/scene_2_line_1"),
        (Redo.MUSIC, {}, "music"),
        (Redo.RENDER, {}, "render"),
        (Redo.PLAN, {}, "plan"),
    ],
)
def test_a_finding_knows_its_asset(redo: Redo, names: dict[str, str], asset: str) -> None:
    finding = Finding(check="pictures", message="blurred", redo=redo, **names)
    assert finding.asset_name == asset


@pytest.mark.parametrize(
    ("redo", "names", "field"),
    [
        (Redo.IMAGE, {}, "scene_id"),
        (Redo.IMAGE, {"line_id": "scene_1_line_1"}, "scene_id"),
        (Redo.VOICE, {}, "line_id"),
        (Redo.VOICE, {"scene_id": "scene_1"}, "line_id"),
    ],
)
def test_a_finding_without_its_asset_cannot_be_said(
    redo: Redo, names: dict[str, str], field: str
) -> None:
    with pytest.raises(ValidationError, match=field):
        Finding(check="pictures", message="blurred", redo=redo, **names)
