"""The voices there are, as people choose among them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from domain.model import Frozen

# ISO 639-2: a voice of many languages, rather than of named ones.
ANY_LANGUAGE = "mul"
Sex = Literal["female", "male"]


class Voice(Frozen):
    """One voice in the languages it speaks in one manner; `id` is what `voice_id` takes."""

    id: str = Field(description="such as kokoro-jf_alpha")
    name: str
    languages: tuple[str, ...] = Field(description="BCP 47 tags; `mul`: about a hundred")
    sex: Sex
    engine: str
    licence: str
    experimental: bool = Field(
        default=False, description="the engine was never taught these languages"
    )
    accent: str | None = Field(default=None, description="heard in these languages, in English")

    def speaks(self, language: str) -> bool:
        """Whether a BCP 47 tag is one of its languages, by its first part at least."""
        tag = language.lower()
        own = {name.lower() for name in self.languages}
        return bool(own & {tag, tag.split("-")[0], ANY_LANGUAGE})
