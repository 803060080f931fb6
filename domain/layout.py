"""The layout: the one JSON all agents work on, with its integrity enforced.

All times are milliseconds. Lines, captions and sound effects are placed from the start of
their scene; scenes follow one another without gaps. A scene's transition is played in its
own last part, before the cut: the next picture is fully there when the next scene starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby, pairwise, zip_longest
from typing import Literal

from pydantic import Field, model_validator

from domain import seeds
from domain.assets import ArtifactRef, Asset, Seed, WordTiming
from domain.breath import breath_ms
from domain.model import Frozen
from domain.plot import Emotion, Mood, Plot, PlotRow, SubtitlePosition, TextType
from domain.run import AspectRatio, CaptionStyle, Mode, RunSpec
from domain.sfx import sfx_tags
from domain.staging import Slot, Transition, choose_transition, slots_of

FPS = 30
LEAD_MS = 150
# Another's turn begins later than one's own next line, a new picture later still, and after
# the last word the film rings out.
REPLY_MS = 80
PARAGRAPH_MS = 100
RING_OUT_MS = 900
# So long a voice has ended when its picture begins to go.
BEFORE_TRANSITION_MS = 50
TRANSITION_MS = 400
MIN_SCENE_MS = 1200
STEP_MS = 100
CARD_MS = 1400
CARD_MS_PER_CHARACTER = 45
MAX_CARD_MS = 4000
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
    revision: int = Field(default=0, ge=0)
    audio: ArtifactRef | None = None
    words: tuple[WordTiming, ...] = Field(default=(), description="from the line's own start")


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
    source: Literal["script", "outline", "llm"]
    seed: Seed
    look: Seed


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


def build_layout(
    run_id: str, spec: RunSpec, plot: Plot, *, seed: int, revisions: Mapping[str, int]
) -> Layout:
    """The layout of a plot, with the planned durations; `revisions` by asset name.

    An asset's name is `image/scene_1`, `voice/scene_1_line_1`, `music`, `render`.
    """
    width, height = spec.aspect_ratio.size_px
    by_scene = [list(rows) for _, rows in groupby(plot.rows, key=lambda row: row.scene_id)]
    scenes = tuple(
        _scene(spec, plot, rows, following, seed, revisions)
        for rows, following in zip(by_scene, [*by_scene[1:], None], strict=True)
    )
    title = spec.title or plot.title
    title_card = _card(title) if spec.title_card else None
    end_card = _card(spec.end_card) if spec.end_card else None
    total = sum(scene.duration_ms for scene in scenes)
    total += _length_ms(title_card) + _length_ms(end_card)
    layout = Layout.model_construct(
        project_id=run_id,
        title=title,
        mode=spec.mode,
        timeline=Timeline(
            total_duration_ms=total,
            aspect_ratio=spec.aspect_ratio,
            resolution=f"{width}x{height}",
        ),
        characters=_characters(spec, plot, seed),
        scenes=scenes,
        title_card=title_card,
        end_card=end_card,
        global_bgm=Music(
            genre=spec.music_genre,
            mood=plot.mood,
            seed=seeds.music_seed(seed, revisions.get("music", 0)),
            duration_ms=max(4000, -(-total // 1000) * 1000),
            revision=revisions.get("music", 0),
        ),
        metadata=LayoutMetadata(
            language=plot.language,
            art_style=spec.art_style,
            source=plot.source,
            seed=seed,
            look=seeds.look_seed(seed),
        ),
        render_revision=revisions.get("render", 0),
    )
    return Layout.model_validate(layout.model_dump())


def _card(text: str) -> Card:
    """As long as its words take to read."""
    duration = min(CARD_MS + CARD_MS_PER_CHARACTER * len(text), MAX_CARD_MS)
    return Card(text=text, duration_ms=duration // STEP_MS * STEP_MS)


def _characters(spec: RunSpec, plot: Plot, seed: int) -> tuple[Character, ...]:
    names = {row.char_id: row.char_name for row in plot.rows if row.char_id}
    slots = slots_of(names)
    return tuple(
        Character(
            char_id=char_id,
            name=names[char_id],
            slot=slots[char_id],
            persona=plot.appearances.get(char_id, ""),
            voice_profile=spec.voice_id or "default",
            seed=seeds.character_seed(seed, char_id),
        )
        for char_id in sorted(names)
    )


def _scene(
    spec: RunSpec,
    plot: Plot,
    rows: list[PlotRow],
    following: list[PlotRow] | None,
    seed: int,
    revisions: Mapping[str, int],
) -> Scene:
    scene_id, sequence = rows[0].scene_id, rows[0].sequence
    revision = revisions.get(f"image/{scene_id}", 0)
    background = seeds.background_seed(seed, sequence, revision)
    slot = ImageSlot(
        prompt=plot.visuals[scene_id],
        ref_id=next((row.char_id for row in rows if row.char_id), None),
        seed=background,
        revision=revision,
    )
    lines = [_line(row, number, revisions) for number, row in enumerate(rows, start=1)]
    speakers = _speakers(plot)
    captions = [
        _caption(line, row, spec, speakers.get(row.char_id))
        for line, row in zip(lines, rows, strict=True)
    ]
    transition = choose_transition(rows, following, mood=plot.mood, mode=spec.mode, seed=seed)
    tag = sfx_tags(rows[0].text, rows[0].emotion)[0]
    draft = Scene.model_construct(
        scene_id=scene_id,
        sequence=sequence,
        duration_ms=MIN_SCENE_MS,
        images=(slot,),
        subtitles=() if spec.captions == "off" else tuple(captions),
        dialogue=tuple(lines),
        sfx=(SoundEffect(sfx_id=f"{scene_id}_sfx", tag=tag, start_ms=0),),
        bg_seed=background,
        transition=transition,
        transition_ms=0 if transition is Transition.CUT else TRANSITION_MS,
    )
    return _arranged(draft, plot.language, ends_film=not following and not spec.end_card)


def _line(row: PlotRow, number: int, revisions: Mapping[str, int]) -> DialogueLine:
    line_id = f"{row.scene_id}_line_{number}"
    return DialogueLine(
        line_id=line_id,
        char_id=row.char_id,
        text=row.text,
        emotion=row.emotion,
        start_ms=0,
        duration_ms=row.duration_ms,
        revision=revisions.get(f"voice/{line_id}", 0),
    )


def _speakers(plot: Plot) -> dict[str, Speaker]:
    """Whom captions name, by character: nobody where one voice says it all."""
    names = {row.char_id: row.char_name for row in plot.rows if row.char_id}
    if len({row.char_id for row in plot.rows}) < 2:
        return {}
    slots = slots_of(names)
    return {
        char_id: Speaker(name=name, slot=slots[char_id]) for char_id, name in names.items() if name
    }


def _caption(line: DialogueLine, row: PlotRow, spec: RunSpec, speaker: Speaker | None) -> Subtitle:
    quoted = row.text_type is TextType.DIALOGUE and spec.mode is Mode.STORY
    return Subtitle(
        line_id=line.line_id,
        text=f"“{line.text}”" if quoted else line.text,
        position=row.subtitle_position,
        style="karaoke" if spec.captions == "off" else spec.captions,
        speaker=speaker,
        start_ms=0,
        duration_ms=line.duration_ms,
    )


def _arranged(scene: Scene, language: str, *, ends_film: bool) -> Scene:
    """The scene with its lines one after another, a breath between them, and its length to
    match.

    A caption stays until the next line begins, the last one until the transition does.
    """
    now, lines = LEAD_MS, []
    for line, following in zip_longest(scene.dialogue, scene.dialogue[1:]):
        lines.append(line.model_copy(update={"start_ms": now}))
        now += line.duration_ms
        if following:
            now += breath_ms(line.text, language)
            now += REPLY_MS if following.char_id != line.char_id else 0
    rest = breath_ms(scene.dialogue[-1].text, language) + PARAGRAPH_MS
    tail = RING_OUT_MS if ends_film else max(rest, scene.transition_ms + BEFORE_TRANSITION_MS)
    # Whole tenths of a second are whole frames, so a change of one scene moves later ones
    # without changing a frame of them.
    duration = -(-max(MIN_SCENE_MS, now + tail) // STEP_MS) * STEP_MS
    ends = [*(line.start_ms for line in lines[1:]), duration - scene.transition_ms]
    spans = {
        line.line_id: {"start_ms": line.start_ms, "duration_ms": end - line.start_ms}
        for line, end in zip(lines, ends, strict=True)
    }
    return scene.model_copy(
        update={
            "duration_ms": duration,
            "dialogue": tuple(lines),
            "subtitles": tuple(s.model_copy(update=spans[s.line_id]) for s in scene.subtitles),
        }
    )


def with_assets(
    layout: Layout,
    *,
    images: Mapping[str, ArtifactRef],
    voices: Mapping[str, Asset],
    music: ArtifactRef,
    sounds: Mapping[str, ArtifactRef],
) -> Layout:
    """The layout with its files in place, every scene as long as its voices really are.

    Keys: scene id, line id, –, sound effect tag. Raises KeyError where one is missing and
    pydantic's ValidationError where the result would not be whole.
    """
    filled = (
        scene.model_copy(
            update={
                "images": tuple(
                    slot.model_copy(update={"image": images[scene.scene_id]})
                    for slot in scene.images
                ),
                "dialogue": tuple(
                    line.model_copy(
                        update={
                            "audio": voices[line.line_id].artifact,
                            "words": voices[line.line_id].words,
                            "duration_ms": voices[line.line_id].duration_ms,
                        }
                    )
                    for line in scene.dialogue
                ),
                "sfx": tuple(
                    sound.model_copy(update={"audio": sounds[sound.tag]}) for sound in scene.sfx
                ),
            }
        )
        for scene in layout.scenes
    )
    last = None if layout.end_card else layout.scenes[-1].scene_id
    scenes = tuple(
        _arranged(scene, layout.metadata.language, ends_film=scene.scene_id == last)
        for scene in filled
    )
    total = sum(scene.duration_ms for scene in scenes) + layout.cards_ms
    whole = layout.model_copy(
        update={
            "scenes": scenes,
            "timeline": layout.timeline.model_copy(update={"total_duration_ms": total}),
            "global_bgm": layout.global_bgm
            and layout.global_bgm.model_copy(update={"audio": music}),
        }
    )
    return Layout.model_validate(whole.model_dump())
