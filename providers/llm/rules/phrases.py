"""What an outline says; each language that one can be written in has a file in `wording`.

Nothing here claims a fact: an opening names the subject, the lines between ask what can be asked
of anything (or lead through a story of the viewer's own), and a closing hands it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from providers.llm.rules.wording.pools import Phrases, Pool, TopicKind

__all__ = ["NAMES", "PHRASES", "Phrases", "Pool", "TopicKind"]

_LANGUAGES = "ar de en es fr hi id it ja ko nl pl pt ru th tr uk vi zh".split()


def _of(language: str) -> Phrases:
    phrases = import_module(f"providers.llm.rules.wording.{language}").PHRASES
    assert isinstance(phrases, Phrases)
    return phrases


PHRASES: Mapping[str, Phrases] = {language: _of(language) for language in _LANGUAGES}
NAMES = ("A", "B")
