"""Where planners find the product's judge of languages."""

from __future__ import annotations

from domain.reading.language import detect_language

__all__ = ["detect_language"]
