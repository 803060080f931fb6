"""Assets and artifacts: what is asked of a provider, and what a run keeps of the answer.

A request holds everything that decides an asset, so that its hash can be the asset's key
in the store.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.model import Frozen
from domain.sources import Source

# Music and voice may be left out.
NO_PROVIDER = "none"
MAX_SOUND_MS = 3_600_000
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]


class AssetKind(StrEnum):
    """What an asset is; also the store's folder and the word in keys and events."""

    IMAGE = "image"
    VOICE = "voice"
    MUSIC = "music"
    SOUND = "sound"


class ArtifactRef(Frozen):
    """Bytes by their own hash, so what it names never changes; they never pass through Temporal."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)
    media_type: str

    @property
    def ending(self) -> str:
        """What a file of these bytes ends in, such as `.png`."""
        return _ENDINGS.get(self.media_type, ".bin")


_ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "application/json": ".json",
    "application/x-subrip": ".srt",
    "text/vtt": ".vtt",
    "text/csv": ".csv",
    "text/plain": ".txt",
}


class Provenance(Frozen):
    """What made an asset: enough to name it, repeat it and publish it."""

    provider: str
    model: str
    seed: int | None = None
    prompt: str = ""
    licence: str
    cost_usd: float = Field(default=0.0, ge=0)
    degraded: str | None = Field(
        default=None, description="one sentence: what is missing or replaced, and why"
    )
    note: str | None = Field(
        default=None, description="one sentence: what is estimated, and how; nothing is missing"
    )
    sources: tuple[Source, ...] = Field(
        default=(), description="whose works it was made from, where they must be named"
    )


class WordTiming(Frozen):
    """When one whitespace-separated word of a line is heard, from the start of its audio."""

    text: str
    start_ms: int = Field(ge=0)
    end_ms: int = Field(ge=0)


class ImageRequest(Frozen):
    """One picture."""

    prompt: str = Field(description="what is to be seen, in the words of the plot")
    style: str
    width: int = Field(ge=64, le=8192)
    height: int = Field(ge=64, le=8192)
    seed: Seed
    look: Seed = Field(description="the same for every picture of one video: palette and manner")
    sequence: int = Field(ge=1, description="position of the scene, from 1")
    characters: tuple[str, ...] = Field(default=(), description="who is to be seen: appearances")
    emotion: str = "neutral"
    reference_images: tuple[str, ...] = ()
    lora_strength: float = Field(default=0.8, ge=0, le=1)
    revision: int = Field(default=0, ge=0)


class MusicRequest(Frozen):
    """One piece of instrumental music that loops without a seam."""

    genre: str
    mood: str
    duration_ms: int = Field(ge=1000)
    seed: Seed
    revision: int = Field(default=0, ge=0)


class SpeechRequest(Frozen):
    """One line of a script, spoken by one voice."""

    text: str = Field(min_length=1)
    language: str = Field(description="BCP 47 tag of the text, such as ko or pt-BR")
    voice_id: str | None = Field(default=None, description="the provider's name for a voice")
    speaker: int = Field(default=0, ge=0, description="position of the character, from 0")
    emotion: str = "neutral"
    previous_text: str = Field(default="", description="what the same voice says before it")
    next_text: str = Field(default="", description="and after it: some services' melody heeds it")
    revision: int = Field(default=0, ge=0)


class SoundRequest(Frozen):
    """One sound effect."""

    tag: str
    seed: Seed
    revision: int = Field(default=0, ge=0)


AssetRequest = ImageRequest | MusicRequest | SpeechRequest | SoundRequest


class Asset(Frozen):
    """A finished asset as the store knows it."""

    artifact: ArtifactRef
    provenance: Provenance
    duration_ms: int | None = Field(default=None, description="of sound; None for pictures")
    words: tuple[WordTiming, ...] = Field(default=(), description="of a voice line only")

    @property
    def is_left_out(self) -> bool:
        """Whether the run asked for none: silence takes its place."""
        return self.provenance.provider == NO_PROVIDER


class SoundAsset(Asset):
    """A finished asset that is heard: it has a length."""

    duration_ms: int = Field(ge=1, le=MAX_SOUND_MS)


class Made(Frozen):
    """Which asset a run uses for one item of its bill, decided once."""

    name: str = Field(description="image/scene_1, voice/scene_1_line_1, music, sound/rain, plot")
    digest: str = Field(description="of the request that it answers")
    kind: str
    key: str = Field(description="the asset's key in the index")
    asset: Asset
    cached: bool = Field(description="taken from the store, not made for this run")
