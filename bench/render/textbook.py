"""The same film as tutorials make it with MoviePy: `resized(lambda)`, a TextClip for each word,
CrossFadeIn, one CompositeVideoClip, `write_videofile`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from domain.layout import Layout
from rendering.captions.fonts import FONTS
from rendering.encode import CRF, PRESET
from rendering.moviepy_clip import moviepy
from rendering.workers import worker_count
from tests.shorts import Short

# Five seconds from the middle of a scene to the middle of the next: as much of a crossfade and
# of captions as in the whole film.
BEGIN_SECONDS, SECONDS = 2.5, 5.0
MAX_ZOOM = 1.15
FONT_PX = 84
WORDS_IN_A_ROW = 3


def write_textbook(short: Short, out: Path) -> None:
    """Render `SECONDS` of the film."""
    layout = short.layout
    captions = [clip for place in range(len(layout.scenes)) for clip in _words(layout, place)]
    pictures = [_picture(short, place) for place in range(len(layout.scenes))]
    film = moviepy.CompositeVideoClip([*pictures, *captions], size=layout.timeline.size_px)
    voices = [
        moviepy.AudioFileClip(str(short.file(line.audio))).with_start(start / 1000)
        for scene, start in zip(layout.scenes, layout.scene_starts_ms(), strict=True)
        for line in scene.dialogue
        if line.audio
    ]
    film = film.with_audio(moviepy.CompositeAudioClip(voices))
    film.subclipped(BEGIN_SECONDS, BEGIN_SECONDS + SECONDS).write_videofile(
        str(out),
        fps=layout.timeline.fps,
        codec="libx264",
        preset=PRESET,
        audio_codec="aac",
        threads=worker_count(),
        ffmpeg_params=["-crf", str(CRF)],
        logger=None,
    )


def _picture(short: Short, place: int) -> Any:
    layout = short.layout
    scene, start = layout.scenes[place], layout.scene_starts_ms()[place] / 1000
    width, height = layout.timeline.size_px
    lead = layout.scenes[place - 1].transition_ms / 1000 if place else 0.0
    duration = lead + scene.duration_ms / 1000
    image = scene.images[0].image
    assert image is not None

    def zoom(seconds: float) -> float:
        return 1 + (MAX_ZOOM - 1) * seconds / duration

    def position(seconds: float) -> tuple[float, float]:
        return (1 - zoom(seconds)) * width / 2, (1 - zoom(seconds)) * height / 2

    still = moviepy.ImageClip(str(short.file(image)), duration=duration).resized((width, height))
    moving = still.resized(zoom).with_position(position)
    # Without a composition of its own, the fade's mask keeps the first frame's size.
    shown = moviepy.CompositeVideoClip([moving], size=(width, height)).with_start(start - lead)
    return shown.with_effects([moviepy.vfx.CrossFadeIn(lead)]) if lead else shown


def _words(layout: Layout, place: int) -> list[Any]:
    """Rows of a few words, white; each word yellow while it is said."""
    scene, start = layout.scenes[place], layout.scene_starts_ms()[place]
    line = scene.dialogue[0]
    words = [
        (w.text, start + line.start_ms + w.start_ms, w.end_ms - w.start_ms) for w in line.words
    ]
    clips = []
    for first in range(0, len(words), WORDS_IN_A_ROW):
        row = words[first : first + WORDS_IN_A_ROW]
        begin, end = row[0][1] / 1000, (row[-1][1] + row[-1][2]) / 1000
        x = layout.timeline.size_px[0] * 0.1
        for text, said_ms, length_ms in row:
            white, yellow = (_word(text, color) for color in ("#FFFFFF", "#FFD400"))
            at = (x, layout.timeline.size_px[1] * 0.7)
            clips.append(white.with_start(begin).with_end(end).with_position(at))
            said = yellow.with_start(said_ms / 1000).with_duration(length_ms / 1000)
            clips.append(said.with_position(at))
            x += white.size[0]
    return clips


def _word(text: str, color: str) -> Any:
    font = "latin.ttf" if text.isascii() else "cjk.otf"
    return moviepy.TextClip(
        font=str(FONTS / font),
        text=text,
        font_size=FONT_PX,
        color=color,
        stroke_color="#000000",
        stroke_width=8,
        margin=(16, 24, 16, 72),
        method="label",
    )
