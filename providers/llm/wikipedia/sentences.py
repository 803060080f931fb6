"""The seam to the product's sentence splitter."""

from __future__ import annotations

import sentencex  # type: ignore[import-untyped]


def sentences(text: str, language: str) -> list[str]:
    """Sentences of one paragraph, each with its closing marks."""
    return [s.strip() for s in sentencex.segment(language.split("-")[0].lower(), text) if s.strip()]
