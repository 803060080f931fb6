"""Small layouts with real assets, for tests that render."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from domain import requests
from domain.arrangement import build_layout, with_assets
from domain.assets import ArtifactRef, Provenance, SoundAsset
from domain.layout import Layout
from domain.plot import Plot, PlotRow
from domain.run import RunSpec
from providers.base import Media, Uncounted
from providers.images.painter.painter import Painter
from providers.music.synth.music import MusicSynth
from providers.music.synth.sounds import SoundSynth
from providers.tts.espeak_voice import EspeakVoice

SMALL = "270x480"
SPEC = RunSpec(prompt="바다")


class Short:
    """A layout, and the folder its files are in."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        self.folder = folder
        self.layout = layout

    def file(self, ref: ArtifactRef) -> Path:
        return self.folder / ref.sha256

    @property
    def files(self) -> Callable[[ArtifactRef], Path]:
        return self.file

    def with_picture(self, scene_id: str, data: bytes, media_type: str = "image/png") -> Layout:
        """The layout with another picture in one scene."""
        ref = keep(self.folder, data, media_type)
        scenes = tuple(
            scene.model_copy(
                update={"images": (scene.images[0].model_copy(update={"image": ref}),)}
            )
            if scene.scene_id == scene_id
            else scene
            for scene in self.layout.scenes
        )
        return self.layout.model_copy(update={"scenes": scenes})


def keep(folder: Path, data: bytes, media_type: str) -> ArtifactRef:
    digest = hashlib.sha256(data).hexdigest()
    (folder / digest).write_bytes(data)
    return ArtifactRef(sha256=digest, bytes=len(data), media_type=media_type)


async def make_short(
    folder: Path, *texts: str, language: str = "ko", resolution: str = SMALL
) -> Short:
    """One scene per text, by the embedded providers."""
    ids = [f"scene_{number}" for number in range(1, len(texts) + 1)]
    plot = Plot(
        title="test",
        language=language,
        source="script",
        rows=tuple(
            PlotRow(scene_id=i, char_id="char_1", char_name="A", text=t)
            for i, t in zip(ids, texts, strict=True)
        ),
        visuals=dict(zip(ids, texts, strict=True)),
    )
    layout = build_layout("test", SPEC, plot, seed=5, revisions={})
    layout = layout.model_copy(
        update={"timeline": layout.timeline.model_copy(update={"resolution": resolution})}
    )
    return Short(folder, await filled(folder, layout))


async def filled(
    folder: Path,
    layout: Layout,
    *,
    pictures: Mapping[str, ArtifactRef] | None = None,
    languages: Mapping[str, str] | None = None,
) -> Layout:
    """The layout with assets by the embedded providers: by scene other pictures, and other
    languages for its lines."""

    def kept(media: Media) -> ArtifactRef:
        return keep(folder, media.data, media.media_type)

    images, voices = dict(pictures or {}), {}
    for scene in layout.scenes:
        if scene.scene_id not in images:
            request = requests.image_request(layout, scene, SPEC)
            images[scene.scene_id] = kept(await Painter().generate(request, call=Uncounted()))
        for line in scene.dialogue:
            asked = requests.speech_request(layout, line, SPEC)
            language = (languages or {}).get(scene.scene_id, asked.language)
            spoken = await EspeakVoice().synthesize(
                asked.model_copy(update={"language": language}), call=Uncounted()
            )
            assert spoken.duration_ms is not None
            voices[line.line_id] = SoundAsset(
                artifact=kept(spoken),
                provenance=Provenance(provider="espeak", model="m", licence=spoken.licence),
                duration_ms=spoken.duration_ms,
                words=spoken.words,
            )
    assert layout.global_bgm is not None
    music = await MusicSynth().generate(requests.music_request(layout.global_bgm), call=Uncounted())
    tags = {sound.tag for scene in layout.scenes for sound in scene.sfx}
    sounds = {
        tag: kept(
            await SoundSynth().generate(requests.sound_request(layout, tag), call=Uncounted())
        )
        for tag in tags
    }
    return with_assets(layout, images=images, voices=voices, music=kept(music), sounds=sounds)
