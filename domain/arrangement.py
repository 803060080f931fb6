"""A plot becomes a layout: what is seen and said when, and for how long.

`build_layout` times it by the plan; `with_assets` by the voices as they were spoken. The lengths
below are how a short breathes.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby, zip_longest

from domain import seeds
from domain.assets import ArtifactRef, SoundAsset
from domain.breath import breath_ms
from domain.layout import (
    TRANSITION_MS,
    Card,
    Character,
    DialogueLine,
    ImageSlot,
    Layout,
    LayoutMetadata,
    Music,
    Scene,
    SoundEffect,
    Speaker,
    Subtitle,
    Timeline,
)
from domain.plot import Plot, PlotRow, TextType
from domain.run import Mode, RunSpec
from domain.sfx import sfx_tags
from domain.staging import Transition, choose_transition, slots_of

LEAD_MS = 150
# Another's turn begins later than one's own next line, a new picture later still, and after
# the last word the film rings out.
REPLY_MS = 80
PARAGRAPH_MS = 100
RING_OUT_MS = 900
# So long a voice has ended when its picture begins to go.
BEFORE_TRANSITION_MS = 50
MIN_SCENE_MS = 1200
STEP_MS = 100
CARD_MS = 1400
CARD_MS_PER_CHARACTER = 45
MAX_CARD_MS = 4000


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
    credit = "" if plot.rows[-1].text == plot.credit else plot.credit
    last_words = " · ".join(words for words in (spec.end_card, credit) if words)
    end_card = _card(last_words) if last_words else None
    total = sum(scene.duration_ms for scene in scenes)
    total += sum(card.duration_ms for card in (title_card, end_card) if card)
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
            sources=tuple(source.named for source in plot.sources),
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
    lines = [_line(row, number, plot, revisions) for number, row in enumerate(rows, start=1)]
    speakers = _speakers(plot)
    captions = [
        _caption(line, row, spec, speakers.get(row.char_id))
        for line, row in zip(lines, rows, strict=True)
    ]
    transition = choose_transition(rows, following, mood=plot.mood, mode=spec.mode, seed=seed)
    tag = plot.sounds.get(scene_id) or sfx_tags(rows[0].text, rows[0].emotion)[0]
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


def _line(row: PlotRow, number: int, plot: Plot, revisions: Mapping[str, int]) -> DialogueLine:
    line_id = f"{row.scene_id}_line_{number}"
    return DialogueLine(
        line_id=line_id,
        char_id=row.char_id,
        text=row.text,
        emotion=row.emotion,
        start_ms=0,
        duration_ms=row.duration_ms,
        rest_ms=plot.rests.get(line_id, 0),
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

    A rest that is asked for comes before its line. A caption stays until the next line begins, the
    last one until the transition does.
    """
    now, lines = LEAD_MS, []
    for line, following in zip_longest(scene.dialogue, scene.dialogue[1:]):
        now += line.rest_ms
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
    voices: Mapping[str, SoundAsset],
    music: ArtifactRef | None,
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
                            "voiced": not voices[line.line_id].is_left_out,
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
            "global_bgm": layout.global_bgm.model_copy(update={"audio": music})
            if layout.global_bgm and music
            else None,
        }
    )
    return Layout.model_validate(whole.model_dump())
