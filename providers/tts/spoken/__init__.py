"""The spoken form: what a voice says for a line, apart from what is shown of it."""

from providers.tts.spoken.parts import (
    SpokenPart,
    is_speakable,
    spoken_by_unit,
    spoken_parts,
    spoken_text,
)

__all__ = ["SpokenPart", "is_speakable", "spoken_by_unit", "spoken_parts", "spoken_text"]
