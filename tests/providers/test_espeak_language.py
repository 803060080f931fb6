"""A language that espeak-ng does not speak is read as its script is."""

from __future__ import annotations

import pytest

from providers.tts.voices import espeak_language


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("ko-KR", "a", "ko"),
        ("pt", "a", "pt-br"),
        ("xx", "Привет", "ru"),
        ("xx", "日本", "cmn"),
        ("xx", "ગુજરાતી", "gu"),
        ("xx", "ລາວ", "en-us"),
        ("xx", "12 !", "en-us"),
    ],
)
def test_the_voice_is_of_the_language_else_of_the_script(tag: str, text: str, name: str) -> None:
    found, degraded = espeak_language(tag, text)
    assert found == name
    assert (degraded is not None) == (tag == "xx")
    assert degraded is None or repr(tag) in degraded
