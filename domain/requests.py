"""What is asked for each asset of a layout. Equal requests are the same asset."""

from __future__ import annotations

from domain.assets import ImageRequest, MusicRequest, SoundRequest, SpeechRequest
from domain.layout import DialogueLine, ImageSlot, Layout, Music, Scene
from domain.plot import PlanFinding, Plot, PlotRequest
from domain.run import RunSpec
from domain.seeds import sound_seed
from domain.staging import Slot


def plot_request(
    spec: RunSpec,
    *,
    seed: int,
    revision: int,
    previous: Plot | None,
    findings: tuple[PlanFinding, ...],
) -> PlotRequest:
    return PlotRequest(
        prompt=spec.prompt,
        mode=spec.mode,
        language=spec.language,
        locale=spec.locale,
        num_characters=spec.num_characters,
        num_cuts=spec.num_cuts,
        art_style=spec.art_style,
        music_genre=spec.music_genre,
        seed=seed,
        revision=revision,
        previous=previous,
        findings=findings,
    )


def image_request(layout: Layout, scene: Scene, spec: RunSpec) -> ImageRequest:
    slot = scene.images[0]
    width, height = layout.timeline.size_px
    return ImageRequest(
        prompt=slot.prompt,
        style=layout.metadata.art_style,
        width=width,
        height=height,
        seed=slot.seed,
        look=layout.metadata.look,
        sequence=scene.sequence,
        characters=_seen(layout, slot),
        emotion=scene.dialogue[0].emotion,
        reference_images=spec.reference_images,
        lora_strength=spec.lora_strength,
        revision=slot.revision,
    )


def _seen(layout: Layout, slot: ImageSlot) -> tuple[str, ...]:
    """How who is shown looks, and where they stand where that is not the middle."""
    shown = next((c for c in layout.characters if c.char_id == slot.ref_id), None)
    if shown is None or not shown.persona:
        return ()
    side = "" if shown.slot is Slot.CENTER else f", on the {shown.slot} of the picture"
    return (shown.persona + side,)


def speech_request(layout: Layout, line: DialogueLine, spec: RunSpec) -> SpeechRequest:
    speakers = [character.char_id for character in layout.characters]
    own = [d for scene in layout.scenes for d in scene.dialogue if d.char_id == line.char_id]
    place = next(index for index, said in enumerate(own) if said.line_id == line.line_id)
    return SpeechRequest(
        text=line.text,
        language=layout.metadata.language,
        voice_id=spec.voice_id,
        # Who tells beside those who speak has a voice of its own.
        speaker=speakers.index(line.char_id) if line.char_id else len(speakers),
        emotion=line.emotion,
        previous_text=own[place - 1].text if place else "",
        next_text=own[place + 1].text if place + 1 < len(own) else "",
        revision=line.revision,
    )


def music_request(music: Music) -> MusicRequest:
    return MusicRequest(
        genre=music.genre,
        mood=music.mood,
        duration_ms=music.duration_ms,
        seed=music.seed,
        revision=music.revision,
    )


def sound_request(layout: Layout, tag: str) -> SoundRequest:
    return SoundRequest(tag=tag, seed=sound_seed(layout.metadata.seed, tag))
