"""The bill of a layout: every asset that it needs, and what is asked for each.

It is made once, beside the layout, and kept as a blob: whoever makes an asset reads the request
there, so no version of this code can ask for another asset than the one that was decided.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pydantic import BaseModel, Field

from domain import requests
from domain.assets import (
    AssetKind,
    AssetRequest,
    ImageRequest,
    MusicRequest,
    SoundRequest,
    SpeechRequest,
)
from domain.layout import Layout
from domain.model import Frozen
from domain.run import RunSpec

DIGEST_LETTERS = 16


class BillItem(Frozen):
    """One asset that a film needs."""

    name: str = Field(description="image/scene_1, voice/scene_1_line_1, music, sound/rain")
    digest: str = Field(description="of its request: equal digests are the same asset")
    made: bool = Field(default=False, description="whether this run has it already")

    @property
    def kind(self) -> AssetKind:
        return kind_of(self.name)

    @property
    def scene_id(self) -> str | None:
        """`scene_2` of `image/scene_2` and of `voice/scene_2_line_1`; None where it has none."""
        return scene_of(self.name)


class Bill(Frozen):
    """All of a layout's requests, by asset name."""

    images: dict[str, ImageRequest] = {}
    voices: dict[str, SpeechRequest] = {}
    music: MusicRequest | None = None
    sounds: dict[str, SoundRequest] = {}

    def requests(self) -> Iterator[tuple[str, AssetRequest]]:
        """(asset name, request) of each, in the order in which they are made."""
        yield from ((f"image/{scene_id}", request) for scene_id, request in self.images.items())
        yield from ((f"voice/{line_id}", request) for line_id, request in self.voices.items())
        if self.music:
            yield "music", self.music
        yield from ((f"sound/{tag}", request) for tag, request in self.sounds.items())

    def request(self, name: str) -> AssetRequest:
        """Raises KeyError."""
        return dict(self.requests())[name]

    def items(self) -> tuple[BillItem, ...]:
        return tuple(BillItem(name=name, digest=digest_of(r)) for name, r in self.requests())


def bill_of(layout: Layout, spec: RunSpec) -> Bill:
    """What a layout needs. Equal requests are equal assets."""
    tags = dict.fromkeys(sound.tag for scene in layout.scenes for sound in scene.sfx)
    return Bill(
        images={s.scene_id: requests.image_request(layout, s, spec) for s in layout.scenes},
        voices={
            line.line_id: requests.speech_request(layout, line, spec)
            for scene in layout.scenes
            for line in scene.dialogue
        },
        music=requests.music_request(layout.global_bgm) if layout.global_bgm else None,
        sounds={tag: requests.sound_request(layout, tag) for tag in tags},
    )


def kind_of(name: str) -> AssetKind:
    """The kind of an asset, from its name."""
    return AssetKind(name.partition("/")[0])


def scene_of(name: str) -> str | None:
    """The scene of an asset, from its name."""
    kind, _, which = name.partition("/")
    return which.partition("_line_")[0] if kind in (AssetKind.IMAGE, AssetKind.VOICE) else None


def digest_of(request: BaseModel) -> str:
    """The first letters of the SHA-256 of a request's JSON."""
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()[:DIGEST_LETTERS]
