"""Prose is left alone: what the rules planner says, in twenty languages, is spoken as it stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from providers.llm.rules import wording
from providers.tts.spoken.parts import spoken_text

_MODULES = [
    path for path in sorted(Path(wording.__file__).parent.glob("*.py")) if len(path.stem) == 2
]
_MARKS = re.compile(r"[«»\s]")


def _phrases(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        text = node.value if isinstance(node, ast.Constant) else ""
        if isinstance(text, str) and len(text) > 12 and not re.search(r"[\d{}<>_|\\]", text):
            yield " ".join(text.split())


@pytest.mark.parametrize("module", _MODULES, ids=lambda path: path.stem)
def test_prose_is_spoken_as_it_is_shown(module: Path) -> None:
    phrases = list(_phrases(module))
    assert len(phrases) > 10
    for phrase in phrases:
        assert _MARKS.sub("", spoken_text(phrase, module.stem)) == _MARKS.sub("", phrase)
