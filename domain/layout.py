"""The layout: the one JSON all agents work on, with its integrity enforced.

All times are milliseconds. Lines, captions and sound effects are placed from the start of
their scene; scenes follow one another without gaps. A scene's transition is played in its
own last part, before the cut: the next picture is fully there when the next scene starts.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from domain.assets import ArtifactRef, Seed, WordTiming
from domain.model import Frozen
from domain.plot import Emotion, Mood, SubtitlePosition
from domain.run import AspectRatio, CaptionStyle, Mode
from domain.sources import Source
from domain.staging import Slot, Transition

FPS = 30
# What QA accepts, and what may be planned.
MAX_FILM_SECONDS = 600.0
TRANSITION_MS = 400
MUSIC_VOLUME = 0.3
SOUND_VOLUME = 0.5


class Timeline(Frozen):
    """The video as a whole."""

    total_duration_ms: int = Field(ge=1)
    aspect_ratio: AspectRatio
    fps: int = FPS
    resolution: str = Field(pattern=r"^[1-9][0-9]*x[1-9][0-9]*$", description="WIDTHxHEIGHT in px")

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        width, height = self.resolution.split("x")
        return int(width), int(height)


class Character(Frozen):
    """Somebody who speaks."""

    char_id: str
    name: str
    slot: Slot = Field(default=Slot.CENTER, description="where they stand")
    persona: str = ""
    voice_profile: str = "default"
    seed: Seed


class ImageSlot(Frozen):
    """One picture in a scene. An embedded picture is the whole scene: slot `center`."""

    slot_id: Slot = Slot.CENTER
    type: Literal["character", "background", "prop", "scene"] = "scene"
    ref_id: str | None = Field(default=None, description="the character it shows")
    prompt: str
    seed: Seed
    z_index: int = 0
    revision: int = Field(default=0, ge=0)
    image: ArtifactRef | None = None


class DialogueLine(Frozen):
    """One spoken line."""

    line_id: str
    char_id: str = Field(description="blank for a narrator")
    text: str = Field(min_length=1)
    emotion: Emotion = Emotion.NEUTRAL
    start_ms: int = Field(ge=0)
    duration_ms: int = Field(ge=1)
    rest_ms: int = Field(default=0, ge=0, description="silence that is asked for before it")
    revision: int = Field(default=0, ge=0)
    audio: ArtifactRef | None = None
    words: tuple[WordTiming, ...] = Field(default=(), description="from the line's own start")
    voiced: bool = Field(default=True, description="whether it is to be heard, or only read")


class Speaker(Frozen):
    """Who says a caption, as it is shown: where more than one voice is heard in a film."""

    name: str = Field(min_length=1)
    slot: Slot = Slot.CENTER


class Subtitle(Frozen):
    """The caption of one line; its words light up by the line's own timings."""

    line_id: str
    text: str = Field(min_length=1)
    position: SubtitlePosition = SubtitlePosition.BOTTOM
    style: CaptionStyle = "karaoke"
    speaker: Speaker | None = Field(default=None, description="null: nobody need be named")
    start_ms: int = Field(ge=0)
    duration_ms: int = Field(ge=1)


class SoundEffect(Frozen):
    """One sound effect."""

    sfx_id: str
    tag: str
    start_ms: int = Field(ge=0)
    volume: float = Field(default=SOUND_VOLUME, ge=0, le=1)
    audio: ArtifactRef | None = None


class Scene(Frozen):
    """One cut."""

    scene_id: str
    sequence: int = Field(ge=1)
    duration_ms: int = Field(ge=1)
    images: tuple[ImageSlot, ...] = Field(min_length=1)
    subtitles: tuple[Subtitle, ...] = ()
    dialogue: tuple[DialogueLine, ...] = Field(min_length=1)
    sfx: tuple[SoundEffect, ...] = ()
    bg_seed: Seed
    transition: Transition = Transition.FADE
    transition_ms: int = Field(default=TRANSITION_MS, ge=0)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.dialogue)


class Card(Frozen):
    """Words over the first or the last picture, before or after what is said."""

    text: str = Field(min_length=1)
    duration_ms: int = Field(ge=1)


class Music(Frozen):
    """The piece of music under the whole video."""

    bgm_id: Literal["global_bgm"] = "global_bgm"
    genre: str
    mood: Mood
    seed: Seed
    duration_ms: int = Field(ge=1000, description="of the piece; it is looped or faded")
    volume: float = Field(default=MUSIC_VOLUME, ge=0, le=1)
    revision: int = Field(default=0, ge=0)
    audio: ArtifactRef | None = None


class LayoutMetadata(Frozen):
    """What the layout was made from."""

    language: str
    art_style: str
    source: Literal["script", "outline", "llm", "sourced"]
    seed: Seed
    look: Seed
    sources: tuple[Source, ...] = Field(default=(), description="what its claims are taken from")


class Layout(Frozen):
    """The whole short."""

    project_id: str
    title: str
    mode: Mode
    timeline: Timeline
    characters: tuple[Character, ...] = ()
    scenes: tuple[Scene, ...] = Field(min_length=1)
    title_card: Card | None = None
    end_card: Card | None = None
    global_bgm: Music | None = None
    metadata: LayoutMetadata
    render_revision: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _is_whole(self) -> Layout:
        if faults := list(_faults(self)):
            raise ValueError("; ".join(faults))
        return self

    def scene(self, scene_id: str) -> Scene:
        """Raises KeyError."""
        return {scene.scene_id: scene for scene in self.scenes}[scene_id]

    def scene_starts_ms(self) -> tuple[int, ...]:
        """When each scene begins, from the start of the video, after the title card."""
        starts, now = [], _length_ms(self.title_card)
        for scene in self.scenes:
            starts.append(now)
            now += scene.duration_ms
        return tuple(starts)

    @property
    def cards_ms(self) -> int:
        """How long the title card and the end card are, together."""
        return _length_ms(self.title_card) + _length_ms(self.end_card)

    def words_shown(self) -> str:
        """Everything that is to be read in the film and on its thumbnail."""
        captions = [subtitle for scene in self.scenes for subtitle in scene.subtitles]
        names = {subtitle.speaker.name: None for subtitle in captions if subtitle.speaker}
        cards = [card.text for card in (self.title_card, self.end_card) if card]
        return "\n".join([self.title, *cards, *names, *(subtitle.text for subtitle in captions)])

    def frame_at(self, ms: int) -> int:
        """The frame whose instant is nearest to `ms`."""
        return (ms * self.timeline.fps + 500) // 1000

    @property
    def frame_count(self) -> int:
        return self.frame_at(self.timeline.total_duration_ms)


def _length_ms(card: Card | None) -> int:
    return card.duration_ms if card else 0


def _faults(layout: Layout) -> Iterable[str]:
    yield from _repeated("scene_id", (scene.scene_id for scene in layout.scenes))
    yield from _repeated("char_id", (character.char_id for character in layout.characters))
    lines = [line for scene in layout.scenes for line in scene.dialogue]
    yield from _repeated("line_id", (line.line_id for line in lines))
    yield from _repeated("sfx_id", (sound.sfx_id for scene in layout.scenes for sound in scene.sfx))
    total = sum(scene.duration_ms for scene in layout.scenes) + layout.cards_ms
    if total != layout.timeline.total_duration_ms:
        yield (
            f"timeline.total_duration_ms is {layout.timeline.total_duration_ms}, "
            f"but the scenes and cards last {total}"
        )
    if [scene.sequence for scene in layout.scenes] != list(range(1, len(layout.scenes) + 1)):
        yield "scenes are not numbered 1, 2, 3, … in order"
    known = {character.char_id for character in layout.characters} | {""}
    for scene in layout.scenes:
        yield from _scene_faults(scene, known)


def _scene_faults(scene: Scene, characters: set[str]) -> Iterable[str]:
    yield from _repeated(f"{scene.scene_id} slot_id", (slot.slot_id for slot in scene.images))
    yield from _dangling_references(scene, characters)
    spans = [
        *((line.line_id, line.start_ms + line.duration_ms) for line in scene.dialogue),
        *((f"caption of {s.line_id}", s.start_ms + s.duration_ms) for s in scene.subtitles),
        *((sound.sfx_id, sound.start_ms) for sound in scene.sfx),
        ("its transition", scene.transition_ms),
    ]
    for what, end_ms in spans:
        if end_ms > scene.duration_ms:
            yield f"{scene.scene_id} lasts {scene.duration_ms} ms, but {what} ends at {end_ms} ms"
    for before, after in pairwise(scene.dialogue):
        if after.start_ms < before.start_ms + before.duration_ms:
            yield f"{after.line_id} begins before {before.line_id} has ended"


def _dangling_references(scene: Scene, characters: set[str]) -> Iterable[str]:
    line_ids = {line.line_id for line in scene.dialogue}
    for line in scene.dialogue:
        if line.char_id not in characters:
            yield f"{line.line_id}: nobody is called {line.char_id}"
    for slot in scene.images:
        if slot.ref_id and slot.ref_id not in characters:
            yield f"{scene.scene_id} image {slot.slot_id}: nobody is called {slot.ref_id}"
    for subtitle in scene.subtitles:
        if subtitle.line_id not in line_ids:
            yield f"{scene.scene_id}: a caption for {subtitle.line_id}, which is not said there"


def _repeated(what: str, values: Iterable[str]) -> Iterable[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            yield f"{what} {value} is used twice"
        seen.add(value)
