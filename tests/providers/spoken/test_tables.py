"""What each language says for what is shown: one table of `shown<TAB>spoken` per language."""

from __future__ import annotations

from pathlib import Path

import pytest

from providers.tts.spoken.parts import spoken_text

_TABLES = sorted(Path(__file__).parent.glob("*.tsv"))
_ROWS = [
    pytest.param(table.stem, *line.split("\t"), id=f"{table.stem}-{line.split(chr(9))[0]}")
    for table in _TABLES
    for line in table.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("language", "shown", "spoken"), _ROWS)
def test_a_line_is_spoken_as_a_native_reads_it(language: str, shown: str, spoken: str) -> None:
    assert spoken_text(shown, language) == spoken
